//! Validity of the theory: it holds if the data determine the heads.
//!
//! The equivalents are evaluated at the heads that minimise the expected training loss F̄. In a
//! sample the heads fluctuate around these, or end up at others that fit almost as well. The
//! prediction holds if neither changes the risk of the target much.

use nalgebra::allocator::Allocator;
use nalgebra::{DMatrix, DVector, DefaultAllocator, Dim, OVector, SymmetricEigen};
use statrs::function::erf::erfc;

use super::equations::{Equations, Equivalents};
use super::heads::Minima;

/// Step of the central differences of the gradient.
const STEP: f64 = 1e-4;
/// Factor for a head that is removed.
const FAINT: f64 = 1e-2;
/// A risk below this share of the signal is a rounding error.
const ROUNDING: f64 = 1e-9;

const LUCK: &str = "other heads fit almost as well, so chance decides between them";
const SIGN: &str = "a task's labels carry too little information to settle its head";
const WANDER: &str = "the heads fluctuate so much that the risk changes";

/// The expected difference between the risk of the target and its prediction.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeadUncertainty {
    /// The expected difference, as a share of the predicted risk.
    pub share: f64,
    /// The main cause, in plain words.
    pub reason: &'static str,
}

impl HeadUncertainty {
    /// From this share on, no prediction is offered. Below it, in 220 random settings of two and
    /// three tasks, all predicted risks are within a tenth, or three standard errors of 400 trials,
    /// of the measured ones.
    pub const LIMIT: f64 = 0.05;

    /// Returns true if the prediction can be offered.
    pub fn is_small(&self) -> bool {
        self.share < Self::LIMIT
    }

    /// The uncertainty of the prediction for a task.
    pub(super) fn of<K: Dim>(
        equations: &Equations<'_, K>,
        target: usize,
        minima: &Minima<K>,
    ) -> Self
    where
        DefaultAllocator: Allocator<K> + Allocator<K, K>,
    {
        let w = &minima.best;
        let best = equations.at(w);
        let signal = w[target].powi(2) * best.length[target] + best.bias[target];
        let risk = risk(&best, target) + ROUNDING * signal;
        let (luck, reason) = luck(equations, target, minima, &best);
        let wandering = wandering(equations, target, w, &best).map_or(f64::NAN, f64::abs);
        Self {
            share: (luck + wandering) / risk,
            reason: if luck > wandering { reason } else { WANDER },
        }
    }
}

/// The risk of a task without the term for the freedom of its own head.
fn risk<K: Dim>(at: &Equivalents<K>, target: usize) -> f64
where
    DefaultAllocator: Allocator<K>,
{
    at.bias[target] + at.variance[target]
}

/// The largest expected change of the risk due to other heads: other minima of the training loss,
/// or the best heads with one removed. These are chosen if the training loss happens to be lower
/// there.
fn luck<K: Dim>(
    equations: &Equations<'_, K>,
    target: usize,
    minima: &Minima<K>,
    best: &Equivalents<K>,
) -> (f64, &'static str)
where
    DefaultAllocator: Allocator<K> + Allocator<K, K>,
{
    let faint = (0..minima.best.len()).map(|i| {
        let mut heads = minima.best.clone();
        heads[i] *= FAINT;
        heads
    });
    let rivals = minima.all.iter().cloned().map(|heads| (heads, LUCK));
    rivals
        .chain(faint.map(|heads| (heads, SIGN)))
        .map(|(heads, reason)| {
            let rival = equations.at(&heads);
            let change = (risk(&rival, target) - risk(best, target)).abs();
            let chance = chance_of_less(&rival, best, loss_deviation(equations, best, &rival));
            (if change > 0.0 { chance * change } else { 0.0 }, reason)
        })
        .fold((0.0, LUCK), |most, next| if next.0 <= most.0 { most } else { next })
}

/// The probability that the training loss, a sum of squares, is lower at a rival's heads than at
/// the best ones. The cube root of such a sum is nearly normal (Wilson & Hilferty 1931).
/// `deviation` is the standard deviation of the difference of the losses.
fn chance_of_less<K: Dim>(rival: &Equivalents<K>, best: &Equivalents<K>, deviation: f64) -> f64
where
    DefaultAllocator: Allocator<K>,
{
    let ahead = 3.0 * rival.loss * (1.0 - (best.loss / rival.loss).cbrt()) / deviation;
    0.5 * erfc(ahead / std::f64::consts::SQRT_2)
}

/// The standard deviation of the difference between the training losses at two sets of heads.
/// Residuals are normal with variance `ρ_i/(1+δ_i)²`; those of the worse fit are those of the
/// better one plus an independent part.
fn loss_deviation<K: Dim>(
    equations: &Equations<'_, K>,
    one: &Equivalents<K>,
    other: &Equivalents<K>,
) -> f64
where
    DefaultAllocator: Allocator<K> + Allocator<K, K>,
{
    let residual = |at: &Equivalents<K>, i: usize| at.rho[i] / (1.0 + at.delta[i]).powi(2);
    let variance = |i: usize| {
        let squares = residual(one, i).powi(2) - residual(other, i).powi(2);
        2.0 * equations.weights[i].powi(2) * equations.samples[i] * squares.abs()
    };
    (0..equations.samples.len()).map(variance).sum::<f64>().sqrt()
}

/// The expected change of the risk due to the fluctuation of the heads, to second order. The
/// target's head follows the module, because its own freedom is part of the prediction.
fn wandering<K: Dim>(
    equations: &Equations<'_, K>,
    target: usize,
    w: &OVector<f64, K>,
    best: &Equivalents<K>,
) -> Option<f64>
where
    DefaultAllocator: Allocator<K> + Allocator<K, K>,
{
    let followed = |at: &Equivalents<K>, head: f64| {
        let gap = at.overlap[target] - head * at.length[target];
        risk(at, target) - gap * gap / at.length[target]
    };
    let moved = |heads: OVector<f64, K>| followed(&equations.at(&heads), heads[target]);
    let here = followed(best, w[target]);
    let moves = head_fluctuations(equations, w, best)?;
    let (k, one) = w.shape_generic();
    let change = moves.column_iter().map(|by| {
        let by = OVector::from_fn_generic(k, one, |i, _| by[i]);
        0.5 * (moved(w + &by) + moved(w - by)) - here
    });
    Some(change.sum())
}

/// The fluctuation of the heads, as the columns of a root of their covariance (k × k). It follows
/// from the fluctuation of the gradient and the curvature of F̄. `None` if the latter is singular.
fn head_fluctuations<K: Dim>(
    equations: &Equations<'_, K>,
    w: &OVector<f64, K>,
    best: &Equivalents<K>,
) -> Option<DMatrix<f64>>
where
    DefaultAllocator: Allocator<K> + Allocator<K, K>,
{
    let (k, one) = w.shape_generic();
    let slope = |j: usize, by: f64| {
        let mut moved = w.clone();
        moved[j] += by;
        equations.slope(&moved).1
    };
    let mut curvature = DMatrix::zeros(w.len(), w.len());
    for j in 0..w.len() {
        let difference = (slope(j, STEP) - slope(j, -STEP)) / (2.0 * STEP);
        curvature.column_mut(j).copy_from_slice(difference.as_slice());
    }
    let noise = OVector::from_fn_generic(k, one, |i, _| {
        equations.weights[i] * (equations.samples[i] * best.rho[i]).sqrt() / (1.0 + best.delta[i])
    });
    let covariance = equations.spectrum.slope_covariance(w, &best.pull, &noise);
    root_of_moves(curvature, covariance, DVector::from_column_slice(w.as_slice()))
}

/// A root of `C⁻¹SC⁻¹`, with S the covariance of the gradient and C the curvature. Both vanish
/// along the heads, because their length does not matter.
fn root_of_moves(
    mut curvature: DMatrix<f64>,
    covariance: DMatrix<f64>,
    heads: DVector<f64>,
) -> Option<DMatrix<f64>> {
    curvature += &heads * heads.transpose() * curvature.amax();
    let inverse = curvature.try_inverse()?;
    let moves = SymmetricEigen::new(&inverse * covariance * inverse.transpose());
    let deviations = moves.eigenvalues.map(|v| v.max(0.0).sqrt());
    Some(moves.eigenvectors * DMatrix::from_diagonal(&deviations))
}
