//! Bars on standard error that count what is done and say how long the rest takes; lines at intervals
//! if that is not a terminal.

use std::fmt::Write;
use std::io::{IsTerminal, stderr};
use std::thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressState, ProgressStyle};

use super::output;
use crate::runner;

/// How often the time changes while nothing is done.
const TICK: Duration = Duration::from_secs(1);
/// Time between two lines.
const LINE: Duration = Duration::from_secs(10);
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
    told(&bar);
    bar
}

/// Writes lines on standard error until the bar ends, if that is not a terminal.
pub(super) fn told(bar: &ProgressBar) {
    if stderr().is_terminal() {
        return;
    }
    let bar = bar.downgrade();
    thread::spawn(move || {
        loop {
            thread::sleep(LINE);
            let Some(bar) = bar.upgrade().filter(|bar| !bar.is_finished()) else { return };
            let (done, all) = (bar.position(), bar.length().unwrap_or_default());
            if let Some(percent) = (100 * done).checked_div(all) {
                let left = match done {
                    0 => String::new(),
                    _ => format!(", {} left", runner::about(bar.eta().as_secs_f64())),
                };
                output::note(&format!("{percent} % done{left}"));
            }
        }
    });
}

/// Writes the time left, once something is known of it.
fn left(state: &ProgressState, text: &mut dyn Write) {
    if state.pos() > 0 && state.elapsed() >= FIRST_GUESS {
        let _ = write!(text, ", {} left", runner::about(state.eta().as_secs_f64()));
    }
}
