//! Optima of linear classifiers that share a module, with logistic loss.

use std::f64::consts::LN_2;

use nalgebra::{DMatrix, DVector};

use super::least_squares::LeastSquares;
use super::objective::Objective;
use super::on_rows::OnRows;
use super::optimum::{Optimum, OptimumKind};
use super::shared::SharedModel;
use super::weights::{Fit, Weights};
use super::whitened::Whitened;
use super::{classifier, exact, search};
use crate::math::factor::Factor;
use crate::math::lbfgs::{Lbfgs, StoppingRule};
use crate::math::multistart::{self, Smooth};
use crate::math::seed::Seed;
use crate::task::{Moments, Rows};

/// At a minimum the predicted gain of a Newton step is below this share of the loss of predicting
/// zero.
const ARRIVED: f64 = 1e-6;
/// Most steps to refine the best of many starts.
const POLISH: usize = 200;

/// The best of many starts for several tasks that share `width` units. `alone` are the
/// single-task solutions (d each).
///
/// Each task's loss is approximated by the quadratic function with the same minimum and the
/// curvature `H_i`. The search uses the whitened coordinates of that problem, its starts and its
/// best solution. If the labels of a task end up separated, the optimum is at infinity and none is
/// claimed.
pub(super) fn optimum(
    objective: &OnRows,
    width: usize,
    alone: &[DVector<f64>],
    moments: &[Moments],
    seed: Seed,
) -> Optimum {
    let quadratic = quadratic(objective, alone, moments);
    let mut whitened = Whitened::new(&quadratic, width);
    let mut starts = search::starts(&whitened, &quadratic, alone, width, seed);
    let kind = OptimumKind::Multistart(starts.len());
    let rough = StoppingRule::rough(whitened.labels);
    let near = multistart::lowest(starts.clone(), &rough, &mut whitened);
    starts.extend(near.map(|near| near.point));
    let models: Vec<SharedModel> = starts.iter().map(|b| whitened.whitened_model(b)).collect();
    lowest(objective, &whitened, models, kind)
}

/// The minimum reached from the optimum of a similar objective, with its kind.
pub(super) fn near(objective: &OnRows, near: &Optimum, moments: &[Moments]) -> Optimum {
    let model = &near.model;
    let estimates: Vec<_> = (0..moments.len()).map(|task| model.estimate(task)).collect();
    let quadratic = quadratic(objective, &estimates, moments);
    let whitened = Whitened::new(&quadratic, model.module.ncols());
    let module = whitened.inverse(&quadratic) * &model.module;
    let start = SharedModel::new(module, model.heads.clone());
    lowest(objective, &whitened, vec![start], near.kind)
}

/// Every task's loss, approximated around an estimate (d). The curvature of a penalty is eight
/// times as large beside logistic loss as beside squared loss.
fn quadratic(objective: &OnRows, estimates: &[DVector<f64>], moments: &[Moments]) -> LeastSquares {
    let around =
        |(task, (data, theta)): (usize, (&Moments, &DVector<f64>))| match objective.penalty(task) {
            0.0 => around(data, theta),
            penalty => around(&data.with_ridge(classifier::CURVATURES * penalty), theta),
        };
    LeastSquares {
        data: moments.iter().zip(estimates).enumerate().map(around).collect(),
        weights: objective.weights.clone(),
    }
}

/// The lowest point reached from the starts, which are in whitened coordinates, with a kind if it
/// is a minimum.
fn lowest(
    objective: &OnRows,
    whitened: &Whitened,
    starts: Vec<SharedModel>,
    kind: OptimumKind,
) -> Optimum {
    let width = starts.first().map_or(1, |start| start.module.ncols());
    match lowest_whitened(objective, whitened, starts) {
        Some((model, arrived)) => Optimum {
            model: SharedModel::new(&whitened.basis * model.module, model.heads),
            kind: if arrived { kind } else { OptimumKind::BestFound },
        },
        None => Optimum { model: exact::nothing(objective, width), kind: OptimumKind::BestFound },
    }
}

/// The lowest point in whitened coordinates, and true if it is a minimum.
fn lowest_whitened(
    objective: &OnRows,
    whitened: &Whitened,
    starts: Vec<SharedModel>,
) -> Option<(SharedModel, bool)> {
    let (stop, _) = classifier::stop(objective);
    let penalised = objective.is_penalised();
    let scaled = objective.weights.iter().enumerate();
    let penalties: Vec<f64> = scaled.map(|(task, a)| a * objective.penalty(task)).collect();
    let rows = |data: &Rows| Rows { x: &data.x * &whitened.basis, y: data.y.clone() };
    let data = objective.data.iter().map(rows).collect();
    let objective = OnRows { data, penalties: Vec::new(), ..objective.clone() };
    let weights = Weights { objective: &objective, shape: starts.first()?.clone() };
    let points = starts.iter().map(|model| weights.point(model)).collect();
    let metric = whitened.basis.tr_mul(&whitened.basis);
    let mut classifiers = Classifiers { weights, h: &whitened.h, penalties, metric };
    let rough = StoppingRule { gradient: 1e-8, progress: 1e-9, ..stop };
    let mut found = multistart::lowest(points, &rough, &mut classifiers)?;
    found.restart(classifiers.curvature(&found.point));
    found.run(POLISH, &stop, &mut |x, slope| classifiers.value(x, slope));
    let model = classifiers.weights.model(&found.point);
    let mixed = penalised || objective.task_losses(&model).into_iter().all(|loss| loss > LN_2);
    Some((model, mixed && classifiers.promised(&found) <= ARRIVED * stop.scale))
}

/// The loss of several classifiers that share a module, as a function of all weights of a model in
/// whitened coordinates.
struct Classifiers<'a> {
    weights: Weights<'a>,
    /// The curvatures `α_i X_iᵀX_i`, with those of the penalties.
    h: &'a [DMatrix<f64>],
    /// The penalties `α_i λ_i`.
    penalties: Vec<f64>,
    /// `WᵀW` (q × q): the penalty of a whitened estimate z is `λ zᵀWᵀWz`.
    metric: DMatrix<f64>,
}

impl Classifiers<'_> {
    /// The predicted gain of a Newton step.
    fn promised(&self, search: &Lbfgs) -> f64 {
        self.curvature(&search.point).map_or(f64::INFINITY, |curvature| {
            search.gradient.dot(&curvature.solve(&search.gradient))
        })
    }
}

impl Smooth for Classifiers<'_> {
    fn value(&mut self, point: &DVector<f64>, gradient: &mut DVector<f64>) -> f64 {
        let mut value = self.weights.value(point, gradient);
        if self.penalties.iter().all(|penalty| *penalty == 0.0) {
            return value;
        }
        let model = self.weights.model(point);
        let (q, width) = model.module.shape();
        for (i, (penalty, head)) in self.penalties.iter().zip(&model.heads).enumerate() {
            let estimate = &model.module * head;
            let slope = &self.metric * &estimate * (2.0 * penalty);
            value += 0.5 * estimate.dot(&slope);
            for (j, a) in head.iter().enumerate() {
                gradient.rows_mut(j * q, q).axpy(*a, &slope, 1.0);
            }
            gradient.rows_mut((q + i) * width, width).gemv_tr(1.0, &model.module, &slope, 1.0);
        }
        value
    }

    /// The Gauss–Newton approximation with the loss's largest curvature, ¼: `¼ Σ TᵀH_iT`, where T
    /// is the derivative of the estimate `BA_i` with respect to B and A_i.
    fn curvature(&self, point: &DVector<f64>) -> Option<Factor> {
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
        Factor::of(sum + DMatrix::identity(n, n) * ridge)
    }
}

/// The moments of a quadratic function with minimum `theta` and the curvature of the rows.
fn around(data: &Moments, theta: &DVector<f64>) -> Moments {
    let c = &*data.h * theta;
    Moments {
        samples: data.samples,
        h: data.h.clone(),
        s: theta.dot(&c),
        c,
        ridge: data.ridge,
        noise: None,
    }
}
