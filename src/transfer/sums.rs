//! Running sums over paired trials: all that an outcome is made of, whatever their order.

use super::outcome::{Outcome, Risks, verdict};
use crate::math::sums::{PairSums, Sums};

/// What paired trials of one task sum up to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RiskSums {
    /// Joint risks (x) beside those of single-task training (y).
    risks: PairSums,
    /// `ln(multi/single)` of the trials in which both are above zero.
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

    /// Their outcome; `None` for fewer than two trials, for then nothing has an interval.
    pub fn outcome(&self) -> Option<Outcome> {
        let trials = self.risks.count();
        if trials < 2 {
            return None;
        }
        let gain = self.risks.one_minus_ratio();
        let is_positive = self.log_ratios.count() == trials;
        let log_ratio = is_positive.then(|| self.log_ratios.interval());
        Some(Outcome {
            trials,
            single: self.risks.y.mean(),
            multi: self.risks.x.mean(),
            gain,
            helped: self.helped as f64 / trials as f64,
            log_ratio,
            verdict: verdict(self.risks.difference(), gain, log_ratio),
        })
    }
}
