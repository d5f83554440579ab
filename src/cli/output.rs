//! Printing to standard output and standard error, with control characters escaped.

use std::io;
use std::io::{ErrorKind, Write};

use crate::error::{Error, Result};

/// Prints text to standard output. A reader that stops early is not an error.
pub(super) fn print(text: &str) -> Result<()> {
    let lines: Vec<String> = text.split('\n').map(visible).collect();
    script(&lines.join("\n"))
}

/// Prints text made by the program unescaped, so that tabs and colours work.
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

/// Prints a one-line message to standard error.
pub(super) fn note(text: &str) {
    let line = visible(&format!("taskscope: {text}"));
    let _ = writeln!(io::stderr(), "{line}");
}

/// Prints an error as one line to standard error and returns its exit code.
pub(super) fn complain(error: &Error) -> u8 {
    note(&error.to_string());
    error.exit_code()
}

/// The text with its control characters escaped as in JSON: `\u001b`. The result is one line.
pub(super) fn visible(text: &str) -> String {
    let written = |c: char| match c {
        c if c.is_control() => format!("\\u{:04x}", u32::from(c)),
        c => c.to_string(),
    };
    text.chars().map(written).collect()
}
