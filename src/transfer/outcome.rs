//! The effect of joint training on one task over many trials: gain, interval, verdict. They are
//! computed from running sums in [`RiskSums`](super::RiskSums).

use serde::Serialize;

use crate::math::stats::{Interval, Mean};

/// Risks that differ by a smaller share count as equal up to rounding.
const ROUNDING: f64 = 1e-9;

/// The largest half-width of a gain with which "no difference" is stated: a quarter of the error alone.
pub const MARGIN: f64 = 0.25;

/// Excess risks of one task in one trial, trained alone and together with the others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Risks {
    /// Excess risk of single-task least squares.
    pub single: f64,
    /// Excess risk at the optimum of joint training.
    pub multi: f64,
}

/// The effect of joint training on a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The expected risk falls: the gain's interval is above zero.
    Helps,
    /// The expected risk rises: the gain's interval is below zero.
    Hurts,
    /// The interval contains zero and is narrow: at most [`MARGIN`] to each side.
    #[serde(rename = "no difference")]
    NoDifference,
    /// The interval contains zero and is too wide to say more, or rounding errors are as large as the
    /// effect in some trials: training together may help or hurt.
    Undecided,
    /// None: every trial is the same, so there is no interval.
    #[serde(rename = "no verdict")]
    SameTrials,
    /// A single task, trained in the same way twice: there is nothing to compare.
    #[serde(rename = "one task")]
    OneTask,
}

impl Verdict {
    /// The verdict on a gain of which nothing but its interval is known.
    pub fn of_gain(gain: &Interval) -> Self {
        match gain.half_width() <= MARGIN {
            _ if gain.is_positive() => Self::Helps,
            _ if gain.is_negative() => Self::Hurts,
            true => Self::NoDifference,
            false => Self::Undecided,
        }
    }
}

/// The comparison of joint with single-task training for one task over n paired trials.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outcome {
    /// Number of trials n.
    pub trials: usize,
    /// Mean excess risk of single-task training.
    pub single: Mean,
    /// Mean excess risk of joint training.
    pub multi: Mean,
    /// `1 − E[multi]/E[single]` with the paired interval of the ratio of means; positive
    /// helps. `None` if the mean single-task risk is zero or not significantly above it.
    pub gain: Option<Interval>,
    /// Share of trials in which joint training lowered the risk.
    pub helped: f64,
    /// Mean of `ln(multi/single)` over trials; `None` if a risk is zero.
    pub log_ratio: Option<Interval>,
    /// The sign of the gain, if its interval excludes zero; else whether that interval is narrow.
    /// Without a gain, the mean log ratio has the sign; if a risk is zero, the mean difference.
    pub verdict: Verdict,
}

impl Risks {
    /// The joint risk, or the single-task risk if they differ only by rounding.
    pub(super) fn settled(&self) -> f64 {
        let far = (self.single - self.multi).abs();
        let is_rounding = far <= ROUNDING * self.single.abs().max(self.multi.abs());
        if is_rounding { self.single } else { self.multi }
    }

    /// Returns true if joint training lowered the risk.
    pub(super) fn is_lower(&self) -> bool {
        self.multi < self.single * (1.0 - ROUNDING)
    }
}

impl Outcome {
    /// Returns true if the interval contains zero and is so wide that the trials do not tell a large
    /// difference from none; or if they do not tell the error alone from zero, and the errors differ.
    pub fn says_nothing(&self) -> bool {
        self.verdict == Verdict::Undecided && self.is_open()
    }

    /// Returns true if a difference that the trials do not show may still be large.
    fn is_open(&self) -> bool {
        match self.gain {
            Some(gain) => gain.half_width().is_finite() && gain.half_width() > MARGIN,
            None => self.single.mean != self.multi.mean,
        }
    }

    /// The outcome with "no difference" only where that can be told from a large one.
    pub(super) fn decided(mut self) -> Self {
        if self.verdict == Verdict::NoDifference && self.is_open() {
            self.verdict = Verdict::Undecided;
        }
        self
    }

    /// The outcome of a single task, which is not trained together with any other.
    pub fn of_one_task(self) -> Self {
        Self { verdict: Verdict::OneTask, ..self }
    }

    /// The outcome if every trial has the same rows: as of one trial, without any interval, and so
    /// without a verdict.
    pub fn of_same_rows(self) -> Self {
        let alike = |interval: Interval| Interval { low: f64::NAN, high: f64::NAN, ..interval };
        Self {
            single: self.single.of_one(),
            multi: self.multi.of_one(),
            gain: self.gain.map(alike),
            log_ratio: self.log_ratio.map(alike),
            verdict: Verdict::SameTrials,
            ..self
        }
    }

    /// The outcome if rounding errors are as large as the effect in many trials, where the effect
    /// counts as zero. "No difference" then becomes "undecided".
    pub fn limited_by_rounding(mut self) -> Self {
        if self.verdict == Verdict::NoDifference {
            self.verdict = Verdict::Undecided;
        }
        self
    }
}

pub(super) fn verdict(
    difference: Interval,
    gain: Option<Interval>,
    log_ratio: Option<Interval>,
) -> Verdict {
    let (helps, hurts) = match (gain, log_ratio) {
        (Some(gain), _) => (gain.is_positive(), gain.is_negative()),
        (None, Some(ratio)) => (ratio.is_negative(), ratio.is_positive()),
        (None, None) => (difference.is_positive(), difference.is_negative()),
    };
    match (helps, hurts) {
        (true, _) => Verdict::Helps,
        (_, true) => Verdict::Hurts,
        _ => Verdict::NoDifference,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trials(pairs: &[(f64, f64)]) -> Outcome {
        let risks: Vec<Risks> =
            pairs.iter().map(|&(single, multi)| Risks { single, multi }).collect();
        Outcome::of(&risks).unwrap()
    }

    #[test]
    fn a_steady_fall_in_risk_helps_and_a_steady_rise_hurts() {
        assert_eq!(trials(&[(1.0, 0.5), (1.1, 0.6), (0.9, 0.4)]).verdict, Verdict::Helps);
        assert_eq!(trials(&[(0.5, 1.0), (0.6, 1.1), (0.4, 0.9)]).verdict, Verdict::Hurts);
    }

    #[test]
    fn an_interval_around_zero_is_no_difference_only_if_it_is_narrow() {
        let few = trials(&[(1.0, 0.5), (0.5, 1.0), (1.0, 0.9)]);
        assert!(few.gain.unwrap().half_width() > MARGIN);
        assert_eq!(few.verdict, Verdict::Undecided);
        let pairs: Vec<_> = (0..60).map(|i| (1.0, [0.9, 1.1][i % 2])).collect();
        assert_eq!(trials(&pairs).verdict, Verdict::NoDifference);
        let large: Vec<_> = (0..3).map(|i| (1.0, 3.0 + f64::from(i))).collect();
        assert_eq!(trials(&large).verdict, Verdict::Hurts);
    }

    #[test]
    fn it_is_undecided_where_the_error_alone_may_be_zero_unless_the_errors_are_equal() {
        let rare = trials(&[(0.08, 0.0), (0.0, 0.0), (0.0, 0.0)]);
        assert_eq!((rare.gain, rare.verdict), (None, Verdict::Undecided));
        let none = trials(&[(0.0, 0.0), (0.0, 0.0), (0.0, 0.0)]);
        assert_eq!((none.gain, none.verdict), (None, Verdict::NoDifference));
    }

    #[test]
    fn identical_risks_are_exactly_no_difference() {
        let outcome = trials(&[(1.0, 1.0), (2.0, 2.0), (3.0, 3.0)]);
        assert_eq!(outcome.verdict, Verdict::NoDifference);
        assert_eq!(outcome.gain.unwrap().mean, 0.0);
    }

    #[test]
    fn what_differs_by_rounding_alone_is_no_difference() {
        let dust = |i: usize| 1.0 + 1e-11 * (1 + i % 3) as f64;
        let pairs: Vec<(f64, f64)> = (0..40).map(|i| (7.0, 7.0 * dust(i))).collect();
        let outcome = trials(&pairs);
        assert_eq!(outcome.verdict, Verdict::NoDifference);
        assert_eq!((outcome.gain.unwrap().mean, outcome.helped), (0.0, 0.0));
    }

    #[test]
    fn trials_that_are_all_the_same_have_a_gain_but_no_interval_and_no_verdict() {
        let same = trials(&[(1.0, 0.8), (1.0 + 1e-15, 0.8), (1.0, 0.8)]).of_same_rows();
        let gain = same.gain.unwrap();
        assert_eq!(same.verdict, Verdict::SameTrials);
        assert!((gain.mean - 0.2).abs() < 1e-12 && !gain.is_positive() && !gain.is_negative());
        assert!(gain.half_width().is_nan() && same.single.se.is_nan() && same.multi.se.is_nan());
    }

    #[test]
    fn spoiling_a_perfect_baseline_hurts_although_no_gain_can_be_named() {
        let outcome = trials(&[(0.0, 0.1), (0.0, 0.12), (0.0, 0.11)]);
        assert_eq!((outcome.verdict, outcome.gain), (Verdict::Hurts, None));
    }

    #[test]
    fn one_skewed_baseline_does_not_turn_the_expected_gain() {
        let skewed = [(10.0, 1.0), (0.5, 0.6), (0.5, 0.6), (0.5, 0.6)];
        let outcome = trials(&skewed.repeat(5));
        assert!(outcome.gain.unwrap().mean > 0.0);
        assert!(outcome.helped < 0.5);
    }

    #[test]
    fn where_one_trial_makes_the_mean_the_typical_ratio_decides() {
        let mut pairs = vec![(1e4, 0.1)];
        pairs.extend((0..12).map(|i| (1.0 + 0.1 * f64::from(i), 0.1)));
        let outcome = trials(&pairs);
        assert_eq!((outcome.gain, outcome.verdict), (None, Verdict::Helps));
    }
}
