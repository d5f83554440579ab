//! The theory of a scenario: transfer predicted for its populations, without a trial.

use rayon::prelude::*;

use crate::scenario::Scenario;
use crate::task::Population;
use crate::transfer::Prediction;
use crate::transfer::theory::{Setting, Theory, single_task_risk};

/// A prediction that stands beside a verdict averages at most this many populations.
pub const POPULATIONS: usize = 100;

/// Why the theory line is not offered for a scenario; `None` where it is.
pub fn theory_gap(scenario: &Scenario) -> Option<&'static str> {
    let target = &scenario.tasks()[scenario.target()];
    if scenario.width() > 1 {
        Some("the shared module is as wide as there are tasks: nothing need be shared")
    } else if single_task_risk(scenario.dimension(), target.samples as f64, target.noise).is_none()
    {
        Some("it needs more than d + 1 rows of the target")
    } else {
        None
    }
}

/// The theory of one population of a scenario.
pub fn theory(population: &Population) -> Theory {
    let covariances: Vec<_> = population.tasks.iter().map(|task| task.covariance()).collect();
    let thetas: Vec<_> = population.tasks.iter().map(|task| task.theta.clone()).collect();
    Theory::new(&covariances, &thetas)
}

/// Samples, noise and weights of the tasks of a scenario.
pub fn setting(scenario: &Scenario) -> Setting {
    Setting {
        samples: scenario.tasks().iter().map(|task| task.samples as f64).collect(),
        noise: scenario.tasks().iter().map(|task| task.noise).collect(),
        weights: scenario.weights(),
    }
}

/// The prediction for a scenario, averaged over its first populations, those of the first trials;
/// or why there is none.
pub fn predict(scenario: &Scenario, populations: usize) -> Result<Prediction, &'static str> {
    if let Some(gap) = theory_gap(scenario) {
        return Err(gap);
    }
    let setting = setting(scenario);
    let predictions: Vec<_> = (0..scenario.populations().min(populations))
        .into_par_iter()
        .with_max_len(1)
        .map(|trial| theory(&scenario.population(trial)).predict(&setting, scenario.target()))
        .collect();
    average(&predictions)
}

/// The average over populations, if there is a prediction for most of them; else why there is
/// none for one of the others.
pub fn average(
    populations: &[Result<Prediction, &'static str>],
) -> Result<Prediction, &'static str> {
    let found: Vec<Prediction> = populations.iter().filter_map(|p| p.ok()).collect();
    match populations.iter().find_map(|p| p.err()) {
        Some(reason) if 2 * found.len() <= populations.len() => Err(reason),
        _ => Prediction::average(&found).ok_or("the prediction does not exist here"),
    }
}
