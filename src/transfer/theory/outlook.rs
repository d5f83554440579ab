//! The expected error of a task over all minima of the training loss, and how far it may be off.
//!
//! The equivalents are evaluated at heads that minimise the expected training loss F̄. In a sample
//! the heads fluctuate around these, or end up at another minimum that fits almost as well. The
//! expected error is the mean over the minima, each with the chance that the training loss is lowest
//! there.

use nalgebra::{DefaultAllocator, Dim, OMatrix};
use statrs::function::erf::erfc;

use super::equations::{Equations, Equivalents};
use super::fluctuation::Minimum;
use super::heads::{Minima, Minimize};
use super::sizes::Sizes;
use super::spectrum::Spectrum;
use super::subspace;

/// Factor for a head that is removed.
const FAINT: f64 = 1e-2;
/// Minima with a smaller chance are left out.
const RARE: f64 = 1e-4;
/// Heads are the same below this squared sine of the angle between their spaces.
const SAME: f64 = 2e-6;
/// Losses and variances that differ by a smaller share cannot be told apart.
const ROUNDING: f64 = 1e-12;
/// A task whose head can be removed with this chance has too little information.
const LIKELY: f64 = 0.02;

const LUCK: &str = "other heads fit almost as well, so chance decides between them";
const SIGN: &str = "a task's labels carry too little information to settle its head";
const WANDER: &str = "the heads fluctuate so much that the risk changes";
const FEW: &str = "there are so few rows that the risk has no reliable mean";

/// The expected error of a task.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Outlook {
    pub(super) bias: f64,
    pub(super) variance: f64,
    pub(super) head: f64,
    /// Half the width of the range in which the error is expected.
    pub(super) doubt: f64,
    /// The part of the doubt from heads that fluctuate and minima between which chance decides.
    pub(super) unrest: f64,
    /// The mean squared distance of the unit heads from those of the lowest minimum.
    pub(super) spread: f64,
    /// The main cause of the doubt, in plain words.
    pub(super) reason: &'static str,
}

/// The parts of the error at one minimum.
struct Part {
    odds: f64,
    bias: f64,
    variance: f64,
    head: f64,
}

impl Part {
    fn risk(&self) -> f64 {
        self.bias + self.variance + self.head
    }
}

/// The expected error of each of some tasks, and the size of what is to be predicted.
pub(super) fn outlooks<K: Dim, R: Dim, S: Spectrum<K, R>>(
    equations: &Equations<'_, K, R, S>,
    targets: &[usize],
) -> Vec<(Outlook, f64)>
where
    DefaultAllocator: Sizes<K, R>,
    for<'a> Equations<'a, K, R, S>: Minimize<K, R>,
{
    let minima = equations.minima();
    let best = equations.at(&minima.best);
    let signal = |i: usize| best.length[i] + best.bias[i];
    let settled = Minimum::at(equations, &minima.best);
    let rivals = match &settled {
        Some(_) => rivals(equations, &minima, &best),
        None => Vec::new(),
    };
    let reason = wandering(equations, &best, &minima);
    let outlook = |&target: &usize| {
        let found =
            settled.as_ref().and_then(|own| Outlook::of(equations, target, own, &rivals, reason));
        (found.unwrap_or_else(|| Outlook::unsettled(reason)), signal(target))
    };
    targets.iter().map(outlook).collect()
}

impl Outlook {
    /// The expected error of a task over the lowest minimum and its rivals; `None` if the lowest is
    /// none to second order.
    fn of<K: Dim, R: Dim, S: Spectrum<K, R>>(
        equations: &Equations<'_, K, R, S>,
        target: usize,
        lowest: &Minimum<K, R>,
        rivals: &[(f64, Minimum<K, R>)],
        wandering: &'static str,
    ) -> Option<Self>
    where
        DefaultAllocator: Sizes<K, R>,
    {
        let fluctuation = lowest.fluctuation(equations, target)?;
        let own = Part { odds: 1.0, ..part(equations, target, &lowest.here, fluctuation.head) };
        let fixed = own.bias + own.variance;
        let mut parts = vec![own];
        for (chance, rival) in rivals {
            let Some(beside) = rival.fluctuation(equations, target) else { continue };
            let part = part(equations, target, &rival.here, beside.head);
            let moderate = beside.head.abs() < part.bias + part.variance;
            let head = if moderate { beside.head } else { 0.0 };
            parts.push(Part { odds: chance / (1.0 - chance), head, ..part });
        }
        let total: f64 = parts.iter().map(|part| part.odds).sum();
        let mean = |of: fn(&Part) -> f64| {
            parts.iter().map(|part| part.odds * of(part)).sum::<f64>() / total
        };
        let (bias, variance, head) = (mean(|p| p.bias), mean(|p| p.variance), mean(|p| p.head));
        let risk = bias + variance + head;
        let apart: f64 = parts.iter().map(|p| p.odds * (p.risk() - risk).powi(2)).sum();
        let luck = 0.5 * (apart / total).sqrt();
        let wander = (0.5 + 5.0 * fluctuation.spread) * fluctuation.spread * fixed
            + 0.25 * fluctuation.head.abs()
            + 0.5 * (fluctuation.head - fluctuation.rough).abs();
        let small = 0.7 * risk / equations.spectrum.dimension();
        Some(Self {
            bias,
            variance,
            head,
            doubt: wander.hypot(luck).hypot(small),
            unrest: wander.hypot(luck),
            spread: fluctuation.spread,
            reason: if !risk.is_finite() {
                FEW
            } else if luck > wander {
                LUCK
            } else {
                wandering
            },
        })
    }

    /// The outlook where the lowest minimum is none to second order.
    fn unsettled(reason: &'static str) -> Self {
        let none = f64::NAN;
        Self {
            bias: none,
            variance: none,
            head: none,
            doubt: none,
            unrest: none,
            spread: none,
            reason,
        }
    }
}

/// The parts of the error of a task at a minimum.
fn part<K: Dim, R: Dim, S: Spectrum<K, R>>(
    equations: &Equations<'_, K, R, S>,
    target: usize,
    at: &Equivalents<K>,
    head: f64,
) -> Part
where
    DefaultAllocator: Sizes<K, R>,
{
    let variance = finite_variance(equations, target, at);
    Part { odds: 0.0, bias: at.bias[target], variance, head }
}

/// The variance with a correction for finite dimension, `var_i/(1 − δ_i/d)`; NaN without enough
/// rows. The equivalents hold in the limit of many features. For tasks that share θ and Σ, at equal
/// heads and with n rows in total, they give `σ²d/(n − d)`; the correction makes this the exact
/// `σ²d/(n − d − 1)`. It is also exact for a task that learns nothing from the others.
fn finite_variance<K: Dim, R: Dim, S: Spectrum<K, R>>(
    equations: &Equations<'_, K, R, S>,
    target: usize,
    at: &Equivalents<K>,
) -> f64
where
    DefaultAllocator: Sizes<K, R>,
{
    let left = 1.0 - at.delta[target] / equations.spectrum.dimension();
    if left > 0.0 { at.variance[target] / left } else { f64::NAN }
}

/// The minima other than the lowest, each once and with its chance, unless that is small.
fn rivals<K: Dim, R: Dim, S: Spectrum<K, R>>(
    equations: &Equations<'_, K, R, S>,
    minima: &Minima<K, R>,
    best: &Equivalents<K>,
) -> Vec<(f64, Minimum<K, R>)>
where
    DefaultAllocator: Sizes<K, R>,
{
    let mut known = vec![&minima.best];
    let mut rivals = Vec::new();
    for heads in &minima.all {
        if known.iter().any(|known| subspace::same(known, heads, SAME)) {
            continue;
        }
        known.push(heads);
        let rival = equations.at(heads);
        let chance = chance_of_less(equations, (&minima.best, best), (heads, &rival));
        if chance >= RARE {
            rivals.extend(Minimum::at(equations, heads).map(|minimum| (chance, minimum)));
        }
    }
    rivals
}

/// The probability that the training loss is lower at a rival's heads than at the best ones: the
/// losses are sums over rows, so their difference is nearly normal. One half if rounding hides it.
fn chance_of_less<K: Dim, R: Dim, S: Spectrum<K, R>>(
    equations: &Equations<'_, K, R, S>,
    (w, best): (&OMatrix<f64, K, R>, &Equivalents<K>),
    (heads, rival): (&OMatrix<f64, K, R>, &Equivalents<K>),
) -> f64
where
    DefaultAllocator: Sizes<K, R>,
{
    let (one, other) = (equations.loss_at(w), equations.loss_at(heads));
    let both = equations.covariance(&one, &one) + equations.covariance(&other, &other);
    let variance = both - 2.0 * equations.covariance(&one, &other);
    let apart = rival.loss - best.loss;
    if apart.abs() <= ROUNDING * best.loss && variance <= ROUNDING * both {
        return 0.5;
    }
    let ahead = apart / variance.sqrt();
    let chance = 0.5 * erfc(ahead / std::f64::consts::SQRT_2);
    if chance.is_nan() { 0.0 } else { chance.min(0.5) }
}

/// Why heads fluctuate: a task has too little information for its own, or several have.
fn wandering<K: Dim, R: Dim, S: Spectrum<K, R>>(
    equations: &Equations<'_, K, R, S>,
    best: &Equivalents<K>,
    minima: &Minima<K, R>,
) -> &'static str
where
    DefaultAllocator: Sizes<K, R>,
{
    let removed = (0..minima.best.nrows()).any(|i| {
        let mut heads = minima.best.clone();
        heads.row_mut(i).scale_mut(FAINT);
        let rival = equations.at(&heads);
        chance_of_less(equations, (&minima.best, best), (&heads, &rival)) > LIKELY
    });
    if removed { SIGN } else { WANDER }
}
