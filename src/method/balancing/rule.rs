//! Training by a rule for the gradient of the shared module.

use nalgebra::DMatrix;

use crate::math::kernel;
use crate::method::descent;
use crate::method::input::MethodInput;
use crate::model::{Optimum, SharedModel};
use crate::task::Moments;

/// The weighted loss of one task and its gradients.
pub(super) struct TaskSlope {
    /// `α_i L_i`.
    pub(super) loss: f64,
    /// `α_i ∂L_i/∂B` (d × r).
    pub(super) module: DMatrix<f64>,
}

/// Trains with a rule that returns the gradient of the module (d × r) and the weights (k) in it
/// from the losses and gradients of all tasks.
pub(super) fn train(
    problem: &MethodInput<'_>,
    mut rule: impl FnMut(&[TaskSlope]) -> (DMatrix<f64>, Vec<f64>),
) -> Optimum {
    let (data, weights) = (&problem.training.data, &problem.training.weights);
    let width = problem.joint.model.module.ncols();
    descent::train(data, width, |model| {
        let mut gradient = model.clone();
        let mut slopes = Vec::with_capacity(data.len());
        for (i, (task, &weight)) in data.iter().zip(weights).enumerate() {
            slopes.push(slope(task, weight, i, model, &mut gradient));
        }
        let (module, balance) = rule(&slopes);
        gradient.module = module;
        (gradient, balance.iter().zip(weights).map(|(balance, weight)| balance * weight).collect())
    })
}

/// The slope of a task. Writes the gradient of its head.
fn slope(
    task: &Moments,
    weight: f64,
    index: usize,
    model: &SharedModel,
    gradient: &mut SharedModel,
) -> TaskSlope {
    let estimate = model.estimate(index);
    let image = kernel::symmetric_times(&task.h, &estimate);
    let loss = (estimate.dot(&image) - 2.0 * task.c.dot(&estimate) + task.s).max(0.0);
    let back = (image - &task.c) * 2.0;
    gradient.heads[index] = model.module.tr_mul(&back);
    TaskSlope { loss: weight * loss, module: back * model.heads[index].transpose() * weight }
}

/// The sum of the gradients with weights (k).
pub(super) fn weighted(slopes: &[TaskSlope], weights: &[f64]) -> DMatrix<f64> {
    slopes.iter().zip(weights).map(|(slope, weight)| &slope.module * *weight).sum()
}

/// `k · softmax(x)`: weights with mean 1.
pub(super) fn softmax(x: &[f64]) -> Vec<f64> {
    let most = x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let shares: Vec<f64> = x.iter().map(|x| (x - most).exp()).collect();
    let scale = x.len() as f64 / shares.iter().sum::<f64>();
    shares.iter().map(|share| share * scale).collect()
}
