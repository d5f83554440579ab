//! State of the Lessons screen: the list, the student's progress, and the lesson being played.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::lesson::{Lesson, LessonSession};
use crate::scenario::Scenario;

use super::class::ClassView;
use super::playing::Playing;
use super::table::{LessonRow, PresetRow, listed, scenes};

/// The state of the Lessons screen.
#[derive(Debug, Clone, Default)]
pub struct Lessons {
    /// The focused line: lessons first, then scenarios.
    pub row: usize,
    /// The user's own lessons, which stand behind those of the program.
    pub own: Vec<LessonRow>,
    /// Progress in each lesson that was started, by its id.
    pub progress: BTreeMap<String, LessonSession>,
    /// The lesson being played.
    pub playing: Option<Box<Playing>>,
    /// True if there is a folder with the answers of a class.
    pub has_class: bool,
    /// The class's answers, as last read.
    pub class: Option<ClassView>,
    /// Seconds since the start of the program.
    pub(in crate::app) now: u64,
    /// Time of the last request to read the class.
    pub(in crate::app) class_read: Option<u64>,
}

impl Lessons {
    /// The list, with no progress yet.
    pub(in crate::app) fn new(_: &Scenario) -> Self {
        Self::default()
    }

    /// All lessons, in the order of the list.
    pub fn all(&self) -> impl Iterator<Item = &LessonRow> {
        listed().iter().chain(&self.own)
    }

    /// Number of lessons in the list.
    pub fn count(&self) -> usize {
        listed().len() + self.own.len()
    }

    /// Number of lines in the list.
    pub fn rows(&self) -> usize {
        self.count() + scenes().len()
    }

    /// The place of a lesson in the list.
    pub fn place_of(&self, lesson: &Lesson) -> Option<usize> {
        let is_it = |row: &LessonRow| row.lesson.as_ref().is_ok_and(|own| **own == *lesson);
        self.all().position(is_it)
    }

    /// The lesson that comes after another one in the list, if it can be played.
    pub fn next_after(&self, lesson: &Lesson) -> Option<&Arc<Lesson>> {
        let mut following = self.all().skip(self.place_of(lesson)? + 1);
        following.find_map(|row| row.lesson.as_ref().ok())
    }

    /// The lesson on the focused line.
    pub fn lesson(&self) -> Option<&LessonRow> {
        self.all().nth(self.row)
    }

    /// The scenario on the focused line.
    pub fn scene(&self) -> Option<&'static PresetRow> {
        scenes().get(self.row.checked_sub(self.count())?)
    }

    /// The student's last session of a lesson, if it was begun.
    pub fn session_of(&self, lesson: &Lesson) -> Option<&LessonSession> {
        self.progress.get(&lesson.id).filter(|session| session.fits(lesson))
    }

    /// The student's progress in a lesson, in words.
    pub fn progress_in(&self, lesson: &Lesson) -> String {
        match self.session_of(lesson) {
            None => "not started".to_owned(),
            Some(session) if session.finished => {
                let (right, judged) = session.score();
                format!("done, {right} of {judged} right")
            }
            Some(session) => format!("step {} of {}", session.at + 1, lesson.steps.len()),
        }
    }
}
