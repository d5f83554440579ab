//! Weights for the worst case, DoReMi (Xie, Pham, Dong, Du, Liu, Lu, Liang, Le, Ma & Yu, NeurIPS
//! 2023).

use super::rule::softmax;
use crate::method::input::MethodInput;
use crate::model::{LeastSquares, Objective, Optimum};

/// Number of updates of the weights.
const ROUNDS: usize = 20;

/// Minimises over the model, and maximises over the shares of the tasks, the weighted mean excess
/// `(L_i − L_i^alone)/m_i` over the task alone, in the mean unit of the losses alone: the shares of
/// the tasks that lose most grow by `exp(excess)` in every round, each at the joint optimum. The
/// model is the joint optimum for the mean of the shares over all rounds.
pub fn train(problem: &MethodInput<'_>) -> Optimum {
    let (data, weights) = (&problem.training.data, &problem.training.weights);
    let k = data.len();
    let rows = |i: usize| data[i].samples.max(1) as f64;
    let alone: Vec<f64> = data.iter().map(|task| task.loss(&task.least_squares())).collect();
    let unit = (0..k).map(|i| alone[i] / rows(i)).sum::<f64>() / k as f64;
    let unit = if unit > 0.0 { unit } else { 1.0 };
    let fit = |balance: &[f64]| {
        let per_row = |i: usize| balance[i] * weights[i] / rows(i);
        let weights = (0..k).map(per_row).collect();
        (problem.fit)(&LeastSquares { data: data.clone(), weights })
    };
    let (mut logits, mut mean) = (vec![0.0; k], vec![0.0; k]);
    for _ in 0..ROUNDS {
        let balance = softmax(&logits);
        mean.iter_mut().zip(&balance).for_each(|(mean, share)| *mean += share / ROUNDS as f64);
        let losses = problem.training.task_losses(&fit(&balance).model);
        for (i, logit) in logits.iter_mut().enumerate() {
            *logit += ((losses[i] - alone[i]) / rows(i) / unit).max(0.0);
        }
    }
    fit(&mean)
}
