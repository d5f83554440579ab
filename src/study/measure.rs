//! The verdict of a scenario: its trials, summed up while they run.

use rayon::prelude::*;

use super::trial::Trial;
use crate::cancel::Cancel;
use crate::scenario::Scenario;
use crate::transfer::{Outcome, Risks};

/// What the trials of a scenario have shown so far.
#[derive(Debug, Clone, PartialEq)]
pub struct Measurement {
    /// Trials run.
    pub trials: usize,
    /// Trials asked for.
    pub wanted: usize,
    /// The outcome for every task.
    pub outcomes: Vec<Outcome>,
}

impl Measurement {
    /// Whether all trials have been run.
    pub fn is_complete(&self) -> bool {
        self.trials == self.wanted
    }

    /// Sums up the risks of trials, one list of tasks for each; `None` for fewer than two.
    pub fn of(trials: &[Vec<Risks>], wanted: usize) -> Option<Self> {
        let tasks = trials.first()?.len();
        let outcomes = (0..tasks)
            .map(|task| {
                let risks: Vec<Risks> = trials.iter().map(|trial| trial[task]).collect();
                Outcome::of(&risks)
            })
            .collect::<Option<Vec<_>>>()?;
        Some(Self { trials: trials.len(), wanted, outcomes })
    }
}

/// Runs all trials of a scenario on all cores, and hands over what they show so far after
/// batches that double in size. `None` if cancelled.
pub fn measure(
    scenario: &Scenario,
    cancel: &Cancel,
    mut publish: impl FnMut(&Measurement),
) -> Option<Measurement> {
    let wanted = scenario.trials();
    let mut trials = Vec::with_capacity(wanted);
    while trials.len() < wanted {
        let until = (trials.len() * 2).max(4).min(wanted);
        trials.extend(risks(scenario, trials.len()..until, cancel)?);
        if let Some(so_far) = Measurement::of(&trials, wanted) {
            publish(&so_far);
        }
    }
    Measurement::of(&trials, wanted)
}

/// The risks of a range of trials, in their order. `None` if cancelled.
pub fn risks(
    scenario: &Scenario,
    trials: std::ops::Range<usize>,
    cancel: &Cancel,
) -> Option<Vec<Vec<Risks>>> {
    trials
        .into_par_iter()
        .with_max_len(1)
        .map(|trial| (!cancel.is_cancelled()).then(|| Trial::run(scenario, trial).risks))
        .collect()
}
