//! The verdict of a scenario: its trials, summed up while they run.

use std::borrow::Borrow;

use rayon::prelude::*;

use super::record::Record;
use super::trial::{Errors, Trial};
use crate::cancel::Cancel;
use crate::method::{Approach, Method, Weighting};
use crate::model::Claim;
use crate::scenario::Scenario;
use crate::scenario::draft::Role;
use crate::task::HeldOut;
use crate::transfer::{Outcome, Risks};

/// What the trials of a scenario have shown so far.
#[derive(Debug, Clone, PartialEq)]
pub struct Measurement {
    /// Trials run.
    pub trials: usize,
    /// Trials asked for.
    pub wanted: usize,
    /// What may be claimed of the single-task models.
    pub alone: Claim,
    /// What each approach has shown; the scenario's own comes first.
    pub approaches: Vec<Measured>,
}

/// What training together by one approach does to the tasks.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// The approach.
    pub approach: Approach,
    /// What may be claimed of its models: the least of all trials.
    pub claim: Claim,
    /// The task weights, scaled to a mean of 1, averaged over trials.
    pub weights: Vec<f64>,
    /// The outcome for every group, in the scenario's order: of the mean error of its tasks.
    pub groups: Vec<Outcome>,
    /// The outcome for the targets: of the mean error of all of them.
    pub targets: Outcome,
    /// The same, with the first approach in the place of single-task training.
    pub beside_first: Outcome,
    /// Accuracy and logistic loss of every group alone and together, for labels ±1.
    pub held_out: Option<Vec<[HeldOut; 2]>>,
}

impl Measurement {
    /// Whether all trials have been run.
    pub fn is_complete(&self) -> bool {
        self.trials == self.wanted
    }

    /// What the scenario's own approach has shown.
    pub fn own(&self) -> &Measured {
        &self.approaches[0]
    }

    /// The names of the approaches; where only methods differ, those of the methods.
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

    /// Sums up trials of a scenario by the given approaches; `None` for fewer than two trials.
    pub fn of(
        scenario: &Scenario,
        approaches: &[Approach],
        trials: &[impl Borrow<Record>],
        wanted: usize,
    ) -> Option<Self> {
        let trials: Vec<&Record> = trials.iter().map(Borrow::borrow).collect();
        let first = trials.first()?;
        let approaches = approaches
            .iter()
            .enumerate()
            .map(|(index, &approach)| Measured::of(scenario, &trials, index, approach))
            .collect::<Option<Vec<_>>>()?;
        let alone = trials.iter().map(|t| t.claim_alone).max().unwrap_or(first.claim_alone);
        Some(Self { trials: trials.len(), wanted, alone, approaches })
    }
}

impl Measured {
    fn of(
        scenario: &Scenario,
        trials: &[&Record],
        index: usize,
        approach: Approach,
    ) -> Option<Self> {
        let outcome = |tasks: &[usize], baseline: Option<usize>| {
            let risks: Vec<Risks> = trials
                .iter()
                .map(|trial| Risks {
                    single: mean(tasks, baseline.map_or(&trial.alone, |b| &trial.fits[b].errors)),
                    multi: mean(tasks, &trial.fits[index].errors),
                })
                .collect();
            Outcome::of(&risks)
        };
        let of_group =
            |group: &crate::scenario::Group| -> Vec<usize> { group.tasks.clone().collect() };
        let claim = trials.iter().map(|trial| trial.fits[index].claim).max()?;
        let of_target = |outcome: Outcome| match claim {
            Claim::Rounding => outcome.limited_by_rounding(),
            _ => outcome,
        };
        let groups = scenario.groups().iter().map(|group| {
            let found = outcome(&of_group(group), None)?;
            Some(if group.role == Role::Target { of_target(found) } else { found })
        });
        let targets = scenario.targets();
        let held_out =
            scenario.groups().iter().map(|group| held_out(trials, index, &of_group(group)));
        Some(Self {
            approach,
            claim,
            weights: mean_weights(trials, index),
            groups: groups.collect::<Option<Vec<_>>>()?,
            targets: of_target(outcome(&targets, None)?),
            beside_first: of_target(outcome(&targets, Some(0))?),
            held_out: held_out.collect(),
        })
    }
}

/// The mean risk of some tasks.
pub(super) fn mean(tasks: &[usize], errors: &[Errors]) -> f64 {
    tasks.iter().map(|&i| errors[i].risk).sum::<f64>() / tasks.len() as f64
}

fn mean_weights(trials: &[&Record], index: usize) -> Vec<f64> {
    let tasks = trials.first().map_or(0, |trial| trial.alone.len());
    let mut sums = vec![0.0; tasks];
    for trial in trials {
        let weights = &trial.fits[index].weights;
        let total: f64 = weights.iter().sum();
        for (sum, weight) in sums.iter_mut().zip(weights) {
            *sum += weight * tasks as f64 / (total * trials.len() as f64);
        }
    }
    sums
}

/// Mean accuracy and logistic loss of some tasks, alone and together.
fn held_out(trials: &[&Record], index: usize, tasks: &[usize]) -> Option<[HeldOut; 2]> {
    let count = (trials.len() * tasks.len()) as f64;
    let average = |errors: &dyn Fn(&Record) -> Vec<Errors>| {
        let found: Option<Vec<HeldOut>> = trials
            .iter()
            .flat_map(|trial| {
                let errors = errors(trial);
                tasks.iter().map(move |&i| errors[i].held_out).collect::<Vec<_>>()
            })
            .collect();
        found.map(|all| HeldOut {
            accuracy: all.iter().map(|h| h.accuracy).sum::<f64>() / count,
            logistic_loss: all.iter().map(|h| h.logistic_loss).sum::<f64>() / count,
        })
    };
    let alone = average(&|trial| trial.alone.clone())?;
    let together = average(&|trial| trial.fits[index].errors.clone())?;
    Some([alone, together])
}

/// Runs all trials of a scenario on all cores by the given approaches, the scenario's own first,
/// and hands over what they show so far after batches that double in size. `None` if cancelled.
pub fn measure(
    scenario: &Scenario,
    approaches: &[Approach],
    cancel: &Cancel,
    mut publish: impl FnMut(&Measurement),
) -> Option<Measurement> {
    let wanted = scenario.trials();
    let mut trials = Vec::with_capacity(wanted);
    while trials.len() < wanted {
        let until = (trials.len() * 2).max(4).min(wanted);
        trials.extend(records(scenario, approaches, trials.len()..until, cancel)?);
        if let Some(so_far) = Measurement::of(scenario, approaches, &trials, wanted) {
            publish(&so_far);
        }
    }
    Measurement::of(scenario, approaches, &trials, wanted)
}

/// What remains of a range of trials, in their order. `None` if cancelled.
pub fn records(
    scenario: &Scenario,
    approaches: &[Approach],
    trials: std::ops::Range<usize>,
    cancel: &Cancel,
) -> Option<Vec<Record>> {
    trials
        .into_par_iter()
        .with_max_len(1)
        .map(|trial| {
            (!cancel.is_cancelled()).then(|| Trial::run(scenario, trial, approaches).into())
        })
        .collect()
}
