//! Training some of the tasks only, the others put aside: populations and data stay the same.

use super::check::Scenario;
use super::draft::TaskRole;
use super::edit::settle_focus;
use crate::error::Invalid;

impl Scenario {
    /// The same scenario with only some entries of the draft taking part, by index, all of them
    /// targets; the others are put aside. Every task keeps the population, the data and so the
    /// single-task errors it has when all take part.
    ///
    /// # Errors
    ///
    /// An index without an entry, or no index at all.
    pub fn training_only(&self, entries: &[usize]) -> Result<Self, Invalid> {
        self.with_roles(entries, |_| TaskRole::Target)
    }

    /// The same scenario with two entries of the draft taking part, by index: one the target, the
    /// other its source.
    ///
    /// # Errors
    ///
    /// An index without an entry, or the same twice.
    pub fn with_partner(&self, target: usize, source: usize) -> Result<Self, Invalid> {
        if target == source {
            return Err(Invalid::new("tasks", "a task as its own partner", "two different tasks"));
        }
        let role = |entry| if entry == target { TaskRole::Target } else { TaskRole::Source };
        self.with_roles(&[target, source], role)
    }

    /// The same scenario with every entry of the draft taking part, by index: one the target, all
    /// others its sources.
    ///
    /// # Errors
    ///
    /// An index without an entry.
    pub fn with_all(&self, target: usize) -> Result<Self, Invalid> {
        let all: Vec<usize> = (0..self.draft().tasks.len()).collect();
        let role = |entry| if entry == target { TaskRole::Target } else { TaskRole::Source };
        self.with_roles(&all, role)
    }

    fn with_roles(
        &self,
        entries: &[usize],
        role: impl Fn(usize) -> TaskRole,
    ) -> Result<Self, Invalid> {
        let mut draft = self.draft().clone();
        let count = draft.tasks.len();
        if let Some(&entry) = entries.iter().find(|entry| **entry >= count) {
            let allowed = format!("an index from 0 to {}", count - 1);
            return Err(Invalid::new(format!("tasks[{entry}]"), "no task", allowed));
        }
        for (i, task) in draft.tasks.iter_mut().enumerate() {
            task.role = if entries.contains(&i) { role(i) } else { TaskRole::Aside };
        }
        settle_focus(&mut draft);
        Self::check(draft)
    }
}
