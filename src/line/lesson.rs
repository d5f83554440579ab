//! A lesson in line mode: told step by step, answered by commands.
//!
//! What is measured is measured when it is needed, and never said before the prediction about it is
//! committed. Answers are written at every commit and every step.

mod answer;
mod command;
mod figure;
mod knobs;
mod pupil;
mod score;
mod tell;

use super::{Conversation, hold};
use crate::error::Result;
use crate::lesson::{Lesson, LessonSession};
use crate::store::answers::{AnswerFile, Answers};

pub use command::{COMMANDS, LessonCommand};
use pupil::Pupil;

/// Finds what a class has answered so far.
pub type ClassReader<'a> = &'a dyn Fn() -> Result<Vec<LessonSession>>;

/// A lesson that is played, and whose answers it gets.
pub struct Played<'a> {
    /// The lesson.
    pub lesson: &'a Lesson,
    /// What the student has answered so far.
    pub answers: Answers,
    /// Their file.
    pub place: &'a AnswerFile,
    /// For a teacher: what the class has answered. Their notes are said then too.
    pub class: Option<ClassReader<'a>>,
    /// Seconds since some moment.
    pub clock: &'a dyn Fn() -> u64,
}

/// Tells the lesson from the step at which the student stands until `quit` or the end of the input.
/// Returns how many commands were refused.
///
/// # Errors
///
/// [`Error::Write`](crate::error::Error::Write) where what is said cannot be written, unless nobody
/// reads it any more; [`Error::Read`](crate::error::Error::Read) where commands cannot be read.
pub fn play(played: Played<'_>, conversation: &mut Conversation<'_>) -> Result<usize> {
    let mut pupil = Pupil::new(played, conversation.attended);
    hold(conversation, |line, cancel, voice| {
        pupil.cancel = cancel;
        match line {
            None => pupil.greet(voice).map(|()| true),
            Some(line) => command::carry_out(&mut pupil, line, voice),
        }
    })
}
