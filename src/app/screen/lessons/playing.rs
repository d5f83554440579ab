//! State of a lesson being played: progress, findings, and the answer being given.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::app::history::{History, Snapshot};
use crate::app::screen::kind::KeyContext;
use crate::app::screen::lab::Lab;
use crate::figure::Figure;
use crate::lesson::catalog::TOUR;
use crate::lesson::condition::Truth;
use crate::lesson::{
    HERE, Lesson, LessonFindings, LessonSession, LessonSetting, LessonStep, SettingFindings,
    SoughtSide, StepKind, Subject, Text,
};
use crate::scenario::{Handle, Scenario};
use crate::transfer::Outcome;

/// A lesson on the screen.
#[derive(Debug, Clone)]
pub struct Playing {
    /// The lesson.
    pub lesson: Arc<Lesson>,
    /// The student's progress and answers.
    pub session: LessonSession,
    /// The findings so far.
    pub findings: LessonFindings,
    /// True if nothing more will be measured.
    pub measured: bool,
    /// The selected choice, by its place.
    pub choice: Option<usize>,
    /// The selected confidence, from 1.
    pub sure: Option<u8>,
    /// True if the last hint taken should be in view.
    pub reads_hint: bool,
    /// True if the arrow keys choose the confidence.
    pub asks: bool,
    /// True if an answer is waiting for its measurement.
    pub waits: bool,
    /// The scenario with the knob values committed last at this step.
    pub tried: Option<Arc<Scenario>>,
    /// Number of lines that the text is scrolled by.
    pub scroll: usize,
    /// True if the answer being given must stay in view.
    pub follows: bool,
    /// True if the teacher's notes are shown.
    pub notes: bool,
    /// Written answers that were begun and not committed, by the place of their step.
    pub drafts: BTreeMap<usize, String>,
    /// The file that answers are stored in, if any.
    pub file: Option<PathBuf>,
    /// Start of the step, in seconds since the program started.
    pub(in crate::app) began: u64,
    /// The user's own work.
    pub(in crate::app) kept: Box<Kept>,
}

/// The work on the screen before the lesson, restored after it.
#[derive(Debug, Clone)]
pub(in crate::app) struct Kept {
    pub opened: Snapshot,
    pub history: History,
    pub lab: Lab,
}

impl Playing {
    /// Starts or resumes a lesson, with nothing measured yet.
    pub(in crate::app) fn new(
        lesson: Arc<Lesson>,
        mut session: LessonSession,
        kept: Kept,
        now: u64,
    ) -> Self {
        let drafts = session.take_begun();
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
            tried: None,
            scroll: 0,
            follows: false,
            notes: false,
            drafts,
            file: None,
            began: now,
            kept: Box::new(kept),
        }
    }

    /// The step on the screen.
    pub fn step(&self) -> &LessonStep {
        self.session.step(&self.lesson)
    }

    /// Returns true if the measurement must stay hidden.
    pub fn is_masked(&self) -> bool {
        self.session.is_masked(&self.lesson)
    }

    /// Returns true if the lesson has ended.
    pub fn is_over(&self) -> bool {
        self.session.finished && self.session.at + 1 == self.lesson.steps.len()
    }

    /// Returns true for the tour, which is not in the list and begins and ends in the Lab.
    pub fn is_tour(&self) -> bool {
        self.lesson.id == TOUR.id
    }

    /// The context for keys.
    pub fn key_context(&self) -> KeyContext {
        match self.step().kind {
            StepKind::Predict { .. } if self.is_masked() => KeyContext::Question,
            StepKind::Find { .. } | StepKind::Free { .. } if !self.is_over() => KeyContext::Bench,
            _ => KeyContext::Lesson,
        }
    }

    /// Returns true if the step asks for a written answer or a figure that is still missing.
    pub fn wants_more(&self) -> bool {
        let asks = matches!(self.step().kind, StepKind::Explain { .. } | StepKind::Export { .. });
        asks && self.session.answer().is_none()
    }

    /// Returns true if the step asks for a written answer that is still missing.
    pub fn wants_words(&self) -> bool {
        self.step().kind.is_explain() && self.wants_more()
    }

    /// The session as it is stored when the student leaves: with the written answers that were begun,
    /// which can be completed later.
    pub fn session_to_keep(&self) -> LessonSession {
        let mut session = self.session.clone();
        for (place, words) in &self.drafts {
            session.keep_words(&self.lesson, *place, words);
        }
        session
    }

    /// Returns true if the step asks for the student's confidence.
    pub fn wants_confidence(&self) -> bool {
        matches!(self.step().kind, StepKind::Predict { confidence: true, .. })
    }

    /// Number of choices.
    pub fn choices(&self) -> usize {
        match &self.step().kind {
            StepKind::Predict { choices, .. } => choices.len(),
            _ => 0,
        }
    }

    /// The direction in which the sought value lies, once a wrong one has been committed.
    pub fn sought_side(&self) -> Option<SoughtSide> {
        self.session.sought_side(&self.lesson, &self.findings)
    }

    /// Returns true if the step asks for a goal that the knobs reach as they stand now, according to
    /// all their trials.
    pub fn reaches_goal(&self, now: &Scenario) -> bool {
        let StepKind::Free { goal, .. } = &self.step().kind else { return false };
        let is_measured = match self.findings.get(HERE) {
            Some(SettingFindings::Trials { scenario, .. }) => **scenario == *now,
            _ => false,
        };
        is_measured && goal.truth(&self.findings) == Truth::Holds
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

    /// The method or proxy that the current prediction asks about, if any.
    pub fn subject(&self) -> Option<&Subject> {
        self.lesson.subject(self.session.at)
    }

    /// The figure of that method or proxy, without the results that open predictions ask about.
    pub fn compared(&self) -> Option<Figure> {
        self.lesson.compared(self.session.at, self.found()?, |place| self.is_open(place))
    }

    /// The findings for that setting; `None` while they are hidden.
    pub fn found(&self) -> Option<&SettingFindings> {
        let setting = self.setting().filter(|_| !self.is_masked())?;
        self.findings.get(&setting.name)
    }

    /// Returns true if the gain along a knob may be shown: no open prediction is about a place on
    /// that line.
    pub fn may_trace(&self, scenario: &Scenario, handle: Handle) -> bool {
        let student = self.session.student;
        self.lesson.may_trace(scenario, handle, student, |place| self.is_open(place))
    }

    /// The outcomes along a knob whose predictions have been committed, in increasing order of the
    /// knob.
    pub fn seen_along(&self, scenario: &Scenario, handle: Handle) -> Vec<(f64, Outcome)> {
        let is_open = |place| self.is_open(place);
        self.lesson.seen_along(scenario, handle, self.setting(), &self.findings, is_open)
    }

    /// Returns true if the prediction at a place has not been committed.
    fn is_open(&self, place: usize) -> bool {
        !self.session.answers.contains_key(&place)
    }

    /// A text of the step with its numbers. While a prediction is open, numbers about its setting
    /// or about the current knobs are left blank.
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

    /// The lesson's knobs that exist in a scenario.
    pub fn knobs(&self, scenario: &Scenario) -> Vec<Handle> {
        let has = |handle: &&Handle| handle.get(scenario.draft()).is_some();
        self.lesson.knobs.iter().filter(has).copied().collect()
    }

    /// The knobs that exist in a scenario but are locked.
    pub fn locked(&self, scenario: &Scenario) -> Vec<Handle> {
        let has = |handle: &&Handle| handle.get(scenario.draft()).is_some();
        self.lesson.locked.iter().filter(has).copied().collect()
    }

    /// The number of settings measured so far, and the number of all settings.
    pub fn progress(&self) -> (usize, usize) {
        let known = |setting: &&LessonSetting| self.findings.get(&setting.name).is_some();
        (self.lesson.settings.iter().filter(known).count(), self.lesson.settings.len())
    }
}
