//! A lesson in line mode: shown step by step, answered by commands.
//!
//! Settings are measured when needed. No result is shown before the prediction about it is
//! committed. Answers are saved at every commit and every step.

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

/// Reads the answers of a class so far.
pub type ClassReader<'a> = &'a dyn Fn() -> Result<Vec<LessonSession>>;

/// A lesson to play, and the student's answers.
pub struct Played<'a> {
    /// The lesson.
    pub lesson: &'a Lesson,
    /// The student's answers so far.
    pub answers: Answers,
    /// The file of the answers.
    pub place: &'a AnswerFile,
    /// For a teacher: reads the answers of the class. The teacher's notes are shown too.
    pub class: Option<ClassReader<'a>>,
    /// A clock in seconds, with any origin.
    pub clock: &'a dyn Fn() -> u64,
}

/// Plays the lesson from the student's current step until `quit` or the end of the input. Returns
/// the number of refused commands.
///
/// # Errors
///
/// [`Error::Write`](crate::error::Error::Write) if the text cannot be written, unless the reader
/// has closed the pipe; [`Error::Read`](crate::error::Error::Read) if commands cannot be read.
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
