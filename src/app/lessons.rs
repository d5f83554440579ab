//! The Lessons screen: what there is to learn, how far a student is, and the lesson that is played.

mod class;
mod playing;
mod table;

use std::collections::BTreeMap;

use crate::lesson::{Lesson, LessonSession};

pub use class::ClassView;
pub(super) use playing::Kept;
pub use playing::Playing;
pub use table::{LessonRow, PresetRow, listed, scenes};

/// The state of the Lessons screen.
#[derive(Debug, Clone, Default)]
pub struct Lessons {
    /// The line that has the focus: lessons first, then scenarios.
    pub row: usize,
    /// Where a student stands in each lesson that was begun, by its name.
    pub progress: BTreeMap<String, LessonSession>,
    /// The lesson that is played.
    pub playing: Option<Box<Playing>>,
    /// Whether there is a folder with the answers of a class.
    pub has_class: bool,
    /// The answers of the class, as they were read last.
    pub class: Option<ClassView>,
    /// Seconds since the start of the program.
    pub(super) now: u64,
    /// When the class was asked for last.
    pub(super) asked: Option<u64>,
}

impl Lessons {
    /// How many lines the list has.
    pub fn rows() -> usize {
        listed().len() + scenes().len()
    }

    /// The lesson whose line has the focus.
    pub fn lesson(&self) -> Option<&'static LessonRow> {
        listed().get(self.row)
    }

    /// The scenario whose line has the focus.
    pub fn scene(&self) -> Option<&'static PresetRow> {
        scenes().get(self.row.checked_sub(listed().len())?)
    }

    /// How far the student is in a lesson.
    pub fn progress_in(&self, lesson: &Lesson) -> String {
        let begun = self.progress.get(&lesson.id).filter(|session| session.fits(lesson));
        match begun {
            None => "not begun".to_owned(),
            Some(session) if session.finished => {
                let (right, judged) = session.score();
                format!("done, {right} of {judged} right")
            }
            Some(session) => format!("step {} of {}", session.at + 1, lesson.steps.len()),
        }
    }
}
