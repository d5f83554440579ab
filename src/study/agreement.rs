//! Whether a cheap proxy orders pairs of tasks as the measured gains do.

use nalgebra::DMatrix;
use rand::RngExt;
use rayon::prelude::*;

use crate::math::seed::Seed;
use crate::math::stats::{Interval, kendall_tau};
use crate::transfer::Risks;

/// Resamples behind an interval.
pub const RESAMPLES: usize = 400;

/// Kendall's τ between a proxy and the measured gains over ordered pairs of tasks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Agreement {
    /// τ of the mean proxy and the gain `1 − Σmulti/Σsingle` over all trials, with the 95 %
    /// percentile interval of a bootstrap over trials.
    pub tau: Interval,
    /// Number of ordered pairs.
    pub pairs: usize,
    /// Number of trials.
    pub trials: usize,
}

impl Agreement {
    /// Whether the proxy orders the pairs against the gains: the whole interval is below zero.
    pub fn misleads(&self) -> bool {
        self.tau.is_negative()
    }

    /// Whether the proxy orders the pairs as the gains do: the whole interval is above zero.
    pub fn agrees(&self) -> bool {
        self.tau.is_positive()
    }
}

/// The agreement of each proxy with the gains. `gains[pair][trial]` are the risks of the task that
/// learns, alone and with its partner; `proxies[proxy][pair][trial]` what a proxy says of that
/// pair. Trials are resampled jointly for all pairs and proxies, always in the same way.
///
/// `None` for a proxy where there are fewer than two pairs or trials, where lists differ in length
/// or hold what is not a number, and where gains or proxy do not tell the pairs apart, in all
/// trials or in most resamples.
pub fn agreements(gains: &[Vec<Risks>], proxies: &[Vec<Vec<f64>>]) -> Vec<Option<Agreement>> {
    let (pairs, trials) = (gains.len(), gains.first().map_or(0, Vec::len));
    let fits =
        |lists: &[Vec<f64>]| lists.len() == pairs && lists.iter().all(|list| list.len() == trials);
    if pairs < 2 || trials < 2 || gains.iter().any(|list| list.len() != trials) {
        return vec![None; proxies.len()];
    }
    let usable: Vec<usize> = (0..proxies.len()).filter(|&i| fits(&proxies[i])).collect();
    let table = Table::of(gains, usable.iter().map(|&i| proxies[i].as_slice()));
    let whole = table.taus(&DMatrix::from_element(1, trials, 1.0));
    let resampled = table.taus(&draws(trials));
    let mut found = vec![None; proxies.len()];
    for (column, &proxy) in usable.iter().enumerate() {
        let taus: Vec<f64> = resampled.iter().filter_map(|taus| taus[column]).collect();
        if let (Some(tau), true) = (whole[0][column], 2 * taus.len() > RESAMPLES) {
            found[proxy] = Some(Agreement { tau: around(tau, taus), pairs, trials });
        }
    }
    found
}

/// How often each trial is drawn in each resample (resamples × trials).
fn draws(trials: usize) -> DMatrix<f64> {
    let mut counts = DMatrix::zeros(RESAMPLES, trials);
    for resample in 0..RESAMPLES {
        let mut rng = Seed::new(0).child("resample", resample as u64).rng();
        for _ in 0..trials {
            counts[(resample, rng.random_range(0..trials))] += 1.0;
        }
    }
    counts
}

/// All numbers, one row for each trial: of every pair the risks alone, then those together, then
/// of every proxy what it says of every pair.
struct Table {
    values: DMatrix<f64>,
    pairs: usize,
}

impl Table {
    fn of<'a>(gains: &[Vec<Risks>], proxies: impl Iterator<Item = &'a [Vec<f64>]>) -> Self {
        let single = gains.iter().map(|pair| pair.iter().map(|risks| risks.single).collect());
        let multi = gains.iter().map(|pair| pair.iter().map(|risks| risks.multi).collect());
        let columns: Vec<Vec<f64>> =
            single.chain(multi).chain(proxies.flat_map(|proxy| proxy.iter().cloned())).collect();
        let values = DMatrix::from_fn(columns[0].len(), columns.len(), |i, j| columns[j][i]);
        Self { values, pairs: gains.len() }
    }

    /// τ of every proxy for every row of counts (resamples × trials).
    fn taus(&self, counts: &DMatrix<f64>) -> Vec<Vec<Option<f64>>> {
        let sums = counts * &self.values;
        let of_row = |row: usize| {
            let block = |i: usize| -> Vec<f64> {
                sums.view((row, i * self.pairs), (1, self.pairs)).iter().copied().collect()
            };
            let (single, multi) = (block(0), block(1));
            let gains: Vec<f64> = multi.iter().zip(&single).map(|(m, s)| 1.0 - m / s).collect();
            let proxies = 2..sums.ncols() / self.pairs;
            proxies.map(|proxy| kendall_tau(&block(proxy), &gains)).collect()
        };
        (0..counts.nrows()).into_par_iter().map(of_row).collect()
    }
}

/// An estimate with the 95 % percentile interval of its resamples, widened where the estimate lies
/// outside.
fn around(estimate: f64, mut resamples: Vec<f64>) -> Interval {
    resamples.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let place = share * (resamples.len() - 1) as f64;
        let (below, above) = (resamples[place as usize], resamples[place.ceil() as usize]);
        below + (above - below) * place.fract()
    };
    Interval { mean: estimate, low: at(0.025).min(estimate), high: at(0.975).max(estimate) }
}
