//! Measures and draws everything in a lesson that is printed.

use std::time::Duration;

use indicatif::ProgressBar;

use crate::cancel::Cancel;
use crate::cli::interrupt;
use crate::error::{Error, Result};
use crate::lesson::Lesson;
use crate::lesson::figures::LessonFigure;
use crate::lesson::sheet::SheetMeasurements;

/// Time between two frames of the spinner.
const TURN: Duration = Duration::from_millis(120);

/// Measures everything in a lesson for one student.
pub(super) fn measured(lesson: &Lesson, student: u64) -> Result<SheetMeasurements> {
    interrupt::end_on_signals(None)?;
    let found = busy("measuring", || lesson.measured(student, &Cancel::new()));
    found.ok_or_else(|| Error::Failed(format!("{}: nothing could be measured", lesson.id)))
}

/// Draws all figures of a lesson.
pub(super) fn illustrated(
    lesson: &Lesson,
    measured: &SheetMeasurements,
) -> Result<Vec<LessonFigure>> {
    let shown = busy("drawing", || lesson.illustrated(measured, &Cancel::new()));
    shown.ok_or(Error::Interrupted)
}

/// Shows a spinner on standard error, if that is a terminal, while `act` runs.
fn busy<T>(what: &'static str, act: impl FnOnce() -> T) -> T {
    let sign = ProgressBar::new_spinner().with_message(what);
    sign.enable_steady_tick(TURN);
    let done = act();
    sign.finish_and_clear();
    done
}
