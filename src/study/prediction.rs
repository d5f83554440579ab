//! Theory for a scenario: transfer predicted from its populations, without training.

use rayon::prelude::*;

use crate::method::Method;
use crate::scenario::Scenario;
use crate::task::{Population, Response};
use crate::transfer::Prediction;
use crate::transfer::theory::{NEARLY_SQUARE, Theory, TheorySetting};

/// The largest number of populations averaged in a prediction beside a verdict.
pub const POPULATIONS: usize = 100;

/// Returns the reason why the theory does not apply to a scenario; `None` if it does.
pub fn theory_gap(scenario: &Scenario) -> Option<&'static str> {
    let tasks = scenario.tasks();
    let linear =
        tasks.iter().all(|t| t.labels.response == Response::Linear && t.labels.random == 0.0);
    let d = scenario.dimension() as u64;
    let nearly_square = |&i: &usize| (d - 1..=d + 1).contains(&tasks[i].samples);
    if scenario.real().is_some() {
        Some("it is for Gaussian rows with a known θ, not for data from files")
    } else if !scenario.is_linear() || !linear {
        Some("it is for the linear model with squared loss and labels that are linear plus noise")
    } else if scenario.approach().method != Method::Joint {
        Some("it is for joint training without alignment")
    } else if weights(scenario).is_none() {
        Some("it is for weights that do not depend on the data")
    } else if scenario.shares_rows() && tasks.len() > 1 {
        Some("it is for tasks with rows of their own")
    } else if scenario.width() >= tasks.len() {
        Some("the shared module is as wide as there are tasks, so nothing is shared")
    } else if scenario.width() > 1 {
        Some("it is for a shared module of one unit")
    } else if scenario.targets().iter().any(nearly_square) {
        Some(NEARLY_SQUARE)
    } else {
        None
    }
}

/// The task weights of a scenario if they are known before the data are drawn.
fn weights(scenario: &Scenario) -> Option<Vec<f64>> {
    let samples: Vec<u64> = scenario.tasks().iter().map(|task| task.samples).collect();
    scenario.approach().weighting.before_data(&samples, &scenario.manual_weights())
}

/// Returns the theory of one population.
pub fn theory(population: &Population) -> Theory {
    let covariances: Vec<_> = population.tasks.iter().map(|task| task.covariance()).collect();
    let thetas: Vec<_> = population.tasks.iter().map(|task| task.theta.clone()).collect();
    Theory::new(&covariances, &thetas)
}

/// Returns the samples, noise and weights of the tasks of a scenario.
pub fn setting(scenario: &Scenario) -> TheorySetting {
    TheorySetting {
        samples: scenario.tasks().iter().map(|task| task.samples as f64).collect(),
        noise: scenario.tasks().iter().map(|task| task.labels.noise).collect(),
        weights: weights(scenario).unwrap_or_default(),
    }
}

/// Returns the theories of the first populations of a scenario: those of its first trials.
pub fn theories(scenario: &Scenario, populations: usize) -> Vec<Theory> {
    (0..scenario.populations().min(populations))
        .into_par_iter()
        .with_max_len(1)
        .map(|trial| theory(&scenario.population(trial)))
        .collect()
}

/// Returns the prediction for a scenario, averaged over its first populations, or the reason why
/// there is none.
pub fn predict(scenario: &Scenario, populations: usize) -> Result<Prediction, &'static str> {
    match theory_gap(scenario) {
        Some(gap) => Err(gap),
        None => predict_by(&theories(scenario, populations), scenario),
    }
}

/// As [`predict`], from known theories of the populations that the scenario draws.
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

/// Returns the prediction for the mean error of all targets; an error if one of them has none.
pub fn of_targets(
    theory: &Theory,
    setting: &TheorySetting,
    scenario: &Scenario,
) -> Result<Prediction, &'static str> {
    let found: Result<Vec<Prediction>, _> =
        theory.predict_each(setting, &scenario.targets()).into_iter().collect();
    Prediction::average(&found?).ok_or("there is no target")
}

/// Of so many populations one may be without a prediction. Those without one are the ones that fit
/// worst, so an average over the others would be too good.
const ONE_OF: usize = 20;

/// Returns the average over populations if all but a few of them have a prediction, otherwise the
/// reason why one of the others has none.
pub fn average(
    populations: &[Result<Prediction, &'static str>],
) -> Result<Prediction, &'static str> {
    let found: Vec<Prediction> = populations.iter().filter_map(|p| p.ok()).collect();
    match populations.iter().find_map(|p| p.err()) {
        Some(reason) if ONE_OF * (populations.len() - found.len()) > populations.len() => {
            Err(reason)
        }
        _ => Prediction::average(&found).ok_or("there is no prediction here"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_average_needs_all_but_a_few_populations() {
        let with = |known: usize, missing: usize| {
            let found = Ok(Prediction::new(1.0, 0.1, 0.2, 0.0));
            let all = [vec![found; known], vec![Err("unsettled"); missing]].concat();
            average(&all).is_ok()
        };
        assert!(with(31, 1) && with(95, 5) && with(1, 0));
        assert!(!with(27, 5) && !with(7, 1) && !with(0, 1));
    }
}
