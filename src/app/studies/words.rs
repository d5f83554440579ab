//! Measurements in words.

use crate::figure::words;
use crate::transfer::Outcome;

/// A place in a chart with its measurement.
pub(in crate::app) fn reading(place: &str, outcome: Option<&Outcome>) -> String {
    match outcome {
        Some(outcome) => format!("{place}: {} ({} trials)", words::effect(outcome), outcome.trials),
        None => format!("{place}: not measured yet"),
    }
}
