//! The optimum of a single linear classifier with logistic loss.

use std::f64::consts::LN_2;

use nalgebra::DVector;

use super::exact;
use super::on_rows::{Loss, OnRows};
use super::optimum::{Claim, Optimum};
use crate::math::lbfgs::StoppingRule;
use crate::math::linalg;
use crate::math::multistart::{self, Smooth};
use crate::task::Rows;

/// If a hyperplane separates the labels, the loss has no minimum. The search then ends at this
/// share of the loss of predicting zero.
const SEPARATED: f64 = 1e-3;

/// The loss of a classifier θ̂ (d) on the rows of one task, a convex function.
struct Margins<'a>(&'a Rows);

impl Smooth for Margins<'_> {
    fn value(&mut self, theta: &DVector<f64>, gradient: &mut DVector<f64>) -> f64 {
        let Rows { x, y } = self.0;
        let f = x * theta;
        gradient.gemv_tr(1.0, x, &f.zip_map(y, |f, y| Loss::Logistic.slope(f, y)), 0.0);
        f.iter().zip(y).map(|(f, y)| Loss::Logistic.at(*f, *y)).sum()
    }
}

/// The optimum of the first task alone.
pub(super) fn alone(objective: &OnRows) -> Optimum {
    let rows = &objective.data[0];
    let (stop, separated) = stop(objective);
    let moments = rows.moments();
    let basis = linalg::whitening(moments.h.clone());
    let rows = Rows { x: &rows.x * &basis, y: rows.y.clone() };
    let start = basis.tr_mul(&moments.c);
    let found = multistart::lowest(vec![start], &stop, &mut Margins(&rows));
    let Some(found) = found else {
        return Optimum { model: exact::nothing(objective, 1), claim: Claim::BestFound };
    };
    let exact = found.value > separated && found.is_stationary(1e-8 * stop.scale);
    Optimum {
        model: exact::one_column_each(&[basis * found.point], 1),
        claim: if exact { Claim::Exact } else { Claim::BestFound },
    }
}

/// The stopping rule, and the loss below which a hyperplane separates the labels of every task:
/// one row on the wrong side costs ln 2.
pub(super) fn stop(objective: &OnRows) -> (StoppingRule, f64) {
    let tasks = objective.data.iter().zip(&objective.weights);
    let nothing: f64 = tasks.map(|(data, weight)| LN_2 * weight * data.y.len() as f64).sum();
    let one = LN_2 * objective.weights.iter().copied().fold(f64::INFINITY, f64::min);
    let floor = (SEPARATED * nothing).min(0.99 * one);
    (StoppingRule { floor, gradient: 1e-10, ..StoppingRule::precise(nothing) }, one)
}
