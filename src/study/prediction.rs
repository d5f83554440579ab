//! The theory of a scenario: transfer predicted for its populations, without a trial.

use rayon::prelude::*;

use crate::method::Method;
use crate::scenario::Scenario;
use crate::task::{Population, Response};
use crate::transfer::Prediction;
use crate::transfer::theory::{HeadUncertainty, Theory, TheorySetting, single_task_risk};

/// A prediction that stands beside a verdict averages at most this many populations.
pub const POPULATIONS: usize = 100;

/// Why the theory line is not offered for a scenario; `None` where it is.
pub fn theory_gap(scenario: &Scenario) -> Option<&'static str> {
    let tasks = scenario.tasks();
    let linear =
        tasks.iter().all(|t| t.labels.response == Response::Linear && t.labels.random == 0.0);
    let few = |&i: &usize| {
        let samples = tasks[i].samples as f64;
        single_task_risk(scenario.dimension(), samples, tasks[i].labels.noise).is_none()
    };
    if !scenario.is_linear() || !linear {
        Some(
            "it is for the linear model with squared loss and labels that are linear but for noise",
        )
    } else if scenario.approach().method != Method::Joint {
        Some("it is for joint training without alignment")
    } else if weights(scenario).is_none() {
        Some("it is for weights that are known before there are data")
    } else if scenario.shares_rows() && tasks.len() > 1 {
        Some("it is for tasks with rows of their own")
    } else if scenario.width() >= tasks.len() {
        Some("the shared module is as wide as there are tasks: nothing need be shared")
    } else if scenario.width() > 1 {
        Some("it is for a shared module of one unit")
    } else if scenario.targets().iter().any(few) {
        Some("it needs more than d + 1 rows of the target")
    } else {
        None
    }
}

/// The task weights of a scenario, where they are known before there are data.
fn weights(scenario: &Scenario) -> Option<Vec<f64>> {
    let samples: Vec<u64> = scenario.tasks().iter().map(|task| task.samples).collect();
    scenario.approach().weighting.before_data(&samples, &scenario.manual_weights())
}

/// The theory of one population of a scenario.
pub fn theory(population: &Population) -> Theory {
    let covariances: Vec<_> = population.tasks.iter().map(|task| task.covariance()).collect();
    let thetas: Vec<_> = population.tasks.iter().map(|task| task.theta.clone()).collect();
    Theory::new(&covariances, &thetas)
}

/// Samples, noise and weights of the tasks of a scenario.
pub fn setting(scenario: &Scenario) -> TheorySetting {
    TheorySetting {
        samples: scenario.tasks().iter().map(|task| task.samples as f64).collect(),
        noise: scenario.tasks().iter().map(|task| task.labels.noise).collect(),
        weights: weights(scenario).unwrap_or_default(),
    }
}

/// The theories of the first populations of a scenario, those of the first trials.
pub fn theories(scenario: &Scenario, populations: usize) -> Vec<Theory> {
    (0..scenario.populations().min(populations))
        .into_par_iter()
        .with_max_len(1)
        .map(|trial| theory(&scenario.population(trial)))
        .collect()
}

/// The prediction for a scenario, averaged over its first populations; or why there is none.
pub fn predict(scenario: &Scenario, populations: usize) -> Result<Prediction, &'static str> {
    match theory_gap(scenario) {
        Some(gap) => Err(gap),
        None => predict_by(&theories(scenario, populations), scenario),
    }
}

/// The same by theories that are known already, of the populations that the scenario draws.
pub fn predict_by(theories: &[Theory], scenario: &Scenario) -> Result<Prediction, &'static str> {
    if let Some(gap) = theory_gap(scenario) {
        return Err(gap);
    }
    let setting = setting(scenario);
    let predictions: Vec<_> = theories
        .par_iter()
        .with_max_len(1)
        .map(|theory| of_targets(theory, &setting, scenario))
        .collect();
    average(&predictions)
}

/// The prediction for the mean error of all targets.
pub fn of_targets(
    theory: &Theory,
    setting: &TheorySetting,
    scenario: &Scenario,
) -> Result<Prediction, &'static str> {
    of_each(&theory.predict_each(setting, &scenario.targets()))
}

/// The mean of the predictions for several targets, if there is one for each.
pub(crate) fn of_each(
    found: &[(Result<Prediction, &'static str>, HeadUncertainty)],
) -> Result<Prediction, &'static str> {
    let found: Result<Vec<Prediction>, _> =
        found.iter().map(|(prediction, _)| *prediction).collect();
    Prediction::average(&found?).ok_or("there is no target")
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
