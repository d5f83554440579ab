//! Theory for a scenario: transfer predicted from its populations, without training.

use rayon::prelude::*;

use super::population_theory::{PopulationTheory, weights};
use crate::method::Method;
use crate::model::Loss;
use crate::scenario::Scenario;
use crate::task::{Activation, Population, Response};
use crate::transfer::Prediction;
use crate::transfer::theory::{NEARLY_SQUARE, Theory, single_task_risk};

pub use super::population_theory::setting;

/// The largest number of populations averaged in a prediction beside a verdict.
pub const POPULATIONS: usize = 100;

/// The most tasks of a prediction for joint training, and the largest product of the dimension and the
/// square of the number of tasks. Beyond, a population takes seconds to minutes.
const MOST_TASKS: usize = 24;
const MOST_WORK: usize = 50_000;

/// Returns the reason why the theory does not apply to a scenario; `None` if it does.
pub fn theory_gap(scenario: &Scenario) -> Option<&'static str> {
    if scenario.real().is_some() {
        Some("it is for Gaussian rows with a known θ, not for data from files")
    } else if scenario.activation() == Activation::Relu {
        relu_gap(scenario).or_else(|| method_gap(scenario)).or_else(|| rows_gap(scenario))
    } else if !scenario.is_linear() || !has_labels(scenario, Response::Linear) {
        Some("it is for the linear model with squared loss and labels that are linear plus noise")
    } else {
        method_gap(scenario).or_else(|| rows_gap(scenario))
    }
}

/// Returns true if all labels are a response plus noise.
fn has_labels(scenario: &Scenario, response: Response) -> bool {
    scenario.tasks().iter().all(|t| t.labels.response == response && t.labels.random == 0.0)
}

/// The reason why the theory does not apply to a ReLU model.
fn relu_gap(scenario: &Scenario) -> Option<&'static str> {
    let squared = scenario.loss() == Loss::Squared;
    if scenario.width() > 1 || !squared || !has_labels(scenario, Response::Relu) {
        Some("with ReLU it is for one unit, squared loss and labels of a ReLU unit plus noise")
    } else {
        None
    }
}

/// The reason why the targets have too few rows, or nearly as many as features.
fn rows_gap(scenario: &Scenario) -> Option<&'static str> {
    let tasks = scenario.tasks();
    let d = scenario.dimension();
    let few = |i: &usize| single_task_risk(d, tasks[*i].samples as f64, 1.0).is_none();
    let nearly_square = |i: &usize| tasks[*i].samples.abs_diff(d as u64) < 2;
    let targets = scenario.targets();
    match scenario.approach().method {
        Method::Joint => targets.iter().any(nearly_square).then_some(NEARLY_SQUARE),
        _ => targets.iter().any(few).then_some("it needs more than d + 1 rows of the target"),
    }
}

/// The reason why no theory applies to the method of a scenario, its weights and its width.
fn method_gap(scenario: &Scenario) -> Option<&'static str> {
    let k = scenario.tasks().len();
    let shares_rows = scenario.shares_rows() && k > 1;
    match scenario.approach().method {
        Method::Joint if weights(scenario).is_none() => {
            Some("it is for weights that do not depend on the data")
        }
        Method::Joint | Method::Merge | Method::FineTune if shares_rows => {
            Some("it is for tasks with rows of their own")
        }
        Method::Joint if scenario.width() >= k => {
            Some("the shared module is as wide as there are tasks, so nothing is shared")
        }
        Method::Joint if k > MOST_TASKS || k * k * scenario.dimension() > MOST_WORK => {
            Some("it takes too long for so many tasks and features")
        }
        Method::Ridge => Some("there is none for ridge regression"),
        Method::FineTune if k != 2 => Some("it is for fine-tuning with one source"),
        Method::Joint | Method::Merge | Method::FineTune => None,
        _ => Some("it is for joint training without alignment, merging and fine-tuning"),
    }
}

/// Returns the theory of joint training for one population.
pub fn theory(population: &Population) -> Theory {
    PopulationTheory::of(population).joint().clone()
}

/// Returns the theories of the first populations of a scenario: those of its first trials.
pub fn theories(scenario: &Scenario, populations: usize) -> Vec<PopulationTheory> {
    (0..scenario.populations().min(populations))
        .into_par_iter()
        .with_max_len(1)
        .map(|trial| PopulationTheory::of(&scenario.population(trial)))
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
pub fn predict_by(
    theories: &[PopulationTheory],
    scenario: &Scenario,
) -> Result<Prediction, &'static str> {
    if let Some(gap) = theory_gap(scenario) {
        return Err(gap);
    }
    let predictions: Vec<_> =
        theories.par_iter().with_max_len(1).map(|theory| theory.predict(scenario)).collect();
    average(&predictions)
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
    use crate::scenario::Preset;

    #[test]
    fn a_prediction_that_would_take_minutes_is_not_begun() {
        let preset = Preset::find("six-tasks").unwrap().scenario().unwrap();
        assert_eq!(theory_gap(&preset), None);
        let mut draft = preset.draft().clone();
        let task = draft.tasks[0].clone();
        for more in 6..25 {
            draft.tasks.push(crate::scenario::draft::TaskDraft {
                name: format!("more{more}"),
                ..task.clone()
            });
        }
        let many = Scenario::check(draft).unwrap();
        assert!(theory_gap(&many).unwrap().contains("so many tasks"));
    }

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
