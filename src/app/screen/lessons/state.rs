//! State of the Lessons screen: the list, the student's progress, and the lesson being played.

use std::collections::BTreeMap;

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

    /// Number of lines in the list.
    pub fn rows() -> usize {
        listed().len() + scenes().len()
    }

    /// The lesson on the focused line.
    pub fn lesson(&self) -> Option<&'static LessonRow> {
        listed().get(self.row)
    }

    /// The scenario on the focused line.
    pub fn scene(&self) -> Option<&'static PresetRow> {
        scenes().get(self.row.checked_sub(listed().len())?)
    }

    /// The student's progress in a lesson, in words.
    pub fn progress_in(&self, lesson: &Lesson) -> String {
        let begun = self.progress.get(&lesson.id).filter(|session| session.fits(lesson));
        match begun {
            None => "not started".to_owned(),
            Some(session) if session.finished => {
                let (right, judged) = session.score();
                format!("done, {right} of {judged} right")
            }
            Some(session) => format!("step {} of {}", session.at + 1, lesson.steps.len()),
        }
    }
}
