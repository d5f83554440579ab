//! Jobs: what is computed for the scenario on screen.

use super::Effect;
use super::changes::same_but_for;
use crate::app::state::{App, Pane};
use crate::job::{Job, Lane, Pace};
use crate::scenario::{Handle, Scenario};
use crate::study::Course;

impl App {
    /// Everything anew for the scenario on screen. What is drawn stays until the new comes.
    pub(super) fn restart(&mut self) -> Vec<Effect> {
        self.fresh = false;
        let verdict = self.begin(Job::Verdict(self.scenario.clone()));
        let descent = self.descend(None);
        let comparison = self.compare();
        [verdict].into_iter().chain(self.trace()).chain([descent]).chain(comparison).collect()
    }

    /// Compares the weighting schemes while they are in view, and stops where they are not.
    pub(super) fn compare(&mut self) -> Option<Effect> {
        if self.view != Pane::Weights {
            return self.compared.take().map(|_| Effect::Cancel(Lane::Comparison));
        }
        if self.compared.as_ref() == Some(&self.scenario) {
            return None;
        }
        self.compared = Some(self.scenario.clone());
        Some(self.begin(Job::Comparison(self.scenario.clone())))
    }

    /// Traces the gain along the focused knob, unless that curve is on screen already: turning
    /// the knob itself moves only the mark upon it.
    pub(super) fn trace(&mut self) -> Option<Effect> {
        let same = self.traced.as_ref().is_some_and(|(scenario, handle)| {
            *handle == self.focus
                && same_but_for(scenario, &self.scenario, self.focus)
                && reach(scenario, self.focus) == reach(&self.scenario, self.focus)
        });
        if same {
            return None;
        }
        if self.curve.as_ref().is_some_and(|curve| curve.handle != self.focus) {
            self.curve = None;
        }
        self.traced = Some((self.scenario.clone(), self.focus));
        Some(self.begin(Job::Curve(self.scenario.clone(), self.focus)))
    }

    pub(super) fn run_or_pause(&mut self) -> Vec<Effect> {
        if self.course.as_ref().is_some_and(|course| course.is_finished()) {
            self.note = Some("the descent has ended; r starts it again".into());
            return Vec::new();
        }
        self.running = !self.running;
        if self.running {
            vec![self.descend(self.course.clone())]
        } else {
            vec![Effect::Cancel(Lane::Descent)]
        }
    }

    pub(super) fn one_step(&mut self) -> Vec<Effect> {
        self.running = false;
        let from = self.course.clone();
        vec![self.begin(Job::Descent { scenario: self.scenario.clone(), from, pace: Pace::Step })]
    }

    pub(super) fn descend(&mut self, from: Option<Box<Course>>) -> Effect {
        let pace = if self.running { Pace::Run } else { Pace::Stand };
        self.begin(Job::Descent { scenario: self.scenario.clone(), from, pace })
    }

    fn begin(&mut self, job: Job) -> Effect {
        let id = self.job(job.lane());
        id.0 += 1;
        Effect::Start(*id, job)
    }
}

/// How far the value of a knob lies beyond its track.
fn reach(scenario: &Scenario, handle: Handle) -> f64 {
    let position = handle.get(scenario.draft()).map_or(0.0, |value| handle.knob.position(value));
    position - position.clamp(0.0, 1.0)
}
