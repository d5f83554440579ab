//! The explanation of the scenario: starting, stopping and scrolling it.

use std::sync::Arc;

use super::state::{TheoryPane, TheoryState};
use crate::app::request::Request;
use crate::explanation::outside_theorem_2;
use crate::job::{Job, JobSlot};
use crate::scenario::Scenario;

/// The most lines that a pane can be scrolled by; the screen limits it further.
const MOST_SCROLL: usize = 120;

impl TheoryState {
    /// Explains the scenario while the screen is shown; stops otherwise. A complete explanation is
    /// kept.
    pub(in crate::app) fn explain(
        &mut self,
        scenario: &Arc<Scenario>,
        shown: bool,
    ) -> Option<Request> {
        if self.explaining.as_ref() == Some(scenario) {
            let complete = self.explanation.as_ref().is_some_and(|e| e.complete);
            if shown || (complete && self.fresh) {
                return None;
            }
        }
        self.fresh = false;
        if !shown {
            return self.explaining.take().map(|_| Request::Cancel(JobSlot::Explanation));
        }
        self.explaining = Some(scenario.clone());
        Some(Request::Begin(Job::Explanation(scenario.clone())))
    }

    /// Computes Theorem 2 against the source rows for the list of figures, where the theorem
    /// applies.
    pub(in crate::app) fn bound_for_list(&mut self, scenario: &Arc<Scenario>) -> Option<Request> {
        if outside_theorem_2(scenario).is_some() || self.bounding.as_ref() == Some(scenario) {
            return None;
        }
        self.bounding = Some(scenario.clone());
        Some(Request::Begin(Job::Bound(scenario.clone())))
    }

    /// Stops computing Theorem 2 for a scenario that is no longer current.
    pub(in crate::app) fn stop_bound(&mut self, scenario: &Arc<Scenario>) -> Option<Request> {
        let other = self.bounding.as_ref().is_some_and(|of| of != scenario);
        other.then(|| {
            self.bounding = None;
            Request::Cancel(JobSlot::Bound)
        })
    }

    /// Focuses another pane.
    pub(super) fn focus_by(&mut self, by: i32) {
        let all = TheoryPane::ALL;
        let here = all.iter().position(|pane| *pane == self.aspect).unwrap_or(0) as i32;
        self.focus(all[(here + by).rem_euclid(all.len() as i32) as usize]);
    }

    /// Scrolls the focused pane.
    pub(in crate::app) fn scroll_by(&mut self, by: i32) {
        let scroll = self.scroll.saturating_add_signed(by as isize);
        self.scroll = scroll.min(MOST_SCROLL);
    }
}
