//! The verdict of a scenario: its trials, summed up while they run, beside the theory.

use rayon::prelude::*;

use super::trial::Trial;
use crate::cancel::Cancel;
use crate::scenario::Scenario;
use crate::task::Population;
use crate::transfer::theory::{Setting, Theory, single_task_risk};
use crate::transfer::{Outcome, Prediction, Risks};

/// Predictions are averaged over at most this many populations.
const POPULATIONS: usize = 20;

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

/// Why the theory line is not offered for a scenario; `None` where it is.
pub fn theory_gap(scenario: &Scenario) -> Option<&'static str> {
    let target = &scenario.tasks()[scenario.target()];
    if scenario.width() > 1 {
        Some("the shared module is as wide as there are tasks: nothing need be shared")
    } else if single_task_risk(scenario.dimension(), target.samples as f64, target.noise).is_none()
    {
        Some("the target has no more than d + 1 rows: alone, its expected error is infinite")
    } else {
        None
    }
}

/// The theory of one population of a scenario.
pub fn theory(scenario: &Scenario, population: &Population) -> Theory {
    let [target, source] = [scenario.target(), scenario.source()].map(|i| &population.tasks[i]);
    let covariances = [target, source].map(|task| task.covariance());
    Theory::new([&covariances[0], &covariances[1]], [&target.theta, &source.theta])
}

/// Samples, noise and weights of a scenario, target first.
pub fn setting(scenario: &Scenario) -> Setting {
    let order = [scenario.target(), scenario.source()];
    let weights = scenario.weights();
    Setting {
        samples: order.map(|i| scenario.tasks()[i].samples as f64),
        noise: order.map(|i| scenario.tasks()[i].noise),
        weights: order.map(|i| weights[i]),
    }
}

/// The prediction for a scenario, averaged over its populations (at most 20 of them); or why
/// there is none.
pub fn predict(scenario: &Scenario) -> Result<Prediction, &'static str> {
    if let Some(gap) = theory_gap(scenario) {
        return Err(gap);
    }
    let setting = setting(scenario);
    let predictions = (0..scenario.populations().min(POPULATIONS))
        .into_par_iter()
        .with_max_len(1)
        .map(|trial| theory(scenario, &scenario.population(trial)).predict(&setting))
        .collect::<Option<Vec<_>>>();
    predictions.and_then(|p| Prediction::average(&p)).ok_or("the prediction does not exist here")
}
