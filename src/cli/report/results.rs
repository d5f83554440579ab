//! The results of a run.

use crate::math::stats::Mean;
use crate::study::Measurement;
use crate::transfer::Prediction;

/// Results of a run.
pub(in crate::cli) struct Results {
    pub measurement: Measurement,
    pub theory: std::result::Result<Prediction, &'static str>,
    /// Errors of every group alone by tuned ridge regression, if the model is not linear and the
    /// tasks are real.
    pub ridge: Option<Vec<(Mean, usize)>>,
}
