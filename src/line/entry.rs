//! An entry in a table of commands.

use super::voice::{Done, Voice};
use crate::error::Invalid;
use crate::log;

/// A command as a user sees it.
#[derive(Debug, Clone, Copy)]
pub struct CommandHelp {
    /// The first word.
    pub name: &'static str,
    /// The arguments that may follow.
    pub arguments: &'static str,
    /// A description for `help`.
    pub help: &'static str,
}

/// A command that a user types; `C` is the function that carries it out.
pub(super) struct LineCommand<C: 'static> {
    pub(super) words: CommandHelp,
    /// `None` for the command that ends the program.
    pub(super) carry: Option<C>,
}

impl<C> LineCommand<C> {
    pub(super) const fn new(
        name: &'static str,
        arguments: &'static str,
        help: &'static str,
        carry: C,
    ) -> Self {
        Self { words: CommandHelp { name, arguments, help }, carry: Some(carry) }
    }

    /// The command that ends the program.
    pub(super) const fn quit(help: &'static str) -> Self {
        Self { words: CommandHelp { name: "quit", arguments: "", help }, carry: None }
    }

    /// The command with a name.
    pub(super) fn find(commands: &'static [Self], word: &str) -> Option<&'static Self> {
        commands.iter().find(|command| command.words.name == word)
    }

    /// Enters the command in the log, and refuses words after one without arguments.
    pub(super) fn begin(&self, rest: &str) -> Result<(), Invalid> {
        log::enter("line", format_args!("{}", self.words.name));
        match self.words.arguments.is_empty() && !rest.is_empty() {
            true => Err(Invalid::new(self.words.name, format!("\"{rest}\""), "nothing after it")),
            false => Ok(()),
        }
    }

    /// Says the command with its arguments and its description.
    pub(super) fn explain(&self, voice: &mut Voice<'_>) -> Done {
        let CommandHelp { name, arguments, help } = self.words;
        let form = format!("{name} {arguments}");
        voice.say(&format!("{}: {help}.", form.trim_end()))
    }
}

/// The command and the rest of a line.
pub(super) fn split(line: &str) -> (&str, &str) {
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    (word, rest.trim())
}

/// The last line of `help`.
pub(super) const INTERRUPT: &str =
    "Ctrl-C stops a measurement; if none is running, it ends the program.";
