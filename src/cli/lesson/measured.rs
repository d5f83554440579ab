//! Measures and draws everything in a lesson that is printed.

use indicatif::ProgressBar;

use crate::cancel::Cancel;
use crate::cli::{interrupt, progress};
use crate::error::{Error, Result};
use crate::lesson::Lesson;
use crate::lesson::figures::LessonFigure;
use crate::lesson::sheet::SheetMeasurements;

/// Measures everything in a lesson for one student.
pub(super) fn measured(lesson: &Lesson, student: u64) -> Result<SheetMeasurements> {
    interrupt::end_on_signals(None)?;
    let found = busy("measuring settings", |bar| {
        lesson.measure_sheet(student, &Cancel::new(), |done, all| {
            bar.set_length(all as u64);
            bar.set_position(done as u64);
        })
    });
    found.ok_or_else(|| Error::Failed(format!("{}: nothing could be measured", lesson.id)))
}

/// Draws all figures of a lesson.
pub(super) fn illustrated(
    lesson: &Lesson,
    measured: &SheetMeasurements,
) -> Result<Vec<LessonFigure>> {
    let shown = busy("measuring and drawing the figures of steps", |bar| {
        bar.set_length(lesson.steps.len() as u64);
        lesson.illustrate(measured, &Cancel::new(), |done| bar.set_position(done as u64))
    });
    shown.ok_or(Error::Interrupted)
}

/// Shows on standard error, if that is a terminal, what `act` does and how far it is.
fn busy<T>(what: &'static str, act: impl FnOnce(&ProgressBar) -> T) -> T {
    let bar = progress::counting(0, "{pos}/{len} {msg}").with_message(what);
    let done = act(&bar);
    bar.finish_and_clear();
    done
}
