//! `taskscope advise`: which real tasks to train together.

use std::io::Read;
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};

use crate::advice::{self, Advice, AdviceTrials};
use crate::cancel::Cancel;
use crate::cli::source::Source;
use crate::cli::{interrupt, output};
use crate::error::{Error, Invalid, Result};
use crate::guide::{self, GENERATOR, page_in_html};
use crate::store::{Over, write};

/// Bytes at the beginning of a file that show what it is.
const HEAD: u64 = 4096;
/// Version of the JSON.
const SCHEMA: &str = "taskscope.advice/1";
/// Columns of the printed page.
const WIDTH: usize = 100;

pub(super) fn advise(args: &Advise) -> Result<()> {
    interrupt::end_on_signals(None)?;
    let (_, scenario) = args.source.scenario()?;
    let trials = AdviceTrials {
        search: at_least("--search-trials", args.search_trials, 4)?,
        confirm: at_least("--confirm-trials", args.confirm_trials, 8)?,
    };
    for path in &args.out {
        check_out(path, args.force)?;
    }
    let bar = ProgressBar::new(100);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {percent} % ({elapsed}, {eta} left)")
    {
        bar.set_style(style);
    }
    let report = |share: f64| bar.set_position((100.0 * share) as u64);
    let found = advice::advise(&scenario, trials, &Cancel::new(), &report)?;
    bar.finish_and_clear();
    let found = found.ok_or(Error::Interrupted)?;
    let command = std::iter::once("taskscope".to_owned()).chain(std::env::args().skip(1));
    let command = command.collect::<Vec<_>>().join(" ");
    let title = &scenario.draft().title;
    let page = advice::markdown(&found, title, &command);
    for path in &args.out {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        let bytes = match ending.as_deref() {
            Some("md") => page.clone(),
            Some("html") => page_in_html(title, &page),
            _ => json(&found)?,
        };
        write(path, bytes.as_bytes(), Over::Any)?;
    }
    output::print(&if args.json { json(&found)? } else { laid_out(&page) })
}

/// Checks before anything is measured that the page can be written to a file: its ending is known,
/// its folder exists, and nothing is there but an earlier page, unless `force` is true.
fn check_out(path: &Path, force: bool) -> Result<()> {
    let known = ["md", "html", "json"];
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    if !ending.is_some_and(|ending| known.contains(&ending.as_str())) {
        let allowed = "a file that ends in .md, .html or .json";
        return Err(Invalid::new("--out", path.display(), allowed).into());
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if !folder.unwrap_or(Path::new(".")).is_dir() {
        let source = std::io::Error::other("found no such folder; allowed: one that exists");
        return Err(Error::Write { path: path.to_owned(), source });
    }
    match force || is_replaceable(path) {
        true => Ok(()),
        false => {
            let allowed = "a new file, an earlier page of advice, or --force";
            Err(Invalid::new("--out", path.display(), allowed).into())
        }
    }
}

/// Returns true if nothing is at a path, or an empty file or an earlier page of advice.
fn is_replaceable(path: &Path) -> bool {
    let Ok(found) = std::fs::symlink_metadata(path) else { return true };
    let mut head = Vec::new();
    let read = |file: std::fs::File| file.take(HEAD).read_to_end(&mut head);
    let is_read = found.is_file() && std::fs::File::open(path).and_then(read).is_ok();
    let head = String::from_utf8_lossy(&head);
    let is_page = head.starts_with("# Advice: ")
        || head.contains(SCHEMA)
        || head.contains(GENERATOR) && head.contains("Advice: ");
    is_read && (head.is_empty() || is_page)
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

fn json(found: &Advice) -> Result<String> {
    #[derive(serde::Serialize)]
    struct Document<'a> {
        schema: &'static str,
        headline: String,
        #[serde(flatten)]
        advice: &'a Advice,
    }
    let document = Document { schema: SCHEMA, headline: found.headline(), advice: found };
    serde_json::to_string_pretty(&document)
        .map(|text| text + "\n")
        .map_err(|error| Error::Failed(format!("the advice cannot be written as JSON: {error}")))
}

#[derive(Debug, clap::Args)]
#[command(after_help = ADVISE)]
pub(super) struct Advise {
    #[command(flatten)]
    pub source: Source,
    /// Trials on which plans are compared, on validation rows
    #[arg(long, value_name = "N", default_value_t = AdviceTrials::default().search)]
    pub search_trials: usize,
    /// Trials on which the best plan is confirmed, on test rows
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

const ADVISE: &str = "Compares plans on validation rows, confirms the best on test rows with fresh \
training rows, and says what to do, what it costs to ignore it, and what more rows would change.";
