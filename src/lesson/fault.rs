//! A fault in a lesson file.

use crate::error::{Error, Invalid};

/// The fault: in the lesson itself, or in a scenario that it names.
pub(super) enum Fault {
    Lesson(Invalid),
    Scenario(Error),
}

impl From<Invalid> for Fault {
    fn from(problem: Invalid) -> Self {
        Self::Lesson(problem)
    }
}
