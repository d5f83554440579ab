//! Hides what open predictions ask about, and finds what may be drawn beside them.

use super::found::{LessonFindings, SettingFindings};
use super::setting::LessonSetting;
use super::step::{LessonStep, StepKind};
use super::{Lesson, quantity::Subject};
use crate::scenario::{Handle, Scenario};
use crate::transfer::Outcome;

impl LessonStep {
    /// Returns true if a choice of this prediction depends on `subject`.
    pub(super) fn asks_of(&self, subject: &Subject) -> bool {
        let StepKind::Predict { choices, .. } = &self.kind else { return false };
        let mut spoken = choices.iter().flat_map(|choice| choice.when.spoken_of());
        spoken.any(|(own, _)| own == subject)
    }
}

impl Lesson {
    /// The knob along which the gain of a setting is drawn.
    pub fn along(&self, setting: &LessonSetting) -> Handle {
        setting.along.unwrap_or_else(|| self.turned(&setting.scenario))
    }

    /// The knob along which the gain of a scenario is drawn: the first of the lesson's knobs whose
    /// value differs from the lesson's own scenario, or else the first.
    pub fn turned(&self, scenario: &Scenario) -> Handle {
        let (draft, base) = (scenario.draft(), self.base.draft());
        let own: Vec<Handle> =
            self.knobs.iter().filter(|knob| knob.get(draft).is_some()).copied().collect();
        let turned = own.iter().find(|knob| knob.get(draft) != knob.get(base));
        turned.or(own.first()).copied().unwrap_or_else(|| scenario.focus())
    }

    /// Returns true if the gain along a knob may be shown to this student: no open prediction is
    /// about a place on that line, with any number of trials.
    pub fn may_trace(
        &self,
        scenario: &Scenario,
        handle: Handle,
        student: u64,
        is_open: impl Fn(usize) -> bool,
    ) -> bool {
        !self
            .asked(is_open)
            .any(|setting| self.is_on_line(&setting.scenario, student, scenario, handle))
    }

    /// Returns true if a student's draws of `there` differ from `scenario` only in a knob and in
    /// trials.
    pub(super) fn is_on_line(
        &self,
        there: &Scenario,
        student: u64,
        scenario: &Scenario,
        handle: Handle,
    ) -> bool {
        let mut draft = self.for_student(there, student).draft().clone();
        draft.trials = scenario.draft().trials;
        draft.compare.clone_from(&scenario.draft().compare);
        Scenario::check(draft).is_ok_and(|there| there.same_but_for(scenario, handle))
    }

    /// The outcomes along a knob that closed predictions are about, and the outcome of `own`, in
    /// increasing order of the knob.
    pub fn seen_along(
        &self,
        scenario: &Scenario,
        handle: Handle,
        own: Option<&LessonSetting>,
        findings: &LessonFindings,
        is_open: impl Fn(usize) -> bool,
    ) -> Vec<(f64, Outcome)> {
        let at = |setting: &LessonSetting| match findings.get(&setting.name)? {
            SettingFindings::Trials { scenario: there, measurement, .. } => {
                let on_line = there.same_but_for(scenario, handle);
                let value = handle.get(there.draft()).filter(|_| on_line)?;
                Some((value, measurement.own().targets))
            }
            _ => None,
        };
        let seen = self.asked(|place| !is_open(place)).chain(own);
        let mut points: Vec<(f64, Outcome)> = seen.filter_map(at).collect();
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        points.dedup_by(|a, b| a.0 == b.0);
        points
    }

    /// The settings of the predictions at the places that `at` accepts.
    fn asked(&self, at: impl Fn(usize) -> bool) -> impl Iterator<Item = &LessonSetting> {
        let some = self.predictions().filter(move |(place, _)| at(*place));
        some.filter_map(|(_, step)| match &step.kind {
            StepKind::Predict { setting, .. } => self.setting(setting),
            _ => None,
        })
    }
}
