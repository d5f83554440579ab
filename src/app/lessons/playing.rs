//! A lesson that is played: where its student stands, what has been measured, what is about to be answered.

use std::path::PathBuf;
use std::sync::Arc;

use crate::app::history::{History, Snapshot};
use crate::app::lab::Lab;
use crate::app::screen::KeyContext;
use crate::figure::Figure;
use crate::lesson::{
    HERE, Lesson, LessonFindings, LessonSession, LessonSetting, LessonStep, SettingFindings,
    StepKind, Subject, Text,
};
use crate::scenario::{Handle, Scenario};
use crate::transfer::Outcome;

/// A lesson on the screen.
#[derive(Debug, Clone)]
pub struct Playing {
    /// The lesson.
    pub lesson: Arc<Lesson>,
    /// Where the student stands, and what they have answered.
    pub session: LessonSession,
    /// What has been measured so far.
    pub findings: LessonFindings,
    /// Whether nothing more will be measured.
    pub measured: bool,
    /// The choice that would be committed, by its place.
    pub choice: Option<usize>,
    /// How sure the student is, from 1.
    pub sure: Option<u8>,
    /// Whether the hint taken last is what is about to be read.
    pub reads_hint: bool,
    /// Whether the arrows choose how sure the student is.
    pub asks: bool,
    /// Whether an answer waits for its measurement.
    pub waits: bool,
    /// Lines by which the text is scrolled.
    pub scroll: usize,
    /// Whether what is about to be answered must be in view.
    pub follows: bool,
    /// Whether the teacher's notes are shown.
    pub notes: bool,
    /// The file of answers, where they are kept.
    pub file: Option<PathBuf>,
    /// Seconds from the start of the program to the beginning of the step.
    pub(in crate::app) began: u64,
    /// What the user was working on.
    pub(in crate::app) kept: Box<Kept>,
}

/// What was on the screen before a lesson, and comes back after it.
#[derive(Debug, Clone)]
pub(in crate::app) struct Kept {
    pub opened: Snapshot,
    pub history: History,
    pub lab: Lab,
}

impl Playing {
    /// A lesson where its student stands, before anything has been measured.
    pub(in crate::app) fn new(
        lesson: Arc<Lesson>,
        session: LessonSession,
        kept: Kept,
        now: u64,
    ) -> Self {
        Self {
            lesson,
            session,
            findings: LessonFindings::default(),
            measured: false,
            choice: None,
            sure: None,
            reads_hint: false,
            asks: false,
            waits: false,
            scroll: 0,
            follows: false,
            notes: false,
            file: None,
            began: now,
            kept: Box::new(kept),
        }
    }

    /// The step on the screen.
    pub fn step(&self) -> &LessonStep {
        self.session.step(&self.lesson)
    }

    /// Whether nothing that was measured may be seen.
    pub fn is_masked(&self) -> bool {
        self.session.is_masked(&self.lesson)
    }

    /// Whether the last step has been left.
    pub fn is_over(&self) -> bool {
        self.session.finished && self.session.at + 1 == self.lesson.steps.len()
    }

    /// Where keys act.
    pub fn place(&self) -> KeyContext {
        match self.step().kind {
            StepKind::Predict { .. } if self.is_masked() => KeyContext::Question,
            StepKind::Find { .. } | StepKind::Free { .. } if !self.is_over() => KeyContext::Bench,
            _ => KeyContext::Lesson,
        }
    }

    /// Whether the step asks for words or for a figure that it has not got.
    pub fn wants_more(&self) -> bool {
        let asks = matches!(self.step().kind, StepKind::Explain { .. } | StepKind::Export { .. });
        asks && self.session.answer().is_none()
    }

    /// Whether the student says how sure they are.
    pub fn wants_confidence(&self) -> bool {
        matches!(self.step().kind, StepKind::Predict { confidence: true, .. })
    }

    /// How many choices there are.
    pub fn choices(&self) -> usize {
        match &self.step().kind {
            StepKind::Predict { choices, .. } => choices.len(),
            _ => 0,
        }
    }

    /// The setting that the step predicts or reveals.
    pub fn setting(&self) -> Option<&LessonSetting> {
        match &self.step().kind {
            StepKind::Predict { setting, .. } | StepKind::Reveal { setting, .. } => {
                self.lesson.setting(setting)
            }
            _ => None,
        }
    }

    /// What the prediction at hand is about: a way of training or a proxy, where it asks for one.
    pub fn subject(&self) -> Option<&Subject> {
        self.lesson.subject(self.session.at)
    }

    /// The figure of that way of training or proxy; nothing is drawn of predictions that are still open.
    pub fn compared(&self) -> Option<Figure> {
        self.lesson.compared(self.session.at, self.found()?, |place| self.is_open(place))
    }

    /// What was found at that setting; `None` while it is masked.
    pub fn found(&self) -> Option<&SettingFindings> {
        let setting = self.setting().filter(|_| !self.is_masked())?;
        self.findings.get(&setting.name)
    }

    /// Whether the gain along a knob may be seen from a scenario: no prediction that is still open
    /// is about a place on that line.
    pub fn may_trace(&self, scenario: &Scenario, handle: Handle) -> bool {
        let student = self.session.student;
        self.lesson.may_trace(scenario, handle, student, |place| self.is_open(place))
    }

    /// The outcomes on the line along a knob about which predictions have been committed, by rising
    /// value.
    pub fn seen_along(&self, scenario: &Scenario, handle: Handle) -> Vec<(f64, Outcome)> {
        let is_open = |place| self.is_open(place);
        self.lesson.seen_along(scenario, handle, self.setting(), &self.findings, is_open)
    }

    /// Whether the prediction at a place has not been committed.
    fn is_open(&self, place: usize) -> bool {
        !self.session.answers.contains_key(&place)
    }

    /// A text of the step with its numbers. While a prediction is open, those of the setting that
    /// it is about are not said, nor those at the knobs.
    pub fn say(&self, text: &Text) -> String {
        let hidden = self.setting().map(|setting| setting.name.as_str());
        let hides = |name: &str| Some(name) == hidden || name == HERE;
        if self.is_masked() && text.settings().any(hides) {
            let mut findings = self.findings.clone();
            findings.forget(HERE);
            hidden.into_iter().for_each(|name| findings.forget(name));
            return text.say(&findings);
        }
        text.say(&self.findings)
    }

    /// The knobs of the lesson that a scenario has.
    pub fn knobs(&self, scenario: &Scenario) -> Vec<Handle> {
        let has = |handle: &&Handle| handle.get(scenario.draft()).is_some();
        self.lesson.knobs.iter().filter(has).copied().collect()
    }

    /// The knobs of a scenario that are shown and cannot be turned.
    pub fn locked(&self, scenario: &Scenario) -> Vec<Handle> {
        let has = |handle: &&Handle| handle.get(scenario.draft()).is_some();
        self.lesson.locked.iter().filter(has).copied().collect()
    }

    /// How many settings have been measured, and how many there are.
    pub fn progress(&self) -> (usize, usize) {
        let known = |setting: &&LessonSetting| self.findings.get(&setting.name).is_some();
        (self.lesson.settings.iter().filter(known).count(), self.lesson.settings.len())
    }
}
