//! The scenario and knobs that a step of a lesson shows, and the jobs that measure them.

use std::sync::Arc;

use super::Effect;
use crate::app::lab::{Lab, Pane};
use crate::app::state::App;
use crate::job::{Job, JobSlot};
use crate::lesson::{HERE, SettingQuestion, StepKind};
use crate::scenario::{Handle, Scenario};

/// The measurements of a scenario that a step needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Measured {
    /// Only those that the lesson already has.
    Nothing,
    /// The gain along its knob.
    Curve,
    /// The verdict as well, because knobs can be turned.
    Verdict,
    /// The data of a figure.
    Figure(Pane),
}

impl App {
    /// Enters the current step. Nothing is measured for a prediction that is not committed.
    pub(super) fn enter_step(&mut self) -> Vec<Effect> {
        let now = self.lessons.now;
        let Some(playing) = &mut self.lessons.playing else { return Vec::new() };
        (playing.choice, playing.sure, playing.asks) = (None, None, false);
        (playing.scroll, playing.follows, playing.waits) = (0, false, false);
        playing.reads_hint = false;
        playing.began = now;
        playing.findings.forget(HERE);
        (self.hover, self.note, self.grip, self.field) = (None, None, None, None);
        self.lay_out().into_iter().chain(self.class_at_times()).collect()
    }

    /// Shows the scenario of the step, as far as it may be seen.
    pub(super) fn lay_out(&mut self) -> Vec<Effect> {
        let Some(playing) = self.playing() else { return Vec::new() };
        let (lesson, step) = (&playing.lesson, playing.step());
        let student = playing.session.student;
        let own = lesson.for_student(&step.scenario, student);
        let focus = playing.knobs(&own).first().copied().unwrap_or_else(|| own.focus());
        let wanted = match &step.kind {
            StepKind::Find { knob, .. } => {
                let before = playing.session.answer().and_then(|answer| answer.value);
                let there = before.and_then(|value| own.with(*knob, value).ok());
                Some((there.unwrap_or(own), *knob, Measured::Verdict))
            }
            StepKind::Free { .. } => Some((own, focus, Measured::Verdict)),
            StepKind::Export { figure, .. } => {
                let pane = Pane::of_figure(figure.id).unwrap_or(Pane::Gain);
                Some((own, focus, Measured::Figure(pane)))
            }
            StepKind::Reveal { .. } | StepKind::Predict { .. } if !playing.is_masked() => playing
                .setting()
                .filter(|setting| setting.asked == SettingQuestion::Trials)
                .map(|setting| {
                    let scenario = lesson.for_student(&setting.scenario, student);
                    let focus = lesson.along(setting);
                    let whole = playing.subject().is_none() && playing.may_trace(&scenario, focus);
                    (scenario, focus, if whole { Measured::Curve } else { Measured::Nothing })
                }),
            _ => None,
        };
        let base = lesson.for_student(&lesson.base, student);
        let first = base.focus();
        let (scenario, focus, what) = wanted.unwrap_or((base, first, Measured::Nothing));
        self.lab = Lab::new(focus);
        self.stage(scenario, focus, what)
    }

    fn stage(&mut self, scenario: Scenario, focus: Handle, what: Measured) -> Vec<Effect> {
        let scenario = Arc::new(scenario);
        self.lab.focus = focus;
        self.history = Default::default();
        self.theory.clear();
        (self.opened, self.saved) = (scenario.clone(), scenario.clone());
        self.scenario = scenario.clone();
        let mut effects = match what {
            Measured::Nothing => {
                return [JobSlot::Verdict, JobSlot::Curve].map(Effect::Cancel).to_vec();
            }
            Measured::Curve => vec![Effect::Cancel(JobSlot::Verdict)],
            _ => vec![self.begin(Job::Compared(scenario.clone()))],
        };
        effects.extend(self.trace());
        let job = match what {
            Measured::Figure(Pane::Loss) => {
                return {
                    effects.push(self.descend(None));
                    effects
                };
            }
            Measured::Figure(Pane::Weights | Pane::Singular) => {
                self.lab.view = Pane::Weights;
                self.lab.compared = Some(scenario.clone());
                Job::Comparison(scenario)
            }
            Measured::Figure(Pane::Landscape) => {
                self.theory.explained = Some(scenario.clone());
                Job::Explanation(scenario)
            }
            Measured::Figure(Pane::Bound) => {
                self.theory.reached = Some(scenario.clone());
                Job::Reach(scenario)
            }
            Measured::Figure(Pane::Rows) => {
                let task = self.tasks.row(&scenario);
                self.tasks.preview = None;
                self.tasks.looked = Some((scenario.clone(), task));
                Job::Preview(scenario, task)
            }
            _ => return effects,
        };
        effects.push(self.begin(job));
        effects
    }

    /// Measures the current knob values; a waiting answer is withdrawn, because the knobs changed.
    pub(in crate::app::update) fn measure_knobs(&mut self) -> Vec<Effect> {
        self.lab.fresh = false;
        if let Some(playing) = &mut self.lessons.playing {
            playing.findings.forget(HERE);
            playing.waits = false;
        }
        let verdict = self.begin(Job::Compared(self.scenario.clone()));
        [verdict].into_iter().chain(self.trace()).collect()
    }

    pub(super) fn other_lesson_knob(&mut self, by: i32) -> Vec<Effect> {
        let Some(playing) = self.playing() else { return Vec::new() };
        let knobs = playing.knobs(&self.scenario);
        if knobs.is_empty() {
            return Vec::new();
        }
        let here = knobs.iter().position(|knob| *knob == self.lab.focus).unwrap_or(0) as i32;
        self.lab.focus = knobs[(here + by).rem_euclid(knobs.len() as i32) as usize];
        self.trace().into_iter().collect()
    }
}
