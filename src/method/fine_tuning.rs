//! Fine-tuning: ridge regression of the target towards the model of its sources.
//!
//! `θ̂ = argmin ‖y − Xθ‖² + λ‖θ − θ̂_s‖²`. With λ = ∞ it is the sources' model, with λ = 0 the target
//! alone, which has a penalty of its own where the data is real. λ is chosen on held-out rows of the
//! target, as that of [`ridge`] is.

use nalgebra::{DMatrix, DVector};

use crate::math::linalg;
use crate::method::input::MethodInput;
use crate::method::ridge;
use crate::model::SharedModel;

/// Fine-tunes the sources' model for every target. If there are several targets, the others count as
/// its sources. Any other task keeps its own model.
pub fn train(problem: &MethodInput) -> SharedModel {
    let tasks = &problem.training.data;
    let estimate = |task: usize| match problem.targets.contains(&task) {
        true => fine_tuned(problem, task),
        false => tasks[task].least_squares(),
    };
    let estimates: Vec<DVector<f64>> = (0..tasks.len()).map(estimate).collect();
    let head = |i| DVector::from_fn(tasks.len(), |j, _| if i == j { 1.0 } else { 0.0 });
    SharedModel::new(DMatrix::from_columns(&estimates), (0..tasks.len()).map(head).collect())
}

fn fine_tuned(problem: &MethodInput, target: usize) -> DVector<f64> {
    match sources(problem, target) {
        Some(sources) => ridge::towards(problem, target, Some(&sources)),
        None => problem.training.data[target].least_squares(),
    }
}

/// One least-squares model (d) of all tasks but the target, with their weights; `None` if there are
/// no others.
fn sources(problem: &MethodInput, target: usize) -> Option<DVector<f64>> {
    let training = problem.training;
    let others = training.data.iter().zip(&training.weights).enumerate();
    let (h, c) = others
        .filter(|(i, _)| *i != target)
        .map(|(_, (data, alpha))| (&*data.h * *alpha, &data.c * *alpha))
        .reduce(|(h, c), (other, more)| (h + other, c + more))?;
    Some(linalg::solve(&h, &c))
}
