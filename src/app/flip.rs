//! The search for small changes that turn the verdict of the open scenario.

use std::sync::Arc;

use super::request::Request;
use crate::flip::Flip;
use crate::job::{Job, JobSlot};
use crate::scenario::Scenario;

/// The search, and what it found.
#[derive(Debug, Clone, Default)]
pub struct FlipSearch {
    /// The scenario that is or was searched.
    scenario: Option<Arc<Scenario>>,
    /// The share that is done.
    share: f64,
    found: Option<Result<Arc<Flip>, &'static str>>,
}

impl FlipSearch {
    /// Begins a search, unless it is of this scenario already.
    pub(super) fn begin(&mut self, scenario: &Arc<Scenario>) -> Option<Job> {
        if self.scenario.as_ref() == Some(scenario) {
            return None;
        }
        *self = Self { scenario: Some(scenario.clone()), share: 0.0, found: None };
        Some(Job::Flip(scenario.clone()))
    }

    /// Stops a search that is not of this scenario.
    pub(super) fn stop(&mut self, scenario: &Arc<Scenario>) -> Option<Request> {
        let runs = self.scenario.is_some() && self.found.is_none();
        (runs && self.scenario.as_ref() != Some(scenario)).then(|| {
            *self = Self::default();
            Request::Cancel(JobSlot::Flip)
        })
    }

    /// Receives what the job reports.
    pub(super) fn receive(&mut self, share: f64, found: Option<Result<Arc<Flip>, &'static str>>) {
        (self.share, self.found) = (share, found);
    }

    /// Ends a search that failed.
    pub(super) fn fail(&mut self) {
        *self = Self::default();
    }

    /// The share that is done.
    pub fn share(&self) -> f64 {
        self.share
    }

    /// What was found for a scenario, or what it must have; `None` while it is searched.
    pub fn found(&self, scenario: &Arc<Scenario>) -> Option<Result<&Arc<Flip>, &'static str>> {
        let same = self.scenario.as_ref() == Some(scenario);
        self.found.as_ref().filter(|_| same).map(|found| found.as_ref().map_err(|reason| *reason))
    }
}
