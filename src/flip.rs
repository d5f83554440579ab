//! Small changes that turn a verdict: from hurts to helps, and back.
//!
//! The theory line says where the predicted gain of the targets changes its sign, notch by notch on
//! the slider of every knob, and along the steepest way of two and three knobs together. From there
//! on settings are measured until the verdict has turned by a margin, so that it also turns in new
//! trials. These confirm it: their seed is another one, so they took no part in the search.

mod path;
mod search;

pub use path::{Path, Turn};
pub use search::{Flip, FlipOptions, Lack, flip};

use std::sync::Arc;

use crate::error::Invalid;
use crate::scenario::Scenario;
use crate::study::measurement::Measurement;
use crate::transfer::Verdict;

/// A change of one or more knobs that turns the verdict.
#[derive(Debug, Clone, PartialEq)]
pub struct VerdictChange {
    /// The knobs that are turned.
    pub turns: Vec<Turn>,
    /// The changed scenario.
    pub scenario: Arc<Scenario>,
    /// The gain that the theory predicts there.
    pub predicted: f64,
    /// The measurement there on new trials.
    pub measured: Measurement,
}

impl VerdictChange {
    /// The root of the sum of the squared notches of all turns.
    pub fn distance(&self) -> f64 {
        self.turns.iter().map(|turn| f64::from(turn.notches).powi(2)).sum::<f64>().sqrt()
    }
}

/// What is said of a scenario for which the theory has no prediction.
pub fn unpredicted(name: &str, reason: &str) -> Invalid {
    let allowed =
        format!("a scenario for which the theory predicts the gain; here it does not: {reason}");
    Invalid::new("flip", name, allowed)
}

/// The verdict for the targets of a measurement.
fn verdict(measured: &Measurement) -> Verdict {
    measured.own().targets.verdict
}
