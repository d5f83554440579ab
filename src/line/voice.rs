//! Writes answers, sentence by sentence.

use std::io::{self, Write};

use super::plain::plain;
use crate::error::{Error, Invalid};

/// The reason why a command was not carried out.
#[derive(Debug)]
pub(super) enum Trouble {
    /// The command asked for something that is not allowed.
    Refused(Error),
    /// The user stopped it.
    Stopped,
    /// The answer cannot be written.
    Gone(io::Error),
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        match error {
            Error::Interrupted => Self::Stopped,
            error => Self::Refused(error),
        }
    }
}

impl From<Invalid> for Trouble {
    fn from(problem: Invalid) -> Self {
        Self::Refused(problem.into())
    }
}

/// Result of a command.
pub(super) type Done = Result<(), Trouble>;

/// Writes sentences, one per line, and flushes after each.
pub(super) struct Voice<'a> {
    output: &'a mut dyn Write,
}

impl<'a> Voice<'a> {
    pub(super) fn new(output: &'a mut dyn Write) -> Self {
        Self { output }
    }

    pub(super) fn say(&mut self, sentence: &str) -> Done {
        let line = plain(sentence) + "\n";
        let said = self.output.write_all(line.as_bytes()).and_then(|()| self.output.flush());
        said.map_err(Trouble::Gone)
    }

    pub(super) fn say_all(&mut self, sentences: impl IntoIterator<Item = String>) -> Done {
        sentences.into_iter().try_for_each(|sentence| self.say(&sentence))
    }
}
