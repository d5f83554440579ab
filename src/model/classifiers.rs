//! Optima of linear classifiers that share a module, with logistic loss.

use std::f64::consts::LN_2;

use nalgebra::{Cholesky, DMatrix, DVector, Dyn};

use super::least_squares::LeastSquares;
use super::objective::Objective;
use super::on_rows::OnRows;
use super::optimum::{Claim, Optimum};
use super::shared::SharedModel;
use super::weights::{Fit, Weights};
use super::whitened::Whitened;
use super::{classifier, exact, search};
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
    let quadratic = LeastSquares {
        data: moments.iter().zip(alone).map(|(data, theta)| around(data, theta)).collect(),
        weights: objective.weights.clone(),
    };
    let mut whitened = Whitened::new(&quadratic, width);
    let mut starts = search::starts(&whitened, &quadratic, alone, width, seed);
    let claim = Claim::Multistart(starts.len());
    let rough = StoppingRule::rough(whitened.labels);
    let near = multistart::lowest(starts.clone(), &rough, &mut whitened);
    starts.extend(near.map(|near| near.point));
    let models: Vec<SharedModel> = starts.iter().map(|b| whitened.whitened_model(b)).collect();
    match lowest(objective, &whitened, models) {
        Some((model, arrived)) => Optimum {
            model: SharedModel::new(&whitened.basis * model.module, model.heads),
            claim: if arrived { claim } else { Claim::BestFound },
        },
        None => Optimum { model: exact::nothing(objective, width), claim: Claim::BestFound },
    }
}

/// The lowest point reached from the starts, in whitened coordinates, and true if it is a minimum.
fn lowest(
    objective: &OnRows,
    whitened: &Whitened,
    starts: Vec<SharedModel>,
) -> Option<(SharedModel, bool)> {
    let rows = |data: &Rows| Rows { x: &data.x * &whitened.basis, y: data.y.clone() };
    let data = objective.data.iter().map(rows).collect();
    let objective = OnRows { data, ..objective.clone() };
    let weights = Weights { objective: &objective, shape: starts.first()?.clone() };
    let points = starts.iter().map(|model| weights.point(model)).collect();
    let mut classifiers = Classifiers { weights, h: &whitened.h };
    let (stop, _) = classifier::stop(&objective);
    let rough = StoppingRule { gradient: 1e-8, progress: 1e-9, ..stop };
    let mut found = multistart::lowest(points, &rough, &mut classifiers)?;
    found.restart(classifiers.curvature(&found.point));
    found.run(POLISH, &stop, &mut |x, slope| classifiers.value(x, slope));
    let model = classifiers.weights.model(&found.point);
    let mixed = objective.task_losses(&model).into_iter().all(|loss| loss > LN_2);
    Some((model, mixed && classifiers.promised(&found) <= ARRIVED * stop.scale))
}

/// The loss of several classifiers that share a module, as a function of all weights of a model in
/// whitened coordinates.
struct Classifiers<'a> {
    weights: Weights<'a>,
    /// The curvatures `α_i X_iᵀX_i`.
    h: &'a [DMatrix<f64>],
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
        self.weights.value(point, gradient)
    }

    /// The Gauss–Newton approximation with the loss's largest curvature, ¼: `¼ Σ TᵀH_iT`, where T
    /// is the derivative of the estimate `BA_i` with respect to B and A_i.
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

/// The moments of a quadratic function with minimum `theta` and the curvature of the rows.
fn around(data: &Moments, theta: &DVector<f64>) -> Moments {
    let c = &data.h * theta;
    Moments {
        samples: data.samples,
        h: data.h.clone(),
        s: theta.dot(&c),
        c,
        ridge: data.ridge,
        noise: None,
    }
}
