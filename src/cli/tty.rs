//! Whether there is a screen to draw on.

use std::io::{IsTerminal, stdin, stdout};

/// Returns true if there is a screen to draw on and a keyboard to read from.
pub(super) fn is_screen() -> bool {
    stdout().is_terminal() && stdin().is_terminal() && !is_dumb()
}

/// Returns true if `TERM` is `dumb`: the terminal understands no control sequences.
pub(super) fn is_dumb() -> bool {
    std::env::var("TERM").is_ok_and(|term| term == "dumb")
}
