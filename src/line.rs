//! Line mode: commands that show and change a scenario, answered in sentences.
//!
//! One fact per line, in plain words, newest last, without control characters: for screen readers,
//! simple terminals, and pipes. The numbers are those of `taskscope run`.

mod advise;
mod change;
mod command;
mod conversation;
mod entry;
mod facts;
mod flip;
mod help;
mod interrupts;
pub mod lesson;
mod methods;
mod plain;
mod session;
mod study;
mod voice;
mod why;

use crate::error::Result;
use crate::scenario::Scenario;
pub use command::commands;
pub use conversation::{Conversation, Telling};
pub use entry::CommandHelp;
pub use interrupts::Interrupts;
pub use plain::plain;

pub use session::NamedScenarioLoader;

use conversation::hold;
use session::LineSession;

/// Shows a scenario, then carries out commands until `quit` or the end of the input. Returns the
/// number of refused commands.
///
/// # Errors
///
/// [`Error::Write`](crate::error::Error::Write) if answers cannot be written, unless the reader has closed the pipe;
/// [`Error::Read`](crate::error::Error::Read) if commands cannot be read.
pub fn run(
    name: String,
    scenario: Scenario,
    open: NamedScenarioLoader<'_>,
    conversation: &mut Conversation<'_>,
) -> Result<usize> {
    let mut session = LineSession::new(name, scenario, open);
    session.attended = conversation.attended;
    session.progress = conversation.progress;
    hold(conversation, |line, cancel, voice| {
        session.cancel = cancel;
        match line {
            None => session.introduce(voice).map(|()| true),
            Some(line) => command::carry_out(&mut session, line, voice),
        }
    })
}
