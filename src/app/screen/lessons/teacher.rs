//! The teacher's view: notes, and the class's answers.

use super::class::ClassView;
use super::state::Lessons;
use crate::app::effect::Effect;
use crate::app::request::Request;

/// Shortest time between two automatic readings, in seconds.
const BETWEEN: u64 = 4;

impl Lessons {
    pub(super) fn toggle_notes(&mut self) -> Vec<Request> {
        if !self.has_class {
            return Request::say("notes are for teachers: lesson play --teacher DIR");
        }
        if let Some(playing) = &mut self.playing {
            playing.notes = !playing.notes;
            playing.follows = playing.notes;
        }
        Vec::new()
    }

    /// Reads the class's answers.
    pub(super) fn read_class(&mut self) -> Vec<Request> {
        if !self.has_class {
            return Request::say("there is no class: lesson play --teacher DIR names its folder");
        }
        let Some(playing) = &self.playing else { return Vec::new() };
        self.class_read = Some(self.now);
        vec![Request::Do(Effect::Class(playing.lesson.clone()))]
    }

    /// Returns true if a class's answers are being followed.
    pub fn follows_class(&self) -> bool {
        self.has_class && self.playing.is_some()
    }

    /// Updates the time since the program started, in seconds; reads the class's answers every few
    /// seconds.
    pub(in crate::app) fn tick(&mut self, now: u64) -> Vec<Request> {
        self.now = now;
        self.read_class_if_due()
    }

    pub(super) fn read_class_if_due(&mut self) -> Vec<Request> {
        let due = self.class_read.is_none_or(|read| self.now >= read.saturating_add(BETWEEN));
        if due && self.follows_class() { self.read_class() } else { Vec::new() }
    }

    pub(in crate::app) fn take_class(&mut self, class: Result<ClassView, String>) -> Vec<Request> {
        match class {
            Ok(class) => {
                self.class = Some(class);
                Vec::new()
            }
            Err(problem) => Request::say(format!("the class's answers: {problem}")),
        }
    }
}
