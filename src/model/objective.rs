//! The training objective (eq. 2 of the paper, linear case) and its gradient.

use super::shared::SharedModel;
use crate::task::Moments;

/// `f(B, A) = Σ_i α_i ‖X_i B A_i − y_i‖²`: sums over rows, no ½, no 1/m.
#[derive(Debug, Clone)]
pub struct Objective {
    /// The data of every task.
    pub data: Vec<Moments>,
    /// The task weights α_i.
    pub weights: Vec<f64>,
}

impl Objective {
    /// Sum of squared residuals of every task, not weighted.
    pub fn task_losses(&self, model: &SharedModel) -> Vec<f64> {
        self.data.iter().enumerate().map(|(i, data)| data.loss(&model.estimate(i))).collect()
    }

    /// The weighted sum of the task losses.
    pub fn loss(&self, model: &SharedModel) -> f64 {
        let losses = self.task_losses(model);
        losses.iter().zip(&self.weights).map(|(l, a)| l * a).sum()
    }

    /// Derivatives with respect to B (d × r) and every A_i (r), in the shape of the model:
    /// with residual `g_i = 2α_i (H_i B A_i − c_i)`, `∂B = Σ_i g_i A_iᵀ` and `∂A_i = Bᵀ g_i`.
    pub fn gradient(&self, model: &SharedModel) -> SharedModel {
        let mut gradient = SharedModel {
            module: model.module.map(|_| 0.0),
            heads: Vec::with_capacity(self.data.len()),
        };
        for (i, (data, weight)) in self.data.iter().zip(&self.weights).enumerate() {
            let residual = (&data.h * model.estimate(i) - &data.c) * (2.0 * weight);
            gradient.module += &residual * model.heads[i].transpose();
            gradient.heads.push(model.module.transpose() * residual);
        }
        gradient
    }
}
