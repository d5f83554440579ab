//! The risk of merged models, without training.
//!
//! The target's model is `Σ_i w_i θ̂_i`, `Σ_i w_i = 1`, of the tasks' own least-squares models. Their
//! errors are independent, so its expected risk is exact at any size:
//!
//! ```text
//! risk = wᵀ(V + G)w,  V_i = σ_i² tr(Σ_t Σ_i⁻¹)/(m_i − d − 1),  G_ij = (θ_i − θ_t)ᵀΣ_t(θ_j − θ_t)
//! w*   = (V + G)⁻¹1 / 1ᵀ(V + G)⁻¹1
//! ```
//!
//! For one source, with `D = G_22`: `w*_2 = V_1/(V_1 + V_2 + D)`, `risk = V_1(V_2 + D)/(V_1 + V_2 + D)`.
//! Source: the mean of an inverse Wishart matrix, and Lagrange. The prediction is for the best weights;
//! those that [`merging`](crate::method::merging) estimates from rows cost a little.

use nalgebra::{DMatrix, DVector};

use super::{Prediction, TheorySetting, single_task_risk};
use crate::math::linalg;
use crate::method::merging::best_weights;

/// What merging needs of the populations of k tasks.
#[derive(Debug, Clone)]
pub struct Merging {
    dimension: usize,
    /// `tr(Σ_t Σ_i⁻¹)` for target t and task i (k × k).
    spreads: DMatrix<f64>,
    /// G of every target (k, each k × k).
    differences: Vec<DMatrix<f64>>,
}

/// The best weights for a target, and the risk with them.
#[derive(Debug, Clone, PartialEq)]
pub struct Merged {
    /// The weight of every task's model (k); their sum is 1.
    pub weights: Vec<f64>,
    /// V_i of every task; infinite with at most d + 1 rows.
    pub variances: Vec<f64>,
    /// The predicted transfer: bias `wᵀGw`, variance `wᵀVw`.
    pub prediction: Prediction,
}

impl Merging {
    /// Prepares the prediction for tasks with row covariances Σ_i (d × d) and θ_i (d).
    pub fn new(covariances: &[DMatrix<f64>], thetas: &[DVector<f64>]) -> Self {
        let k = thetas.len();
        let inverses: Vec<DMatrix<f64>> = covariances.iter().map(linalg::inverse).collect();
        let of_target = |t: usize| {
            let apart: Vec<DVector<f64>> = thetas.iter().map(|theta| theta - &thetas[t]).collect();
            let images: Vec<DVector<f64>> = apart.iter().map(|a| &covariances[t] * a).collect();
            DMatrix::from_fn(k, k, |i, j| apart[i].dot(&images[j]))
        };
        Self {
            dimension: covariances[0].nrows(),
            spreads: DMatrix::from_fn(k, k, |t, i| covariances[t].dot(&inverses[i])),
            differences: (0..k).map(of_target).collect(),
        }
    }

    /// The best merged model of a target, or the reason why there is no prediction. A source with at
    /// most d + 1 rows has no part in it.
    ///
    /// # Errors
    ///
    /// The target needs more than d + 1 rows.
    pub fn merge(&self, setting: &TheorySetting, target: usize) -> Result<Merged, &'static str> {
        let variance = |i: usize| {
            let risk = single_task_risk(self.dimension, setting.samples[i], setting.noise[i]);
            risk.map(|risk| risk * self.spreads[(target, i)] / self.dimension as f64)
        };
        let variances: Vec<Option<f64>> = (0..setting.samples.len()).map(variance).collect();
        let single = variances[target].ok_or("it needs more than d + 1 rows of the target")?;
        let used: Vec<(usize, f64)> =
            variances.iter().enumerate().filter_map(|(i, v)| Some((i, (*v)?))).collect();
        let differences = &self.differences[target];
        let apart =
            DMatrix::from_fn(used.len(), used.len(), |a, b| differences[(used[a].0, used[b].0)]);
        let own = DVector::from_iterator(used.len(), used.iter().map(|(_, v)| *v));
        let best = best_weights(&(&apart + DMatrix::from_diagonal(&own)));
        let bias = best.dot(&(&apart * &best)).max(0.0);
        let noise = best.component_mul(&best).dot(&own);
        let mut weights = vec![0.0; variances.len()];
        used.iter().zip(best.iter()).for_each(|((i, _), weight)| weights[*i] = *weight);
        Ok(Merged {
            weights,
            variances: variances.into_iter().map(|v| v.unwrap_or(f64::INFINITY)).collect(),
            prediction: Prediction::new(single, bias, noise, 0.0),
        })
    }
}
