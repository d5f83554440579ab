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

use nalgebra::{DMatrix, DVector, DVectorView, DefaultAllocator, Dim, OMatrix};

use super::equations::{Equations, Equivalents};
use super::sizes::Sizes;
use super::spectrum::Spectrum;
use super::subspace;
use crate::math::linalg;

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

/// A place: heads, and orthonormal directions in which they can move.
struct Place<K: Dim, R: Dim>
where
    DefaultAllocator: Sizes<K, R>,
{
    heads: OMatrix<f64, K, R>,
    tangents: Vec<OMatrix<f64, K, R>>,
}

/// A place where F̄ is curved upwards, its directions the principal ones of the curvature.
struct Curved<K: Dim, R: Dim>
where
    DefaultAllocator: Sizes<K, R>,
{
    place: Place<K, R>,
    /// The curvature along each of them.
    curvature: DVector<f64>,
}

/// A minimum of F̄, with what the fluctuation around it needs for every task.
pub(super) struct Minimum<K: Dim, R: Dim>
where
    DefaultAllocator: Sizes<K, R>,
{
    at: Curved<K, R>,
    /// The equivalents at the minimum.
    pub(super) here: Equivalents<K>,
    /// The equivalents where the slope and the curvature place the minimum.
    there: Equivalents<K>,
    spread: f64,
}

impl<K: Dim, R: Dim> Minimum<K, R>
where
    DefaultAllocator: Sizes<K, R>,
{
    /// The minimum at some heads; `None` if they are none.
    pub(super) fn at<S: Spectrum<K, R>>(
        equations: &Equations<'_, K, R, S>,
        heads: &OMatrix<f64, K, R>,
    ) -> Option<Self> {
        let at = Curved::at(equations, heads)?;
        let by = at.step(equations);
        let (here, there) = (equations.at(heads), equations.at(&at.place.moved(&by)));
        if by.norm() > NEAR {
            return None;
        }
        let spread = Lowering::at(equations, &at)?.spread;
        Some(Self { at, here, there, spread })
    }

    /// The fluctuation around the minimum; `None` if the error of the task is another nearby.
    pub(super) fn fluctuation<S: Spectrum<K, R>>(
        &self,
        equations: &Equations<'_, K, R, S>,
        target: usize,
    ) -> Option<Fluctuation> {
        let [risk, other] =
            [&self.here, &self.there].map(|at| at.bias[target] + at.variance[target]);
        if (other - risk).abs() > ALIKE * risk {
            return None;
        }
        let t = SHARE * self.here.pull[target];
        let [more, less] = [t, -t].map(|t| {
            let knowing = equations.knowing(target, t);
            let step = self.at.step(&knowing);
            Lowering::at(&knowing, &Curved::at(&knowing, &self.at.place.moved(&step))?)
        });
        let (more, less) = (more?, less?);
        Some(Fluctuation {
            head: (less.full - more.full) / (2.0 * t),
            rough: (less.rough - more.rough) / (2.0 * t),
            spread: self.spread,
        })
    }
}

impl Lowering {
    fn at<K: Dim, R: Dim, S: Spectrum<K, R>>(
        equations: &Equations<'_, K, R, S>,
        at: &Curved<K, R>,
    ) -> Option<Self>
    where
        DefaultAllocator: Sizes<K, R>,
    {
        let roughly = at.place.rough_variances(equations).component_div(&at.curvature);
        let spread = roughly.component_div(&at.curvature).sum();
        let step = LOSS_STEP.min(LOSS_SHARE * spread.sqrt());
        let moved = at.place.slope_variances(equations, step).component_div(&at.curvature);
        let found = Self {
            full: 0.5 * moved.sum(),
            rough: 0.5 * roughly.sum(),
            spread: moved.component_div(&at.curvature).sum(),
        };
        (found.full + found.rough + found.spread).is_finite().then_some(found)
    }
}

impl<K: Dim, R: Dim> Curved<K, R>
where
    DefaultAllocator: Sizes<K, R>,
{
    /// The place of some heads; `None` if F̄ is not curved upwards there.
    fn at<S: Spectrum<K, R>>(
        equations: &Equations<'_, K, R, S>,
        heads: &OMatrix<f64, K, R>,
    ) -> Option<Self> {
        let place = Place::at(heads);
        let (curvature, axes) = linalg::eigen(&place.curvature(equations));
        let upwards = curvature.iter().all(|curvature| *curvature > 0.0);
        upwards.then(|| Self { place: place.turned(&axes), curvature })
    }

    /// The Newton step along the directions.
    fn step<S: Spectrum<K, R>>(&self, equations: &Equations<'_, K, R, S>) -> DVector<f64> {
        let slope = equations.slope(&self.place.heads).1;
        -self.place.along(&slope).component_div(&self.curvature)
    }
}

impl<K: Dim, R: Dim> Place<K, R>
where
    DefaultAllocator: Sizes<K, R>,
{
    fn at(heads: &OMatrix<f64, K, R>) -> Self {
        Self { heads: heads.clone(), tangents: subspace::tangents(heads) }
    }

    /// The heads moved along the tangents.
    fn moved(&self, by: &DVector<f64>) -> OMatrix<f64, K, R> {
        subspace::moved(&self.heads, &self.tangents, by.as_slice())
    }

    /// The same heads, with directions whose parts along these are columns of a matrix.
    fn turned(self, axes: &DMatrix<f64>) -> Self {
        let turn = |axis: DVectorView<'_, f64>| {
            let parts = self.tangents.iter().zip(axis.iter());
            parts.fold(&self.heads * 0.0, |sum, (tangent, part)| sum + tangent * *part)
        };
        let tangents = axes.column_iter().map(turn).collect();
        Self { tangents, ..self }
    }

    /// The part of a gradient along the tangents.
    fn along(&self, slope: &OMatrix<f64, K, R>) -> DVector<f64> {
        DVector::from_iterator(self.tangents.len(), self.tangents.iter().map(|u| u.dot(slope)))
    }

    /// The curvature of F̄ along the tangents.
    fn curvature<S: Spectrum<K, R>>(&self, equations: &Equations<'_, K, R, S>) -> DMatrix<f64> {
        let n = self.tangents.len();
        let mut curvature = DMatrix::zeros(n, n);
        for (j, tangent) in self.tangents.iter().enumerate() {
            let [more, less] =
                [1.0, -1.0].map(|s| equations.slope(&(&self.heads + tangent * (s * SLOPE_STEP))).1);
            let difference = (more - less) / (2.0 * SLOPE_STEP);
            curvature.set_column(j, &self.along(&difference));
        }
        (&curvature + curvature.transpose()) * 0.5
    }

    /// The variance of the slope of the training loss along each tangent: the mixed second derivative
    /// of the covariance of the loss at two sets of heads.
    fn slope_variances<S: Spectrum<K, R>>(
        &self,
        equations: &Equations<'_, K, R, S>,
        step: f64,
    ) -> DVector<f64> {
        let along = |tangent: &OMatrix<f64, K, R>| {
            let [more, less] =
                [step, -step].map(|by| equations.loss_at(&(&self.heads + tangent * by)));
            let same = equations.covariance(&more, &more) + equations.covariance(&less, &less);
            (same - 2.0 * equations.covariance(&more, &less)) / (4.0 * step * step)
        };
        DVector::from_iterator(self.tangents.len(), self.tangents.iter().map(along))
    }

    /// The same if the residuals were fixed.
    fn rough_variances<S: Spectrum<K, R>>(
        &self,
        equations: &Equations<'_, K, R, S>,
    ) -> DVector<f64> {
        let all = equations.rough_covariance(&self.heads);
        let along = |tangent: &OMatrix<f64, K, R>| {
            let flat = DVector::from_column_slice(tangent.as_slice());
            flat.dot(&(&all * &flat))
        };
        DVector::from_iterator(self.tangents.len(), self.tangents.iter().map(along))
    }
}
