//! Shows long text page by page if the output is a terminal.

use std::env;
use std::io::{IsTerminal, Write, stdout};
use std::process::{Command, Stdio};

use crate::cli::{interrupt, output};
use crate::error::Result;

/// The pager if `PAGER` is not set.
const PAGER: &str = "less";
/// Options of the pager if `LESS` is not set: exit if the text fits, show bold letters, cut long
/// lines and scroll them sideways, and leave the text on the screen afterwards.
const LESS: &str = "FRSX";

/// Shows text in the program named by `PAGER`, or in `less`. Prints it if the output is not a
/// terminal, `PAGER` is empty, or the pager cannot be started.
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
        // The user may quit the pager before it has read everything.
        let _ = input.write_all(text.as_bytes());
    }
    let _ = child.wait();
    Ok(())
}
