//! Bars on standard error that count what is done and say how long the rest takes; hidden if that
//! is not a terminal.

use std::fmt::Write;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressState, ProgressStyle};

use crate::runner;

/// How often the time changes while nothing is done.
const TICK: Duration = Duration::from_secs(1);
/// Nothing is said of the time left before this has passed.
const FIRST_GUESS: Duration = Duration::from_millis(500);

/// A bar that counts to `total`. `counted` says what, in the terms of indicatif.
pub(super) fn counting(total: usize, counted: &str) -> ProgressBar {
    let bar = ProgressBar::new(total as u64);
    let template = format!("{{bar:24}} {counted} ({{elapsed}}{{left}})");
    if let Ok(style) = ProgressStyle::with_template(&template) {
        bar.set_style(style.with_key("left", left));
    }
    bar.enable_steady_tick(TICK);
    bar
}

/// Writes the time left, once something is known of it.
fn left(state: &ProgressState, text: &mut dyn Write) {
    if state.pos() > 0 && state.elapsed() >= FIRST_GUESS {
        let _ = write!(text, ", {} left", runner::about(state.eta().as_secs_f64()));
    }
}
