//! Projected gradients, PCGrad (Yu, Kumar, Gupta, Levine, Hausman & Finn, NeurIPS 2020).

use rand::seq::SliceRandom;

use super::rule::{self, TaskSlope};
use crate::math::seed::Seed;
use crate::method::input::MethodInput;
use crate::model::Optimum;

/// From the gradient of every task its part against the gradient of any other task is taken, one
/// other task after the other in random order; the step is the sum of what is left.
pub fn train(problem: &MethodInput<'_>) -> Optimum {
    let rng = &mut Seed::new(0).child("order", 0).rng();
    rule::train(problem, |slopes| {
        let mut order: Vec<usize> = (0..slopes.len()).collect();
        let mut sum = slopes[0].module.clone() * 0.0;
        for (i, slope) in slopes.iter().enumerate() {
            let mut left = slope.module.clone();
            order.shuffle(rng);
            for TaskSlope { module, .. } in order.iter().filter(|j| **j != i).map(|&j| &slopes[j]) {
                let (along, length) = (left.dot(module), module.norm_squared());
                if along < 0.0 && length > 0.0 {
                    left -= module * (along / length);
                }
            }
            sum += left;
        }
        (sum, vec![1.0; slopes.len()])
    })
}
