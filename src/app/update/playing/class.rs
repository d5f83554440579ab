//! The teacher's view: notes, and the class's answers.

use super::Effect;
use crate::app::lessons::ClassView;
use crate::app::state::App;

/// Shortest time between two automatic readings, in seconds.
const BETWEEN: u64 = 4;

impl App {
    pub(super) fn notes(&mut self) -> Vec<Effect> {
        if !self.lessons.has_class {
            return self.say("notes are for teachers: lesson play --teacher DIR");
        }
        if let Some(playing) = &mut self.lessons.playing {
            playing.notes = !playing.notes;
            playing.follows = playing.notes;
        }
        Vec::new()
    }

    /// Reads the class's answers.
    pub(super) fn read_class(&mut self) -> Vec<Effect> {
        if !self.lessons.has_class {
            return self.say("there is no class: lesson play --teacher DIR names its folder");
        }
        let Some(lesson) = self.playing().map(|playing| playing.lesson.clone()) else {
            return Vec::new();
        };
        self.lessons.asked = Some(self.lessons.now);
        vec![Effect::Class(lesson)]
    }

    /// Returns true if a class's answers are being followed.
    pub fn follows_class(&self) -> bool {
        self.lessons.has_class && self.playing().is_some()
    }

    /// Reads the class's answers every few seconds.
    pub(in crate::app::update) fn class_at_times(&mut self) -> Vec<Effect> {
        let now = self.lessons.now;
        let due = self.lessons.asked.is_none_or(|asked| now >= asked.saturating_add(BETWEEN));
        if due && self.follows_class() { self.read_class() } else { Vec::new() }
    }

    pub(in crate::app::update) fn take_class(
        &mut self,
        class: Result<ClassView, String>,
    ) -> Vec<Effect> {
        match class {
            Ok(class) => {
                self.lessons.class = Some(class);
                Vec::new()
            }
            Err(problem) => self.say(&format!("the class's answers: {problem}")),
        }
    }
}
