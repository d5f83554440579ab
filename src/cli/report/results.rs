//! The results of a run.

use crate::study::Measurement;
use crate::transfer::Prediction;

/// Results of a run.
pub(in crate::cli) struct Results {
    pub measurement: Measurement,
    pub theory: std::result::Result<Prediction, &'static str>,
}
