//! Progress of an export on standard error, in a terminal, once it takes over a second.

use std::cell::RefCell;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::runner::Progress;

/// Time before anything is shown.
const PATIENCE: Duration = Duration::from_secs(1);
/// Time between two frames.
const FRAME: Duration = Duration::from_millis(120);

/// Shows which figure is being drawn until it is dropped.
pub(super) struct Watch {
    bar: ProgressBar,
    subject: RefCell<String>,
    end: Option<Sender<()>>,
}

impl Watch {
    pub(super) fn new() -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
            bar.set_style(style);
        }
        let (end, ended) = channel::<()>();
        let shown = bar.clone();
        thread::spawn(move || {
            if ended.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                shown.set_draw_target(ProgressDrawTarget::stderr());
                shown.enable_steady_tick(FRAME);
            }
        });
        Self { bar, subject: RefCell::default(), end: Some(end) }
    }

    /// A figure is drawn now, the `place`-th of `count`, counted from 0.
    pub(super) fn figure(&self, id: &str, place: usize, count: usize) {
        let subject = match count {
            1 => format!("drawing {id}"),
            _ => format!("drawing {id}, {} of {count}", place + 1),
        };
        self.bar.set_message(subject.clone());
        self.subject.replace(subject);
    }

    /// The study behind the figure has come this far.
    pub(super) fn study(&self, progress: &Progress) {
        let share = 100 * progress.done / progress.wanted.max(1);
        let left = progress.time_left().map_or_else(String::new, |left| format!(", {left}"));
        self.bar.set_message(format!("{}: {share} %{left}", self.subject.borrow()));
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.end.take();
        self.bar.finish_and_clear();
    }
}
