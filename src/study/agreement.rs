//! Agreement between a cheap proxy and the measured gains in the order of the pairs of tasks.

use nalgebra::{DMatrix, RowDVector};
use rand::RngExt;
use rand::seq::SliceRandom;
use rayon::prelude::*;

use crate::math::seed::Seed;
use crate::math::stats::{ENDS, Interval, kendall_tau};
use crate::transfer::Risks;

/// Number of bootstrap resamples behind an interval.
pub const RESAMPLES: usize = 400;
/// The largest number of tasks for which all relabellings are tried; seven tasks have 5,040.
const MOST_RELABELLED: usize = 7;
/// Number of random relabellings for more tasks.
const RELABELLINGS: usize = 2000;
/// Scores of all pairs whose means differ by no more than this share of the largest count as equal:
/// their order is that of rounding errors.
const EQUAL: f64 = 1e-5;
/// Ends of an interval of τ that differ by less are equal.
const ROUNDING: f64 = 1e-9;
/// Significance level: agreement with a larger p-value counts as chance.
const SIGNIFICANCE: f64 = 0.05;

/// Kendall's τ between a proxy and the measured gains over all ordered pairs of tasks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ProxyAgreement {
    /// τ between the mean proxy and the gain `1 − Σmulti/Σsingle` over all trials, with the
    /// percentile interval of a bootstrap over trials.
    pub tau: Interval,
    /// The p-value: the share of relabellings of the tasks with an equal or larger |τ| (Mantel
    /// 1967). Pairs that share a task are not independent.
    pub chance: f64,
    /// Number of ordered pairs.
    pub pairs: usize,
    /// Number of trials.
    pub trials: usize,
}

impl ProxyAgreement {
    /// The interval of τ; `None` if all resamples have the same τ, as they may with few pairs.
    pub fn interval(&self) -> Option<(f64, f64)> {
        (self.tau.high - self.tau.low >= ROUNDING).then_some((self.tau.low, self.tau.high))
    }

    /// Returns true if the proxy orders the pairs against the gains: the interval is below zero and
    /// the p-value below the significance level.
    pub fn misleads(&self) -> bool {
        self.tau.is_negative() && self.chance < SIGNIFICANCE
    }

    /// Returns true if the proxy orders the pairs as the gains do: the interval is above zero and
    /// the p-value below the significance level.
    pub fn agrees(&self) -> bool {
        self.tau.is_positive() && self.chance < SIGNIFICANCE
    }
}

/// Returns the agreement of each proxy with the gains of all ordered pairs of k tasks, in the order
/// `(0, 1)`, `(0, 2)`, …, `(k − 1, k − 2)`. `gains[pair][trial]` holds the risks of the task that
/// learns, alone and with its partner; `proxies[proxy][pair][trial]` the score of that pair. Trials
/// are resampled jointly for all pairs and proxies, with a fixed seed.
///
/// `None` for a proxy if there are fewer than two tasks or trials, if lengths differ or values are
/// NaN, or if the gains or the proxy are equal for all pairs up to rounding, over all trials or in
/// half of the resamples.
pub fn agreements(
    k: usize,
    gains: &[Vec<Risks>],
    proxies: &[Vec<Vec<f64>>],
) -> Vec<Option<ProxyAgreement>> {
    let (pairs, trials) = (gains.len(), gains.first().map_or(0, Vec::len));
    let fits =
        |lists: &[Vec<f64>]| lists.len() == pairs && lists.iter().all(|list| list.len() == trials);
    if k < 2 || pairs != k * (k - 1) || trials < 2 || gains.iter().any(|list| list.len() != trials)
    {
        return vec![None; proxies.len()];
    }
    let usable: Vec<usize> =
        (0..proxies.len()).filter(|&i| fits(&proxies[i]) && differs(&proxies[i])).collect();
    let table = Table::of(gains, usable.iter().map(|&i| proxies[i].as_slice()));
    let all = RowDVector::from_element(trials, 1.0);
    let whole = table.taus(&all);
    let (orders, blocks) = (relabellings(k), table.blocks(&all));
    let resamples = (0..RESAMPLES).into_par_iter();
    let resampled: Vec<_> = resamples.map(|number| table.taus(&draws(number, trials))).collect();
    let mut found = vec![None; proxies.len()];
    for (column, &proxy) in usable.iter().enumerate() {
        let taus: Vec<f64> = resampled.iter().filter_map(|taus| taus[column]).collect();
        if let (Some(tau), true) = (whole[column], 2 * taus.len() > RESAMPLES) {
            let chance = chance(tau, &blocks[2 + column], &table.gains(&blocks), &orders);
            found[proxy] = Some(ProxyAgreement { tau: around(tau, taus), chance, pairs, trials });
        }
    }
    found
}

/// Returns true if the mean scores of the pairs differ by more than rounding.
fn differs(scores: &[Vec<f64>]) -> bool {
    let means = scores.iter().map(|trials| trials.iter().sum::<f64>() / trials.len() as f64);
    let (low, high) = means.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), mean| {
        (low.min(mean), high.max(mean))
    });
    high - low > EQUAL * high.abs().max(low.abs())
}

/// The number of times that each trial is drawn in a resample.
fn draws(resample: usize, trials: usize) -> RowDVector<f64> {
    let mut counts = RowDVector::zeros(trials);
    let mut rng = Seed::new(0).child("resample", resample as u64).rng();
    for _ in 0..trials {
        counts[rng.random_range(0..trials)] += 1.0;
    }
    counts
}

/// All numbers, one row per trial: the risks alone of every pair, the risks together of every pair,
/// then for every proxy its score of every pair.
struct Table {
    values: DMatrix<f64>,
    pairs: usize,
}

impl Table {
    fn of<'a>(gains: &[Vec<Risks>], proxies: impl Iterator<Item = &'a [Vec<f64>]>) -> Self {
        let (pairs, trials) = (gains.len(), gains.first().map_or(0, Vec::len));
        let proxies: Vec<&[f64]> = proxies.flatten().map(Vec::as_slice).collect();
        let values = DMatrix::from_fn(trials, 2 * pairs + proxies.len(), |trial, column| {
            match column / pairs {
                0 => gains[column][trial].single,
                1 => gains[column - pairs][trial].multi,
                _ => proxies[column - 2 * pairs][trial],
            }
        });
        Self { values, pairs }
    }

    /// τ of every proxy with trials counted `counts` times.
    fn taus(&self, counts: &RowDVector<f64>) -> Vec<Option<f64>> {
        let blocks = self.blocks(counts);
        let gains = self.gains(&blocks);
        blocks[2..].iter().map(|proxy| kendall_tau(proxy, &gains)).collect()
    }

    /// Sums over trials counted `counts` times, by pair: risks alone, risks together, then the
    /// scores of every proxy.
    fn blocks(&self, counts: &RowDVector<f64>) -> Vec<Vec<f64>> {
        let sums = counts * &self.values;
        sums.as_slice().chunks(self.pairs).map(<[f64]>::to_vec).collect()
    }

    /// The gains of all pairs from such sums.
    fn gains(&self, blocks: &[Vec<f64>]) -> Vec<f64> {
        blocks[1].iter().zip(&blocks[0]).map(|(m, s)| 1.0 - m / s).collect()
    }
}

/// For every relabelling of k tasks, the original index of each ordered pair.
fn relabellings(k: usize) -> Vec<Vec<usize>> {
    let place = |a: usize, b: usize| a * (k - 1) + b - usize::from(b > a);
    let pairs = |order: &[usize]| -> Vec<usize> {
        let ordered = (0..k).flat_map(|a| (0..k).filter(move |b| *b != a).map(move |b| (a, b)));
        ordered.map(|(a, b)| place(order[a], order[b])).collect()
    };
    let mut order: Vec<usize> = (0..k).collect();
    if k > MOST_RELABELLED {
        let mut rng = Seed::new(0).child("relabel", 0).rng();
        let mut shuffled = || {
            order.shuffle(&mut rng);
            pairs(&order)
        };
        return (0..RELABELLINGS).map(|_| shuffled()).collect();
    }
    let mut found = vec![pairs(&order)];
    while next_order(&mut order) {
        found.push(pairs(&order));
    }
    found
}

/// Advances to the next permutation in lexicographic order; false after the last.
fn next_order(order: &mut [usize]) -> bool {
    let Some(i) = (1..order.len()).rev().find(|&i| order[i - 1] < order[i]) else { return false };
    let Some(j) = (i..order.len()).rev().find(|&j| order[j] > order[i - 1]) else { return false };
    order.swap(i - 1, j);
    order[i..].reverse();
    true
}

/// The share of relabellings with an equal or larger |τ|.
fn chance(tau: f64, proxy: &[f64], gains: &[f64], relabellings: &[Vec<usize>]) -> f64 {
    let reaches = |places: &Vec<usize>| {
        let relabelled: Vec<f64> = places.iter().map(|place| proxy[*place]).collect();
        kendall_tau(&relabelled, gains).is_some_and(|other| other.abs() >= tau.abs() - 1e-12)
    };
    let reached = relabellings.par_iter().filter(|places| reaches(places)).count();
    reached as f64 / relabellings.len() as f64
}

/// An estimate with the percentile interval of its resamples, extended to contain the
/// estimate.
fn around(estimate: f64, mut resamples: Vec<f64>) -> Interval {
    resamples.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let place = share * (resamples.len() - 1) as f64;
        let (below, above) = (resamples[place as usize], resamples[place.ceil() as usize]);
        below + (above - below) * place.fract()
    };
    Interval { mean: estimate, low: at(ENDS[0]).min(estimate), high: at(ENDS[1]).max(estimate) }
}
