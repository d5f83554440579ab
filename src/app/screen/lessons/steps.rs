//! Going through the steps of a lesson.

use std::sync::Arc;

use super::playing::{Kept, Playing};
use super::state::Lessons;
use crate::app::request::Request;
use crate::lesson::{Lesson, LessonSession, StepKind};

/// The most lines that a text can be scrolled by; the screen limits it further.
const MOST_SCROLL: usize = 200;

impl Lessons {
    /// Begins or resumes a lesson; the user's work is `kept`.
    pub(in crate::app) fn begin(
        &mut self,
        lesson: Arc<Lesson>,
        session: LessonSession,
        kept: Kept,
    ) {
        (self.class, self.class_read) = (None, None);
        self.playing = Some(Box::new(Playing::new(lesson, session, kept, self.now)));
    }

    /// Goes to the next step. After the last one, leaves the lesson and begins the next one, if
    /// there is one.
    pub(super) fn next_step(&mut self) -> Vec<Request> {
        if let Some(over) = self.playing.as_ref().filter(|playing| playing.is_over()) {
            let next = self.next_after(&over.lesson).cloned();
            return [Request::LeaveLesson].into_iter().chain(next.map(Request::Play)).collect();
        }
        let Some(playing) = &mut self.playing else { return Vec::new() };
        let held = playing.session.held(&playing.lesson, &playing.findings);
        if let Some(why) = held {
            let missing =
                playing.measured && matches!(playing.step().kind, StepKind::Reveal { .. });
            if !missing {
                return Request::say(why);
            }
            playing.session.at = (playing.session.at + 1).min(playing.lesson.steps.len() - 1);
        } else if !playing.session.next(&playing.lesson, &playing.findings) {
            (playing.scroll, playing.follows) = (0, false);
            return self.save_answers().into_iter().chain([Request::Silence]).collect();
        }
        self.save_answers().into_iter().chain(self.enter_step()).collect()
    }

    pub(super) fn previous_step(&mut self) -> Vec<Request> {
        let Some(playing) = &mut self.playing else { return Vec::new() };
        if !playing.session.back() {
            return Request::say("this is the first step");
        }
        self.save_answers().into_iter().chain(self.enter_step()).collect()
    }

    pub(super) fn take_hint(&mut self) -> Vec<Request> {
        let Some(playing) = &mut self.playing else { return Vec::new() };
        if !playing.session.hint(&playing.lesson) {
            let none = playing.step().hints.is_empty();
            return Request::say(if none { "this step has no hints" } else { "no more hints" });
        }
        (playing.follows, playing.reads_hint) = (true, true);
        self.save_answers().into_iter().collect()
    }

    pub(super) fn scroll_by(&mut self, by: i32) -> Vec<Request> {
        if let Some(playing) = &mut self.playing {
            let scroll = playing.scroll.saturating_add_signed(by as isize);
            (playing.scroll, playing.follows) = (scroll.min(MOST_SCROLL), false);
        }
        Vec::new()
    }
}
