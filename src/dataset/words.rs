//! A data set in one sentence.

use super::fault::counted;
use super::types::{Dataset, DatasetTask, TaskKind};
use crate::error::names::grouped;

/// How users allow more memory.
pub(super) const MEMORY: &str = "--memory GIB; \"max-bytes\" in a scenario";
/// How users drop bad rows.
pub(super) const DROP: &str = "drop such rows (--drop-bad; \"drop-bad\" in a scenario)";
/// How users leave columns out.
pub(super) const IGNORE: &str = "--ignore; \"ignore\" in a scenario";
/// How users make features of texts.
pub(super) const ONE_HOT: &str =
    "make one feature of each value (--one-hot; \"one-hot\" in a scenario)";
/// How users say which column names the task of a row.
pub(super) const TASK_COLUMN: &str = "name the one that says which task a row belongs to (--task-column; \"task-column\" in a scenario)";
/// How users have labels read as numbers.
pub(super) const NUMBERS: &str =
    "read all labels as numbers (--kind regression; \"kind\" in a scenario)";
/// How users have labels read as classes.
pub(super) const CLASSES: &str =
    "read all labels as classes (--kind classification; \"kind\" in a scenario)";
/// How users keep fewer rows.
pub(super) const KEEP: &str = "--keep N; \"keep\" in a scenario";

/// Most tasks that are named.
const NAMED: usize = 6;

impl Dataset {
    /// What was read, for instance `2 tasks on one X: risk (numbers), stay (±1); 14 features; 768
    /// rows`.
    pub fn in_words(&self) -> String {
        let tasks = &self.tasks;
        let shared = match (tasks.len(), self.same_x) {
            (0 | 1, _) => "",
            (_, true) => " on one X",
            (_, false) => " with rows of their own",
        };
        let kind = |kind: TaskKind| match kind {
            TaskKind::Regression => "numbers",
            TaskKind::Classification => "±1",
        };
        let named = tasks.iter().take(NAMED);
        let mut names: Vec<String> =
            named.map(|task| format!("{} ({})", task.name, kind(task.kind))).collect();
        if tasks.len() > NAMED {
            names.push(format!("{} more", tasks.len() - NAMED));
        }
        let own = tasks.iter().map(|task| task.x.nrows());
        let rows = if self.same_x { own.take(1).sum() } else { own.sum::<usize>() };
        format!(
            "{}{shared}: {}; {}; {}",
            counted(tasks.len(), "task"),
            names.join(", "),
            counted(self.features.len(), "feature"),
            counted(rows, "row")
        )
    }
}

/// Notes on tasks of which only some rows are kept.
pub(super) fn kept_rows(tasks: &[DatasetTask]) -> Vec<String> {
    let mut notes: Vec<(String, &str)> = Vec::new();
    for task in tasks {
        let Some(all) = task.moments.as_ref().map(|moments| moments.rows) else { continue };
        let kept = task.y.iter().filter(|y| !y.is_nan()).count() as u64;
        let note = format!(
            "{} rows; {} drawn at random are kept for trials; covariances and the fits to all \
             rows count every row.",
            grouped(all),
            grouped(kept)
        );
        notes.push((note, &task.name));
    }
    let (same, is_all) = match notes.first() {
        Some((first, _)) => {
            (notes.iter().all(|(note, _)| note == first), notes.len() == tasks.len())
        }
        None => return Vec::new(),
    };
    match same && is_all {
        true => vec![notes.swap_remove(0).0],
        false => notes.into_iter().map(|(note, name)| format!("{name}: {note}")).collect(),
    }
}
