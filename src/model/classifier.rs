//! The optimum of a single linear classifier with logistic loss.

use std::f64::consts::LN_2;

use nalgebra::{DMatrix, DVector};

use super::exact;
use super::loss::Loss;
use super::on_rows::OnRows;
use super::optimum::{Optimum, OptimumKind};
use crate::math::factor::Factor;
use crate::math::kernel::{self, PackedRows};
use crate::math::lbfgs::StoppingRule;
use crate::math::linalg;
use crate::math::multistart::{self, Smooth};
use crate::task::Rows;

/// If a hyperplane separates the labels, the loss has no minimum. The search then ends at this
/// share of the loss of predicting zero.
const SEPARATED: f64 = 1e-3;
/// The curvature of squared loss over the largest one of logistic loss.
pub(super) const CURVATURES: f64 = 8.0;

/// The loss of a classifier θ̂ (d) on the rows of one task with a penalty `λ‖θ̂‖²`, a convex
/// function. An intercept is at its optimum for θ̂.
struct Margins<'a> {
    rows: &'a Rows,
    packed: PackedRows<f64>,
    penalty: f64,
    intercept: bool,
}

impl<'a> Margins<'a> {
    fn new(rows: &'a Rows, penalty: f64, intercept: bool) -> Self {
        Self { rows, packed: PackedRows::new(&rows.x, 1), penalty, intercept }
    }

    /// The predictions (m).
    fn predict(&self, theta: &DVector<f64>) -> DVector<f64> {
        let mut f = self.packed.project(theta.as_view()).column(0).into_owned();
        if self.intercept {
            f.add_scalar_mut(Loss::Logistic.intercept(&f, &self.rows.y));
        }
        f
    }
}

impl Smooth for Margins<'_> {
    fn value(&mut self, theta: &DVector<f64>, gradient: &mut DVector<f64>) -> f64 {
        let mut slopes = self.predict(theta);
        let mut loss = 0.0;
        slopes.zip_apply(&self.rows.y, |f, y| {
            let (own, slope) = Loss::Logistic.with_slope(*f, y);
            loss += own;
            *f = slope;
        });
        gradient.copy_from(&self.packed.back(slopes.as_view()).column(0));
        if self.penalty == 0.0 {
            return loss;
        }
        gradient.axpy(2.0 * self.penalty, theta, 1.0);
        loss + self.penalty * theta.norm_squared()
    }

    /// The second derivative, if there is a penalty: `Xᵀ diag(p(1 − p)) X + 2λI`. With an
    /// intercept, X is less its mean with the weights `p(1 − p)`.
    fn curvature(&self, theta: &DVector<f64>) -> Option<Factor> {
        if self.penalty == 0.0 {
            return None;
        }
        let roots = self.predict(theta).map(|f| 0.5 / (0.5 * f).cosh());
        let mut x = self.rows.x.clone();
        if self.intercept {
            let weights = roots.component_mul(&roots);
            let mean = x.tr_mul(&weights) / weights.sum();
            x.row_iter_mut().for_each(|mut row| row -= mean.transpose());
        }
        for (mut row, root) in x.row_iter_mut().zip(roots.iter()) {
            row *= *root;
        }
        let d = theta.len();
        Factor::of(kernel::gram(&x) + DMatrix::identity(d, d) * (2.0 * self.penalty))
    }
}

/// The optimum of the first task alone. With a penalty it is unique and finite.
pub(super) fn alone(objective: &OnRows) -> Optimum {
    let (rows, intercept) = (&objective.data[0], objective.intercepts);
    let moments = rows.moments();
    match objective.penalty(0) {
        0.0 => {
            let basis = linalg::whitening(&moments.h);
            let rows = Rows { x: &rows.x * &basis, y: rows.y.clone() };
            let start = basis.tr_mul(&moments.c);
            lowest(objective, Margins::new(&rows, 0.0, intercept), start, |point| basis * point)
        }
        penalty => {
            // Near zero the loss is that of least squares on labels 2y, an eighth of it.
            let start = moments.with_ridge(CURVATURES * penalty).least_squares() * 2.0;
            lowest(objective, Margins::new(rows, penalty, intercept), start, |point| point)
        }
    }
}

/// The optimum of the first task with a penalty, from that of a similar one.
pub(super) fn near(objective: &OnRows, near: &DVector<f64>) -> Optimum {
    let (rows, penalty) = (&objective.data[0], objective.penalty(0));
    let intercept = objective.intercepts;
    if penalty == 0.0 || near.norm() == 0.0 {
        return alone(objective);
    }
    lowest(objective, Margins::new(rows, penalty, intercept), near.clone(), |point| point)
}

fn lowest(
    objective: &OnRows,
    mut margins: Margins<'_>,
    start: DVector<f64>,
    estimate: impl FnOnce(DVector<f64>) -> DVector<f64>,
) -> Optimum {
    let (stop, separated) = stop(objective);
    let Some(found) = multistart::lowest(vec![start], &stop, &mut margins) else {
        return Optimum { model: exact::nothing(objective, 1), kind: OptimumKind::BestFound };
    };
    let exact = found.value > separated && found.is_stationary(1e-8 * stop.scale);
    Optimum {
        model: exact::one_column_each(&[estimate(found.point)], 1),
        kind: if exact { OptimumKind::Exact } else { OptimumKind::BestFound },
    }
}

/// The stopping rule, and the loss below which a hyperplane separates the labels of every task:
/// one row on the wrong side costs ln 2. With penalties the optimum is finite whatever the labels.
pub(super) fn stop(objective: &OnRows) -> (StoppingRule, f64) {
    let tasks = objective.data.iter().zip(&objective.weights);
    let nothing: f64 = tasks.map(|(data, weight)| LN_2 * weight * data.y.len() as f64).sum();
    if objective.is_penalised() {
        let stop = StoppingRule { gradient: 1e-10, ..StoppingRule::precise(nothing) };
        return (stop, f64::NEG_INFINITY);
    }
    let one = LN_2 * objective.weights.iter().copied().fold(f64::INFINITY, f64::min);
    let floor = (SEPARATED * nothing).min(0.99 * one);
    (StoppingRule { floor, gradient: 1e-10, ..StoppingRule::precise(nothing) }, one)
}
