//! Printing to standard output and standard error, with hidden characters escaped.

use std::io;
use std::io::{ErrorKind, Write};

use crate::error::{Error, Result};
use crate::log;
use crate::provenance::command::quoted;
use crate::text::{lines, shown};

/// Prints text to standard output. A reader that stops early is not an error.
pub(super) fn print(text: &str) -> Result<()> {
    script(&lines(text))
}

/// Prints text made by the program alone unescaped, so that tabs and colours work.
pub(super) fn script(text: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    checked(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

/// The outcome of printing to standard output. A reader that stops early is not an error.
pub(super) fn checked(printed: io::Result<()>) -> Result<()> {
    match printed {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Error::Write { path: "standard output".into(), source: error })
        }
        _ => Ok(()),
    }
}

/// The command as it was given.
pub(super) fn given() -> String {
    let words = std::env::args_os().skip(1);
    let words = words.map(|word| quoted(&word.to_string_lossy()));
    std::iter::once("taskscope".to_owned()).chain(words).collect::<Vec<_>>().join(" ")
}

/// Prints a one-line message to standard error.
pub(super) fn note(text: &str) {
    let line = shown(&format!("taskscope: {text}"));
    let _ = writeln!(io::stderr(), "{line}");
}

/// Prints an error as one line to standard error and returns its exit code.
pub(super) fn complain(error: &Error) -> u8 {
    note(&error.to_string());
    log::error(error);
    error.exit_code()
}
