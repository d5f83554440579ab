//! Merging: every task's own least-squares model, and for a target their weighted mean
//! (task arithmetic; Ilharco et al., ICLR 2023; Wortsman et al., ICML 2022).
//!
//! The target's model is `Σ_i w_i θ̂_i` with `Σ_i w_i = 1`. Its expected risk is `wᵀ(V + G)w`, with
//! `V_i = σ_i² tr(Σ_t Σ_i⁻¹)/(m_i − d − 1)` on the diagonal and
//! `G_ij = (θ_i − θ_t)ᵀΣ_t(θ_j − θ_t)`. The best weights need V and G of the populations; here both
//! are estimated from the training rows, without held-out rows.

use nalgebra::{DMatrix, DVector};

use crate::math::linalg;
use crate::method::input::MethodInput;
use crate::model::{Optimum, OptimumKind, SharedModel};
use crate::task::Moments;

/// A ridge that settles the weights of models without any error, as a share of the mean of V + G.
const RIDGE: f64 = 1e-12;

/// The weights w (k) with `Σ_i w_i = 1` and the least `wᵀMw`: `M⁻¹1/(1ᵀM⁻¹1)`.
///
/// Source: Lagrange; for two models `w_2 = V_1/(V_1 + V_2 + D)`.
pub fn best_weights(m: &DMatrix<f64>) -> DVector<f64> {
    let k = m.nrows();
    let level = DVector::from_element(k, 1.0 / k as f64);
    let share = RIDGE * m.trace() / k as f64;
    if !(share > 0.0 && share.is_finite()) {
        return level;
    }
    let found = linalg::solve_small(m + DMatrix::identity(k, k) * share, &level);
    let sum = found.sum();
    if sum.is_finite() && sum != 0.0 { found / sum } else { level }
}

/// Merges the tasks' own models for every target, with weights estimated from the training rows.
/// Any other task keeps its own model.
pub fn train(problem: &MethodInput) -> Optimum {
    let fitted: Vec<OwnModel> = problem.training.data.iter().map(OwnModel::of).collect();
    let k = fitted.len();
    let head = |task: usize| match problem.targets.contains(&task) {
        true => weights(problem, &fitted, task),
        false => DVector::from_fn(k, |i, _| if i == task { 1.0 } else { 0.0 }),
    };
    let estimates: Vec<DVector<f64>> = fitted.iter().map(|own| own.estimate.clone()).collect();
    let heads = (0..k).map(head).collect();
    let model = SharedModel::new(DMatrix::from_columns(&estimates), heads);
    Optimum { model, kind: OptimumKind::PlugIn }
}

/// The least-squares model of a task, and what its rows say of its error.
struct OwnModel {
    /// θ̂ (d).
    estimate: DVector<f64>,
    /// `H⁻¹H₀H⁻¹` (d × d): the covariance of θ̂ over σ². H₀ is H without a ridge penalty.
    spread: DMatrix<f64>,
    /// H₀ = XᵀX (d × d).
    rows: DMatrix<f64>,
    samples: f64,
    /// `m − tr(H⁻¹H₀)`: rows left for the noise.
    freedom: f64,
    /// σ̂²; `None` unless there are more than d + 1 rows.
    noise: Option<f64>,
}

impl OwnModel {
    fn of(data: &Moments) -> Self {
        let estimate = data.least_squares();
        let d = estimate.len();
        let rows = &*data.h - DMatrix::identity(d, d) * data.ridge;
        let inverse = linalg::inverse(&data.h);
        let fitted = (&inverse * &rows).trace();
        let samples = data.samples as f64;
        let left = (data.loss(&estimate) - data.ridge * estimate.norm_squared()).max(0.0);
        let freedom = samples - fitted;
        Self {
            spread: &inverse * &rows * &inverse,
            estimate,
            samples,
            freedom,
            noise: (freedom > 1.5).then(|| left / freedom),
            rows,
        }
    }

    /// The estimated variance of the model of another task, on rows with the sample covariance of
    /// this one.
    fn variance_of(&self, other: &Self) -> Option<f64> {
        Some(other.noise? * other.spread.dot(&self.rows) / self.samples)
    }

    /// The estimated variance of this task's own model on new rows. Its training rows make it
    /// too small by `(m − d − 1)/m`.
    fn own_variance(&self) -> Option<f64> {
        Some(self.variance_of(self)? * self.samples / (self.freedom - 1.0))
    }
}

/// The weights of all models (k) for a target. A model whose noise cannot be estimated has none; if
/// that is the target's own, it stays alone.
fn weights(problem: &MethodInput, fitted: &[OwnModel], target: usize) -> DVector<f64> {
    let k = fitted.len();
    let own = &fitted[target];
    let mut weights = DVector::zeros(k);
    weights[target] = 1.0;
    let (Some(variance), Some(seen)) = (own.own_variance(), own.variance_of(own)) else {
        return weights;
    };
    let known = |&i: &usize| i != target && problem.training.weights[i] > 0.0;
    let sources: Vec<(usize, f64)> =
        (0..k).filter(known).filter_map(|i| Some((i, own.variance_of(&fitted[i])?))).collect();
    let apart: Vec<DVector<f64>> =
        sources.iter().map(|(i, _)| &fitted[*i].estimate - &own.estimate).collect();
    let images: Vec<DVector<f64>> = apart.iter().map(|a| &own.rows * a / own.samples).collect();
    let differences = DMatrix::from_fn(sources.len(), sources.len(), |i, j| {
        let noise = seen + if i == j { sources[i].1 } else { 0.0 };
        apart[i].dot(&images[j]) - noise
    });
    let differences = positive(&differences);
    let m = DMatrix::from_fn(1 + sources.len(), 1 + sources.len(), |i, j| match (i, j) {
        (0, 0) => variance,
        (0, _) | (_, 0) => 0.0,
        _ => differences[(i - 1, j - 1)] + if i == j { sources[i - 1].1 } else { 0.0 },
    });
    let best = best_weights(&m);
    weights[target] = best[0];
    for (place, (i, _)) in sources.iter().enumerate() {
        weights[*i] = best[place + 1];
    }
    weights
}

/// The nearest positive semi-definite matrix: negative eigenvalues become zero. For one source this
/// clips the squared distance at zero.
fn positive(symmetric: &DMatrix<f64>) -> DMatrix<f64> {
    if symmetric.is_empty() {
        return symmetric.clone();
    }
    let (values, axes) = linalg::eigen(symmetric);
    &axes * DMatrix::from_diagonal(&values.map(|value| value.max(0.0))) * axes.transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_weights_of_two_models_are_those_of_the_closed_form() {
        let (own, other, apart) = (0.3, 0.1, 0.2);
        let m = DMatrix::from_row_slice(2, 2, &[own, 0.0, 0.0, other + apart]);
        let weights = best_weights(&m);
        assert!((weights[1] - own / (own + other + apart)).abs() < 1e-9);
        assert!((weights.sum() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_model_without_error_gets_all_the_weight_and_no_error_at_all_gives_a_mean() {
        let weights = best_weights(&DMatrix::from_row_slice(2, 2, &[0.0, 0.0, 0.0, 1.0]));
        assert!((weights[0] - 1.0).abs() < 1e-9);
        assert_eq!(best_weights(&DMatrix::zeros(2, 2)), DVector::from_element(2, 0.5));
    }

    #[test]
    fn differences_smaller_than_their_noise_count_as_none() {
        let found = positive(&DMatrix::from_row_slice(2, 2, &[-0.1, 0.0, 0.0, 0.2]));
        assert!((found[(0, 0)]).abs() < 1e-15 && (found[(1, 1)] - 0.2).abs() < 1e-12);
    }
}
