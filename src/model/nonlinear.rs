//! Optima of models that need the rows: ReLU units or logistic loss.

use nalgebra::DVector;

use super::least_squares::LeastSquares;
use super::loss::Loss;
use super::on_rows::OnRows;
use super::optimum::{Optimum, OptimumKind};
use super::{classifier, classifiers, exact, relu, search};
use crate::math::seed::Seed;
use crate::task::{Activation, Moments, Rows};

/// The optimum of an objective of a single task, with one unit (d × 1) and one head.
///
/// Linear models are exact: least squares, of minimum norm without a penalty, or the minimum of the
/// convex logistic loss. If a hyperplane separates the labels and there is no penalty, that minimum
/// is at infinity, and the best point found is returned. ReLU models: the best of several starts.
pub fn single_on_rows(objective: &OnRows, seed: Seed) -> Optimum {
    let moments = || [objective.data[0].moments()];
    match (objective.activation, objective.loss) {
        (Activation::Linear, Loss::Squared) => {
            let alone = [penalised(objective, &moments())[0].least_squares()];
            Optimum { model: exact::one_column_each(&alone, 1), kind: OptimumKind::Exact }
        }
        (Activation::Linear, Loss::Logistic) => classifier::alone(objective),
        (Activation::Relu, _) => relu::optimum(objective, 1, &[], &moments(), seed),
    }
}

/// The objective of a single task with a ridge penalty λ (0 for none), without an intercept.
pub fn single(rows: Rows, penalty: f64, activation: Activation, loss: Loss) -> OnRows {
    let penalties = if penalty == 0.0 { Vec::new() } else { vec![penalty] };
    OnRows {
        data: vec![rows].into(),
        weights: vec![1.0],
        activation,
        loss,
        penalties,
        intercepts: false,
    }
}

/// The optimum of joint training with `width` units. `alone` are the optima from
/// [`single_on_rows`] and `moments` the moments of the rows, without penalties, one per task.
///
/// * Linear with squared loss: [`search::optimum`] on the moments.
/// * Linear with logistic loss: the single-task solutions if the units span them, as they always
///   do with as many units as tasks; otherwise the best of many starts.
/// * ReLU: for one unit with squared loss, the best of several starts, within a thousandth of the
///   lowest known loss in 19 of 20 draws (kinks make many minima almost as low); otherwise the
///   best found.
pub fn optimum_on_rows(
    objective: &OnRows,
    width: usize,
    alone: &[Optimum],
    moments: &[Moments],
    seed: Seed,
) -> Optimum {
    match (objective.activation, objective.loss) {
        (Activation::Linear, Loss::Squared) => {
            let weights = objective.weights.clone();
            let objective = LeastSquares { data: penalised(objective, moments), weights };
            search::optimum(&objective, width, &estimates(alone), seed)
        }
        (Activation::Linear, Loss::Logistic) => {
            let estimates = estimates(alone);
            match exact::apart(&estimates, width) {
                Some(model) => {
                    let kind = alone.iter().map(|alone| alone.kind).max();
                    Optimum { model, kind: kind.unwrap_or(OptimumKind::Exact) }
                }
                None => classifiers::optimum(objective, width, &estimates, moments, seed),
            }
        }
        (Activation::Relu, _) => relu::optimum(objective, width, alone, moments, seed),
    }
}

/// The minimum reached from the optimum of a similar objective, for instance one with other
/// penalties, and its kind: linear models with logistic loss, and ReLU models. `moments` as in
/// [`optimum_on_rows`].
pub fn near_on_rows(
    objective: &OnRows,
    near: &Optimum,
    moments: &[Moments],
    seed: Seed,
) -> Optimum {
    match (objective.activation, objective.data.len()) {
        (Activation::Linear, 1) => classifier::near(objective, &near.model.estimate(0)),
        (Activation::Linear, _) => classifiers::near(objective, near, moments),
        (Activation::Relu, _) => relu::near(objective, near, moments, seed),
    }
}

/// The moments with the penalties of an objective.
fn penalised(objective: &OnRows, moments: &[Moments]) -> Vec<Moments> {
    let with = |(task, data): (usize, &Moments)| match objective.penalty(task) {
        0.0 => data.clone(),
        penalty => data.with_ridge(penalty),
    };
    moments.iter().enumerate().map(with).collect()
}

/// The linear predictors (d each) of the single tasks.
fn estimates(alone: &[Optimum]) -> Vec<DVector<f64>> {
    alone.iter().map(|alone| alone.model.estimate(0)).collect()
}
