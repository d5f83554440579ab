//! The loop of line mode: commands in, answers out.

use std::io::{BufRead, Read, Write};

use super::interrupts::Interrupts;
use super::voice::{Trouble, Voice};
use crate::cancel::Cancel;
use crate::error::{Error, Result};
use crate::log;

/// Largest number of bytes read from a line.
const LONGEST: u64 = 1 << 16;

/// Input and output of line mode.
pub struct Conversation<'a> {
    /// Commands, one per line.
    pub input: &'a mut dyn BufRead,
    /// Answers.
    pub output: &'a mut dyn Write,
    /// True if a person types the commands and should see a prompt.
    pub attended: bool,
    /// Stops a running measurement from another thread.
    pub interrupts: Interrupts,
    /// Begins to tell how far a long search is, elsewhere than among the answers.
    pub progress: fn() -> Telling,
}

/// Is told the share of a search that is done, and ends the telling when it is dropped.
pub type Telling = Box<dyn Fn(f64) + Sync>;

/// Calls `answer` with `None` to begin, then with each line, until it returns false or the input
/// ends. Returns the number of refused lines.
pub(super) fn hold(
    conversation: &mut Conversation<'_>,
    mut answer: impl FnMut(Option<&str>, Cancel, &mut Voice<'_>) -> std::result::Result<bool, Trouble>,
) -> Result<usize> {
    let interrupts = conversation.interrupts.clone();
    let mut refused = 0;
    log::enter("line", format_args!("line mode"));
    let mut timer = log::Timer::start();
    let mut outcome =
        interrupts.during(|cancel| answer(None, cancel, &mut Voice::new(conversation.output)));
    loop {
        timer.enter("line", ended(&outcome));
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
        timer = log::Timer::start();
        outcome = interrupts
            .during(|cancel| answer(Some(&line), cancel, &mut Voice::new(conversation.output)));
    }
}

/// How a line ended, for the log.
fn ended(outcome: &std::result::Result<bool, Trouble>) -> &'static str {
    match outcome {
        Ok(_) => "done",
        Err(Trouble::Refused(_)) => "refused",
        Err(Trouble::Stopped) => "stopped",
        Err(Trouble::Gone(_)) => "not answered",
    }
}

/// A write error, unless the reader has closed the pipe.
fn gone(source: std::io::Error) -> Result<()> {
    match source.kind() {
        std::io::ErrorKind::BrokenPipe => Ok(()),
        _ => Err(Error::Write { path: "standard output".into(), source }),
    }
}

/// Reads the next line; `None` at the end of the input.
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
