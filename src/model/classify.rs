//! Linear classifiers: optima of the logistic loss.

use std::f64::consts::LN_2;

use nalgebra::{Cholesky, DMatrix, DVector, Dyn};

use super::least_squares::LeastSquares;
use super::objective::Objective;
use super::on_rows::{Loss, OnRows};
use super::optimum::{Claim, Optimum};
use super::shared::SharedModel;
use super::weights::{Fit, Weights};
use super::whitened::Whitened;
use super::{exact, search};
use crate::math::lbfgs::Stop;
use crate::math::linalg;
use crate::math::multistart::{self, Smooth};
use crate::math::seed::Seed;
use crate::task::{Moments, Rows};

/// Where labels can be separated the loss has no minimum: the search ends at this share of the
/// loss of predicting nothing.
const SEPARATED: f64 = 1e-3;

/// At a minimum a step by the curvature promises less than this share of that loss.
const ARRIVED: f64 = 1e-6;
/// Most steps to polish the best of many starts.
const POLISH: usize = 200;

/// One classifier θ̂ (d) on the rows of one task: a convex function.
struct Margins<'a>(&'a Rows);

impl Smooth for Margins<'_> {
    fn value(&mut self, theta: &DVector<f64>, gradient: &mut DVector<f64>) -> f64 {
        let Rows { x, y } = self.0;
        let f = x * theta;
        gradient.gemv_tr(1.0, x, &f.zip_map(y, |f, y| Loss::Logistic.slope(f, y)), 0.0);
        f.iter().zip(y).map(|(f, y)| Loss::Logistic.at(*f, *y)).sum()
    }
}

/// Several classifiers that share a module, in whitened coordinates: all weights of a model.
struct Classifiers<'a> {
    weights: Weights<'a>,
    /// The curvatures `α_i X_iᵀX_i`.
    h: &'a [DMatrix<f64>],
}

impl Smooth for Classifiers<'_> {
    fn value(&mut self, point: &DVector<f64>, gradient: &mut DVector<f64>) -> f64 {
        self.weights.value(point, gradient)
    }

    /// Gauss and Newton's, with the largest curvature ¼ that the loss has: `¼ Σ TᵀH_iT` for the
    /// change `T` of the estimate `BA_i` with B and A_i.
    fn curvature(&self, point: &DVector<f64>) -> Option<Cholesky<f64, Dyn>> {
        let model = self.weights.model(point);
        let (q, width) = model.module.shape();
        let n = point.len();
        let mut sum = DMatrix::zeros(n, n);
        for (i, (h, head)) in self.h.iter().zip(&model.heads).enumerate() {
            let mut change = DMatrix::zeros(q, n);
            change
                .columns_mut(0, q * width)
                .copy_from(&head.transpose().kronecker(&DMatrix::identity(q, q)));
            change.columns_mut((q + i) * width, width).copy_from(&model.module);
            sum += change.tr_mul(&(h * &change)) * 0.25;
        }
        let ridge = 1e-4 * sum.trace() / n as f64;
        Cholesky::new(sum + DMatrix::identity(n, n) * ridge)
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

/// The best of many starts for several tasks that share `width` units; `alone` are the
/// single-task solutions. Starts are those of the quadratic functions that have the minima of
/// the single tasks and the curvature `H_i`, and their own best.
pub(super) fn together(
    objective: &OnRows,
    width: usize,
    alone: &[DVector<f64>],
    moments: &[Moments],
    seed: Seed,
) -> Optimum {
    let quadratic = LeastSquares {
        data: moments.iter().zip(alone).map(|(data, theta)| around(data, theta)).collect(),
        weights: objective.weights.clone(),
    };
    let mut whitened = Whitened::new(&quadratic, width);
    let mut starts = search::starts(&whitened, &quadratic, alone, width, seed);
    let claim = Claim::Multistart(starts.len());
    let near = Stop::rough(whitened.labels);
    let near = multistart::lowest(starts.clone(), &near, &mut whitened);
    starts.extend(near.map(|near| near.point));
    let models: Vec<SharedModel> = starts.iter().map(|b| whitened.whitened_model(b)).collect();
    let rows = |data: &Rows| Rows { x: &data.x * &whitened.basis, y: data.y.clone() };
    let data = objective.data.iter().map(rows).collect();
    let coordinates = OnRows { data, ..objective.clone() };
    let Some(shape) = models.first().cloned() else {
        return Optimum { model: exact::nothing(objective, width), claim: Claim::BestFound };
    };
    let weights = Weights { objective: &coordinates, shape };
    let (stop, _) = stop(objective);
    let starts = models.iter().map(|model| weights.point(model)).collect();
    let rough = Stop { gradient: 1e-8, progress: 1e-9, ..stop };
    let mut classifiers = Classifiers { weights, h: &whitened.h };
    match multistart::lowest(starts, &rough, &mut classifiers) {
        Some(mut found) => {
            found.restart(classifiers.curvature(&found.point));
            found.run(POLISH, &stop, &mut |x, slope| classifiers.value(x, slope));
            let model = classifiers.weights.model(&found.point);
            let left = classifiers.curvature(&found.point).map_or(f64::INFINITY, |curvature| {
                found.gradient.dot(&curvature.solve(&found.gradient))
            });
            let mixed = coordinates.task_losses(&model).into_iter().all(|loss| loss > LN_2);
            let fair = mixed && left <= ARRIVED * stop.scale;
            Optimum {
                model: SharedModel::new(&whitened.basis * model.module, model.heads),
                claim: if fair { claim } else { Claim::BestFound },
            }
        }
        None => Optimum { model: exact::nothing(objective, width), claim: Claim::BestFound },
    }
}

/// When to stop, and the loss below which a hyperplane separates the labels of every task: one
/// row on the wrong side costs ln 2.
fn stop(objective: &OnRows) -> (Stop, f64) {
    let tasks = objective.data.iter().zip(&objective.weights);
    let nothing: f64 = tasks.map(|(data, weight)| LN_2 * weight * data.y.len() as f64).sum();
    let one = LN_2 * objective.weights.iter().copied().fold(f64::INFINITY, f64::min);
    let floor = (SEPARATED * nothing).min(0.99 * one);
    (Stop { floor, gradient: 1e-10, ..Stop::precise(nothing) }, one)
}

/// The quadratic function with the minimum `theta` and the curvature of the rows.
fn around(data: &Moments, theta: &DVector<f64>) -> Moments {
    let c = &data.h * theta;
    Moments { samples: data.samples, h: data.h.clone(), s: theta.dot(&c), c }
}
