//! The fluctuation of the heads, and what it adds to the error of a task.
//!
//! In a sample the heads are not those that minimise F̄: the slope of the training loss fluctuates
//! with covariance S, so with the curvature C of F̄ the heads fluctuate with covariance `C⁻¹SC⁻¹`,
//! and the least training loss lies `½ tr(C⁻¹S)` below the least F̄. What this adds to the error of a
//! task follows without further equations. Let the training loss contain t times the excess risk of
//! the task, which is known as if from infinitely many rows. The derivative of the least loss with
//! respect to t is that excess risk, at the optimum of module and heads. At t = 0 it is the expected
//! error, so that
//!
//! ```text
//! error_i = d/dt [F̄ − ½ tr(C⁻¹S)] = bias_i + var_i − ½ d/dt tr(C⁻¹S)
//! ```

use nalgebra::allocator::Allocator;
use nalgebra::{Cholesky, DMatrix, DVector, DefaultAllocator, Dim, Dyn, OVector};

use super::equations::Equations;

/// Step of the central differences of the gradient.
const SLOPE_STEP: f64 = 1e-4;
/// The largest step of those of the covariance of the training loss, and the step as a share of the
/// fluctuation of the heads.
const LOSS_STEP: f64 = 5e-3;
const LOSS_SHARE: f64 = 0.3;
/// A minimum is closer than this to where the slope and the curvature place it, and the error of
/// the task there is the same up to this share.
const NEAR: f64 = 1e-3;
const ALIKE: f64 = 1e-2;
/// Step of those in t, as a share of the task's pull.
const SHARE: f64 = 0.02;

/// The fluctuation of the heads around a minimum of F̄.
pub(super) struct Fluctuation {
    /// What it adds to the error of the task.
    pub(super) head: f64,
    /// The same from the fluctuation of the slope at fixed residuals.
    pub(super) rough: f64,
    /// The mean squared distance of the unit heads from the minimum, `tr(C⁻¹SC⁻¹)`.
    pub(super) spread: f64,
}

/// `½ tr(C⁻¹S)` with both covariances of the slope, and the spread.
struct Lowering {
    full: f64,
    rough: f64,
    spread: f64,
}

impl Fluctuation {
    /// The fluctuation around a minimum w; `None` if w is none.
    pub(super) fn of<K: Dim>(
        equations: &Equations<'_, K>,
        target: usize,
        w: &OVector<f64, K>,
    ) -> Option<Self>
    where
        DefaultAllocator: Allocator<K> + Allocator<K, K>,
    {
        let tangents = tangents(w);
        let curvature = curvature(equations, w, &tangents).cholesky()?;
        let step = |equations: &Equations<'_, K>| {
            let slope = equations.slope(w).1;
            let slope = tangents.iter().map(|u| u.dot(&slope));
            -curvature.solve(&DVector::from_iterator(tangents.len(), slope))
        };
        let (here, by) = (equations.at(w), step(equations));
        let there = equations.at(&along(w, &tangents, &by).normalize());
        let [risk, other] = [&here, &there].map(|at| at.bias[target] + at.variance[target]);
        if by.norm() > NEAR || (other - risk).abs() > ALIKE * risk {
            return None;
        }
        let t = SHARE * here.pull[target];
        let spread = Lowering::at(equations, w, &tangents, &curvature)?.spread;
        let [more, less] = [t, -t].map(|t| {
            let knowing = equations.knowing(target, t);
            let w = along(w, &tangents, &step(&knowing)).normalize();
            let tangents = self::tangents(&w);
            let curvature = self::curvature(&knowing, &w, &tangents).cholesky()?;
            Lowering::at(&knowing, &w, &tangents, &curvature)
        });
        let (more, less) = (more?, less?);
        Some(Self {
            head: (less.full - more.full) / (2.0 * t),
            rough: (less.rough - more.rough) / (2.0 * t),
            spread,
        })
    }
}

impl Lowering {
    fn at<K: Dim>(
        equations: &Equations<'_, K>,
        w: &OVector<f64, K>,
        tangents: &[OVector<f64, K>],
        curvature: &Cholesky<f64, Dyn>,
    ) -> Option<Self>
    where
        DefaultAllocator: Allocator<K> + Allocator<K, K>,
    {
        let roughly = curvature.solve(&rough_covariance(equations, w, tangents));
        let spread = curvature.solve(&roughly.transpose()).trace();
        let step = LOSS_STEP.min(LOSS_SHARE * spread.sqrt());
        let moved = curvature.solve(&slope_covariance(equations, w, tangents, step));
        let found = Self {
            full: 0.5 * moved.trace(),
            rough: 0.5 * roughly.trace(),
            spread: curvature.solve(&moved.transpose()).trace(),
        };
        (found.full + found.rough + found.spread).is_finite().then_some(found)
    }
}

/// Unit vectors (k − 1) orthogonal to w and to each other: columns of a reflection.
fn tangents<K: Dim>(w: &OVector<f64, K>) -> Vec<OVector<f64, K>>
where
    DefaultAllocator: Allocator<K>,
{
    let mut v = w.normalize();
    v[0] += if v[0] < 0.0 { -1.0 } else { 1.0 };
    let square = v.norm_squared();
    let column = |j: usize| {
        let mut column = &v * (-2.0 * v[j] / square);
        column[j] += 1.0;
        column
    };
    (1..v.len()).map(column).collect()
}

/// `w + Σ_j by_j u_j`.
fn along<K: Dim>(
    w: &OVector<f64, K>,
    tangents: &[OVector<f64, K>],
    by: &DVector<f64>,
) -> OVector<f64, K>
where
    DefaultAllocator: Allocator<K>,
{
    tangents.iter().zip(by).fold(w.clone(), |w, (u, by)| w + u * *by)
}

/// The curvature of F̄ along the tangents.
fn curvature<K: Dim>(
    equations: &Equations<'_, K>,
    w: &OVector<f64, K>,
    tangents: &[OVector<f64, K>],
) -> DMatrix<f64>
where
    DefaultAllocator: Allocator<K> + Allocator<K, K>,
{
    let mut curvature = DMatrix::zeros(tangents.len(), tangents.len());
    for (j, tangent) in tangents.iter().enumerate() {
        let [more, less] =
            [1.0, -1.0].map(|s| equations.slope(&(w + tangent * (s * SLOPE_STEP))).1);
        let difference = (more - less) / (2.0 * SLOPE_STEP);
        tangents.iter().enumerate().for_each(|(i, u)| curvature[(i, j)] = u.dot(&difference));
    }
    (&curvature + curvature.transpose()) * 0.5
}

/// The covariance of the slope of the training loss along the tangents: the mixed second derivative
/// of the covariance of the loss at two sets of heads.
fn slope_covariance<K: Dim>(
    equations: &Equations<'_, K>,
    w: &OVector<f64, K>,
    tangents: &[OVector<f64, K>],
    step: f64,
) -> DMatrix<f64>
where
    DefaultAllocator: Allocator<K> + Allocator<K, K>,
{
    let beside =
        |by: f64| -> Vec<_> { tangents.iter().map(|u| equations.loss_at(&(w + u * by))).collect() };
    let (more, less) = (beside(step), beside(-step));
    let mut found = DMatrix::zeros(tangents.len(), tangents.len());
    for i in 0..tangents.len() {
        for j in 0..=i {
            let same =
                equations.covariance(&more[i], &more[j]) + equations.covariance(&less[i], &less[j]);
            let opposite =
                equations.covariance(&more[i], &less[j]) + equations.covariance(&less[i], &more[j]);
            found[(i, j)] = (same - opposite) / (4.0 * step * step);
            found[(j, i)] = found[(i, j)];
        }
    }
    found
}

/// The covariance of the slope if the residuals were fixed.
fn rough_covariance<K: Dim>(
    equations: &Equations<'_, K>,
    w: &OVector<f64, K>,
    tangents: &[OVector<f64, K>],
) -> DMatrix<f64>
where
    DefaultAllocator: Allocator<K> + Allocator<K, K>,
{
    let at = equations.at(w);
    let (k, one) = w.shape_generic();
    let noise = OVector::from_fn_generic(k, one, |i, _| {
        equations.weights[i] * (equations.samples[i] * at.rho[i]).sqrt() / (1.0 + at.delta[i])
    });
    let all = equations.spectrum.slope_covariance(w, &(&at.pull + &equations.known), &noise);
    let basis = DMatrix::from_fn(w.len(), tangents.len(), |i, j| tangents[j][i]);
    basis.transpose() * all * basis
}
