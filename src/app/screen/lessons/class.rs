//! The answers of a class.

use crate::lesson::LessonSession;

/// A class's answers to the lesson being played.
#[derive(Debug, Clone, PartialEq)]
pub struct ClassView {
    /// The sessions of all files that could be read.
    pub sessions: Vec<LessonSession>,
    /// Number of files that were refused.
    pub refused: usize,
}
