//! Methods side by side in the Lab: computed while they are in view.

use std::sync::Arc;

use crate::app::request::Request;
use crate::figure::{self, Figure};
use crate::job::{Job, JobSlot};
use crate::scenario::Scenario;
use crate::study::SideBySide;
use crate::study::side_by_side::no_methods;

/// The comparison of methods, and the scenario that it is of.
#[derive(Debug, Clone, Default)]
pub struct MethodsPane {
    begun: Option<Arc<Scenario>>,
    /// What is known, and of which scenario.
    found: Option<(Arc<Scenario>, Box<SideBySide>)>,
}

impl MethodsPane {
    /// Compares the methods while they are watched, and stops otherwise.
    pub(super) fn watch(&mut self, scenario: &Arc<Scenario>, watched: bool) -> Option<Request> {
        if !watched || no_methods(scenario).is_some() {
            return self.begun.take().map(|_| Request::Cancel(JobSlot::Methods));
        }
        if self.begun.as_ref() == Some(scenario) {
            return None;
        }
        self.begun = Some(scenario.clone());
        Some(Request::Begin(Job::Methods(scenario.clone())))
    }

    /// Receives what the job reports.
    pub(in crate::app) fn receive(&mut self, found: Box<SideBySide>) {
        if let Some(scenario) = &self.begun {
            self.found = Some((scenario.clone(), found));
        }
    }

    /// Ends a comparison that failed.
    pub(in crate::app) fn fail(&mut self) {
        self.begun = None;
    }

    /// The figure for a scenario, if it can be drawn.
    pub(super) fn figure(&self, scenario: &Arc<Scenario>) -> Option<Figure> {
        let (of, found) = self.found.as_ref()?;
        (of == scenario).then(|| figure::methods::side_by_side(scenario, found)).flatten()
    }
}
