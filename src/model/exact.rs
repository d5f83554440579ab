//! Global optima of the training objective, in the cases where they can be found.

use nalgebra::{DMatrix, DVector};

use super::heads;
use super::least_squares::LeastSquares;
use super::objective::Objective;
use super::shared::SharedModel;
use crate::math::kernel::{self, Tridiagonal};
use crate::math::linalg;
use crate::math::minimize;
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
/// * Two tasks, one unit: [`two_tasks_one_unit`].
/// * All `H_i` proportional, for instance the same X: [`shared_covariance`].
pub fn optimum(
    objective: &LeastSquares,
    width: usize,
    alone: &[DVector<f64>],
) -> Option<SharedModel> {
    let two_tasks =
        || (objective.data.len() == 2 && width == 1).then(|| two_tasks_one_unit(objective));
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
    let h = &objective.data[largest].h;
    let times: Vec<f64> =
        traces.iter().map(|t| t / traces[largest].max(f64::MIN_POSITIVE)).collect();
    let multiple = |(data, t): (&Moments, &f64)| (&data.h - h * *t).amax() <= SAME * t * h.amax();
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

/// The global optimum for k = 2, r = 1.
///
/// For heads `(w₁, w₂)` of unit length the best B solves `M B = b`, `M = Σ α_i w_i² H_i`,
/// `b = Σ α_i w_i c_i`, and the loss is `Σ α_i s_i − bᵀM†b`. In coordinates in which the sum of
/// `α₁H₁` and `α₂H₂` is the identity and both are tridiagonal each evaluation is O(d), so the ratio
/// of the heads is searched over its whole range.
pub fn two_tasks_one_unit(objective: &LeastSquares) -> SharedModel {
    let (data, alpha) = (&objective.data, &objective.weights);
    let scale = scale_of_rows(objective);
    let beta = [alpha[0], alpha[1] / scale];
    let [first, second] = [&data[0].h * beta[0], &data[1].h * (beta[1] / scale)];
    let whiten = linalg::whitening(&first + second);
    let [mut p, mut q] = [0, 1].map(|i| whiten.tr_mul(&data[i].c) * beta[i]);
    if whiten.ncols() as u64 == data[0].equations() + data[1].equations() {
        return least_module([&whiten * p, &whiten * q / scale]);
    }
    let inner = whiten.transpose() * (first * &whiten);
    let inner = (&inner + inner.transpose()) * 0.5;
    let shares = kernel::tridiagonal(inner, &mut [p.as_mut_slice(), q.as_mut_slice()]);
    let explained = |w: [f64; 2]| explained(&shares, w, p.as_slice(), q.as_slice());
    let middle = heads::ratio_of_sizes(objective).ln();
    let (w, _) = minimize::over_two_heads(middle - 14.0..=middle + 14.0, |w| -explained(w));
    let w = [w[0], w[1] / scale];
    let length = w[0].hypot(w[1]);
    let w = w.map(|head| head / length);
    let (u, v) = (alpha[0] * w[0], alpha[1] * w[1]);
    let m = &data[0].h * (u * w[0]) + &data[1].h * (v * w[1]);
    let b = &data[0].c * u + &data[1].c * v;
    let module = DMatrix::from_columns(&[linalg::solve(&m, &b)]);
    let model = SharedModel::new(module, w.map(|head| DVector::from_element(1, head)).to_vec());
    heads::with_best_heads(objective, model)
}

/// `bᵀM⁻¹b` for `M = w₁²T + w₂²(I − T)` and `b = w₁p + w₂q`, by elimination.
fn explained(shares: &Tridiagonal, w: [f64; 2], p: &[f64], q: &[f64]) -> f64 {
    let [first, second] = w.map(|w| w * w);
    let (mut sum, mut before, mut pivot) = (0.0, 0.0, f64::INFINITY);
    for (i, (p, q)) in p.iter().zip(q).enumerate() {
        let share = shares.diagonal[i];
        let beside = if i > 0 { (first - second) * shares.beside[i - 1] } else { 0.0 };
        let factor = beside / pivot;
        let b = w[0] * p + w[1] * q - factor * before;
        let own = first * share + second * (1.0 - share) - factor * beside;
        if own > 0.0 {
            sum += b * b / own;
            (before, pivot) = (b, own);
        } else {
            (before, pivot) = (0.0, f64::INFINITY);
        }
    }
    sum
}

/// The square root of the size of the second `α_iH_i` over that of the first; 1 if they are about
/// as large. With rows of such a scale both are diagonal to all digits in one basis.
fn scale_of_rows(objective: &LeastSquares) -> f64 {
    let [first, second] = [0, 1].map(|i| objective.weights[i] * objective.data[i].h.trace());
    let scale = (second / first).sqrt();
    if scale.is_normal() && !(1e-4..=1e4).contains(&scale) { scale } else { 1.0 }
}

/// If all rows of both tasks are linearly independent, any heads fit every label with
/// `B = v₁/w₁ + v₂/w₂`. Returns the optimum with minimum-norm B, as for a single task.
fn least_module(v: [DVector<f64>; 2]) -> SharedModel {
    let module = |w: [f64; 2]| &v[0] / w[0] + &v[1] / w[1];
    let (w, _) = minimize::over_two_heads(-14.0..=14.0, |w| module(w).norm_squared());
    SharedModel::new(
        DMatrix::from_columns(&[module(w)]),
        w.map(|head| DVector::from_element(1, head)).to_vec(),
    )
}
