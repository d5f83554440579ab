//! Theory for a scenario: transfer predicted from its populations, without training.

use rayon::prelude::*;

use super::population_theory::{MOST_SHRUNK, PopulationTheory, penalised, weights};
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

/// Why there is no prediction where the theory has one in principle.
pub(crate) const NO_PREDICTION: &str = "there is no prediction here";
/// Why there is none at a value of a knob that the scenario cannot have.
pub(super) const NO_VALUE: &str = "the scenario cannot have such a value";

/// Returns the reason why the theory does not apply to a scenario; `None` if it does.
pub fn theory_gap(scenario: &Scenario) -> Option<&'static str> {
    if scenario.real().is_some() && scenario.activation() == Activation::Relu {
        return Some("for data from files it is for linear units");
    }
    let of_rows = || match scenario.real() {
        Some(_) => data_gap(scenario),
        None => rows_gap(scenario),
    };
    model_gap(scenario).or_else(|| method_gap(scenario)).or_else(of_rows)
}

/// The largest product of the squared number of tasks and the third power of the dimension of a
/// prediction for data from files, whose rows have no common axes.
const MOST_OF_DATA: usize = 100_000_000;

/// Fewest training rows a feature of every task of a prediction for data from files. Measured.
const ROWS_A_FEATURE: f64 = 3.5;
/// Fewest validation rows a feature of the targets.
const HELD_OUT_A_FEATURE: usize = 5;

/// The largest share by which the noise of given test rows, or with components of half of the rows,
/// may differ from that of all rows.
const MOST_SHIFT: f64 = 0.05;

/// Parts of a theory line along a knob between which it is computed: fewer where a prediction may take
/// a tenth of a second, because the rows of more than two tasks have no common axes.
pub fn line_steps(scenario: &Scenario) -> usize {
    let is_slow = || scenario.real().is_some() || !scenario.population(0).has_common_axes();
    if scenario.tasks().len() > 2 && is_slow() { 20 } else { 100 }
}

/// The reason why the theory is no approximation for data from files.
fn data_gap(scenario: &Scenario) -> Option<&'static str> {
    let real = scenario.real()?;
    let work = scenario.tasks().len().pow(2).saturating_mul(scenario.dimension().pow(3));
    if scenario.approach().method != Method::Joint {
        Some("for data from files it is for joint training only")
    } else if work > MOST_OF_DATA {
        Some("it takes too long for so many tasks and features")
    } else if scenario.targets().iter().any(|&i| real.shift(scenario)[i] > MOST_SHIFT) {
        Some("for data from files it needs test rows of the target that are like its other rows")
    } else if scenario.targets().iter().any(|&i| real.drift(scenario)[i] > MOST_SHIFT) {
        Some("for data from files it needs components that other rows would give, too")
    } else if real.repeats_features(scenario) {
        Some(
            "for data from files it needs features that are neither constant nor follow from others",
        )
    } else if scenario.targets().iter().any(|&i| penalised(scenario, i) > MOST_SHRUNK) {
        Some(
            "even the weakest penalty changes the fit: labels are nearly exact, or features \
             have very different scales",
        )
    } else {
        let held_out = real.held_out_rows(scenario);
        let least = HELD_OUT_A_FEATURE * scenario.dimension();
        if scenario.targets().iter().any(|&i| held_out[i] < least) {
            return Some(
                "for data from files it needs more validation rows, about 5 a feature: with fewer, \
                 the choice of the penalties counts",
            );
        }
        let fewest = ROWS_A_FEATURE * scenario.dimension() as f64;
        scenario.tasks().iter().any(|task| (task.samples as f64) < fewest).then_some(
            "for data from files it needs more training rows, about 3.5 a feature: with fewer, the \
             penalties of the models count",
        )
    }
}

/// The reason why the theory does not apply to the model, its loss or the labels.
pub(crate) fn model_gap(scenario: &Scenario) -> Option<&'static str> {
    let relu = scenario.activation() == Activation::Relu;
    let labels = || scenario.tasks().iter().map(|task| &task.labels);
    let response = if relu { Response::Relu } else { Response::Linear };
    if labels().any(|labels| labels.response == Response::Sign) {
        Some("there is none for labels ±1")
    } else if scenario.loss() == Loss::Logistic {
        Some("there is none for the logistic loss")
    } else if labels().any(|labels| labels.random != 0.0) {
        Some("there is none for random labels")
    } else if relu && scenario.width() > 1 {
        Some("with ReLU it is for one unit")
    } else if labels().any(|labels| labels.response != response) {
        Some(match response {
            Response::Relu => "with ReLU it is for the labels of a ReLU unit plus noise",
            _ => "with linear units it is for labels that are linear plus noise",
        })
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
        Method::FineTune if k != 2 => Some("it is for fine-tuning with one source"),
        Method::Joint | Method::Merge | Method::FineTune | Method::Ridge => None,
        _ => Some("there is none for this method"),
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
    average(&predictions, scenario.populations())
}

/// Of so many populations one may be without a prediction. Those without one are the ones that fit
/// worst, so an average over the others would be too good.
const ONE_OF: usize = 20;

/// Returns the average over some of the populations of all trials, `all` in number, if all but a few
/// of them have a prediction, otherwise the reason why one of the others has none.
pub fn average(
    populations: &[Result<Prediction, &'static str>],
    all: usize,
) -> Result<Prediction, &'static str> {
    let found: Vec<Prediction> = populations.iter().filter_map(|p| p.ok()).collect();
    match populations.iter().find_map(|p| p.err()) {
        Some(reason) if ONE_OF * (populations.len() - found.len()) > populations.len() => {
            Err(reason)
        }
        _ => Prediction::over_populations(&found, all).ok_or(NO_PREDICTION),
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
    fn the_average_of_few_populations_says_how_far_that_of_all_may_be() {
        let scenario = Preset::find("random-pair").unwrap().scenario().unwrap();
        let mut draft = scenario.draft().clone();
        (draft.trials, draft.data.dimension) = (60.0, 40.0);
        let scenario = Scenario::check(draft).unwrap();
        let [few, all] = [6, 60].map(|populations| predict(&scenario, populations).unwrap());
        assert!((few.gain - all.gain).abs() > all.margin, "{few:?} {all:?}");
        assert!((few.gain - all.gain).abs() < few.margin, "{few:?} {all:?}");
    }

    #[test]
    fn an_average_needs_all_but_a_few_populations() {
        let with = |known: usize, missing: usize| {
            let found = Ok(Prediction::new(1.0, 0.1, 0.2, 0.0));
            let all = [vec![found; known], vec![Err("unsettled"); missing]].concat();
            average(&all, all.len()).is_ok()
        };
        assert!(with(31, 1) && with(95, 5) && with(1, 0));
        assert!(!with(27, 5) && !with(7, 1) && !with(0, 1));
    }
}
