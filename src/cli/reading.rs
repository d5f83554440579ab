//! A line on a terminal while a data set is read.

use std::io::{IsTerminal, stderr};
use std::sync::Mutex;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::store::reading;

/// How long nothing is shown.
const SILENT: Duration = Duration::from_secs(1);
/// How often the line changes.
const EVERY: Duration = Duration::from_millis(100);

/// The line that is shown.
static SHOWN: Mutex<Option<ProgressBar>> = Mutex::new(None);

/// Does some work. If it takes over a second and standard error is a terminal, a line there shows
/// how much of the data set is read; it is gone when the work is done.
pub(super) fn shown<T>(work: impl FnOnce() -> T) -> T {
    if !stderr().is_terminal() {
        return work();
    }
    let (done, end) = channel::<()>();
    let watch = move || {
        let mut wait = SILENT;
        while end.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
            wait = EVERY;
            show();
        }
    };
    let watch = std::thread::spawn(watch);
    let result = work();
    drop(done);
    let _ = watch.join();
    clear();
    result
}

/// Shows the line as it is now.
fn show() {
    let (read, total) = reading::progress();
    let mut shown = SHOWN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if total == 0 {
        return;
    }
    let bar = shown.get_or_insert_with(|| {
        let bar = ProgressBar::new(total).with_elapsed(SILENT);
        let template = "reading {bar:30} {percent} % of {total_bytes}, {eta} left";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar
    });
    bar.set_length(total.max(read));
    bar.set_position(read);
}

/// Takes the line away.
pub(super) fn clear() {
    let mut shown = SHOWN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(bar) = shown.take() {
        bar.finish_and_clear();
    }
}
