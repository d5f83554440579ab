//! Trains only some of the tasks and puts the others aside. Populations and data stay the same.

use super::check::Scenario;
use super::draft::TaskRole;
use super::edit::settle_focus;
use crate::error::Invalid;

impl Scenario {
    /// The entries that take part, as targets or sources; the others are aside.
    pub fn partners(&self) -> Vec<usize> {
        let tasks = self.draft().tasks.iter().enumerate();
        tasks.filter(|(_, task)| task.role != TaskRole::Aside).map(|(entry, _)| entry).collect()
    }

    /// The same scenario in which only the entries with these indices take part, all as targets;
    /// the others are put aside. Every task keeps its population, data and single-task errors.
    ///
    /// # Errors
    ///
    /// If no entry has an index, or there are no indices.
    pub fn training_only(&self, entries: &[usize]) -> Result<Self, Invalid> {
        self.with_roles(entries, |_| TaskRole::Target)
    }

    /// The same scenario in which only two entries take part: one as the target, the other as its
    /// source.
    ///
    /// # Errors
    ///
    /// If no entry has an index, or both are the same.
    pub fn with_partner(&self, target: usize, source: usize) -> Result<Self, Invalid> {
        if target == source {
            return Err(Invalid::new("tasks", "a task as its own partner", "two different tasks"));
        }
        let role = |entry| if entry == target { TaskRole::Target } else { TaskRole::Source };
        self.with_roles(&[target, source], role)
    }

    /// The same scenario with one entry as the target and all others that take part as its sources.
    ///
    /// # Errors
    ///
    /// If no entry has the index.
    pub fn with_all(&self, target: usize) -> Result<Self, Invalid> {
        let role = |entry| if entry == target { TaskRole::Target } else { TaskRole::Source };
        self.with_roles(&self.partners(), role)
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
