//! Runs a study from the command line: folder, records, progress, interruption.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::cancel::Cancel;
use crate::cli::{interrupt, output, progress, report};
use crate::error::{Error, Invalid, Result};
use crate::export::{affinity, results};
use crate::provenance::command::command_of;
use crate::runner;
use crate::runner::Progress;
use crate::store::folder;
use crate::store::folder::StudyFolder;
use crate::study::records::TrialRecords;
use crate::study::{Shard, Study, StudyDraft, StudyResults, engine};

/// Time after which finished trials are on the disk.
const SYNC: Duration = Duration::from_secs(1);

/// Runs a study, or the missing trials of the requested part, and prints the results. If the
/// question is `None`, it is read from the folder.
pub(super) fn study(question: Option<StudyDraft>, running: &Running, affinity: bool) -> Result<()> {
    let study = match (question, &running.out) {
        (Some(draft), _) => Study::check(draft)?,
        (None, Some(out)) => found(out, affinity)?,
        (None, None) => return Err(Error::Failed("there is no question".into())),
    };
    let shard = asked_part(running)?;
    threads(running.threads)?;
    interrupt::end_on_signals(running.out.as_deref())?;
    let mut results = StudyResults::lean(study)?;
    match &running.out {
        None => results.records = run(&results, shard, |_| Ok(()))?,
        Some(out) => in_folder(out, &mut results, shard, running.resume)?,
    }
    match &running.out {
        Some(out) if shard != Shard::WHOLE => output::print(&part(out, &results, shard)),
        out => finish(out.as_deref(), &mut results, running.json),
    }
}

/// The part to run: the one asked for; if a folder that holds a part is resumed, that part.
fn asked_part(running: &Running) -> Result<Shard> {
    let parts = match (&running.shard, &running.out) {
        (Some(asked), _) => return Ok(asked.parse()?),
        (None, Some(out)) if running.resume => folder::parts(out)?,
        (None, _) => Vec::new(),
    };
    match parts[..] {
        [] => Ok(Shard::WHOLE),
        [part] => {
            output::note(&format!("this is part {part}; --shard 1/1 runs all trials"));
            Ok(part)
        }
        _ => {
            let found = format!("none, and a folder of {} parts", parts.len());
            Err(Invalid::new("--shard", found, "I/N, the part to resume; 1/1 for all trials")
                .into())
        }
    }
}

/// Reads the study of a folder; an error if it is of the other kind.
fn found(out: &Path, affinity: bool) -> Result<Study> {
    let study = folder::study(out)?;
    let kind = |affinity| if affinity { "an affinity study" } else { "a sweep" };
    if study.is_affinity() != affinity {
        let place = out.join(folder::STUDY).display().to_string();
        return Err(Invalid::new(place, kind(!affinity), kind(affinity)).into());
    }
    Ok(study)
}

/// Computes the results of a complete study, writes them into its folder and prints them.
pub(super) fn finish(out: Option<&Path>, results: &mut StudyResults, json: bool) -> Result<()> {
    let cancel = Cancel::new();
    results.theory = engine::predictions(&results.study, &cancel).unwrap_or_default().into();
    let mut insight = results.insight(results.models());
    if let Some(insight) = &mut insight {
        results.confirm_plans(insight, &cancel);
    }
    if let Some(out) = out {
        for file in folder::save_results(out, results, insight.as_ref())? {
            output::note(&format!("wrote {}", file.display()));
        }
    }
    let again = || out.map_or_else(output::given, |_| command_of(results));
    output::print(&match (json, results.study.is_affinity()) {
        (true, true) => affinity::json(results, insight.as_ref(), again())?,
        (true, false) => results::json(results, again())?,
        (false, true) => report::affinity::text(results, insight.as_ref()),
        (false, false) => report::sweep::text(results),
    })
}

/// Runs the missing trials of a study without a folder.
pub(super) fn run_whole(results: &StudyResults) -> Result<TrialRecords> {
    run(results, Shard::WHOLE, |_| Ok(()))
}

fn in_folder(out: &Path, results: &mut StudyResults, shard: Shard, resume: bool) -> Result<()> {
    let (mut folder, records, damage) = StudyFolder::begin(out, &results.study, shard, resume)?;
    for what in damage {
        output::note(&what);
    }
    results.records = records;
    let mut synced = Instant::now();
    let ran = run(results, shard, |batch| {
        folder.records.append(batch.units, batch.records)?;
        if synced.elapsed() >= SYNC {
            folder.records.sync()?;
            synced = Instant::now();
        }
        Ok(())
    });
    results.records = ran?;
    folder.tidy(&results.study)
}

fn run(
    results: &StudyResults,
    shard: Shard,
    mut keep: impl FnMut(&runner::Batch<'_>) -> Result<()>,
) -> Result<TrialRecords> {
    let bar = progress_bar();
    let ran =
        runner::run(&results.study, results.records.clone(), shard, &Cancel::new(), |batch| {
            keep(&batch)?;
            bar(&batch.progress);
            Ok(())
        });
    ran?.ok_or(Error::Interrupted)
}

/// Shows the progress of a study in a bar, which vanishes once the study is whole.
pub(super) fn progress_bar() -> impl Fn(&Progress) {
    let shown: RefCell<Option<ProgressBar>> = RefCell::default();
    move |progress| {
        let mut shown = shown.borrow_mut();
        let bar = shown.get_or_insert_with(|| {
            let bar = ProgressBar::new(0);
            if let Ok(style) = ProgressStyle::with_template("{bar:24} {percent:>3} % {msg}") {
                bar.set_style(style);
            }
            progress::told(&bar);
            bar
        });
        bar.set_length(progress.wanted as u64);
        bar.set_message(progress.time_left().unwrap_or_default());
        bar.set_position(progress.done as u64);
        if progress.done >= progress.wanted {
            bar.finish_and_clear();
            *shown = None;
        }
    }
}

fn part(out: &Path, results: &StudyResults, shard: Shard) -> String {
    let out = out.display();
    format!(
        "part {shard} is complete: {} of {} trials in {out}; taskscope merge {out} … --out DIR \
         joins the parts\n",
        results.records.done(),
        results.records.wanted()
    )
}

pub(super) fn threads(threads: Option<usize>) -> Result<()> {
    let Some(threads) = threads else { return Ok(()) };
    if !(1..=1024).contains(&threads) {
        return Err(Invalid::new("--threads", threads, "a whole number from 1 to 1024").into());
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
    pool.map_err(|error| Error::Failed(format!("the threads cannot be started: {error}")))
}

/// Options for running a study.
#[derive(Debug, clap::Args)]
pub(super) struct Running {
    /// The folder to write records, tables and figures to; created if missing
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Continue from the records in the folder; with --out alone, its study.json is the question
    #[arg(long, requires = "out")]
    pub resume: bool,
    /// Run only every N-th trial, starting with the I-th; `taskscope merge` joins the parts
    #[arg(long, value_name = "I/N", requires = "out")]
    pub shard: Option<String>,
    /// Number of computing threads [default: one a core]; results do not depend on it
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub threads: Option<usize>,
    /// Print JSON instead of a table
    #[arg(long)]
    pub json: bool,
}
