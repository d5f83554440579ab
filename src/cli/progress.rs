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
/// What is said in place of the time left where nothing more was done since the last line.
const STANDING: &str = ", the present step takes long";
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

/// Lines on standard error about a share that is done, even if that is a terminal.
pub(super) fn lines() -> Box<dyn Fn(f64) + Sync> {
    let bar = ProgressBar::hidden();
    bar.set_length(100);
    tell(&bar);
    Box::new(move |share| bar.set_position((100.0 * share) as u64))
}

/// Writes lines on standard error until the bar ends, if that is not a terminal.
pub(super) fn told(bar: &ProgressBar) {
    if !stderr().is_terminal() {
        tell(bar);
    }
}

/// Writes lines on standard error until the bar ends.
fn tell(bar: &ProgressBar) {
    let bar = bar.downgrade();
    thread::spawn(move || {
        let mut before = None;
        loop {
            thread::sleep(LINE);
            let Some(bar) = bar.upgrade().filter(|bar| !bar.is_finished()) else { return };
            let (done, all) = (bar.position(), bar.length().unwrap_or_default());
            if let Some(percent) = (100 * done).checked_div(all) {
                let moved = before.replace(done) != Some(done);
                let left = match moved {
                    true => time_left(bar.elapsed(), done, all).unwrap_or_default(),
                    false => STANDING.to_owned(),
                };
                output::note(&format!("{percent} % done{left}"));
            }
        }
    });
}

/// Writes the time left, once something is known of it.
fn left(state: &ProgressState, text: &mut dyn Write) {
    let all = state.len().unwrap_or_default();
    if state.elapsed() >= FIRST_GUESS
        && let Some(left) = time_left(state.elapsed(), state.pos(), all)
    {
        let _ = write!(text, "{left}");
    }
}

/// The time left in words, at the mean speed so far; `None` if nothing is done.
fn time_left(elapsed: Duration, done: u64, all: u64) -> Option<String> {
    let share = all.saturating_sub(done) as f64 / done as f64;
    (done > 0).then(|| format!(", {} left", runner::about(elapsed.as_secs_f64() * share)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_follows_from_the_mean_speed_so_far() {
        assert_eq!(time_left(Duration::from_secs(60), 75, 100).unwrap(), ", about 20 s left");
        assert_eq!(time_left(Duration::from_secs(60), 0, 100), None);
    }
}
