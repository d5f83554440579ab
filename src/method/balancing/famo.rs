//! Fast adaptive multitask optimisation, FAMO (Liu, Feng, Stone & Liu, NeurIPS 2023).

use super::rule::{self, softmax, weighted};
use crate::method::input::MethodInput;
use crate::model::Optimum;

/// Rate of the logits.
const RATE: f64 = 0.025;
/// Decay of the logits.
const DECAY: f64 = 0.01;
/// Smallest loss, as a share of the squared labels.
const LEAST_LOSS: f64 = 1e-9;

/// Weights `α_i ∝ z_i/L_i`, `z = softmax(ξ)`. The logits ξ follow the decrease of the logarithms of
/// the losses, so that all losses fall by the same share.
pub fn train(problem: &MethodInput<'_>) -> Optimum {
    let tasks = problem.training.data.iter().zip(&problem.training.weights);
    let least: Vec<f64> = tasks.map(|(task, weight)| LEAST_LOSS * weight * task.s).collect();
    let mut logits = vec![0.0; least.len()];
    let mut before: Option<Vec<f64>> = None;
    rule::train(problem, |slopes| {
        let losses = slopes.iter().zip(&least).map(|(slope, least)| slope.loss.max(*least));
        let logs: Vec<f64> = losses.map(|loss| loss.max(f64::MIN_POSITIVE).ln()).collect();
        let k = logs.len() as f64;
        if let Some(before) = before.replace(logs.clone()) {
            let z: Vec<f64> = softmax(&logits).iter().map(|z| z / k).collect();
            let fell: Vec<f64> = before.iter().zip(&logs).map(|(then, now)| then - now).collect();
            let mean: f64 = z.iter().zip(&fell).map(|(z, fell)| z * fell).sum();
            for ((logit, z), fell) in logits.iter_mut().zip(&z).zip(&fell) {
                *logit -= RATE * (z * (fell - mean) + DECAY * *logit);
            }
        }
        let weights: Vec<f64> = logits.iter().zip(&logs).map(|(logit, log)| logit - log).collect();
        let weights = softmax(&weights);
        (weighted(slopes, &weights), weights)
    })
}
