//! A group of tasks that stand for one entry of the file.

use crate::scenario::draft::TaskRole;
use std::ops::Range;

/// The tasks of one entry of the scenario: one task, or several of a kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Index of the entry in the draft.
    pub entry: usize,
    /// Name of the entry.
    pub name: String,
    /// Role of its tasks.
    pub role: TaskRole,
    /// Indices of its tasks.
    pub tasks: Range<usize>,
}

impl Group {
    /// The name, with the number of tasks if there are several.
    pub fn title(&self) -> String {
        if self.tasks.len() == 1 {
            self.name.clone()
        } else {
            format!("{} ×{}", self.name, self.tasks.len())
        }
    }
}
