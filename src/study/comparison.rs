//! Comparison of all weighting schemes: their weights, and their effect on every task.

use super::measure;
use super::trial::Trial;
use crate::cancel::Cancel;
use crate::method::weighting::{svd, with_mean_one};
use crate::method::{Approach, Method, Weighting};
use crate::scenario::Scenario;
use crate::study::measurement::Measurement;
use crate::task::Moments;

/// Results of every weighting scheme for a scenario so far.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Singular values of the matrix (θ_1 … θ_k), θ_i = X_iᵀy_i, in the first trial: as printed,
    /// and with labels scaled to unit RMS.
    pub spectra: [Vec<f64>; 2],
    /// The task weights of every scheme in the first trial, scaled to a mean of 1.
    pub weights: Vec<(Approach, Vec<f64>)>,
    /// The measurement; `None` before two trials.
    pub measurement: Option<Measurement>,
}

/// Returns the approaches to compare: every scheme with joint training. Manual weights are included
/// only if the scenario has them, random ones only for the linear model with squared loss.
pub fn schemes(scenario: &Scenario) -> Vec<Approach> {
    let manual = scenario.manual_weights().iter().any(|weight| *weight != 1.0);
    (0..Weighting::NAMES.len())
        .map(Weighting::from_index)
        .filter(|weighting| manual || *weighting != Weighting::Manual)
        .filter(|weighting| scenario.allows(*weighting))
        .map(|weighting| Approach { weighting, method: Method::Joint })
        .collect()
}

/// Returns the results of the first trial: the weights of every scheme and the singular values.
pub fn first(scenario: &Scenario) -> Comparison {
    let first = Trial::run(scenario, 0, &schemes(scenario));
    let moments: Vec<Moments> = first.training.moments();
    Comparison {
        spectra: [false, true].map(|standardised| svd::spectrum(&moments, standardised)),
        weights: first.fits.iter().map(|fit| (fit.approach, with_mean_one(&fit.weights))).collect(),
        measurement: None,
    }
}

/// Compares all schemes over the trials of a scenario and publishes the results so far. `None` if
/// cancelled.
pub fn compare(
    scenario: &Scenario,
    cancel: &Cancel,
    mut publish: impl FnMut(&Comparison),
) -> Option<()> {
    let approaches = schemes(scenario);
    let mut comparison = first(scenario);
    publish(&comparison);
    measure::measure(scenario, &approaches, cancel, |measurement| {
        comparison.measurement = Some(measurement.clone());
        publish(&comparison);
    })
    .map(|_| ())
}
