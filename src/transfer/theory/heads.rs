//! The heads that minimise the training loss.

use nalgebra::{DMatrix, DVector, DefaultAllocator, Dim, Dyn, Matrix2x1, OMatrix, U1, U2};

use super::equations::Equations;
use super::sizes::Sizes;
use super::spectrum::{Modules, Pair, Spectrum};
use super::subspace;
use crate::math::lbfgs::{Lbfgs, StoppingRule};
use crate::math::{linalg, minimize};

/// Number of tasks whose signs relative to the first are tried; further tasks keep theirs.
const MOST_SIGNS: usize = 10;
/// Number of choices of tasks tried for a module of several units, at most.
const MOST_CHOICES: usize = 40;
/// Number of starts per task that are followed to a minimum, for one unit and for several.
const STARTS_PER_TASK: [usize; 2] = [2, 1];
/// How far the logarithm of the ratio of two heads is searched beyond that of the sizes of their
/// rows: a task whose labels are mostly noise takes a head that much smaller.
const MARGIN: f64 = 10.0;
/// Most steps of a search.
const MOST_STEPS: usize = 200;

/// Minima of the training loss F̄ over heads with orthonormal columns (k × r).
pub(super) struct Minima<K: Dim, R: Dim>
where
    DefaultAllocator: Sizes<K, R>,
{
    /// The lowest minimum.
    pub(super) best: OMatrix<f64, K, R>,
    /// The value of F̄ there.
    pub(super) loss: f64,
    /// All minima found.
    pub(super) all: Vec<OMatrix<f64, K, R>>,
}

/// Minimises the training loss over the heads.
pub(super) trait Minimize<K: Dim, R: Dim>
where
    DefaultAllocator: Sizes<K, R>,
{
    /// The minima of F̄.
    fn minima(&self) -> Minima<K, R>;
}

impl Minimize<U2, U1> for Equations<'_, U2, U1, Pair> {
    fn minima(&self) -> Minima<U2, U1> {
        let logs = self.spectrum.log_ratios([0, 1].map(|i| self.weights[i] * self.samples[i]));
        let (low, high) = logs
            .filter(|log| log.is_finite())
            .fold((0.0_f64, 0.0_f64), |(low, high), log| (low.min(log), high.max(log)));
        let mut all = Vec::new();
        let (best, loss) = minimize::lowest_of_two_heads(
            low - MARGIN..=high + MARGIN,
            &mut |w| self.loss(&Matrix2x1::from(w)),
            |w, _| all.push(Matrix2x1::from(w)),
        );
        Minima { best: Matrix2x1::from(best), loss, all }
    }
}

/// Follows the most promising starts, each with its best heads. If the first of them leads to no
/// minimum, the heads are unsettled and the others are left out.
impl<S: Spectrum<Dyn, Dyn> + Modules> Minimize<Dyn, Dyn> for Equations<'_, Dyn, Dyn, S> {
    fn minima(&self) -> Minima<Dyn, Dyn> {
        let (k, r) = (self.samples.len(), self.units.value());
        let modules = if r == 1 { single_units(k) } else { self.several_units() };
        let mut starts: Vec<(f64, DMatrix<f64>)> = modules
            .iter()
            .map(|parts| self.spectrum.heads(parts))
            .filter(|heads| heads.column_iter().all(|unit| unit.norm() > 0.0))
            .map(|heads| (self.loss(&heads), heads))
            .filter(|(loss, _)| loss.is_finite())
            .collect();
        starts.sort_by(|a, b| a.0.total_cmp(&b.0));
        let level =
            subspace::normalized(&DMatrix::from_fn(k, r, |i, b| f64::from(u8::from(i % r == b))));
        let mut minima = Minima { best: level, loss: f64::INFINITY, all: Vec::new() };
        let followed = STARTS_PER_TASK[usize::from(r > 1)] * k;
        for (_, start) in starts.into_iter().take(followed) {
            let mut slope = |flat: &DVector<f64>, gradient: &mut DVector<f64>| {
                let (loss, slope) = self.slope(&DMatrix::from_column_slice(k, r, flat.as_slice()));
                gradient.as_mut_slice().copy_from_slice(slope.as_slice());
                loss
            };
            let start = subspace::normalized(&start);
            let mut search = Lbfgs::new(DVector::from_column_slice(start.as_slice()), &mut slope);
            search.run(MOST_STEPS, &StoppingRule::precise(search.value), &mut slope);
            let heads = DMatrix::from_column_slice(k, r, search.point.as_slice());
            let (heads, loss) = (subspace::normalized(&heads), search.value);
            if loss < minima.loss {
                (minima.best, minima.loss) = (heads.clone(), loss);
            }
            minima.all.push(heads);
            if !search.is_finished() && minima.all.len() == 1 {
                break;
            }
        }
        minima
    }
}

/// Modules of one unit: along every θ, and along their sums with all relative signs.
fn single_units(k: usize) -> Vec<DMatrix<f64>> {
    let alone = (0..k).map(|i| DMatrix::from_fn(k, 1, |j, _| f64::from(u8::from(i == j))));
    let summed = (0..1_usize << k.saturating_sub(1).min(MOST_SIGNS)).map(|signs| {
        let opposed = |j: usize| j > 0 && signs.checked_shr(j as u32 - 1).unwrap_or(0) & 1 == 1;
        DMatrix::from_fn(k, 1, |j, _| if opposed(j) { -1.0 } else { 1.0 })
    });
    alone.chain(summed).collect()
}

impl<S: Spectrum<Dyn, Dyn> + Modules> Equations<'_, Dyn, Dyn, S> {
    /// Modules of several units: the r principal directions of all θs, r of the θs, and r − 1 of
    /// them beside the sum or difference of two others.
    fn several_units(&self) -> Vec<DMatrix<f64>> {
        let (k, r) = (self.samples.len(), self.units.value());
        let scale = self.weights.component_mul(&self.samples).map(f64::sqrt);
        let signals = self.spectrum.signals().component_mul(&(&scale * scale.transpose()));
        let mut principal = linalg::leading_eigenvectors(&signals, r);
        principal.row_iter_mut().zip(&scale).for_each(|(mut row, scale)| row *= *scale);
        let unit = |i: usize| DVector::from_fn(k, |j, _| f64::from(u8::from(i == j)));
        let chosen = choices(k, r, MOST_CHOICES).into_iter();
        let chosen =
            chosen.map(|own| DMatrix::from_columns(&own.into_iter().map(unit).collect::<Vec<_>>()));
        let joined = choices(k, r + 1, MOST_CHOICES / (r * (r + 1))).into_iter().flat_map(|own| {
            let pairs = (0..=r).flat_map(|i| (0..i).map(move |j| (i, j)));
            let both = pairs.flat_map(|(i, j)| [(i, j, 1.0), (i, j, -1.0)]);
            let module = |(i, j, sign): (usize, usize, f64)| {
                let rest = (0..=r).filter(|&l| l != i && l != j).map(|l| unit(own[l]));
                let sum = unit(own[i]) + unit(own[j]) * sign;
                DMatrix::from_columns(&std::iter::once(sum).chain(rest).collect::<Vec<_>>())
            };
            both.map(module).collect::<Vec<_>>()
        });
        std::iter::once(principal).chain(chosen).chain(joined).collect()
    }
}

/// The first `most` choices of r of k numbers, in lexicographic order.
fn choices(k: usize, r: usize, most: usize) -> Vec<Vec<usize>> {
    let mut all = Vec::new();
    let mut choice: Vec<usize> = (0..r).collect();
    while r <= k && all.len() < most {
        all.push(choice.clone());
        let Some(last) = (0..r).rev().find(|&i| choice[i] < k - r + i) else { break };
        choice[last] += 1;
        (last + 1..r).for_each(|i| choice[i] = choice[i - 1] + 1);
    }
    all
}
