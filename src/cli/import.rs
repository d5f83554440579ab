//! `taskscope import`: a scenario that points at a data set.

use std::path::{Path, PathBuf};

use crate::cli::dataset::DatasetArgs;
use crate::cli::{interrupt, output};
use crate::dataset::{DatasetTask, TaskKind};
use crate::error::names::{grouped, listed};
use crate::error::{Invalid, Result};
use crate::provenance::command::quoted;
use crate::scenario::draft::DatasetDraft;
use crate::scenario::real::{self, MOST, OpenDataset, UnlikeScales};
use crate::scenario::{Scenario, ScenarioDraft};
use crate::store::{Over, datasets, write};

pub(super) fn import(args: &Import) -> Result<()> {
    interrupt::end_on_signals(None)?;
    let (name, mut draft) = args.read.scenario(&args.files)?;
    let Some(place) = &draft.dataset else { return Ok(()) };
    let data = real::find(place)?;
    Scenario::check(draft.clone())?;
    let out = args.out.clone().unwrap_or_else(|| PathBuf::from(format!("{name}.json")));
    datasets::spare(&draft, &out)?;
    if !args.force {
        changed_since(&out, &draft)?;
    }
    output::print(&described(&name, &draft, place, &data))?;
    datasets::relate(&mut draft, &out);
    let over = if args.force { Over::Any } else { Over::Ours };
    write(&out, draft.to_json()?.as_bytes(), over)?;
    output::print(&format!(
        "wrote {}; open it with: taskscope {}\n",
        out.display(),
        quoted(&out.display().to_string())
    ))
}

/// Refuses to replace a scenario that was changed since it was imported.
fn changed_since(out: &Path, new: &ScenarioDraft) -> Result<()> {
    let Ok(text) = std::fs::read_to_string(out) else { return Ok(()) };
    let Ok(mut old) = ScenarioDraft::parse(&text, &out.display().to_string()) else {
        return Ok(());
    };
    datasets::settle(&mut old, out)?;
    if old == *new || is_as_imported(&old) {
        return Ok(());
    }
    let found = "a scenario that was changed after its import";
    let allowed = "a name that is free, or --force to replace it";
    Err(Invalid::new(out.display().to_string(), found, allowed).into())
}

/// Returns true if a scenario is as its import wrote it. If its data cannot be read any more, the
/// numbers of rows are not checked.
fn is_as_imported(draft: &ScenarioDraft) -> bool {
    let Some(place) = &draft.dataset else { return false };
    match real::find(place) {
        Ok(data) => real::suggest(place.clone(), &data) == *draft,
        Err(_) => real::suggested_like(draft).as_ref() == Some(draft),
    }
}

/// A data set in lines: its tasks with their rows, and what was noticed.
fn described(
    name: &str,
    draft: &ScenarioDraft,
    place: &DatasetDraft,
    data: &OpenDataset,
) -> String {
    let dataset = data.dataset();
    let shared = if dataset.same_x { ", all on one X" } else { "" };
    let mut lines = vec![
        format!("{name}: {}", dataset.title),
        format!(
            "{}, {}{shared}",
            counted(data.tasks().len(), "task"),
            counted(data.dimension(), "feature")
        ),
        String::new(),
    ];
    let width = data.tasks().iter().map(|task| task.name.len()).max().unwrap_or(0).max(4);
    let is_sampled = data.tasks().iter().any(|task| task.moments.is_some());
    let all = if is_sampled { format!(" {:>13}", "of all rows") } else { String::new() };
    lines.push(format!(
        "{:<width$}  {:>9} {:>10} {:>7}{all}  labels",
        "task", "training", "validation", "test"
    ));
    for task in data.tasks() {
        let [train, validation, test] = task.split.parts().map(|(_, rows)| rows.len());
        let all = match &task.moments {
            _ if !is_sampled => String::new(),
            Some(all) => format!(" {:>13}", grouped(all.rows)),
            None => {
                format!(" {:>13}", grouped(task.y.iter().filter(|y| !y.is_nan()).count() as u64))
            }
        };
        lines.push(format!(
            "{:<width$}  {train:>9} {validation:>10} {test:>7}{all}  {}",
            task.name,
            labels(task)
        ));
    }
    let is_given = data.tasks().first().is_some_and(|task| task.split.given);
    let parts = match is_given {
        true => "The files give the parts.",
        false if data.tasks().iter().any(|task| task.groups.is_some()) => {
            "Every trial draws its own parts, of whole groups: about 60 % training, 15 % validation, \
             25 % test."
        }
        false => "Every trial draws its own parts: 60 % training, 15 % validation, 25 % test.",
    };
    lines.extend([String::new(), parts.to_owned()]);
    if place.standardise {
        let words = "Every trial divides the features by their deviations over its training rows.";
        lines.push(words.to_owned());
    }
    if place.components.is_some() {
        let words = "Every trial fits the components to its training rows.";
        lines.push(words.to_owned());
    }
    lines.extend(training_rows(draft, data));
    lines.extend(left_out(draft, data));
    lines.extend(data.unlike_scales().map(unlike_scales));
    lines.extend(dataset.notes.iter().map(|note| format!("- {note}")));
    lines.join("\n") + "\n"
}

/// A note on features of very different scales.
fn unlike_scales(found: &UnlikeScales) -> String {
    format!(
        "- {} spreads {} times as far as {}, and one penalty holds for all features: --standardise \
         divides each by its standard deviation.",
        found.largest,
        grouped(found.ratio.min(1e15) as u64),
        found.smallest
    )
}

/// The tasks for which a scenario has no room.
fn left_out(draft: &ScenarioDraft, data: &OpenDataset) -> Option<String> {
    let most = draft.tasks.len();
    let names: Vec<&str> = data.tasks().iter().skip(most).map(|task| &*task.name).collect();
    let words = "not in the scenario, which has room for";
    (!names.is_empty()).then(|| format!("- {} {words} {most} tasks.", listed(&names)))
}

/// How many of the training rows a trial uses, with the knob that says so.
fn training_rows(draft: &ScenarioDraft, data: &OpenDataset) -> Option<String> {
    let (at, task) =
        (draft.tasks.iter().enumerate().rev()).max_by_key(|(at, _)| data.most_rows(*at))?;
    Some(format!(
        "A trial trains on four fifths of the training rows of a task, at most {MOST}; for \
         {name}, on {} of {}. The knob {name}.samples changes that.",
        grouped(task.samples as u64),
        grouped(data.most_rows(at) as u64),
        name = task.name,
    ))
}

fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// A number with three significant digits.
fn three_digits(value: f64) -> String {
    match value.abs() {
        0.0 => "0".to_owned(),
        size if (1e-4..1e7).contains(&size) => {
            format!("{value:.*}", (2 - size.log10().floor() as i32).max(0) as usize)
        }
        _ => format!("{value:.2e}"),
    }
}

/// The labels of all rows of a task in a few words.
fn labels(task: &DatasetTask) -> String {
    let (mean, square) = match &task.moments {
        Some(all) => (all.y_mean, all.yy / all.rows as f64),
        None => {
            let known: Vec<f64> = task.y.iter().copied().filter(|y| y.is_finite()).collect();
            let count = known.len() as f64;
            let mean = known.iter().sum::<f64>() / count;
            (mean, known.iter().map(|y| (y - mean).powi(2)).sum::<f64>() / count)
        }
    };
    match task.kind {
        TaskKind::Classification => format!("±1, {:.0} % are +1", 50.0 * (1.0 + mean)),
        TaskKind::Regression => {
            let deviation = square.sqrt();
            // A mean that is all rounding is none.
            let mean = if mean.abs() < 1e-12 * deviation { 0.0 } else { mean };
            let [mean, deviation] = [mean, deviation].map(three_digits);
            format!("numbers, mean {mean}, standard deviation {deviation}")
        }
    }
}

#[derive(Debug, clap::Args)]
#[command(after_help = IMPORT)]
pub(super) struct Import {
    /// CSV, TSV, NPZ or NPY files, or a folder of arrays; several files are several tasks
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub read: DatasetArgs,
    /// The scenario file to write [default: NAME.json in this folder]
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Replace a file even if taskscope did not write it, or it was changed after its import
    #[arg(long)]
    pub force: bool,
}

const IMPORT: &str = "Reads the data once, prints its tasks and everything that was noticed, and \
writes a scenario that points at the files with their hashes. See `taskscope guide real-data`.";
