//! Global optima of the training objective, in the cases where they can be found.

use nalgebra::{DMatrix, DVector};

use super::heads;
use super::least_squares::LeastSquares;
use super::objective::Objective;
use super::shared::SharedModel;
use super::two_tasks;
use crate::math::linalg;
use crate::task::Moments;

/// Matrices that differ by less than this share of their largest entry count as equal.
const SAME: f64 = 1e-11;
/// Columns span the solutions if the residual is below this share of their length.
const SPANNED: f64 = 1e-10;

/// The minimum-norm least-squares solution of every single task (d each).
pub fn single_task(objective: &LeastSquares) -> Vec<DVector<f64>> {
    objective.data.iter().map(|data| data.least_squares()).collect()
}

/// A global optimum of the objective with a shared module of the given width; `None` if no method
/// applies. `alone` are the single-task solutions (d each).
///
/// * Single-task solutions spanned by `width` units: [`apart`].
/// * Two tasks, one unit: [`two_tasks::one_unit`].
/// * All `H_i` proportional, for instance the same X: [`shared_covariance`].
pub fn optimum(
    objective: &LeastSquares,
    width: usize,
    alone: &[DVector<f64>],
) -> Option<SharedModel> {
    let two_tasks =
        || (objective.data.len() == 2 && width == 1).then(|| two_tasks::one_unit(objective));
    apart(alone, width).or_else(two_tasks).or_else(|| shared_covariance(objective, width, alone))
}

/// A model with the single-task solution (d) of every task; `None` if `width` units do not span
/// all of them. They always do if there are as many units as tasks (Proposition 1).
pub fn apart(alone: &[DVector<f64>], width: usize) -> Option<SharedModel> {
    if width >= alone.len() {
        return Some(one_column_each(alone, width));
    }
    let lengths: Vec<f64> = alone.iter().map(|theta| theta.norm().max(f64::MIN_POSITIVE)).collect();
    let units: Vec<_> = alone.iter().zip(&lengths).map(|(theta, length)| theta / *length).collect();
    let theta = DMatrix::from_columns(&units);
    let v = linalg::leading_eigenvectors(&theta.tr_mul(&theta), width);
    let module = &theta * &v;
    let beside = (&module * v.transpose() - &theta).norm();
    let heads = || v.row_iter().zip(&lengths).map(|(head, length)| head.transpose() * *length);
    (beside <= SPANNED * theta.norm()).then(|| SharedModel::new(module, heads().collect()))
}

/// A model that predicts zero.
pub(super) fn nothing(objective: &dyn Objective, width: usize) -> SharedModel {
    let heads = vec![DVector::zeros(width); objective.tasks()];
    SharedModel::new(DMatrix::zeros(objective.dimension(), width), heads)
}

/// The optimum if all `H_i` are multiples `t_iH` of one matrix; `None` otherwise.
///
/// The excess of the loss over that of the single tasks is then `‖H^½ (Θ̂ − BA) D‖²` with
/// `D = diag(√(α_it_i))`. The leading right singular vectors V (k × r) of `H^½Θ̂D` minimise it:
/// `B = Θ̂DV`, `A_i = V_i/D_i`. For the same X this is Proposition 3. If H is singular the result
/// has minimum norm, because Θ̂ has.
pub fn shared_covariance(
    objective: &LeastSquares,
    width: usize,
    alone: &[DVector<f64>],
) -> Option<SharedModel> {
    let traces: Vec<f64> = objective.data.iter().map(|data| data.h.trace()).collect();
    let largest = (0..traces.len()).max_by(|&i, &j| traces[i].total_cmp(&traces[j]))?;
    let h = &*objective.data[largest].h;
    let times: Vec<f64> =
        traces.iter().map(|t| t / traces[largest].max(f64::MIN_POSITIVE)).collect();
    let multiple = |(data, t): (&Moments, &f64)| (&*data.h - h * *t).amax() <= SAME * t * h.amax();
    if !objective.data.iter().zip(&times).all(multiple) {
        return None;
    }
    let shares: Vec<f64> =
        times.iter().zip(&objective.weights).map(|(t, weight)| (t * weight).sqrt()).collect();
    let columns: Vec<_> = alone.iter().zip(&shares).map(|(theta, share)| theta * *share).collect();
    let theta = DMatrix::from_columns(&columns);
    let v = linalg::leading_eigenvectors(&theta.tr_mul(&(h * &theta)), width);
    let head = |(i, &share): (usize, &f64)| {
        if share > 0.0 { v.row(i).transpose() / share } else { DVector::zeros(width) }
    };
    let model = SharedModel::new(&theta * &v, shares.iter().enumerate().map(head).collect());
    Some(heads::with_best_heads(objective, model))
}

/// A model with at least as many units as tasks: column i of B (d × r) is the solution of task i,
/// and A_i selects it.
pub fn one_column_each(alone: &[DVector<f64>], width: usize) -> SharedModel {
    let d = alone.first().map_or(0, |theta| theta.len());
    let mut module = DMatrix::zeros(d, width);
    for (i, theta) in alone.iter().enumerate() {
        module.set_column(i, theta);
    }
    let pick = |i| DVector::from_fn(width, |j, _| if i == j { 1.0 } else { 0.0 });
    SharedModel::new(module, (0..alone.len()).map(pick).collect())
}
