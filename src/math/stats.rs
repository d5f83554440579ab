//! Means, standard errors and intervals over trials, all at one level.

use serde::Serialize;
use statrs::distribution::{ContinuousCDF, StudentsT};

/// The level of every interval, in percent. It is written only here.
macro_rules! level_in_percent {
    () => {
        95
    };
}

/// [`LEVEL`] as a literal, for `concat!`.
macro_rules! level {
    () => {
        concat!($crate::math::stats::level_in_percent!(), " %")
    };
}

pub(crate) use {level, level_in_percent};

/// The level of every interval, as texts name it.
pub const LEVEL: &str = level!();

/// The ends of every interval, as quantiles.
pub const ENDS: [f64; 2] = {
    let percent: u8 = level_in_percent!();
    [(100.0 - percent as f64) / 200.0, (100.0 + percent as f64) / 200.0]
};

/// A mean with its standard error.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Mean {
    /// Arithmetic mean.
    pub mean: f64,
    /// Standard error of the mean; NaN for fewer than two trials.
    pub se: f64,
}

impl Mean {
    /// The mean of trials that are all the same: as of one, without a standard error.
    pub fn of_one(self) -> Self {
        Self { se: f64::NAN, ..self }
    }

    /// Half the width of the interval for `n` values.
    pub fn half_width(&self, n: usize) -> f64 {
        t_quantile(n as f64 - 1.0) * self.se
    }
}

/// An estimate with its interval at [`LEVEL`].
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Interval {
    /// The estimate.
    pub mean: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

impl Interval {
    /// Half the width: the number after ±.
    pub fn half_width(&self) -> f64 {
        (self.high - self.low) / 2.0
    }

    /// Returns true if the whole interval is above zero.
    pub fn is_positive(&self) -> bool {
        self.low > 0.0
    }

    /// Returns true if the whole interval is below zero.
    pub fn is_negative(&self) -> bool {
        self.high < 0.0
    }
}

/// Mean and standard error of the mean of `values`.
pub fn mean(values: &[f64]) -> Mean {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|v| (v - mean).powi(2)).sum();
    Mean { mean, se: (squares / (n * (n - 1.0))).sqrt() }
}

/// Mean of `values` with its interval from Student's t.
pub fn interval(values: &[f64]) -> Interval {
    let Mean { mean, se } = mean(values);
    around(mean, se, values.len())
}

/// `1 − mean(joint)/mean(alone)` over pairs of risks, with its interval by the paired delta method,
/// `Var(ratio) ≈ Var(joint − ratio · alone) / mean(alone)²`.
///
/// `None` if the mean risk alone is less than two standard errors above zero. It is then zero,
/// or so skewed that single trials dominate it, and the delta method would be far too confident.
pub fn gain_of_lists(joint: &[f64], alone: &[f64]) -> Option<Interval> {
    ratio(joint, alone).map(|ratio| ratio.interval())
}

/// One minus a ratio of means, with the contribution of every pair to its error.
#[derive(Debug, Clone, PartialEq)]
pub struct Ratio {
    /// `1 − mean(joint)/mean(alone)`.
    pub gain: f64,
    /// `(joint − ratio · alone) / mean(alone)` for every pair; the mean is 0.
    pub residuals: Vec<f64>,
}

/// One minus a ratio of means; `None` as for [`gain_of_lists`].
pub fn ratio(joint: &[f64], alone: &[f64]) -> Option<Ratio> {
    debug_assert_eq!(joint.len(), alone.len());
    let Mean { mean: below, se } = mean(alone);
    if below <= 2.0 * se {
        return None;
    }
    let ratio = mean(joint).mean / below;
    let pairs = joint.iter().zip(alone);
    let residuals = pairs.map(|(joint, alone)| (joint - ratio * alone) / below).collect();
    Some(Ratio { gain: 1.0 - ratio, residuals })
}

impl Ratio {
    /// The gain with its interval.
    pub fn interval(&self) -> Interval {
        self.among(1)
    }

    /// The gain with an interval that holds at [`LEVEL`] together with those of all `gains` gains:
    /// each takes an equal share of the chance to miss (Bonferroni).
    pub fn among(&self, gains: usize) -> Interval {
        let n = self.residuals.len();
        let upper = 1.0 - (1.0 - ENDS[1]) / gains.max(1) as f64;
        let half = quantile(n as f64 - 1.0, upper) * mean(&self.residuals).se;
        Interval { mean: self.gain, low: self.gain - half, high: self.gain + half }
    }
}

/// The difference of two gains with its interval. Each gain comes with its trial numbers.
/// Trials with the same number are paired; all others are independent.
///
/// The variance sums the squared contribution of every trial. If all trials are common it is the
/// variance of the paired differences, if none are it is the sum of both variances, and otherwise
/// it lies between. The degrees of freedom are `n − 1` in the first case, otherwise those of Welch
/// and Satterthwaite.
pub fn difference(one: (&Ratio, &[usize]), other: (&Ratio, &[usize])) -> Interval {
    let scaled = |ratio: &Ratio| {
        let n = ratio.residuals.len() as f64;
        let root = (n * (n - 1.0)).sqrt();
        ratio.residuals.iter().map(|r| r / root).collect::<Vec<f64>>()
    };
    let (ours, theirs) = (scaled(one.0), scaled(other.0));
    let mut left: std::collections::BTreeMap<usize, f64> =
        other.1.iter().copied().zip(theirs.iter().copied()).collect();
    let mut squares = 0.0;
    for (trial, residual) in one.1.iter().zip(&ours) {
        squares += (residual - left.remove(trial).unwrap_or(0.0)).powi(2);
    }
    squares += left.values().map(|residual| residual * residual).sum::<f64>();
    let freedom = if one.1 == other.1 {
        ours.len() as f64 - 1.0
    } else {
        let variance = |values: &[f64]| values.iter().map(|v| v * v).sum::<f64>();
        let (a, b) = (variance(&ours), variance(&theirs));
        let share = |v: f64, n: usize| v * v / (n as f64 - 1.0);
        (a + b).powi(2) / (share(a, ours.len()) + share(b, theirs.len()))
    };
    let half = t_quantile(freedom) * squares.sqrt();
    let mean = one.0.gain - other.0.gain;
    Interval { mean, low: mean - half, high: mean + half }
}

/// The mean of the gains `1 − mean(joint)/mean(alone)` of several pairs of lists over the same
/// trials, with its interval from the delta method on each trial's mean residual. `None` if one of
/// the gains is undefined, as for [`gain_of_lists`].
pub fn mean_gain(joint: &[Vec<f64>], alone: &[Vec<f64>]) -> Option<Interval> {
    let share = 1.0 / joint.len() as f64;
    let trials = joint.first()?.len();
    let (mut gain, mut residuals) = (0.0, vec![0.0; trials]);
    for (above, below) in joint.iter().zip(alone) {
        let of_one = gain_of_lists(above, below)?.mean;
        let level = mean(below).mean;
        gain += share * of_one;
        for (residual, (n, d)) in residuals.iter_mut().zip(above.iter().zip(below)) {
            *residual += share * ((1.0 - of_one) * d - n) / level;
        }
    }
    Some(around(gain, mean(&residuals).se, trials))
}

/// The interval around the mean of `n` values with standard error `se`.
pub(super) fn around(mean: f64, se: f64, n: usize) -> Interval {
    let half = t_quantile(n as f64 - 1.0) * se;
    Interval { mean, low: mean - half, high: mean + half }
}

/// The quantile of Student's t at the upper end of an interval; NaN for no degrees of freedom.
fn t_quantile(freedom: f64) -> f64 {
    quantile(freedom, ENDS[1])
}

/// A quantile of Student's t; NaN for no degrees of freedom.
fn quantile(freedom: f64, share: f64) -> f64 {
    StudentsT::new(0.0, 1.0, freedom).map_or(f64::NAN, |t| t.inverse_cdf(share))
}

/// Kendall's rank correlation τ-b of two lists of equal length n, in O(n²): concordant minus
/// discordant pairs over the geometric mean of the untied pairs of each list (Kendall 1945).
/// `None` if a list is constant, contains NaN, or the lengths differ.
pub fn kendall_tau(x: &[f64], y: &[f64]) -> Option<f64> {
    if x.len() != y.len() || x.iter().chain(y).any(|value| value.is_nan()) {
        return None;
    }
    let sign = |a: f64, b: f64| i64::from(a > b) - i64::from(a < b);
    let (mut agreeing, mut apart_x, mut apart_y) = (0, 0, 0);
    for i in 1..x.len() {
        for j in 0..i {
            let (dx, dy) = (sign(x[i], x[j]), sign(y[i], y[j]));
            agreeing += dx * dy;
            apart_x += dx * dx;
            apart_y += dy * dy;
        }
    }
    let apart = apart_x as f64 * apart_y as f64;
    (apart > 0.0).then(|| agreeing as f64 / apart.sqrt())
}

/// Spearman's rank correlation ρ of two lists of equal length: the correlation of their ranks, where
/// equal values share the mean of their ranks (Spearman 1904). `None` if a list is constant,
/// contains NaN, or the lengths differ.
pub fn spearman(x: &[f64], y: &[f64]) -> Option<f64> {
    if x.len() != y.len() || x.iter().chain(y).any(|value| value.is_nan()) {
        return None;
    }
    let [x, y] = [x, y].map(centred_ranks);
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let scale = (product(&x, &x) * product(&y, &y)).sqrt();
    (scale > 0.0).then(|| product(&x, &y) / scale)
}

/// The ranks of some numbers less their mean.
fn centred_ranks(x: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..x.len()).collect();
    order.sort_by(|&a, &b| x[a].total_cmp(&x[b]));
    let mut ranks = vec![0.0; x.len()];
    for equal in order.chunk_by(|&a, &b| x[a] == x[b]) {
        let before = order.partition_point(|&i| x[i] < x[equal[0]]);
        let rank = before as f64 + (equal.len() as f64 - x.len() as f64) / 2.0;
        equal.iter().for_each(|&i| ranks[i] = rank);
    }
    ranks
}

/// The p-value of the two-sample Kolmogorov–Smirnov test, from the asymptotic series with the
/// correction of Stephens (1970).
pub fn same_distribution(mut one: Vec<f64>, mut other: Vec<f64>) -> f64 {
    one.sort_by(f64::total_cmp);
    other.sort_by(f64::total_cmp);
    let (n, m) = (one.len() as f64, other.len() as f64);
    let (mut i, mut j, mut distance) = (0, 0, 0.0_f64);
    while i < one.len() && j < other.len() {
        let value = one[i].min(other[j]);
        i += one[i..].iter().take_while(|x| **x <= value).count();
        j += other[j..].iter().take_while(|x| **x <= value).count();
        distance = distance.max((i as f64 / n - j as f64 / m).abs());
    }
    let root = (n * m / (n + m)).sqrt();
    let scaled = (root + 0.12 + 0.11 / root) * distance;
    let term = |k: i32| {
        let sign = if k % 2 == 1 { 2.0 } else { -2.0 };
        sign * (-2.0 * f64::from(k * k) * scaled * scaled).exp()
    };
    if scaled < 0.2 { 1.0 } else { (1..=100).map(term).sum::<f64>().clamp(0.0, 1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_enclose_the_level_that_texts_name_with_as_much_on_either_side() {
        let [low, high] = ENDS;
        assert_eq!(format!("{:.0} %", 100.0 * (high - low)), LEVEL);
        assert!((low + high - 1.0).abs() < 1e-15);
    }

    #[test]
    fn the_interval_of_a_mean_uses_students_t() {
        let i = interval(&[1.0, 2.0, 3.0, 4.0]);
        let half = 3.182_446_305_284_263 * (5.0_f64 / 3.0 / 4.0).sqrt();
        assert!((i.mean - 2.5).abs() < 1e-15);
        assert!((i.half_width() - half).abs() < 1e-9);
    }

    #[test]
    fn intervals_of_several_gains_at_once_share_what_may_fail() {
        let one = ratio(&[0.5, 0.9, 0.2], &[1.0; 3]).unwrap();
        assert_eq!(one.among(1), one.interval());
        let wider = one.among(4).half_width() / one.interval().half_width();
        let expected = 2.059_241_261;
        assert!((wider - expected).abs() < 1e-6, "{wider} {expected}");
    }

    #[test]
    fn equal_pairs_give_a_gain_of_exactly_zero() {
        let risks = [0.3, 0.5, 0.9];
        let gain = gain_of_lists(&risks, &risks).unwrap();
        assert_eq!((gain.mean, gain.low, gain.high), (0.0, 0.0, 0.0));
    }

    #[test]
    fn the_mean_gain_of_one_list_is_its_gain_and_of_opposed_ones_has_no_spread() {
        let (above, below) = (vec![0.2, 0.5, 0.4], vec![1.0, 1.1, 0.9]);
        let one = gain_of_lists(&above, &below).unwrap();
        let mean = mean_gain(std::slice::from_ref(&above), std::slice::from_ref(&below)).unwrap();
        assert!((one.mean - mean.mean).abs() < 1e-12 && (one.low - mean.low).abs() < 1e-12);
        let opposed = [vec![0.4, 0.6], vec![0.6, 0.4]];
        let gain = mean_gain(&opposed, &[vec![1.0; 2], vec![1.0; 2]]).unwrap();
        assert!((gain.mean - 0.5).abs() < 1e-12 && gain.half_width() < 1e-12);
    }

    #[test]
    fn halved_risks_give_a_gain_of_a_half_without_spread() {
        let gain = gain_of_lists(&[0.25, 0.5], &[0.5, 1.0]).unwrap();
        assert_eq!((gain.mean, gain.half_width()), (0.5, 0.0));
    }

    #[test]
    fn no_gain_is_claimed_over_a_perfect_baseline() {
        assert!(gain_of_lists(&[0.1, 0.2], &[0.0, 0.0]).is_none());
    }

    #[test]
    fn no_gain_is_claimed_over_a_baseline_that_one_trial_makes() {
        let skewed = [1e6, 1.0, 2.0, 1.5, 0.5, 1.0];
        assert!(gain_of_lists(&[0.1; 6], &skewed).is_none());
        assert!(gain_of_lists(&[0.1; 6], &[1.0, 1.2, 0.8, 1.1, 0.9, 1.0]).is_some());
    }

    #[test]
    fn spearmans_rho_sees_only_the_order() {
        let rho = |y: &[f64]| spearman(&[1.0, 2.0, 3.0, 4.0], y).unwrap();
        assert!((rho(&[0.0, 1.0, 10.0, 1e9]) - 1.0).abs() < 1e-12);
        assert!((rho(&[3.0, 2.0, 1.0, 0.0]) + 1.0).abs() < 1e-12);
        assert!((rho(&[2.0, 1.0, 4.0, 3.0]) - 0.6).abs() < 1e-12);
        let tied = spearman(&[1.0, 2.0, 2.0, 3.0], &[1.0, 2.0, 3.0, 4.0]).unwrap();
        assert!((tied - 0.9_f64.sqrt()).abs() < 1e-12, "{tied}");
        assert_eq!(spearman(&[1.0, 1.0], &[1.0, 2.0]), None);
        assert_eq!(spearman(&[1.0], &[1.0, 2.0]), None);
    }

    #[test]
    fn kendalls_tau_counts_agreeing_less_disagreeing_pairs() {
        let tau = |y: &[f64]| kendall_tau(&[1.0, 2.0, 3.0, 4.0], y).unwrap();
        assert_eq!(tau(&[10.0, 20.0, 30.0, 40.0]), 1.0);
        assert_eq!(tau(&[4.0, 3.0, 2.0, 1.0]), -1.0);
        assert!((tau(&[1.0, 2.0, 4.0, 3.0]) - 4.0 / 6.0).abs() < 1e-15);
        assert!(tau(&[3.0, 1.0, 4.0, 2.0]).abs() < 1e-15);
    }

    #[test]
    fn kendalls_tau_b_leaves_ties_out_of_its_scale() {
        let tied = kendall_tau(&[1.0, 2.0, 2.0, 3.0], &[1.0, 2.0, 3.0, 3.0]).unwrap();
        assert!((tied - 4.0 / 5.0).abs() < 1e-15);
        let one_sided = kendall_tau(&[1.0, 2.0, 3.0], &[0.0, 0.0, 1.0]).unwrap();
        assert!((one_sided - 2.0 / 6.0_f64.sqrt()).abs() < 1e-15);
    }

    #[test]
    fn kendalls_tau_does_not_exist_where_nothing_is_told_apart() {
        assert_eq!(kendall_tau(&[1.0, 1.0, 1.0], &[1.0, 2.0, 3.0]), None);
        assert_eq!(kendall_tau(&[1.0, 2.0], &[f64::NAN, 1.0]), None);
        assert_eq!(kendall_tau(&[1.0], &[1.0]), None);
        assert_eq!(kendall_tau(&[1.0, 2.0], &[1.0]), None);
    }

    fn sample(ratios: &[f64]) -> Ratio {
        ratio(ratios, &vec![1.0; ratios.len()]).unwrap()
    }

    #[test]
    fn gains_over_the_same_trials_differ_by_the_mean_of_their_paired_differences() {
        let (a, b) = ([0.5, 0.9, 0.2, 0.7], [0.6, 1.1, 0.2, 0.9]);
        let found = difference((&sample(&a), &[0, 1, 2, 3]), (&sample(&b), &[0, 1, 2, 3]));
        let pairs: Vec<f64> = a.iter().zip(&b).map(|(a, b)| b - a).collect();
        let expected = interval(&pairs);
        assert!((found.mean - expected.mean).abs() < 1e-15);
        assert!((found.half_width() - expected.half_width()).abs() < 1e-12);
    }

    #[test]
    fn variances_of_gains_over_other_trials_add_up() {
        let (a, b) = ([0.5, 0.9, 0.2], [0.6, 1.1, 0.2, 0.9]);
        let found = difference((&sample(&a), &[0, 1, 2]), (&sample(&b), &[7, 8, 9, 10]));
        let (one, other) = (mean(&a).se.powi(2), mean(&b).se.powi(2));
        let freedom = (one + other).powi(2) / (one * one / 2.0 + other * other / 3.0);
        let half = t_quantile(freedom) * (one + other).sqrt();
        assert!((found.half_width() - half).abs() < 1e-12);
        assert!((t_quantile(3.0) - 3.182_446_305_284_263).abs() < 1e-9);
    }

    #[test]
    fn where_some_trials_are_common_the_variance_lies_between() {
        let (a, b) = ([0.5, 0.9, 0.2, 0.7], [0.6, 1.0, 0.3, 0.9]);
        let half = |trials: [usize; 4]| {
            difference((&sample(&a), &[0, 1, 2, 3]), (&sample(&b), &trials)).half_width()
        };
        let (all, some, none) = (half([0, 1, 2, 3]), half([0, 1, 8, 9]), half([6, 7, 8, 9]));
        assert!(all < some && some < none, "{all} {some} {none}");
    }

    #[test]
    fn a_gain_does_not_differ_from_itself() {
        let one = sample(&[0.5, 0.9, 0.2]);
        let found = difference((&one, &[0, 1, 2]), (&one, &[0, 1, 2]));
        assert_eq!((found.mean, found.low, found.high), (0.0, 0.0, 0.0));
    }

    #[test]
    fn one_trial_has_no_interval() {
        assert!(interval(&[1.0]).low.is_nan());
    }
}
