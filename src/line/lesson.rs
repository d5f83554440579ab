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

use super::conversation::{Conversation, hold};
use crate::error::Result;

use pupil::Pupil;
pub use pupil::{ClassReader, Played};

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
