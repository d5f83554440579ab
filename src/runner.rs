//! Running a study on all cores against the clock: records in small batches, honest time left.

use std::time::{Duration, Instant};

use rayon::prelude::*;

use crate::cancel::Cancel;
use crate::error::{Error, Result};
use crate::study::records::TrialRecords;
use crate::study::{Shard, Study, StudyDraft, StudyResults, TrialRecord, Unit, engine, unit};

/// Time that a batch of units takes, about.
const BATCH: Duration = Duration::from_millis(40);
/// No time left is named before this has passed.
const FIRST_GUESS: Duration = Duration::from_millis(500);

/// How far a study is.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Progress {
    /// Units done, of the part of the study that is run.
    pub done: usize,
    /// Units there are in that part.
    pub wanted: usize,
    /// Time spent so far.
    pub elapsed: Duration,
    /// Time it will still take, by what units of the same cells took; `None` while that is not
    /// known.
    pub left: Option<Duration>,
}

impl Progress {
    /// The time left in words, to two digits at most: `about 12 s left`.
    pub fn time_left(&self) -> Option<String> {
        let words = match self.left?.as_secs() {
            0 => "less than 1 s".to_owned(),
            s @ 1..=99 => format!("about {s} s"),
            s @ 100..=5999 => format!("about {} min", (s + 30) / 60),
            s => format!("about {} h", (s + 1800) / 3600),
        };
        Some(format!("{words} left"))
    }
}

/// A batch that has just been run.
pub struct Batch<'a> {
    /// The units.
    pub units: &'a [Unit],
    /// Their records.
    pub records: &'a [TrialRecord],
    /// All that is known, with these.
    pub ledger: &'a TrialRecords,
    /// How far the study is.
    pub progress: Progress,
}

/// Runs what a part of a study still lacks and hands over every batch. `None` if cancelled; what
/// had been handed over by then is whole.
///
/// # Errors
///
/// The first that `take` returns; nothing more is run then.
pub fn run(
    study: &Study,
    mut ledger: TrialRecords,
    shard: Shard,
    cancel: &Cancel,
    mut take: impl FnMut(Batch<'_>) -> Result<()>,
) -> Result<Option<TrialRecords>> {
    let mut clock = Clock::new(study, unit::todo(study, &ledger, shard));
    let wanted = unit::of_shard(study, shard).count();
    let mut done = wanted - clock.to_come();
    let mut units = unit::in_order(study, shard);
    let mut size = rayon::current_num_threads();
    loop {
        let lacking = units.by_ref().filter(|unit| !ledger.holds(*unit));
        let batch: Vec<Unit> = lacking.take(size).collect();
        if batch.is_empty() {
            return Ok(Some(ledger));
        }
        let began = Instant::now();
        let Some(timed) = evaluate(study, &batch, cancel) else { return Ok(None) };
        clock.note(&batch, &timed);
        let records: Vec<TrialRecord> = timed.into_iter().map(|(record, _)| record).collect();
        for (unit, record) in batch.iter().zip(&records) {
            ledger.put(*unit, record);
        }
        done += batch.len();
        let progress =
            Progress { done, wanted, elapsed: clock.began.elapsed(), left: clock.left() };
        take(Batch { units: &batch, records: &records, ledger: &ledger, progress })?;
        size = sized(batch.len(), began.elapsed());
    }
}

/// Runs a whole study, with what theory predicts of it.
///
/// # Errors
///
/// [`Error::Interrupted`] if cancelled; as [`Study::check`].
pub fn whole(
    draft: StudyDraft,
    cancel: &Cancel,
    watch: impl Fn(&Progress),
) -> Result<StudyResults> {
    let mut results = StudyResults::lean(Study::check(draft)?)?;
    let records = results.ledger.clone();
    let ran = run(&results.study, records, Shard::WHOLE, cancel, |batch| {
        watch(&batch.progress);
        Ok(())
    });
    results.ledger = ran?.ok_or(Error::Interrupted)?;
    results.theory = engine::predictions(&results.study, cancel).unwrap_or_default().into();
    Ok(results)
}

fn evaluate(
    study: &Study,
    units: &[Unit],
    cancel: &Cancel,
) -> Option<Vec<(TrialRecord, Duration)>> {
    units
        .par_iter()
        .with_max_len(1)
        .map(|unit| {
            let began = Instant::now();
            (!cancel.is_cancelled()).then(|| (engine::record(study, *unit), began.elapsed()))
        })
        .collect()
}

/// The size of the next batch, at most four times the last and never less than a unit a core.
fn sized(last: usize, took: Duration) -> usize {
    let factor = (BATCH.as_secs_f64() / took.as_secs_f64().max(1e-6)).min(4.0);
    ((last as f64 * factor) as usize).max(rayon::current_num_threads())
}

/// What units of every cell took.
struct Clock {
    began: Instant,
    /// For every cell: time spent, units done, units to come.
    cells: Vec<(Duration, u32, u32)>,
}

impl Clock {
    fn new(study: &Study, units: impl Iterator<Item = Unit>) -> Self {
        let mut cells = vec![(Duration::ZERO, 0, 0); study.cells().len()];
        units.for_each(|unit| cells[unit.cell].2 += 1);
        Self { began: Instant::now(), cells }
    }

    /// Units to come.
    fn to_come(&self) -> usize {
        self.cells.iter().map(|(.., to_come)| *to_come as usize).sum()
    }

    fn note(&mut self, units: &[Unit], timed: &[(TrialRecord, Duration)]) {
        for (unit, (_, took)) in units.iter().zip(timed) {
            let (spent, done, to_come) = &mut self.cells[unit.cell];
            *spent += *took;
            *done += 1;
            *to_come -= 1;
        }
    }

    /// Every unit to come is taken to be as long as those of its cell, or of the nearest cell
    /// before it that has been tried; and work to be shared out as it has been so far.
    fn left(&self) -> Option<Duration> {
        let elapsed = self.began.elapsed();
        let busy: f64 = self.cells.iter().map(|(spent, ..)| spent.as_secs_f64()).sum();
        if elapsed < FIRST_GUESS || busy <= 0.0 {
            return None;
        }
        let tried: u32 = self.cells.iter().map(|(_, done, _)| done).sum();
        let mut mean = busy / f64::from(tried);
        let mut work = 0.0;
        for (spent, done, to_come) in &self.cells {
            if *done > 0 {
                mean = spent.as_secs_f64() / f64::from(*done);
            }
            work += f64::from(*to_come) * mean;
        }
        Duration::try_from_secs_f64(work * elapsed.as_secs_f64() / busy).ok()
    }
}
