//! The input of every method.

use crate::model::{LeastSquares, Optimum};
use crate::task::Moments;
use nalgebra::{DMatrix, DVector};

/// The input of a method.
pub struct MethodInput<'a> {
    /// Training data and weights of every task (k).
    pub training: &'a LeastSquares,
    /// Held-out data of every task (k).
    pub validation: &'a [Moments],
    /// The true row covariances Σ_i (k, each d × d), if whitening is to use them; otherwise it
    /// uses those of the training rows.
    pub covariances: Option<&'a [DMatrix<f64>]>,
    /// The optimum of joint training without alignment; every method uses its width.
    pub joint: &'a Optimum,
    /// The targets, at least one. The held-out rows of the first decide if only one task can, and
    /// recolouring uses its covariance.
    pub targets: &'a [usize],
    /// Trains jointly without alignment on other data.
    pub fit: &'a dyn Fn(&LeastSquares) -> Optimum,
}

impl MethodInput<'_> {
    /// The first target.
    pub(super) fn target(&self) -> usize {
        self.targets.first().copied().unwrap_or(0)
    }

    /// Mean squared error of an estimate (d) on the held-out rows of a task; 0 without rows.
    pub(super) fn held_out(&self, task: usize, estimate: &DVector<f64>) -> f64 {
        let data = &self.validation[task];
        data.loss(estimate) / data.samples.max(1) as f64
    }
}
