//! `taskscope import`: a scenario that points at a data set.

use std::path::{Path, PathBuf};

use crate::cli::dataset::DatasetArgs;
use crate::cli::{interrupt, output};
use crate::dataset::{DatasetTask, TaskKind, grouped};
use crate::error::{Invalid, Result};
use crate::scenario::draft::DatasetDraft;
use crate::scenario::real::{self, OpenDataset};
use crate::scenario::{Scenario, ScenarioDraft};
use crate::store::{Over, write};

pub(super) fn import(args: &Import) -> Result<()> {
    interrupt::end_on_signals(None)?;
    let (name, mut draft) = args.read.scenario(&args.files)?;
    let Some(place) = &draft.dataset else { return Ok(()) };
    let data = real::find(place)?;
    Scenario::check(draft.clone())?;
    let out = args.out.clone().unwrap_or_else(|| PathBuf::from(format!("{name}.json")));
    if out.canonicalize().is_ok_and(|path| args.files.iter().any(|file| is_same(file, &path))) {
        let allowed = "another file: this one holds the data";
        return Err(Invalid::new("--out", out.display(), allowed).into());
    }
    output::print(&described(&name, place, &data))?;
    relate(&mut draft, &out);
    let over = if args.force { Over::Any } else { Over::Ours };
    write(&out, draft.to_json()?.as_bytes(), over)?;
    output::print(&format!("wrote {}; open it with: taskscope {}\n", out.display(), out.display()))
}

fn is_same(file: &Path, path: &Path) -> bool {
    file.canonicalize().is_ok_and(|file| file == path)
}

/// Makes the files of a data set relative to the folder of the scenario where they lie below it.
fn relate(draft: &mut ScenarioDraft, scenario: &Path) {
    let folder = scenario.parent().filter(|folder| !folder.as_os_str().is_empty());
    let Ok(folder) = folder.unwrap_or(Path::new(".")).canonicalize() else { return };
    for file in draft.dataset.iter_mut().flat_map(|place| &mut place.files) {
        if let Ok(below) = Path::new(&*file).strip_prefix(&folder)
            && !below.as_os_str().is_empty()
        {
            *file = below.to_string_lossy().into_owned();
        }
    }
}

/// A data set in lines: its tasks with their rows, and what was noticed.
pub(super) fn described(name: &str, place: &DatasetDraft, data: &OpenDataset) -> String {
    let dataset = data.dataset();
    let shared = if dataset.same_x { ", all on one X" } else { "" };
    let mut lines = vec![
        format!("{name}: {}", dataset.title),
        format!("{} tasks, {} features{shared}", data.tasks().len(), data.dimension()),
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
    let is_fitted = place.standardise || place.components.is_some();
    let is_given = data.tasks().first().is_some_and(|task| task.split.given);
    let parts = match is_given {
        true if is_fitted => {
            "All trials have the same parts, because the scales or components of the features are \
             fitted to the training rows."
        }
        true => "The files give the parts.",
        false => "Every trial draws its own parts: 60 % training, 15 % validation, 25 % test.",
    };
    lines.extend([String::new(), parts.to_owned()]);
    let notes = dataset.notes.iter().filter(|note| is_given || !note.starts_with("Parts drawn"));
    lines.extend(notes.map(|note| format!("- {note}")));
    lines.join("\n") + "\n"
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
            format!("numbers, mean {mean:.3}, standard deviation {:.3}", square.sqrt())
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
    /// Replace a file even if taskscope did not write it
    #[arg(long)]
    pub force: bool,
}

const IMPORT: &str = "Reads the data once, prints its tasks and everything that was noticed, and \
writes a scenario that points at the files with their hashes. See `taskscope guide real-data`.";
