//! Longer text shown page by page, where the output is a terminal.

use std::env;
use std::io::{IsTerminal, Write, stdout};
use std::process::{Command, Stdio};

use super::{interrupt, output};
use crate::error::Result;

/// The pager where `PAGER` names none.
const PAGER: &str = "less";
/// How it behaves where `LESS` does not say: short texts are printed at once, bold letters are
/// shown, long lines are cut and can be scrolled sideways, and the text stays when it is left.
const LESS: &str = "FRSX";

/// Shows text through the program named by `PAGER`, or `less`. Prints it where the output is not a
/// terminal, where `PAGER` is empty, and where the pager cannot be started.
pub(super) fn show(text: &str) -> Result<()> {
    let pager = env::var("PAGER").unwrap_or_else(|_| PAGER.to_owned());
    let mut words = pager.split_whitespace();
    let Some(program) = words.next().filter(|_| stdout().is_terminal()) else {
        return output::script(text);
    };
    let mut command = Command::new(program);
    command.args(words).stdin(Stdio::piped());
    if env::var_os("LESS").is_none() {
        command.env("LESS", LESS);
    }
    interrupt::leave_to_children();
    let Ok(mut child) = command.spawn() else { return output::script(text) };
    if let Some(mut input) = child.stdin.take() {
        // A pager that is left early reads no more, which is no failure.
        let _ = input.write_all(text.as_bytes());
    }
    let _ = child.wait();
    Ok(())
}
