//! The keys that do something at a step of a lesson, and what they do there.

use super::playing::Playing;
use crate::app::action::Action;
use crate::app::screen::kind::KeyContext;
use crate::app::work::Work;
use crate::lesson::StepKind;

impl Playing {
    /// Returns true if an action does something at this step that no key shown before it does.
    pub fn offers(&self, action: Action, work: &Work) -> bool {
        let goes_on = self.enter() == Enter::GoOn;
        match action {
            Action::Commit => !(goes_on && self.is_held()),
            Action::NextStep => !goes_on && !self.is_masked() && !self.is_over(),
            Action::BackStep => self.session.at > 0,
            Action::Hint => self.session.hints_taken() < self.step().hints.len(),
            Action::Sure(_) => self.wants_confidence(),
            Action::Focus(_) => self.knobs(&work.scenario).len() > 1,
            Action::Undo => work.undo_depth() > 0,
            _ => true,
        }
    }

    /// What Enter does at this step, in a word; `next` is true if another lesson comes next.
    pub fn enter_word(&self, next: bool) -> &'static str {
        let is_last = self.session.at + 1 == self.lesson.steps.len();
        match self.enter() {
            Enter::Commit if self.is_tour() => "go on",
            Enter::Commit => "commit",
            Enter::Write => "write",
            Enter::Save => "save",
            Enter::GoOn if self.is_over() && next => "next lesson",
            Enter::GoOn if self.is_over() && self.is_tour() => "to the Lab",
            Enter::GoOn if self.is_over() => "to the list",
            Enter::GoOn if is_last => "finish",
            Enter::GoOn => "go on",
        }
    }

    /// Returns true if the student has to wait for the measurement before going on.
    pub fn is_held(&self) -> bool {
        !self.measured && self.session.held(&self.lesson, &self.findings).is_some()
    }

    /// What Enter does at this step.
    fn enter(&self) -> Enter {
        let is_found = self.session.answer().is_some_and(|answer| answer.right == Some(true));
        match (self.key_context(), &self.step().kind) {
            (KeyContext::Question, _) => Enter::Commit,
            (KeyContext::Bench, _) if !is_found => Enter::Commit,
            (_, StepKind::Explain { .. }) if self.wants_more() => Enter::Write,
            (_, StepKind::Export { .. }) if self.wants_more() => Enter::Save,
            _ => Enter::GoOn,
        }
    }
}

/// What Enter does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Enter {
    Commit,
    Write,
    Save,
    GoOn,
}
