//! Runs the trials of a scenario and summarises them while they run.

use rayon::prelude::*;

use super::record::TrialRecord;
use super::tally::Tally;
use super::trial::{Errors, Trial};
use crate::cancel::Cancel;
use crate::method::{Approach, Method, Weighting};
use crate::model::Claim;
use crate::scenario::Scenario;
use crate::task::HeldOut;
use crate::transfer::Outcome;

/// The largest number of records in memory at once.
const AT_ONCE: usize = 1024;

/// Results of the trials of a scenario so far.
#[derive(Debug, Clone, PartialEq)]
pub struct Measurement {
    /// Number of finished trials.
    pub trials: usize,
    /// Number of requested trials.
    pub wanted: usize,
    /// Optimum claim of the single-task models.
    pub alone: Claim,
    /// Results of each approach; the scenario's own comes first.
    pub approaches: Vec<Measured>,
}

/// Results of joint training with one approach.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// The approach.
    pub approach: Approach,
    /// Optimum claim of its models: the weakest over all trials.
    pub claim: Claim,
    /// The task weights, scaled to a mean of 1 and averaged over trials.
    pub weights: Vec<f64>,
    /// The outcome for every group, from the mean error of its tasks, in the scenario's order.
    pub groups: Vec<Outcome>,
    /// The outcome for the targets, from their mean error.
    pub targets: Outcome,
    /// The outcome for the targets, with the first approach as the baseline.
    pub beside_first: Outcome,
    /// Accuracy and logistic loss of every group, alone and together, for labels ±1.
    pub held_out: Option<Vec<[HeldOut; 2]>>,
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

/// Runs all trials of a scenario in parallel with the given approaches (the scenario's own first),
/// and publishes the results so far after batches that double in size. `None` if cancelled.
pub fn measure(
    scenario: &Scenario,
    approaches: &[Approach],
    cancel: &Cancel,
    mut publish: impl FnMut(&Measurement),
) -> Option<Measurement> {
    let wanted = scenario.trials();
    let mut tally = Tally::default();
    while tally.trials() < wanted {
        let until = (tally.trials() * 2).max(4).min(wanted);
        extend(&mut tally, scenario, approaches, until, cancel)?;
        if let Some(so_far) = tally.measurement(scenario, approaches, wanted) {
            publish(&so_far);
        }
    }
    tally.measurement(scenario, approaches, wanted)
}

/// Runs further trials of a scenario until the tally has `until`, in batches that limit memory.
/// `None` if cancelled.
pub(super) fn extend(
    tally: &mut Tally,
    scenario: &Scenario,
    approaches: &[Approach],
    until: usize,
    cancel: &Cancel,
) -> Option<()> {
    while tally.trials() < until {
        let next = tally.trials()..until.min(tally.trials() + AT_ONCE);
        for record in records(scenario, approaches, next, cancel)? {
            tally.add(scenario, &record);
        }
    }
    Some(())
}

/// Runs a range of trials in parallel and returns their records in order. `None` if cancelled.
pub fn records(
    scenario: &Scenario,
    approaches: &[Approach],
    trials: std::ops::Range<usize>,
    cancel: &Cancel,
) -> Option<Vec<TrialRecord>> {
    trials
        .into_par_iter()
        .with_max_len(1)
        .map(|trial| {
            (!cancel.is_cancelled()).then(|| Trial::run(scenario, trial, approaches).into())
        })
        .collect()
}
