//! Running sums over paired trials, from which an outcome is computed. The order of the trials does
//! not matter.

use super::outcome::{Outcome, Risks, verdict};
use crate::math::sums::{PairSums, Sums};

/// Running sums over paired trials of one task.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RiskSums {
    /// Joint risks (x) and single-task risks (y).
    risks: PairSums,
    /// `ln(multi/single)` over the trials in which both are above zero.
    log_ratios: Sums,
    helped: usize,
}

impl RiskSums {
    /// Adds a trial.
    pub fn add(&mut self, risks: Risks) {
        let multi = risks.settled();
        self.risks.add(multi, risks.single);
        if risks.single > 0.0 && risks.multi > 0.0 {
            self.log_ratios.add((multi / risks.single).ln());
        }
        self.helped += usize::from(risks.is_lower());
    }

    /// The outcome; `None` for fewer than two trials, which give no interval.
    pub fn outcome(&self) -> Option<Outcome> {
        let trials = self.risks.count();
        if trials < 2 {
            return None;
        }
        let gain = self.risks.one_minus_ratio();
        let is_positive = self.log_ratios.count() == trials;
        let log_ratio = is_positive.then(|| self.log_ratios.interval());
        let outcome = Outcome {
            trials,
            single: self.risks.y.mean(),
            multi: self.risks.x.mean(),
            gain,
            helped: self.helped as f64 / trials as f64,
            log_ratio,
            verdict: verdict(self.risks.difference(), gain, log_ratio),
        };
        Some(outcome.decided())
    }
}

impl Outcome {
    /// Summarises paired trials; `None` for fewer than two, which give no interval.
    pub fn of(trials: &[Risks]) -> Option<Self> {
        let mut sums = RiskSums::default();
        trials.iter().for_each(|risks| sums.add(*risks));
        sums.outcome()
    }
}
