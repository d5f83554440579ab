//! One number of a claim: what is expected, what was measured, and whether they agree.

use crate::cancel::Cancel;
use crate::error::Invalid;
use crate::math::stats::Interval;
use crate::scenario::Scenario;
use crate::study::measure::measure;
use crate::transfer::Outcome;

/// What a measurement is expected to be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Expectation {
    /// This value, itself known only within ± `half`.
    About {
        /// The value.
        value: f64,
        /// Half the width of its interval, or its tolerance.
        half: f64,
    },
    /// More than this.
    Above(f64),
    /// Less than this.
    Below(f64),
}

/// A measurement beside what is expected of it.
#[derive(Debug, Clone)]
pub struct ClaimCheck {
    /// What is measured.
    pub what: String,
    /// What is expected.
    pub expected: Expectation,
    /// The measurement with its 95 % interval; of no width where nothing is random.
    pub measured: Interval,
    /// Number of trials; 0 where nothing is random.
    pub trials: usize,
}

/// Whether a measurement is as expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CheckOutcome {
    /// It is.
    Agrees,
    /// Its interval is too wide to say.
    Open,
    /// It is not.
    Contradicts,
}

impl ClaimCheck {
    /// A number that is expected to be about a value.
    pub fn about(what: impl Into<String>, measured: Interval, value: f64, half: f64) -> Self {
        Self::new(what, measured, Expectation::About { value, half })
    }

    /// A number that is expected to be above a bound.
    pub fn above(what: impl Into<String>, measured: Interval, bound: f64) -> Self {
        Self::new(what, measured, Expectation::Above(bound))
    }

    /// A number that is expected to be below a bound.
    pub fn below(what: impl Into<String>, measured: Interval, bound: f64) -> Self {
        Self::new(what, measured, Expectation::Below(bound))
    }

    fn new(what: impl Into<String>, measured: Interval, expected: Expectation) -> Self {
        Self { what: what.into(), expected, measured, trials: 0 }
    }

    /// The same with the number of trials behind it.
    pub fn of(self, trials: usize) -> Self {
        Self { trials, ..self }
    }

    /// Whether the measurement is as expected. About a value: within one and a half times the sum
    /// of both half-widths, a band that one in some five hundred leaves by chance. Above or below
    /// a bound: with its whole interval.
    pub fn agreement(&self) -> CheckOutcome {
        let Interval { mean, low, high } = self.measured;
        let (agrees, contradicts) = match self.expected {
            Expectation::About { value, half } => {
                let room = 1.5 * (half + self.measured.half_width()) + 1e-12;
                ((mean - value).abs() <= room, (mean - value).abs() > room)
            }
            Expectation::Above(bound) => (low > bound, high <= bound),
            Expectation::Below(bound) => (high < bound, low >= bound),
        };
        match (agrees, contradicts) {
            (true, _) => CheckOutcome::Agrees,
            (_, true) => CheckOutcome::Contradicts,
            _ => CheckOutcome::Open,
        }
    }
}

/// A number in which nothing is random.
pub(super) fn fixed(value: f64) -> Interval {
    Interval { mean: value, low: value, high: value }
}

/// The outcome for the targets of a scenario by its own approach; `Ok(None)` if cancelled.
pub(super) fn outcome(scenario: &Scenario, cancel: &Cancel) -> Result<Option<Outcome>, Invalid> {
    let own = [scenario.approach()];
    Ok(measure(scenario, &own, cancel, |_| {}).map(|found| found.own().targets))
}

/// The gain of the targets of a scenario, as a check; `Ok(None)` if cancelled or if no gain can
/// be named.
pub(super) fn gain(
    what: impl Into<String>,
    scenario: &Scenario,
    expected: Expectation,
    cancel: &Cancel,
) -> Result<Option<ClaimCheck>, Invalid> {
    let found = outcome(scenario, cancel)?;
    Ok(found.and_then(|outcome| {
        outcome.gain.map(|gain| ClaimCheck::new(what, gain, expected).of(outcome.trials))
    }))
}
