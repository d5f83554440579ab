//! What a class has answered.

use crate::lesson::Session;

/// The answers of a class to the lesson that is played.
#[derive(Debug, Clone, PartialEq)]
pub struct Class {
    /// The sessions of all whose files could be read.
    pub sessions: Vec<Session>,
    /// Files that were refused.
    pub refused: usize,
}
