//! Jobs: the computations for the current scenario.

use super::Effect;
use crate::app::lab::Pane;
use crate::app::overlay::Overlay;
use crate::app::screen::Screen;
use crate::app::state::App;
use crate::explanation::outside_theorem_2;
use crate::job::{DescentPace, Job, JobSlot};
use crate::scenario::{Handle, Scenario};
use crate::study::training_run::TrainingRun;

impl App {
    /// Restarts all jobs for the current scenario. Old results stay on the screen until new ones
    /// arrive.
    pub(super) fn restart(&mut self) -> Vec<Effect> {
        if self.playing().is_some() {
            return self.measure_knobs();
        }
        self.lab.fresh = false;
        let verdict = self.begin(Job::Verdict(self.scenario.clone()));
        let descent = self.descend(None);
        let comparison = self.compare();
        let others = [descent].into_iter().chain(comparison).chain(self.look());
        let lab: Vec<Effect> = [verdict].into_iter().chain(self.trace()).chain(others).collect();
        lab.into_iter().chain(self.explain()).chain(self.leave_reach()).collect()
    }

    /// Compares the weighting schemes while they are in view; stops the comparison otherwise.
    pub(super) fn compare(&mut self) -> Option<Effect> {
        if self.lab.view != Pane::Weights && !self.lists_figures(Screen::Lab) {
            return self.lab.compared.take().map(|_| Effect::Cancel(JobSlot::Comparison));
        }
        if self.lab.compared.as_ref() == Some(&self.scenario) {
            return None;
        }
        self.lab.compared = Some(self.scenario.clone());
        Some(self.begin(Job::Comparison(self.scenario.clone())))
    }

    /// Stops the comparison once the weights of the first trial are known, if nothing else of it is
    /// drawn.
    pub(super) fn compared(&mut self) -> Option<Effect> {
        let watched = self.lab.view == Pane::Weights;
        let stops = !watched && self.lab.compared.take().is_some();
        stops.then_some(Effect::Cancel(JobSlot::Comparison))
    }

    /// Returns true if the export list of a screen is open.
    fn lists_figures(&self, screen: Screen) -> bool {
        let listed = self.over.as_ref().is_some_and(|layer| layer.overlay == Overlay::Export);
        listed && self.screen == screen
    }

    /// Computes figures that the export list needs but no pane shows.
    pub(super) fn prepare_figures(&mut self) -> Vec<Effect> {
        if self.lists_figures(Screen::Lab) && self.lab.weighed.as_ref() != Some(&self.scenario) {
            return self.compare().into_iter().collect();
        }
        let reached = || self.theory.reached.as_ref() == Some(&self.scenario);
        if self.lists_figures(Screen::Theory)
            && outside_theorem_2(&self.scenario).is_none()
            && !reached()
        {
            self.theory.reached = Some(self.scenario.clone());
            return vec![self.begin(Job::Reach(self.scenario.clone()))];
        }
        Vec::new()
    }

    /// Stops computing Theorem 2 for a scenario that is no longer current.
    pub(super) fn leave_reach(&mut self) -> Option<Effect> {
        let other = self.theory.reached.as_ref().is_some_and(|of| *of != self.scenario);
        other.then(|| {
            self.theory.reached = None;
            Effect::Cancel(JobSlot::Reach)
        })
    }

    /// Computes the gain along the focused knob, unless that curve is already on the screen.
    /// Turning the knob itself only moves the marker on the curve.
    pub(super) fn trace(&mut self) -> Option<Effect> {
        let same = self.lab.traced.as_ref().is_some_and(|(scenario, handle)| {
            *handle == self.lab.focus
                && scenario.same_but_for(&self.scenario, self.lab.focus)
                && reach(scenario, self.lab.focus) == reach(&self.scenario, self.lab.focus)
        });
        if same {
            return None;
        }
        if self.lab.curve.as_ref().is_some_and(|curve| curve.handle != self.lab.focus) {
            self.lab.curve = None;
        }
        self.lab.traced_anew = true;
        self.lab.traced = Some((self.scenario.clone(), self.lab.focus));
        Some(self.begin(Job::Curve(self.scenario.clone(), self.lab.focus)))
    }

    pub(super) fn run_or_pause(&mut self) -> Vec<Effect> {
        if self.lab.course.as_ref().is_some_and(|course| course.is_finished()) {
            self.note = Some("the descent has ended; r restarts it".into());
            return Vec::new();
        }
        self.lab.running = !self.lab.running;
        if self.lab.running {
            vec![self.descend(self.lab.course.clone())]
        } else {
            vec![Effect::Cancel(JobSlot::Descent)]
        }
    }

    pub(super) fn one_step(&mut self) -> Vec<Effect> {
        self.lab.running = false;
        let from = self.lab.course.clone();
        vec![self.begin(Job::Descent {
            scenario: self.scenario.clone(),
            from,
            pace: DescentPace::Step,
        })]
    }

    pub(super) fn descend(&mut self, from: Option<Box<TrainingRun>>) -> Effect {
        let pace = if self.lab.running { DescentPace::Run } else { DescentPace::Stand };
        self.begin(Job::Descent { scenario: self.scenario.clone(), from, pace })
    }

    pub(super) fn begin(&mut self, job: Job) -> Effect {
        let id = self.job(job.slot());
        id.0 += 1;
        Effect::Start(*id, job)
    }
}

/// Distance of a knob's value beyond its track.
fn reach(scenario: &Scenario, handle: Handle) -> f64 {
    let position = handle.get(scenario.draft()).map_or(0.0, |value| handle.knob.position(value));
    position - position.clamp(0.0, 1.0)
}
