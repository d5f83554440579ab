//! Penalties of models that need the rows, chosen on validation rows along a path.

use super::ridge;
use crate::math::seed::Seed;
use crate::model::{Loss, OnRows, Optimum, nonlinear};
use crate::task::{Activation, Moments, Predictor, Rows};

/// A task of a trial: its training rows with their moments, and its validation rows, their labels
/// less the mean of the training labels.
pub(in crate::study) struct JudgedRows<'a> {
    pub(in crate::study) rows: &'a Rows,
    pub(in crate::study) moments: &'a Moments,
    pub(in crate::study) validation: &'a Rows,
}

/// The penalty λ of a task for which the optimum alone has the smallest loss on the validation
/// rows, and that optimum.
///
/// The path goes from the strongest penalty to the weakest; every optimum is searched from the one
/// before. Without validation rows, the penalty is that of ridge regression by generalised
/// cross-validation, divided by [`stiffness`].
pub(in crate::study) fn choose(
    task: &JudgedRows<'_>,
    activation: Activation,
    loss: Loss,
    seed: Seed,
) -> (f64, Optimum) {
    let plain = OnRows {
        intercepts: has_intercepts(loss),
        ..nonlinear::single(task.rows.clone(), 0.0, activation, loss)
    };
    let with = |penalty: f64| OnRows { penalties: vec![penalty], ..plain.clone() };
    let best = |penalty: f64| nonlinear::single_on_rows(&with(penalty), seed);
    let unit = 1.0 / stiffness(activation, loss);
    if task.validation.y.is_empty() {
        let penalty = unit * ridge::choose(task.moments, &Moments::of_none(task.rows.x.ncols()));
        return (penalty, best(penalty));
    }
    let moments = std::slice::from_ref(task.moments);
    let mut objective = plain.clone();
    let mut last: Option<Optimum> = None;
    let mut chosen: Option<(f64, f64, Optimum)> = None;
    for share in ridge::tried(task.moments).rev() {
        let penalty = unit * share;
        objective.penalties = vec![penalty];
        let found = match &last {
            Some(last) => nonlinear::near_on_rows(&objective, last, moments, seed),
            None => best(penalty),
        };
        let error = judged(&objective.predictor(&found.model, 0), task.validation, loss);
        if chosen.as_ref().is_none_or(|(least, ..)| error < *least) {
            chosen = Some((error, penalty, found.clone()));
        }
        last = Some(found);
    }
    match chosen {
        Some((_, penalty, found)) => (penalty, settled(&objective, penalty, found, moments, seed)),
        None => (unit, best(unit)),
    }
}

/// The optimum at the chosen penalty: of a model with several minima, the best of many starts.
fn settled(
    objective: &OnRows,
    penalty: f64,
    found: Optimum,
    moments: &[Moments],
    seed: Seed,
) -> Optimum {
    if objective.activation == Activation::Linear {
        return found;
    }
    let objective = OnRows { penalties: vec![penalty], ..objective.clone() };
    nonlinear::optimum_on_rows(&objective, 1, &[found], moments, seed)
}

/// The weakest penalty tried.
pub(in crate::study) fn weakest(moments: &Moments, activation: Activation, loss: Loss) -> f64 {
    let mean = moments.h.trace() / moments.h.nrows() as f64;
    ridge::weakest(mean) / stiffness(activation, loss)
}

/// Returns true if models of real tasks with this loss have an intercept of their own: labels of
/// squared loss are centred instead.
pub(in crate::study) fn has_intercepts(loss: Loss) -> bool {
    loss == Loss::Logistic
}

/// How much less the loss of a model curves than squared loss with linear units: logistic loss at
/// most an eighth as much, and a ReLU unit is active on about half of the rows.
fn stiffness(activation: Activation, loss: Loss) -> f64 {
    let unit = if activation == Activation::Relu { 2.0 } else { 1.0 };
    unit * if loss == Loss::Logistic { 8.0 } else { 1.0 }
}

/// The loss of a predictor on rows.
pub(in crate::study) fn judged(predictor: &Predictor, rows: &Rows, loss: Loss) -> f64 {
    let predicted = predictor.predict(&rows.x);
    predicted.iter().zip(&rows.y).map(|(f, y)| loss.at(*f, *y)).sum()
}
