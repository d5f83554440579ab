//! What a class has answered.

use crate::lesson::LessonSession;

/// The answers of a class to the lesson that is played.
#[derive(Debug, Clone, PartialEq)]
pub struct ClassView {
    /// The sessions of all whose files could be read.
    pub sessions: Vec<LessonSession>,
    /// Files that were refused.
    pub refused: usize,
}
