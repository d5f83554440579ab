//! The scenario and the knobs that a step of a lesson shows.

use std::sync::Arc;

use super::playing::Playing;
use super::state::Lessons;
use crate::app::context::Context;
use crate::app::pane::Pane;
use crate::app::request::{Request, Stage, StepNeeds};
use crate::app::screen::lab::knobs;
use crate::lesson::{HERE, SettingQuestion, StepKind};
use crate::scenario::{Handle, Scenario};

impl Lessons {
    /// Enters the current step. Nothing is measured for a prediction that is not committed. The tour
    /// says where the reader stopped in the step before.
    pub(in crate::app) fn enter_step(&mut self) -> Vec<Request> {
        let now = self.now;
        let Some(playing) = &mut self.playing else { return Vec::new() };
        (playing.choice, playing.sure, playing.asks) = (None, None, false);
        (playing.scroll, playing.follows, playing.waits) = (0, false, false);
        (playing.reads_hint, playing.tried) = (false, None);
        playing.began = now;
        if !(playing.is_tour() && matches!(playing.step().kind, StepKind::Say)) {
            playing.findings.forget(HERE);
        }
        let shown = [Request::Clear, Request::Stage(stage(playing))];
        shown.into_iter().chain(self.read_class_if_due()).collect()
    }

    /// Withdraws the waiting answer and the measurement, because the knobs have been turned.
    pub(in crate::app) fn withdraw(&mut self) {
        if let Some(playing) = &mut self.playing {
            playing.findings.forget(HERE);
            playing.waits = false;
        }
    }

    /// Focuses another knob that can be turned in this step.
    pub(super) fn focus_knob(&self, context: &Context<'_>, by: i32) -> Vec<Request> {
        let Some(playing) = &self.playing else { return Vec::new() };
        let all = playing.knobs(context.scenario());
        knobs::next(&all, context.focus, by).map(Request::FocusKnob).into_iter().collect()
    }
}

/// The scenario of the current step, as far as it may be seen.
pub(super) fn stage(playing: &Playing) -> Stage {
    let student = playing.session.student;
    let base = playing.lesson.for_student(&playing.lesson.base, student);
    let first = base.focus();
    let (scenario, focus, needs) = wanted(playing).unwrap_or((base, first, StepNeeds::Nothing));
    Stage { scenario: Arc::new(scenario), focus, needs }
}

/// The scenario that the current step asks for, its focused knob, and what is measured of it;
/// `None` if there is none or it must stay hidden.
fn wanted(playing: &Playing) -> Option<(Scenario, Handle, StepNeeds)> {
    let (lesson, step) = (&playing.lesson, playing.step());
    let student = playing.session.student;
    let own = lesson.for_student(&step.scenario, student);
    let focus = playing.knobs(&own).first().copied().unwrap_or_else(|| own.focus());
    match &step.kind {
        StepKind::Find { knob, .. } => {
            let before = playing.session.answer().and_then(|answer| answer.value);
            let there = before.and_then(|value| own.with(*knob, value).ok());
            Some((there.unwrap_or(own), *knob, StepNeeds::Verdict))
        }
        StepKind::Free { .. } => Some((own, focus, StepNeeds::Verdict)),
        StepKind::Export { figure, .. } => {
            let pane = Pane::of_figure(figure.id).unwrap_or(Pane::Gain);
            Some((own, focus, StepNeeds::Figure(pane)))
        }
        StepKind::Reveal { .. } | StepKind::Predict { .. } if !playing.is_masked() => {
            let setting = playing.setting()?;
            if setting.asked != SettingQuestion::Trials {
                return None;
            }
            let scenario = lesson.for_student(&setting.scenario, student);
            let focus = lesson.along(setting);
            let whole = playing.subject().is_none() && playing.may_trace(&scenario, focus);
            Some((scenario, focus, if whole { StepNeeds::Curve } else { StepNeeds::Nothing }))
        }
        _ => None,
    }
}
