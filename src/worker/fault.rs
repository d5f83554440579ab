//! Faults of the program itself: as errors, and on request, for tests.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, panic_any};

use crate::error::{Error, Result};

/// Does some work; a panic becomes an error.
///
/// # Errors
///
/// Those of the work, and [`Error::Failed`] for a panic.
pub fn caught<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|fault| {
        Err(Error::Failed(format!("this is a bug: {}", words(fault.as_ref()))))
    })
}

/// The message of a panic.
pub fn words(fault: &(dyn Any + Send)) -> String {
    let text = fault.downcast_ref::<&str>().map(|s| (*s).to_owned());
    text.or_else(|| fault.downcast_ref::<String>().cloned()).unwrap_or_else(|| "unknown".into())
}

/// Panics if the environment variable `TASKSCOPE_FAULT` names this place, `screen` or `worker`: tests
/// ask for it.
#[allow(clippy::panic)]
pub fn fail_if_asked(place: &str) {
    if std::env::var("TASKSCOPE_FAULT").is_ok_and(|asked| asked == place) {
        panic_any("asked for by TASKSCOPE_FAULT");
    }
}
