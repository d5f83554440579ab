//! Multiple-gradient descent, MGDA (Désidéri 2012; Sener & Koltun, NeurIPS 2018).

use nalgebra::DMatrix;

use super::rule::{self, TaskSlope, weighted};
use crate::method::input::MethodInput;
use crate::model::Optimum;

/// Most steps towards the combination of least norm.
const ROUNDS: usize = 250;
/// A step shorter than this share of the way ends the search.
const SHORT: f64 = 1e-6;

/// The step is the convex combination of the gradients that has the least norm: no loss rises.
pub fn train(problem: &MethodInput<'_>) -> Optimum {
    rule::train(problem, |slopes| {
        let k = slopes.len() as f64;
        let weights: Vec<f64> = combination(slopes).iter().map(|share| share * k).collect();
        (weighted(slopes, &weights), weights)
    })
}

/// The shares (k, with sum 1) of the gradients in the combination of least norm, by the method of
/// Frank & Wolfe (1956).
fn combination(slopes: &[TaskSlope]) -> Vec<f64> {
    let k = slopes.len();
    let products = DMatrix::from_fn(k, k, |i, j| slopes[i].module.dot(&slopes[j].module));
    let mut shares = vec![1.0 / k as f64; k];
    for _ in 0..ROUNDS {
        let images: Vec<f64> =
            (0..k).map(|i| (0..k).map(|j| products[(i, j)] * shares[j]).sum()).collect();
        let Some(least) = (0..k).min_by(|&a, &b| images[a].total_cmp(&images[b])) else { break };
        let norm: f64 = images.iter().zip(&shares).map(|(image, share)| image * share).sum();
        let length = norm - 2.0 * images[least] + products[(least, least)];
        let step =
            if length > 0.0 { ((norm - images[least]) / length).clamp(0.0, 1.0) } else { 0.0 };
        shares.iter_mut().for_each(|share| *share *= 1.0 - step);
        shares[least] += step;
        if step < SHORT {
            break;
        }
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slope(module: [f64; 2]) -> TaskSlope {
        TaskSlope { loss: 1.0, module: DMatrix::from_column_slice(2, 1, &module) }
    }

    #[test]
    fn the_combination_of_two_gradients_is_the_nearest_point_of_their_segment() {
        let shares = combination(&[slope([1.0, 0.0]), slope([0.0, 2.0])]);
        assert!((shares[0] - 0.8).abs() < 1e-6, "{shares:?}");
        let shares = combination(&[slope([1.0, 0.0]), slope([3.0, 1.0])]);
        assert!((shares[0] - 1.0).abs() < 1e-6, "{shares:?}");
        let shares = combination(&[slope([1.0, 0.0]), slope([-3.0, 0.0])]);
        assert!((shares[0] - 0.75).abs() < 1e-6, "{shares:?}");
    }
}
