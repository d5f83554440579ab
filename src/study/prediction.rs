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
    let target = &scenario.tasks()[scenario.targets()[0]];
    if scenario.approach().weighting.before_data(&[1, 1], &[1.0, 1.0]).is_none()
        || scenario.tasks().len() != 2
        || !scenario.is_linear()
    {
        Some("it is for two linear tasks")
    } else if scenario.width() > 1 {
        Some("the shared module is as wide as there are tasks: nothing need be shared")
    } else if single_task_risk(scenario.dimension(), target.samples as f64, target.labels.noise)
        .is_none()
    {
        Some("it needs more than d + 1 rows of the target")
    } else {
        None
    }
}

/// The theory of one population of a scenario.
pub fn theory(scenario: &Scenario, population: &Population) -> Theory {
    let [target, source] = scenario.pair().map(|i| &population.tasks[i]);
    let covariances = [target, source].map(|task| task.covariance());
    Theory::new([&covariances[0], &covariances[1]], [&target.theta, &source.theta])
}

/// Samples, noise and weights of a scenario, target first.
pub fn setting(scenario: &Scenario) -> Setting {
    let order = scenario.pair();
    let samples: Vec<u64> = scenario.tasks().iter().map(|t| t.samples).collect();
    let weighting = scenario.approach().weighting;
    let weights = weighting.before_data(&samples, &scenario.manual_weights()).unwrap_or_default();
    Setting {
        samples: order.map(|i| scenario.tasks()[i].samples as f64),
        noise: order.map(|i| scenario.tasks()[i].labels.noise),
        weights: order.map(|i| weights[i]),
    }
}

/// The prediction for a scenario, averaged over its first populations, those of the first trials;
/// or why there is none.
pub fn predict(scenario: &Scenario, populations: usize) -> Result<Prediction, &'static str> {
    if let Some(gap) = theory_gap(scenario) {
        return Err(gap);
    }
    let setting = setting(scenario);
    let predictions = (0..scenario.populations().min(populations))
        .into_par_iter()
        .with_max_len(1)
        .map(|trial| theory(scenario, &scenario.population(trial)).predict(&setting))
        .collect::<Option<Vec<_>>>();
    predictions.and_then(|p| Prediction::average(&p)).ok_or("the prediction does not exist here")
}
