//! What is said on standard output and standard error, in characters that command no terminal.

use std::io::{self, ErrorKind, Write};

use crate::error::{Error, Result};

/// Prints text to standard output. A reader that goes away early is no failure.
pub(super) fn print(text: &str) -> Result<()> {
    let lines: Vec<String> = text.split('\n').map(visible).collect();
    script(&lines.join("\n"))
}

/// Prints text of the program's own making as it is, with tabs and colours.
pub(super) fn script(text: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Error::Write { path: "standard output".into(), source: error })
        }
        _ => Ok(()),
    }
}

/// Says something on standard error in one line.
pub(super) fn note(text: &str) {
    let line = visible(&format!("taskscope: {text}"));
    let _ = writeln!(io::stderr(), "{line}");
}

/// Says on standard error in one line what went wrong, and returns the exit code.
pub(super) fn complain(error: &Error) -> u8 {
    note(&error.to_string());
    error.exit_code()
}

/// A text in one line, with its control characters written out: `\u001b`, as in JSON.
pub(super) fn visible(text: &str) -> String {
    let written = |c: char| match c {
        c if c.is_control() => format!("\\u{:04x}", u32::from(c)),
        c => c.to_string(),
    };
    text.chars().map(written).collect()
}
