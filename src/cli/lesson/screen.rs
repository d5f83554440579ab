//! A lesson on the screen.

use std::path::PathBuf;

use crate::cli::args::Looks;
use crate::error::{Error, Result};
use crate::export::answers::{Answers, Place};
use crate::lesson::Lesson;

/// Plays a lesson on the screen.
pub(super) fn play(
    _lesson: Lesson,
    _answers: Answers,
    _place: Place,
    _teacher: Option<PathBuf>,
    _looks: &Looks,
) -> Result<()> {
    Err(Error::Failed("lessons are played with --line".into()))
}
