//! Finding of a lesson by name, number or file.

use std::path::Path;

use crate::error::{Error, Invalid, Result};
use crate::lesson::Lesson;
use crate::lesson::catalog::{BuiltInLesson, LESSONS};
use crate::store::lessons;

/// Finds a lesson by name, number or file.
pub(super) fn found(asked: &str) -> Result<Lesson> {
    if let Some(built) = BuiltInLesson::find(asked) {
        return built.lesson();
    }
    if asked.contains(['.', '/', '\\']) || Path::new(asked).is_file() {
        return lessons::lesson(asked.as_ref());
    }
    let ids: Vec<&str> = LESSONS.iter().map(|lesson| lesson.id).collect();
    let allowed = format!("{}, a number from 1 to {}, or a file", ids.join(", "), ids.len());
    Err(Error::Value(Invalid::new("lesson", format!("\"{asked}\""), allowed)))
}
