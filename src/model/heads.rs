//! The heads of a module: the best ones, and orthonormal ones.

use nalgebra::DMatrix;

use super::least_squares::LeastSquares;
use super::shared::SharedModel;
use crate::math::linalg;

/// Numbers whose ratio is larger than this are of very different size.
const UNLIKE: f64 = 1e3;

/// Returns true if some positive numbers are of very different size.
fn are_unlike(sizes: &[f64]) -> bool {
    let high = sizes.iter().copied().fold(0.0, f64::max);
    high > UNLIKE * sizes.iter().copied().fold(f64::INFINITY, f64::min)
}

/// The square roots of some numbers; 1 for those that are zero.
fn roots(squares: impl Iterator<Item = f64>) -> Vec<f64> {
    squares.map(f64::sqrt).map(|root| if root.is_normal() { root } else { 1.0 }).collect()
}

/// The sizes `√(α_i s_i)` of the weighted labels.
fn sizes(objective: &LeastSquares) -> Vec<f64> {
    let tasks = objective.data.iter().zip(&objective.weights);
    roots(tasks.map(|(data, a)| a * data.s))
}

/// The size of the weighted labels of the second task over that of the first; 1 if they are alike.
pub(super) fn ratio_of_sizes(objective: &LeastSquares) -> f64 {
    let sizes = sizes(objective);
    if are_unlike(&sizes) { sizes[1] / sizes[0] } else { 1.0 }
}

/// The same model with `Σ_i A_iA_iᵀ = I`, so that B has the norm of all estimates together. If the
/// labels are of very different size, the heads are first divided by it.
pub(super) fn orthonormal(objective: &LeastSquares, model: SharedModel) -> SharedModel {
    let mut units = roots(objective.data.iter().map(|data| data.s / data.samples as f64));
    if !are_unlike(&units) {
        units.fill(1.0);
    }
    let heads = model.heads.iter().zip(&units).map(|(head, unit)| head / *unit);
    let qr = DMatrix::from_columns(&heads.collect::<Vec<_>>()).transpose().qr();
    let (q, r) = (qr.q(), qr.r());
    let heads = q.row_iter().zip(&units).map(|(head, unit)| head.transpose() * *unit);
    SharedModel::new(&model.module * r.transpose(), heads.collect())
}

/// The model with the best heads for its module, if the tasks are of very different size. The
/// objective is then that of the largest labels to all digits, and a search tells nothing about the
/// other heads.
pub(super) fn with_best_heads(objective: &LeastSquares, mut model: SharedModel) -> SharedModel {
    if !are_unlike(&sizes(objective)) {
        return model;
    }
    for (head, data) in model.heads.iter_mut().zip(&objective.data) {
        let curvature: DMatrix<f64> = model.module.tr_mul(&(&*data.h * &model.module));
        *head = linalg::solve_small(curvature, &model.module.tr_mul(&data.c));
    }
    model
}
