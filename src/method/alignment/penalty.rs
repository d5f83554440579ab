//! Alignments kept near the identity by a penalty `λ‖R_i − I‖²`, with B fixed.

use nalgebra::{DMatrix, DVector};

use crate::math::linalg;
use crate::method::input::MethodInput;
use crate::model::SharedModel;
use crate::task::Moments;

/// Alternations at each penalty, starting from the solution at the previous penalty.
const ROUNDS: usize = 8;

/// Penalties to try, strongest first, four per power of ten, as multiples of
/// `tr H/d · ‖BA_i‖²`, at which R_i is free to move.
fn penalties() -> impl Iterator<Item = f64> {
    (-20..=12).rev().map(|quarter| 10f64.powf(f64::from(quarter) / 4.0))
}

/// Minimises `‖X_iR_iBA_i − y_i‖² + λ‖R_i − I‖²` over R_i and A_i for every task. B is that of the
/// joint optimum; λ is chosen on the held-out rows of the task.
///
/// Of all R_i with `R_iBA_i = v + e`, `v = BA_i`, the nearest to the identity is `I + e vᵀ/‖v‖²`.
/// The penalty is then `λ‖e‖²/‖v‖²`: ridge regression towards the shared estimate. There is a
/// closed form for e given A_i, and for A_i given R_i; the two alternate.
pub fn train(problem: &MethodInput) -> SharedModel {
    let mut model = problem.joint.model.clone().with_alignments();
    for (i, data) in problem.training.data.iter().enumerate() {
        (model.heads[i], model.alignments[i]) = best(problem, i, data);
    }
    model
}

/// The head and alignment of a task with the least error on its held-out rows.
fn best(problem: &MethodInput, task: usize, data: &Moments) -> (DVector<f64>, DMatrix<f64>) {
    let module = &problem.joint.model.module;
    let eigen = linalg::eigen(&data.h);
    let mut head = problem.joint.model.heads[task].clone();
    let shared = module * &head;
    let mut alignment = DMatrix::identity(shared.len(), shared.len());
    let mut best = (problem.held_out(task, &shared), head.clone(), alignment.clone());
    let unit = eigen.0.mean() * shared.norm_squared();
    if unit <= 0.0 {
        return (best.1, best.2);
    }
    for share in penalties() {
        for _ in 0..ROUNDS {
            alignment = nearest(data, &eigen, &(module * &head), share * unit);
            head = on_aligned(data, &(&alignment * module));
        }
        let error = problem.held_out(task, &(&alignment * module * &head));
        if error < best.0 {
            best = (error, head.clone(), alignment.clone());
        }
    }
    (best.1, best.2)
}

/// The best R (d × d) for given `v = BA` (d): `e = (H + μI)⁻¹(c − Hv)`, `μ = λ/‖v‖²`.
fn nearest(
    data: &Moments,
    (values, axes): &(DVector<f64>, DMatrix<f64>),
    v: &DVector<f64>,
    lambda: f64,
) -> DMatrix<f64> {
    let d = v.len();
    let length = v.norm_squared();
    if length == 0.0 {
        return DMatrix::identity(d, d);
    }
    let residual = axes.tr_mul(&(&data.c - &*data.h * v));
    let coordinates = residual.zip_map(values, |r, h| r / (h.max(0.0) + lambda / length));
    DMatrix::identity(d, d) + axes * coordinates * v.transpose() / length
}

/// The best head (r) for the units `RB` (d × r).
fn on_aligned(data: &Moments, units: &DMatrix<f64>) -> DVector<f64> {
    linalg::solve(&(units.transpose() * &*data.h * units), &(units.transpose() * &data.c))
}
