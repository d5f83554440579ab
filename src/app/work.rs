//! The user's work: the open scenario, its file and its history.

use std::path::PathBuf;
use std::sync::Arc;

use super::flip::FlipSearch;
use super::history::{History, Snapshot};
use crate::scenario::changes::{Change, changes};
use crate::scenario::{Handle, Preset, Scenario};

/// The open scenario, with the versions it is compared with and the steps that can be undone.
#[derive(Debug, Clone)]
pub struct Work {
    /// Name of the preset or file, without folder and extension.
    pub name: String,
    /// The open scenario, which the Lab shows and studies start from.
    pub scenario: Arc<Scenario>,
    /// The scenario as it was opened.
    pub opened: Arc<Scenario>,
    /// The scenario as it was last opened or saved.
    pub saved: Arc<Scenario>,
    /// The file that the scenario was last saved to, and the scenario as saved.
    pub(super) file: Option<(PathBuf, Arc<Scenario>)>,
    pub(super) history: History,
    /// The search for changes that turn the verdict.
    pub flip: FlipSearch,
}

impl Work {
    /// Opens a scenario.
    pub(super) fn new(name: impl Into<String>, scenario: Scenario) -> Self {
        let scenario = Arc::new(scenario);
        Self {
            name: name.into(),
            opened: scenario.clone(),
            saved: scenario.clone(),
            scenario,
            file: None,
            history: History::default(),
            flip: FlipSearch::default(),
        }
    }

    /// A snapshot, for undo.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            name: self.name.clone(),
            scenario: self.scenario.clone(),
            opened: self.opened.clone(),
            saved: self.saved.clone(),
        }
    }

    /// Number of changes that can be undone.
    pub fn undo_depth(&self) -> usize {
        self.history.depth()
    }

    /// The value of a knob when the scenario was opened.
    pub fn value_when_opened(&self, handle: Handle) -> Option<f64> {
        let path = handle.path(self.scenario.draft());
        Handle::find(self.opened.draft(), &path).ok()?.get(self.opened.draft())
    }

    /// Returns true if the scenario still matches its description: for a preset, if no knob differs
    /// from its file; otherwise, if nothing has changed since it was opened.
    pub fn is_as_told(&self) -> bool {
        match Preset::find(&self.name) {
            Some(_) => changes(&self.name, self.scenario.draft()).is_some_and(|changes| {
                changes.iter().all(|c| matches!(c, Change::Trials(_) | Change::Seed(_)))
            }),
            None => self.scenario.draft() == self.opened.draft(),
        }
    }
}
