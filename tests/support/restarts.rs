//! Random problems with several tasks, and the losses that random restarts of L-BFGS reach.

use nalgebra::{DMatrix, DVector};
use taskscope::math::lbfgs::{Lbfgs, StoppingRule};
use taskscope::math::linalg;
use taskscope::math::seed::Seed;
use taskscope::model::{LeastSquares, Loss, Objective, OnRows, SharedModel};
use taskscope::task::{Activation, Moments, Rows};

use super::common::random_task;

/// The shape of a random problem.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    pub(crate) d: usize,
    pub(crate) tasks: usize,
    pub(crate) samples: usize,
    pub(crate) condition: f64,
    pub(crate) noise: f64,
}

/// Rows of tasks whose θs have a common part; labels of every second task are negated and
/// scaled. The first task has `samples` rows, each further one half of `samples` more.
pub(crate) fn problem(shape: Shape, activation: Activation, loss: Loss, seed: Seed) -> OnRows {
    let Shape { d, tasks, samples, condition, noise } = shape;
    let common = linalg::unit_vector(d, &mut seed.child("common", 0).rng());
    let draw = |i: usize| {
        let own = seed.child("task", i as u64);
        let task = random_task(d, condition, own);
        let rng = &mut own.child("rows", 0).rng();
        let m = samples + i * samples / 2;
        let x = linalg::normal_matrix(m, d, rng) * &*task.factor;
        let projections = &x * (&common + 0.6 * &task.theta);
        let spread = projections.norm() / (m as f64).sqrt();
        let sign = if i.is_multiple_of(2) { 1.0 } else { -0.7 };
        let y = projections.map(|t| sign * activation.at(t))
            + noise * spread * linalg::normal_vector(m, rng);
        let y = if loss == Loss::Logistic { y.map(f64::signum) } else { y };
        Rows { x, y }
    };
    OnRows {
        data: (0..tasks).map(draw).collect(),
        weights: vec![1.0; tasks],
        activation,
        loss,
        penalties: Vec::new(),
        intercepts: false,
    }
}

/// The objective of one task of several.
pub(crate) fn only(objective: &OnRows, task: usize) -> OnRows {
    OnRows {
        data: vec![objective.data[task].clone()].into(),
        weights: vec![1.0],
        penalties: vec![objective.penalty(task)],
        ..objective.clone()
    }
}

pub(crate) fn moments(objective: &OnRows) -> Vec<Moments> {
    objective.data.iter().map(Rows::moments).collect()
}

pub(crate) fn on_moments(objective: &OnRows) -> LeastSquares {
    LeastSquares { data: moments(objective), weights: objective.weights.clone() }
}

/// The loss of predicting zero.
pub(crate) fn nothing(objective: &dyn Objective, width: usize) -> f64 {
    let heads = vec![DVector::zeros(width); objective.tasks()];
    objective.loss(&SharedModel::new(DMatrix::zeros(objective.dimension(), width), heads))
}

/// The lowest loss that L-BFGS on all weights reaches from random starts.
pub(crate) fn lowest_at_random(
    objective: &dyn Objective,
    width: usize,
    starts: u64,
    seed: Seed,
) -> f64 {
    let (d, tasks) = (objective.dimension(), objective.tasks());
    let stop = StoppingRule::rough(nothing(objective, width));
    let reached = (0..starts).map(|start| {
        let shape = SharedModel::random(d, width, tasks, seed.child("restart", start));
        let mut f = |point: &DVector<f64>, gradient: &mut DVector<f64>| {
            let (loss, slope) = objective.gradient(&shape.with_parameters(point.iter().copied()));
            gradient.iter_mut().zip(slope.parameters()).for_each(|(g, s)| *g = s);
            loss
        };
        let mut search = Lbfgs::new(DVector::from_vec(shape.parameters().collect()), &mut f);
        search.run(500, &stop, &mut f);
        search.value
    });
    reached.fold(f64::INFINITY, f64::min)
}
