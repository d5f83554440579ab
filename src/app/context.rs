//! The read-only view of the program that a screen gets with an action.

use std::sync::Arc;

use super::settings::Panes;
use super::work::Work;
use crate::job::ScenarioFindings;
use crate::scenario::{Handle, Scenario, ScenarioDraft};

/// The state that a screen may read besides its own.
#[derive(Debug, Clone)]
pub(super) struct Context<'a> {
    /// The open scenario, with its name and the versions it is compared with.
    pub(super) work: &'a Work,
    /// The focused knob.
    pub(super) focus: Handle,
    /// The results for the open scenario; `None` while only those of an earlier one are known.
    pub(super) findings: Option<Arc<ScenarioFindings>>,
    /// The panes and knobs of the Lab.
    pub(super) panes: Panes,
    /// True if the whole gain along the focused knob is known for the open scenario.
    pub is_traced: bool,
}

impl Context<'_> {
    /// The open scenario.
    pub(super) fn scenario(&self) -> &Arc<Scenario> {
        &self.work.scenario
    }

    /// The draft of the open scenario.
    pub(super) fn draft(&self) -> &ScenarioDraft {
        self.work.scenario.draft()
    }
}
