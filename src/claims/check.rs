//! One number of a claim: expected, measured, and compared.

use crate::cancel::Cancel;
use crate::error::Invalid;
use crate::math::stats::Interval;
use crate::scenario::Scenario;
use crate::study::measure::measure;
use crate::transfer::Outcome;

/// Fewest trials that may contradict an expected value.
const FEWEST: usize = 12;

/// The expected value of a measurement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Expectation {
    /// This value, known to within ± `half`.
    About {
        /// The value.
        value: f64,
        /// Half the width of its interval, or a tolerance.
        half: f64,
    },
    /// Larger than this.
    Above(f64),
    /// Smaller than this.
    Below(f64),
}

/// A measurement and its expected value.
#[derive(Debug, Clone)]
pub struct ClaimCheck {
    /// Name of the measurement.
    pub what: String,
    /// The expected value.
    pub expected: Expectation,
    /// The measurement with its interval; the interval has zero width if nothing is random.
    pub measured: Interval,
    /// Number of trials; 0 if nothing is random.
    pub trials: usize,
}

/// The result of comparing a measurement with its expected value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CheckOutcome {
    /// The measurement is as expected.
    Agrees,
    /// The interval is too wide to decide.
    Open,
    /// The measurement is not as expected.
    Contradicts,
}

impl ClaimCheck {
    /// Creates a check that a number is near a value.
    pub fn about(what: impl Into<String>, measured: Interval, value: f64, half: f64) -> Self {
        Self::new(what, measured, Expectation::About { value, half })
    }

    /// Creates a check that a number is above a bound.
    pub fn above(what: impl Into<String>, measured: Interval, bound: f64) -> Self {
        Self::new(what, measured, Expectation::Above(bound))
    }

    /// Creates a check that a number is below a bound.
    pub fn below(what: impl Into<String>, measured: Interval, bound: f64) -> Self {
        Self::new(what, measured, Expectation::Below(bound))
    }

    fn new(what: impl Into<String>, measured: Interval, expected: Expectation) -> Self {
        Self { what: what.into(), expected, measured, trials: 0 }
    }

    /// Sets the number of trials.
    pub fn of(self, trials: usize) -> Self {
        Self { trials, ..self }
    }

    /// Compares the measurement with its expected value. Near a value, it may be off by 1.5 times
    /// the sum of both half-widths, which happens by chance about once in 500 checks. Above or
    /// below a bound, the whole interval counts. Fewer than twelve trials contradict nothing.
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
            (_, true) if !(1..FEWEST).contains(&self.trials) => CheckOutcome::Contradicts,
            _ => CheckOutcome::Open,
        }
    }
}

/// The interval of a number that is not random.
pub(super) fn fixed(value: f64) -> Interval {
    Interval { mean: value, low: value, high: value }
}

/// The outcome for the targets under the scenario's own approach; `Ok(None)` if cancelled.
pub(super) fn outcome(scenario: &Scenario, cancel: &Cancel) -> Result<Option<Outcome>, Invalid> {
    let own = [scenario.approach()];
    Ok(measure(scenario, &own, cancel, |_| {}).map(|found| found.own().targets))
}

/// A check of the gain of the targets of a scenario; `Ok(None)` if cancelled or if the gain is
/// undefined.
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
