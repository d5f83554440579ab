//! Dynamic weight averaging, DWA (Liu, Johns & Davison, CVPR 2019).

use super::rule::{self, softmax, weighted};
use crate::method::input::MethodInput;
use crate::model::Optimum;

/// T: the larger, the more equal the weights.
const TEMPERATURE: f64 = 2.0;

/// `α = k · softmax(ρ/T)` with `ρ_i = L_i(t − 1)/L_i(t − 2)`: a task whose loss falls slowly gets
/// more weight. Once no loss falls any more, all weights are 1.
pub fn train(problem: &MethodInput<'_>) -> Optimum {
    let mut before: [Vec<f64>; 2] = [Vec::new(), Vec::new()];
    rule::train(problem, |slopes| {
        let weights = match before.each_ref().map(|losses| losses.len() == slopes.len()) {
            [true, true] => {
                let [last, older] = &before;
                let ratio = |(last, older): (&f64, &f64)| {
                    if *older > 0.0 { last / older / TEMPERATURE } else { 1.0 / TEMPERATURE }
                };
                softmax(&last.iter().zip(older).map(ratio).collect::<Vec<_>>())
            }
            _ => vec![1.0; slopes.len()],
        };
        before.swap(0, 1);
        before[0] = slopes.iter().map(|slope| slope.loss).collect();
        (weighted(slopes, &weights), weights)
    })
}
