//! Jobs of the Lab: the gain along the focused knob, the weighting schemes, gradient descent.

use std::sync::Arc;

use super::state::Lab;
use crate::app::pane::Pane;
use crate::app::request::Request;
use crate::job::{DescentPace, Job, JobSlot};
use crate::scenario::{Handle, Scenario};
use crate::study::training_run::TrainingRun;

impl Lab {
    /// Focuses a pane; `listed` is true if its figures are in an open list.
    pub(in crate::app) fn focus_pane(
        &mut self,
        pane: Pane,
        scenario: &Arc<Scenario>,
        listed: bool,
    ) -> Vec<Request> {
        self.pane = pane;
        if ![Pane::Knobs, Pane::About].contains(&pane) {
            self.view = pane;
        }
        self.compare(scenario, listed).into_iter().chain(self.compare_methods(scenario)).collect()
    }

    /// Compares methods while they are in view; stops otherwise.
    pub(in crate::app) fn compare_methods(&mut self, scenario: &Arc<Scenario>) -> Option<Request> {
        self.methods.watch(scenario, self.view == Pane::Methods)
    }

    /// Computes the gain along the focused knob, unless that curve is already on the screen.
    /// Turning the knob itself only moves the marker on the curve.
    pub(in crate::app) fn trace(&mut self, scenario: &Arc<Scenario>) -> Option<Request> {
        let focus = self.focus;
        let same = self.curve_of.as_ref().is_some_and(|(traced, handle)| {
            *handle == focus
                && traced.same_but_for(scenario, focus)
                && beyond_track(traced, focus) == beyond_track(scenario, focus)
        });
        if same {
            return None;
        }
        if self.curve.as_ref().is_some_and(|curve| curve.handle != focus) {
            self.curve = None;
        }
        self.awaits_curve = true;
        self.curve_of = Some((scenario.clone(), focus));
        Some(Request::Begin(Job::Curve(scenario.clone(), focus)))
    }

    /// Compares the weighting schemes while they are in view or in an open list of figures; stops
    /// the comparison otherwise.
    pub(in crate::app) fn compare(
        &mut self,
        scenario: &Arc<Scenario>,
        listed: bool,
    ) -> Option<Request> {
        if self.view != Pane::Weights && !listed {
            return self.comparing.take().map(|_| Request::Cancel(JobSlot::Comparison));
        }
        if self.comparing.as_ref() == Some(scenario) {
            return None;
        }
        self.comparing = Some(scenario.clone());
        Some(Request::Begin(Job::Comparison(scenario.clone())))
    }

    /// Compares the weighting schemes for the list of figures, if they are not known.
    pub(in crate::app) fn compare_for_list(&mut self, scenario: &Arc<Scenario>) -> Option<Request> {
        let known = self.comparison_of.as_ref() == Some(scenario);
        if known { None } else { self.compare(scenario, true) }
    }

    /// Stops the comparison once the weights of the first trial are known, if nothing else of it is
    /// drawn.
    pub(in crate::app) fn stop_comparison(&mut self) -> Option<Request> {
        let watched = self.view == Pane::Weights;
        let stops = !watched && self.comparing.take().is_some();
        stops.then_some(Request::Cancel(JobSlot::Comparison))
    }

    /// Starts gradient descent, or continues a run.
    pub(in crate::app) fn descend(
        &self,
        scenario: &Arc<Scenario>,
        from: Option<Box<TrainingRun>>,
    ) -> Request {
        let pace = if self.running { DescentPace::Run } else { DescentPace::Stand };
        Request::Begin(Job::Descent { scenario: scenario.clone(), from, pace })
    }

    pub(super) fn run_or_pause(&mut self, scenario: &Arc<Scenario>) -> Vec<Request> {
        if self.descent.as_ref().is_some_and(|descent| descent.is_finished()) {
            return Request::say("the descent has ended; r restarts it");
        }
        self.running = !self.running;
        vec![match self.running {
            true => self.descend(scenario, self.descent.clone()),
            false => Request::Cancel(JobSlot::Descent),
        }]
    }

    pub(super) fn one_step(&mut self, scenario: &Arc<Scenario>) -> Vec<Request> {
        self.running = false;
        let (scenario, from) = (scenario.clone(), self.descent.clone());
        vec![Request::Begin(Job::Descent { scenario, from, pace: DescentPace::Step })]
    }
}

/// Distance of a knob's value beyond its track.
fn beyond_track(scenario: &Scenario, handle: Handle) -> f64 {
    let ends = scenario.track(handle);
    let position =
        handle.get(scenario.draft()).map_or(0.0, |value| handle.knob.position(ends, value));
    position - position.clamp(0.0, 1.0)
}
