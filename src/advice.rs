//! Advice for real tasks: which to train together, at what width and with what weights.
//!
//! Plans are compared on validation rows. The best one and all tasks together are measured on test
//! rows with training rows drawn anew, beside every task alone (ridge, tuned). Their intervals hold
//! at once, so the best of these few plans may be chosen by them, and a plan that validation rows
//! chose by luck is not promised.

mod choice;
mod measure;
mod page;
mod plan;
mod search;
mod trial;
mod words;

use serde::Serialize;

use crate::cancel::Cancel;
use crate::error::{Error, Invalid, Result};
use crate::math::stats::Interval;
use crate::method::Weighting;
use crate::scenario::Scenario;
use crate::study::caution::{OTHER_ROWS, unlike_scales};
pub use choice::{ConfirmedPlan, FEWEST, NEGLIGIBLE, Recommendation, SLIGHT};
pub use measure::TaskGain;
use measure::{MeasuredModels, steps};
pub use page::{PagePictures, markdown};
pub use plan::{Plan, PlannedModel};
pub use search::Candidate;
use trial::Part;

/// What this advice would add to a study of affinity.
pub const BESIDE_AFFINITY: &str = "For real tasks, advise also chooses widths and weights on \
validation rows and confirms the plan on test rows: taskscope advise.";
/// What a study of affinity would add to this advice.
pub const BESIDE_ADVICE: &str = "The gain of every task with every other, and how well cheap proxies \
rank the pairs, are what affinity adds: taskscope affinity.";

/// The number of trials on which plans are compared, and that on which one is confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct AdviceTrials {
    /// For the comparison, on validation rows.
    pub search: usize,
    /// For the confirmation, on test rows.
    pub confirm: usize,
}

impl Default for AdviceTrials {
    fn default() -> Self {
        Self { search: 20, confirm: 40 }
    }
}

/// The gain of the best plan with a share of the training rows.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct RowsPoint {
    /// The share of the rows of the scenario.
    pub share: f64,
    /// Mean number of training rows of a task.
    pub rows: f64,
    /// The number of trials behind it.
    pub trials: usize,
    /// Gain in the mean error of the tasks; `None` if it cannot be computed.
    pub gain: Option<Interval>,
}

/// Advice on the tasks of a scenario.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Advice {
    /// Names of the tasks.
    pub tasks: Vec<String>,
    /// Training rows of every task in a trial.
    pub rows: Vec<u64>,
    /// Training rows of every task that a trial could have.
    pub available: Vec<u64>,
    /// The fewest validation rows of a task in a trial.
    pub validation_rows: usize,
    /// The fewest test rows of a task.
    pub test_rows: usize,
    /// For every task, the error of the best constant prediction.
    pub constant: Vec<f64>,
    /// What to beware of in the features, in a sentence or two.
    pub caution: Option<String>,
    /// True if errors are shares of misclassified rows, false if they are 1 − R².
    pub classification: bool,
    /// True if every trial draws its own test rows.
    pub drawn_splits: bool,
    /// The numbers of trials.
    pub trials: AdviceTrials,
    /// What to do.
    pub recommendation: Recommendation,
    /// The best plan on the validation rows that trains some tasks together, the best one of all
    /// tasks together, and those of width 1 with uniform weights and weights by scale, measured on
    /// test rows. The first is the best there: the simplest of those whose gains cannot be told
    /// apart. No plan stands twice.
    pub confirmed: Vec<ConfirmedPlan>,
    /// All plans compared, the best first.
    pub candidates: Vec<Candidate>,
    /// The gain of the best plan against the number of training rows.
    pub curve: Vec<RowsPoint>,
}

/// The name of the plan that the validation rows chose.
pub const BY_VALIDATION: &str = "best on validation rows";

/// Finds advice for a scenario of real tasks. `report` receives the share that is done.
/// `None` if cancelled.
///
/// # Errors
///
/// If the scenario's tasks are not real, there is only one, or the model is not linear.
pub fn advise(
    scenario: &Scenario,
    trials: AdviceTrials,
    cancel: &Cancel,
    report: &(dyn Fn(f64) + Sync),
) -> Result<Option<Advice>> {
    if let Some(reason) = no_advice(scenario) {
        return Err(Invalid::new("advise", "a scenario that has no advice", reason).into());
    }
    let Some(candidates) =
        search::candidates(scenario, trials.search, cancel, &|share| report(0.5 * share))
    else {
        return Ok(None);
    };
    let Some(best) = candidates.iter().find(|found| !found.plan.is_alone()) else {
        return Err(Error::Failed(
            "no plan could be measured: on the validation rows the labels of a task do not vary, or \
             the errors are too close to zero"
                .to_owned(),
        ));
    };
    let plans = confirmed_plans(&best.plan, &candidates, scenario.tasks().len());
    let fresh = trials.search..trials.search + trials.confirm;
    let models: Vec<PlannedModel> =
        plans.iter().flat_map(|(_, plan)| plan.models.clone()).collect();
    let advance = steps(fresh.len() * models.len(), |share| report(0.5 + 0.3 * share));
    let Some(measured) =
        MeasuredModels::new(scenario, fresh.clone(), Part::Test, &models, cancel, &advance)
    else {
        return Ok(None);
    };
    report(0.8);
    let confirmed = choice::best_first(confirmed(plans, &measured), &measured);
    let Some(curve) =
        curve(scenario, trials, &confirmed, cancel, &|share| report(0.8 + 0.2 * share))
    else {
        return Ok(None);
    };
    report(1.0);
    let (test_rows, constant) = test_parts(scenario, fresh);
    let validation = scenario.trial_rows(&scenario.population(0), 0).validation;
    Ok(Some(Advice {
        tasks: scenario.tasks().iter().map(|task| task.name.clone()).collect(),
        rows: scenario.tasks().iter().map(|task| task.samples).collect(),
        caution: unlike_scales(scenario),
        classification: scenario.classifies(),
        drawn_splits: scenario.real().is_some_and(|real| real.draws_splits()),
        trials,
        recommendation: choice::recommendation(&confirmed, test_rows),
        available: scenario.most_rows(),
        validation_rows: validation.iter().map(|task| task.rows.y.len()).min().unwrap_or(0),
        test_rows,
        constant,
        confirmed,
        candidates,
        curve,
    }))
}

/// The plans to confirm, with their names: the best one, and all tasks together.
fn confirmed_plans(best: &Plan, candidates: &[Candidate], tasks: usize) -> Vec<(String, Plan)> {
    let mut plans = vec![(BY_VALIDATION.to_owned(), best.clone())];
    let whole = candidates.iter().find(|found| found.plan.models.len() == 1);
    if let Some(whole) = whole.filter(|whole| whole.plan != *best) {
        plans.push(("all together, best on validation rows".to_owned(), whole.plan.clone()));
    }
    for (name, weights) in [
        ("all together, width 1, raw losses", Weighting::Uniform),
        ("all together, width 1, scaled losses", Weighting::ByScale),
    ] {
        let plan = Plan::together(tasks, 1, weights);
        if plans.iter().all(|(_, known)| *known != plan) {
            plans.push((name.to_owned(), plan));
        }
    }
    plans
}

/// The plans as they were measured, with intervals that hold for all of them at once.
fn confirmed(plans: Vec<(String, Plan)>, measured: &MeasuredModels) -> Vec<ConfirmedPlan> {
    let all = plans.len();
    let confirmed = |(name, plan): (String, Plan)| ConfirmedPlan {
        gain: measured.value(&plan, all),
        tasks: measured.by_task(&plan),
        name,
        plan,
    };
    plans.into_iter().map(confirmed).collect()
}

/// The fewest test rows of a task, and the error of every task's best constant prediction on those
/// of some trials.
fn test_parts(scenario: &Scenario, trials: std::ops::Range<usize>) -> (usize, Vec<f64>) {
    let test = scenario.held_out(&scenario.population(0), 0);
    let fewest = test.iter().map(|task| task.rows.y.len()).min().unwrap_or(0);
    let constant = match scenario.real() {
        Some(real) if scenario.classifies() => real.mean_constant_errors(scenario, trials),
        _ => vec![1.0; test.len()],
    };
    (fewest, constant)
}

/// The reason why there is no advice for a scenario; `None` if there may be.
pub fn no_advice(scenario: &Scenario) -> Option<&'static str> {
    match scenario.real() {
        None => Some("advice is for real tasks: digits, ratings, or a file"),
        Some(_) if scenario.tasks().len() < 2 => Some("advice takes two tasks"),
        Some(_) if !scenario.is_linear() => Some("advice is for linear units with squared loss"),
        Some(_) if scenario.repeats_rows() => Some(OTHER_ROWS),
        Some(real) if real.lacks_validation(scenario.addresses()) => {
            Some("validation rows, on which plans are compared: the files give none")
        }
        Some(_) => None,
    }
}

/// The gain of the best plan with a quarter and half of the rows, with all of them as confirmed, and
/// with two and four times as many if the data set has them; intervals as those of confirmed plans.
fn curve(
    scenario: &Scenario,
    trials: AdviceTrials,
    confirmed: &[ConfirmedPlan],
    cancel: &Cancel,
    report: &dyn Fn(f64),
) -> Option<Vec<RowsPoint>> {
    let best = confirmed.first()?;
    let first = trials.search + trials.confirm;
    let mut points = Vec::new();
    for (done, share) in [0.25, 0.5, 1.0, 2.0, 4.0].into_iter().enumerate() {
        let scaled = scenario.with_rows_scaled(share).filter(|scaled| !scaled.repeats_rows());
        let Some(scaled) = scaled else { continue };
        let rows: u64 = scaled.tasks().iter().map(|task| task.samples).sum();
        let (gain, count) = if share == 1.0 {
            (best.gain, trials.confirm)
        } else {
            let count = trials.confirm / 2;
            let (models, own) = (&best.plan.models, first..first + count);
            let measured = MeasuredModels::new(&scaled, own, Part::Test, models, cancel, &|| {})?;
            (measured.value(&best.plan, confirmed.len()), count)
        };
        let rows = rows as f64 / scaled.tasks().len() as f64;
        points.push(RowsPoint { share, rows, trials: count, gain });
        report((done + 1) as f64 / 5.0);
    }
    Some(points)
}
