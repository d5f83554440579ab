//! The expected error of a task that is trained alone.

use std::sync::OnceLock;

use nalgebra::{DMatrix, DVector};

use super::prediction::single_task_risk;
use crate::math::linalg;

/// Halvings of the range in which ln κ is searched.
const HALVINGS: usize = 80;

/// A task on its own.
#[derive(Debug, Clone)]
pub(super) struct Alone {
    covariance: DMatrix<f64>,
    theta: DVector<f64>,
    /// The eigenvalues of Σ, and the squared coordinates of θ along its axes; found when needed.
    axes: OnceLock<[DVector<f64>; 2]>,
}

impl Alone {
    pub(super) fn new(covariance: &DMatrix<f64>, theta: &DVector<f64>) -> Self {
        Self { covariance: covariance.clone(), theta: theta.clone(), axes: OnceLock::new() }
    }

    /// d.
    pub(super) fn dimension(&self) -> usize {
        self.theta.len()
    }

    /// `θᵀΣθ`.
    pub(super) fn signal(&self) -> f64 {
        self.theta.dot(&(&self.covariance * &self.theta))
    }

    /// The expected excess risk of least squares on m Gaussian rows, of minimum norm if there are
    /// fewer rows than features; `None` for m from d − 1 to d + 1, where it is infinite.
    ///
    /// With fewer rows, and κ such that `tr(Σ(Σ + κI)⁻¹) = m` and `γ = tr(Σ²(Σ + κI)⁻²)/m`, it is
    /// `κ²θᵀΣ(Σ + κI)⁻²θ/(1 − γ) + σ²γ/(1 − γ)` in the limit of many features (Hastie, Montanari,
    /// Rosset & Tibshirani 2022). With `1 − γ − 1/d` below σ² it is exact for isotropic rows.
    pub(super) fn risk(&self, samples: f64, noise: f64) -> Option<f64> {
        let d = self.dimension() as f64;
        if samples >= d - 1.0 {
            return single_task_risk(self.dimension(), samples, noise);
        }
        let [spread, square] = self.axes.get_or_init(|| {
            let (spread, axes) = linalg::eigen(&self.covariance);
            [spread, axes.tr_mul(&self.theta).map(|x| x * x)]
        });
        let kappa = ridge(spread, samples);
        let share = spread.map(|s| (s / (s + kappa)).powi(2));
        let gamma = share.sum() / samples;
        let missed = spread.zip_map(square, |s, t| s * t * (kappa / (s + kappa)).powi(2)).sum();
        Some(missed / (1.0 - gamma) + noise * noise * gamma / (1.0 - gamma - 1.0 / d))
    }
}

/// The ridge κ that fewer rows than features amount to: `tr(Σ(Σ + κI)⁻¹) = m`.
fn ridge(spread: &DVector<f64>, samples: f64) -> f64 {
    let largest = spread.max().ln();
    let (mut low, mut high) = (largest - 40.0, largest + (spread.len() as f64).ln() + 1.0);
    for _ in 0..HALVINGS {
        let middle = 0.5 * (low + high);
        let kappa = middle.exp();
        let taken: f64 = spread.iter().map(|s| s / (s + kappa)).sum();
        if taken > samples { low = middle } else { high = middle }
    }
    (0.5 * (low + high)).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn with_few_isotropic_rows_the_minimum_norm_has_its_exact_error() {
        let theta = DVector::from_fn(20, |i, _| if i < 4 { 0.5 } else { 0.0 });
        let alone = Alone::new(&(DMatrix::identity(20, 20) * 9.0), &theta);
        for m in [3.0, 10.0, 18.0] {
            let exact = 9.0 * (1.0 - m / 20.0) + 0.49 * m / (19.0 - m);
            assert!((alone.risk(m, 0.7).unwrap() - exact).abs() < 1e-9 * exact);
        }
        assert!([19.0, 20.0, 21.0].iter().all(|&m| alone.risk(m, 0.7).is_none()));
    }
}
