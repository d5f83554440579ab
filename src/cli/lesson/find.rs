//! Finding of a lesson by name, number or file.

use std::path::{Path, PathBuf};

use crate::cli::config;
use crate::error::{Error, Invalid, Result};
use crate::lesson::Lesson;
use crate::lesson::catalog::{BuiltInLesson, LESSONS};
use crate::store::lessons;

/// Finds a lesson by name, number or file. Names are those of the lessons that come with the
/// program and of those in the user's folder.
pub(super) fn found(asked: &str) -> Result<Lesson> {
    if let Some(built) = BuiltInLesson::find(asked) {
        return built.lesson();
    }
    if let Some(file) = file_of(asked) {
        return lessons::lesson(&file);
    }
    let mut own = lessons::own(config::lessons().as_deref(), None);
    if let Some(place) = own.iter().position(|own| own.id == asked) {
        return own.swap_remove(place).lesson;
    }
    let built = LESSONS.iter().map(|lesson| lesson.id);
    let ids: Vec<&str> = built.chain(own.iter().map(|own| own.id.as_str())).collect();
    let numbers = LESSONS.len();
    let allowed = format!("{}, a number from 1 to {numbers}, or a file", ids.join(", "));
    Err(Error::Value(Invalid::new("lesson", format!("\"{asked}\""), allowed)))
}

/// The file that a lesson is named by, if it is named by one.
pub(super) fn file_of(asked: &str) -> Option<PathBuf> {
    let is_built_in = BuiltInLesson::find(asked).is_some();
    let names_file = asked.contains(['.', '/', '\\']) || Path::new(asked).is_file();
    (!is_built_in && names_file).then(|| PathBuf::from(asked))
}
