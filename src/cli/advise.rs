//! `taskscope advise`: which real tasks to train together.

use std::path::{Path, PathBuf};

use crate::advice::{self, AdviceTrials, PagePictures};
use crate::cancel::Cancel;
use crate::cli::source::Source;
use crate::cli::{interrupt, output, progress};
use crate::error::{Error, Invalid, Result};
use crate::export::advice::{beginning, files, json};
use crate::guide;
use crate::job::AdviceFormat;
use crate::store::{Over, may_write, write};

/// Columns of the printed page.
const WIDTH: usize = 100;

pub(super) fn advise(args: &Advise) -> Result<()> {
    interrupt::end_on_signals(None)?;
    if let Some(given) = &args.source.changes.trials {
        let allowed = "--search-trials N to compare plans, --confirm-trials N to confirm them";
        return Err(Invalid::new("--trials", format!("\"{given}\""), allowed).into());
    }
    let (name, scenario) = args.source.scenario()?;
    let trials = AdviceTrials {
        search: at_least("--search-trials", args.search_trials, 4)?,
        confirm: at_least("--confirm-trials", args.confirm_trials, 8)?,
    };
    for path in &args.out {
        check(path, args.force)?;
    }
    let bar = progress::counting(100, "{percent} %");
    let report = |share: f64| bar.set_position((100.0 * share) as u64);
    let found = advice::advise(&scenario, trials, &Cancel::new(), &report)?;
    bar.finish_and_clear();
    let found = found.ok_or(Error::Interrupted)?;
    let command = output::given();
    let over = if args.force { Over::Any } else { Over::Ours };
    for path in &args.out {
        for (path, bytes) in files(&found, &scenario, &name, &command, (format(path)?, path))? {
            write(&path, &bytes, over)?;
        }
    }
    let page =
        || advice::markdown(&found, &scenario.draft().title, &command, &PagePictures::default());
    output::print(&match args.json {
        true => json(&found, &scenario, &command)?,
        false => format!("{}\n{}\n", laid_out(&page()), advice::BESIDE_ADVICE),
    })
}

/// Checks before anything is measured that the page can be written to a file: its ending is known,
/// its folder exists, and nothing is there but a file of ours, unless `force` is true.
fn check(path: &Path, force: bool) -> Result<()> {
    let format = format(path)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if !folder.unwrap_or(Path::new(".")).is_dir() {
        let source = std::io::Error::other("found no such folder; allowed: one that exists");
        return Err(Error::Write { path: path.to_owned(), source });
    }
    if force {
        return Ok(());
    }
    may_write(path, beginning(format).as_bytes(), Over::Ours).map_err(|error| match error {
        Error::Value(problem) => {
            let allowed = format!("{}; or --force", problem.allowed);
            Invalid { allowed, ..problem }.into()
        }
        other => other,
    })
}

fn format(path: &Path) -> std::result::Result<AdviceFormat, Invalid> {
    AdviceFormat::of(path)
        .ok_or_else(|| Invalid::new("--out", path.display(), AdviceFormat::ALLOWED))
}

/// The page as plain text.
fn laid_out(page: &str) -> String {
    let lines = guide::laid_out(page, WIDTH);
    lines.into_iter().map(|line| line.text + "\n").collect()
}

fn at_least(flag: &str, value: usize, least: usize) -> Result<usize> {
    let allowed = || format!("a whole number from {least} to 10000");
    match (least..=10_000).contains(&value) {
        true => Ok(value),
        false => Err(Invalid::new(flag, value, allowed()).into()),
    }
}

#[derive(Debug, clap::Args)]
#[command(after_help = ADVISE)]
pub(super) struct Advise {
    #[command(flatten)]
    pub source: Source,
    /// Trials on which plans are compared, on validation rows
    #[arg(long, value_name = "N", default_value_t = AdviceTrials::default().search)]
    pub search_trials: usize,
    /// Trials on which the best plans are confirmed, on test rows
    #[arg(long, value_name = "N", default_value_t = AdviceTrials::default().confirm)]
    pub confirm_trials: usize,
    /// Also write the page to a file: .md, .html or .json; may be given several times
    #[arg(long, value_name = "FILE")]
    pub out: Vec<PathBuf>,
    /// Replace a file even if taskscope did not write it
    #[arg(long)]
    pub force: bool,
    /// Print JSON instead of the page
    #[arg(long)]
    pub json: bool,
}

const ADVISE: &str = "Compares plans on validation rows, confirms a few on test rows with fresh \
training rows, and says what to do, what it costs to ignore it, and what more rows would change.";
