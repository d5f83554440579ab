//! The results of the trials of a scenario.

use crate::method::{Approach, Method, Weighting};
use crate::model::OptimumKind;
use crate::study::fit::Errors;
use crate::study::held_out::HeldOutMeans;
use crate::transfer::Outcome;

/// Results of the trials of a scenario so far.
#[derive(Debug, Clone, PartialEq)]
pub struct Measurement {
    /// Number of finished trials.
    pub trials: usize,
    /// Number of requested trials.
    pub wanted: usize,
    /// Kind of optimum of the single-task models.
    pub alone: OptimumKind,
    /// Results of each approach; the scenario's own comes first.
    pub approaches: Vec<Measured>,
}

/// Results of joint training with one approach.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// The approach.
    pub approach: Approach,
    /// Kind of optimum of its models: the weakest over all trials.
    pub kind: OptimumKind,
    /// The task weights, scaled to a mean of 1 and averaged over trials.
    pub weights: Vec<f64>,
    /// The outcome for every group, from the mean error of its tasks, in the scenario's order.
    pub groups: Vec<Outcome>,
    /// The outcome for the targets, from their mean error.
    pub targets: Outcome,
    /// The outcome for the targets, with the first approach as the baseline.
    pub beside_first: Outcome,
    /// Performance of every group on held-out rows, alone and together, for labels ±1.
    pub held_out: Option<Vec<[HeldOutMeans; 2]>>,
}

impl Measurement {
    /// Returns true if all trials have been run.
    pub fn is_complete(&self) -> bool {
        self.trials == self.wanted
    }

    /// Returns the results of the scenario's own approach.
    pub fn own(&self) -> &Measured {
        &self.approaches[0]
    }

    /// Returns the names of the approaches; only the methods' names if only methods differ.
    pub fn names(&self) -> Vec<String> {
        let all =
            |differs: fn(&Approach) -> bool| !self.approaches.iter().any(|m| differs(&m.approach));
        let plain =
            all(|a| a.weighting != Weighting::Uniform) && !all(|a| a.method != Method::Joint);
        let name = |measured: &Measured| match measured.approach {
            approach if plain => approach.method.name().to_owned(),
            approach => approach.name(),
        };
        self.approaches.iter().map(name).collect()
    }
}

/// The mean risk of some tasks.
pub(super) fn mean(tasks: impl Iterator<Item = usize>, errors: &[Errors]) -> f64 {
    let (count, sum) = tasks.fold((0, 0.0), |(n, sum), task| (n + 1, sum + errors[task].risk));
    sum / f64::from(count)
}
