//! Homoscedastic uncertainty (Kendall, Gal & Cipolla, CVPR 2018): a learned noise for every task.

use crate::task::Moments;

/// Most alternations.
const ROUNDS: usize = 50;

/// Converged if every weight changes by less than this share.
const TOLERANCE: f64 = 1e-6;

/// Smallest loss, as a share of the squared labels. Otherwise an interpolated task would take all
/// the weight.
const LEAST_LOSS: f64 = 1e-9;

/// The weights `α_i = m_i/L_i` (k) at the joint optimum they belong to.
///
/// Kendall, Gal & Cipolla minimise `Σ_i L_i/(2σ_i²) + m_i ln σ_i` over the model and the σ_i. At a
/// stationary point `σ_i² = L_i/m_i`, so the weight `1/σ_i²` is one over the remaining mean squared
/// error. Model and σ_i are minimised in turn, so the sum falls in every round. `fit` returns the
/// losses L_i (k) at the joint optimum for given weights.
pub fn weights(data: &[Moments], fit: &dyn Fn(&[f64]) -> Vec<f64>) -> Vec<f64> {
    let mut weights = vec![1.0; data.len()];
    for _ in 0..ROUNDS {
        let next: Vec<f64> =
            data.iter().zip(fit(&weights)).map(|(task, loss)| precision(task, loss)).collect();
        let settled = next.iter().zip(&weights).all(|(a, b)| (a - b).abs() <= TOLERANCE * a);
        weights = next;
        if settled {
            break;
        }
    }
    weights
}

/// `m/L`: one over the noise variance estimated from the loss of a task.
fn precision(task: &Moments, loss: f64) -> f64 {
    let loss = loss.max(LEAST_LOSS * task.s);
    if loss > 0.0 { task.samples as f64 / loss } else { 1.0 }
}
