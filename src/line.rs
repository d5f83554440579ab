//! Line mode: a scenario is asked and turned by commands, and answered in sentences.
//!
//! One fact a line, in plain words, newest last, no character that commands a terminal: for screen
//! readers, terminals that can do little, and pipes. The numbers are those of `taskscope run`.

mod change;
mod command;
mod facts;
mod help;
mod interrupts;
pub mod lesson;
mod plain;
mod session;
mod study;
mod voice;
mod why;

use std::io::{BufRead, Read, Write};

use crate::cancel::Cancel;
use crate::error::{Error, Result};
use crate::scenario::Scenario;
pub use command::{COMMANDS, LineCommand};
pub use interrupts::Interrupts;
pub use plain::plain;

use crate::line::session::LineSession;
use voice::{Trouble, Voice};

/// Bytes of a line that are read at most.
const LONGEST: u64 = 1 << 16;

/// Finds a scenario by the name of a preset or a file, and gives it its name.
pub type NamedScenarioLoader<'a> = &'a dyn Fn(&str) -> Result<(String, Scenario)>;

/// Where commands come from and where answers go.
pub struct Conversation<'a> {
    /// Commands, one a line.
    pub input: &'a mut dyn BufRead,
    /// Answers.
    pub output: &'a mut dyn Write,
    /// Whether somebody sits there, who is asked for the next command.
    pub attended: bool,
    /// By which what is being computed is ended.
    pub interrupts: Interrupts,
}

/// Shows a scenario, then carries out commands until `quit` or the end of the input. Returns how
/// many of them were refused.
///
/// # Errors
///
/// [`Error::Write`] where answers cannot be written, unless nobody reads them any more;
/// [`Error::Read`] where commands cannot be read.
pub fn run(
    name: String,
    scenario: Scenario,
    open: NamedScenarioLoader<'_>,
    conversation: &mut Conversation<'_>,
) -> Result<usize> {
    let mut session = LineSession::new(name, scenario, open);
    session.attended = conversation.attended;
    hold(conversation, |line, cancel, voice| {
        session.cancel = cancel;
        match line {
            None => session.introduce(voice).map(|()| true),
            Some(line) => command::carry_out(&mut session, line, voice),
        }
    })
}

/// Lets `answer` begin, then answer line by line, until it says no or the input ends. Returns how
/// often it refused.
fn hold(
    conversation: &mut Conversation<'_>,
    mut answer: impl FnMut(Option<&str>, Cancel, &mut Voice<'_>) -> std::result::Result<bool, Trouble>,
) -> Result<usize> {
    let interrupts = conversation.interrupts.clone();
    let mut refused = 0;
    let mut outcome =
        interrupts.during(|cancel| answer(None, cancel, &mut Voice::new(conversation.output)));
    loop {
        match outcome {
            Ok(true) => {}
            Ok(false) => return Ok(refused),
            Err(Trouble::Refused(problem)) => {
                refused += 1;
                let said = Voice::new(conversation.output).say(&format!("Not done: {problem}."));
                if let Err(Trouble::Gone(error)) = said {
                    return gone(error).map(|()| refused);
                }
            }
            Err(Trouble::Stopped) => {
                let said = Voice::new(conversation.output).say("Stopped; nothing was measured.");
                if let Err(Trouble::Gone(error)) = said {
                    return gone(error).map(|()| refused);
                }
            }
            Err(Trouble::Gone(error)) => return gone(error).map(|()| refused),
        }
        let Some(line) = next(conversation)? else { return Ok(refused) };
        outcome = interrupts
            .during(|cancel| answer(Some(&line), cancel, &mut Voice::new(conversation.output)));
    }
}

/// A reader that goes away is no failure.
fn gone(source: std::io::Error) -> Result<()> {
    match source.kind() {
        std::io::ErrorKind::BrokenPipe => Ok(()),
        _ => Err(Error::Write { path: "standard output".into(), source }),
    }
}

/// The next line; `None` at the end of the input.
fn next(conversation: &mut Conversation<'_>) -> Result<Option<String>> {
    if conversation.attended {
        let asked = write!(conversation.output, "> ").and_then(|()| conversation.output.flush());
        if let Err(error) = asked {
            return gone(error).map(|()| None);
        }
    }
    let mut bytes = Vec::new();
    let read = conversation.input.take(LONGEST).read_until(b'\n', &mut bytes);
    let fault = |source| Error::Read { path: "standard input".into(), source };
    match read.map_err(fault)? {
        0 => Ok(None),
        _ if bytes.len() as u64 == LONGEST && bytes.last() != Some(&b'\n') => {
            conversation.input.skip_until(b'\n').map_err(fault)?;
            Ok(Some(String::from_utf8_lossy(&bytes).trim().to_owned()))
        }
        _ => Ok(Some(String::from_utf8_lossy(&bytes).trim().to_owned())),
    }
}
