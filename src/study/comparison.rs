//! All weighting schemes side by side: the weights they give, and what each does to every task.

use super::measure::{self, Measurement};
use super::trial::Trial;
use crate::cancel::Cancel;
use crate::method::weighting::{svd, with_mean_one};
use crate::method::{Approach, Method, Weighting};
use crate::scenario::Scenario;
use crate::task::Moments;

/// What every weighting scheme makes of a scenario, so far.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Singular values of the matrix (θ_1 … θ_k), θ_i = X_iᵀy_i, of the first trial: as printed,
    /// and with labels scaled to unit RMS.
    pub spectra: [Vec<f64>; 2],
    /// The task weights of every scheme in the first trial, scaled to a mean of 1.
    pub weights: Vec<(Approach, Vec<f64>)>,
    /// The trials; `None` before the first two.
    pub measurement: Option<Measurement>,
}

/// The approaches compared: every scheme without further method; manual weights only where the
/// scenario has them, random ones only for the linear model with squared loss.
pub fn schemes(scenario: &Scenario) -> Vec<Approach> {
    let manual = scenario.manual_weights().iter().any(|weight| *weight != 1.0);
    (0..Weighting::NAMES.len())
        .map(Weighting::from_index)
        .filter(|weighting| manual || *weighting != Weighting::Manual)
        .filter(|weighting| scenario.is_linear() || *weighting != Weighting::Random)
        .map(|weighting| Approach { weighting, method: Method::Joint })
        .collect()
}

/// What the first trial shows: the weights of every scheme, and the singular values behind them.
pub fn first(scenario: &Scenario) -> Comparison {
    let first = Trial::run(scenario, 0, &schemes(scenario));
    let moments: Vec<Moments> = first.training.moments();
    Comparison {
        spectra: [false, true].map(|standardised| svd::spectrum(&moments, standardised)),
        weights: first.fits.iter().map(|fit| (fit.approach, with_mean_one(&fit.weights))).collect(),
        measurement: None,
    }
}

/// Compares all schemes on the trials of a scenario, and hands over what is known so far. `None`
/// if cancelled.
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
