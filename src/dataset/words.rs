//! A data set in one sentence.

use super::fault::counted;
use super::types::{Dataset, TaskKind};

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
