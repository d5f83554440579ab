//! Random loss weighting (Lin, Ye, Zhang & Tsang, *Reasonable effectiveness of random weighting*,
//! TMLR 2022): a way of training rather than fixed weights.

use rand::Rng;

use crate::math::linalg;
use crate::math::seed::Seed;
use crate::method::descent;
use crate::model::{LeastSquares, Objective, Optimum};
use crate::task::Moments;

/// Trains with weights `α = k · softmax(z)`, where z (k) is standard normal and redrawn at every
/// step.
///
/// The expected weight of every task is 1, so the expected gradient is that of uniform weights.
/// With rates that decay as 1/t, the steps converge (Robbins & Monro 1951) to a stationary point of
/// the *uniform* objective; the random weights leave only a small scatter around it. No optimum is
/// claimed.
pub fn train(data: &[Moments], width: usize, seed: Seed) -> Optimum {
    let mut objective = LeastSquares { data: data.to_vec(), weights: vec![1.0; data.len()] };
    let mut rng = seed.child("random weights", 0).rng();
    descent::train(data, width, |model| {
        objective.weights = draw(data.len(), &mut rng);
        (objective.gradient(model).1, vec![1.0; data.len()])
    })
}

/// Draws `k · softmax(z)` for standard normal z (k).
fn draw(tasks: usize, rng: &mut impl Rng) -> Vec<f64> {
    let shares = linalg::normal_vector(tasks, rng).map(f64::exp);
    let scale = tasks as f64 / shares.sum();
    shares.iter().map(|share| share * scale).collect()
}
