//! The objective of the linear model with squared loss, computed from moments: its cost does not
//! depend on the number of rows.

use super::objective::Objective;
use super::shared::SharedModel;
use crate::math::kernel;
use crate::task::Moments;

/// `f = Σ_i α_i ‖X_i R_i B A_i − y_i‖²`.
#[derive(Debug, Clone)]
pub struct LeastSquares {
    /// The data of every task.
    pub data: Vec<Moments>,
    /// The task weights α_i.
    pub weights: Vec<f64>,
}

impl Objective for LeastSquares {
    fn dimension(&self) -> usize {
        self.data.first().map_or(0, |data| data.c.len())
    }

    fn weights(&self) -> &[f64] {
        &self.weights
    }

    fn samples(&self, task: usize) -> u64 {
        self.data[task].samples
    }

    fn task_losses(&self, model: &SharedModel) -> Vec<f64> {
        self.data.iter().enumerate().map(|(i, data)| data.loss(&model.estimate(i))).collect()
    }

    /// With `g_i = 2α_i (H_i θ̂_i − c_i)` at `θ̂_i = R_i B A_i`: `∂B = Σ_i R_iᵀ g_i A_iᵀ`,
    /// `∂A_i = Bᵀ R_iᵀ g_i`, `∂R_i = g_i (B A_i)ᵀ`.
    fn gradient(&self, model: &SharedModel) -> (f64, SharedModel) {
        let mut loss = 0.0;
        let mut gradient = model.zeros();
        for (i, (data, weight)) in self.data.iter().zip(&self.weights).enumerate() {
            let estimate = model.estimate(i);
            let image = kernel::symmetric_times(&data.h, &estimate);
            loss += weight * (estimate.dot(&image) - 2.0 * data.c.dot(&estimate) + data.s).max(0.0);
            let slope = (image - &data.c) * (2.0 * weight);
            let back = match model.alignments.get(i) {
                Some(alignment) => {
                    let shared = &model.module * &model.heads[i];
                    gradient.alignments[i] = &slope * shared.transpose();
                    alignment.transpose() * slope
                }
                None => slope,
            };
            gradient.module.ger(1.0, &back, &model.heads[i], 1.0);
            gradient.heads[i].gemv_tr(1.0, &model.module, &back, 0.0);
        }
        (loss, gradient)
    }
}
