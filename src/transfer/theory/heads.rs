//! The heads that minimise the training loss.

use nalgebra::allocator::Allocator;
use nalgebra::{DVector, DefaultAllocator, Dim, Dyn, OVector, U2, Vector2};

use super::equations::Equations;
use crate::math::lbfgs::{Lbfgs, StoppingRule};
use crate::math::minimize;

/// Number of tasks whose signs relative to the first are tried; further tasks keep theirs.
const MOST_SIGNS: usize = 10;
/// Number of starts per task that are followed to a minimum.
const STARTS_PER_TASK: usize = 2;
/// How far the logarithm of the ratio of two heads is searched beyond that of the sizes of their
/// rows: a task whose labels are mostly noise takes a head that much smaller.
const MARGIN: f64 = 10.0;
/// Most steps of a search.
const MOST_STEPS: usize = 200;

/// Minima of the training loss F̄ over unit heads.
pub(super) struct Minima<K: Dim>
where
    DefaultAllocator: Allocator<K>,
{
    /// The lowest minimum.
    pub(super) best: OVector<f64, K>,
    /// The value of F̄ there.
    pub(super) loss: f64,
    /// All minima found.
    pub(super) all: Vec<OVector<f64, K>>,
}

impl<K: Dim> Minima<K>
where
    DefaultAllocator: Allocator<K>,
{
    /// The lowest minimum, and the value of F̄ there.
    pub(super) fn lowest(&self) -> (Vec<f64>, f64) {
        (self.best.as_slice().to_vec(), self.loss)
    }
}

/// Minimises the training loss over the heads.
pub(super) trait Heads<K: Dim>
where
    DefaultAllocator: Allocator<K>,
{
    /// The minima of F̄.
    fn minima(&self) -> Minima<K>;
}

impl Heads<U2> for Equations<'_, U2> {
    fn minima(&self) -> Minima<U2> {
        let logs = self.spectrum.log_ratios([0, 1].map(|i| self.weights[i] * self.samples[i]));
        let (low, high) = logs
            .filter(|log| log.is_finite())
            .fold((0.0_f64, 0.0_f64), |(low, high), log| (low.min(log), high.max(log)));
        let mut all = Vec::new();
        let (best, loss) = minimize::lowest_of_two_heads(
            low - MARGIN..=high + MARGIN,
            &mut |w| self.loss(&Vector2::from(w)),
            |w, _| all.push(Vector2::from(w)),
        );
        Minima { best: Vector2::from(best), loss, all }
    }
}

/// Follows the most promising starts: modules along every θ and along their sums with all relative
/// signs, each with its best heads.
impl Heads<Dyn> for Equations<'_, Dyn> {
    fn minima(&self) -> Minima<Dyn> {
        let k = self.samples.len();
        let alone = (0..k).map(|i| DVector::from_fn(k, |j, _| if i == j { 1.0 } else { 0.0 }));
        let summed = (0..1_usize << k.saturating_sub(1).min(MOST_SIGNS)).map(|signs| {
            let opposed = |j: usize| j > 0 && signs.checked_shr(j as u32 - 1).unwrap_or(0) & 1 == 1;
            DVector::from_fn(k, |j, _| if opposed(j) { -1.0 } else { 1.0 })
        });
        let mut starts: Vec<(f64, DVector<f64>)> = alone
            .chain(summed)
            .map(|parts| self.spectrum.heads(&parts))
            .filter(|heads| heads.norm() > 0.0)
            .map(|heads| (self.loss(&heads), heads))
            .collect();
        starts.sort_by(|a, b| a.0.total_cmp(&b.0));
        let level = DVector::from_element(k, (k as f64).sqrt().recip());
        let mut minima = Minima { best: level, loss: f64::INFINITY, all: Vec::new() };
        for (_, start) in starts.into_iter().take(STARTS_PER_TASK * k) {
            let mut slope = |w: &DVector<f64>, gradient: &mut DVector<f64>| {
                let (loss, slope) = self.slope(w);
                gradient.copy_from(&slope);
                loss
            };
            let mut search = Lbfgs::new(start.normalize(), &mut slope);
            search.run(MOST_STEPS, &StoppingRule::precise(search.value), &mut slope);
            let (heads, loss) = (search.point.normalize(), search.value);
            if loss < minima.loss {
                (minima.best, minima.loss) = (heads.clone(), loss);
            }
            minima.all.push(heads);
        }
        minima
    }
}
