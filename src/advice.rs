//! Advice for real tasks: which to train together, at what width and with what weights.
//!
//! Plans are compared on validation rows. The best one is confirmed on test rows with training
//! rows drawn anew, beside every task alone (ridge, tuned) and all tasks together, so that a plan
//! chosen by luck is not promised.

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

/// The kind of advice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Recommendation {
    /// Train as the plan says: its gain is confirmed.
    Together,
    /// Train every task alone: the best plan helps, but by less than [`NEGLIGIBLE`].
    Negligible,
    /// Train every task alone: the best plan hurts, or its interval contains zero and rules out a
    /// gain above [`SLIGHT`].
    Alone,
    /// The interval of the best plan's gain contains zero and does not rule out a useful gain.
    Unsure,
    /// Some task has fewer than [`FEWEST`] test rows, and the best plan does not hurt.
    TooFewRows,
}

/// A plan measured on test rows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ConfirmedPlan {
    /// Why it is shown.
    pub name: String,
    /// The plan.
    pub plan: Plan,
    /// Gain in the mean error of the tasks.
    pub gain: Option<Interval>,
    /// Every task.
    pub tasks: Vec<TaskGain>,
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
    /// The best plan on the validation rows that trains some tasks together, confirmed; then the
    /// best one of all tasks together, and those of width 1 with uniform weights and weights by
    /// scale. No plan stands twice.
    pub confirmed: Vec<ConfirmedPlan>,
    /// All plans compared, the best first.
    pub candidates: Vec<Candidate>,
    /// The gain of the best plan against the number of training rows.
    pub curve: Vec<RowsPoint>,
}

/// A smaller gain does not matter, however sure it is.
pub const NEGLIGIBLE: f64 = 0.01;
/// If the interval of the best plan's gain contains zero, training alone is the advice only if a
/// larger gain than this is ruled out.
pub const SLIGHT: f64 = 0.03;
/// With fewer test rows of some task no plan is recommended.
pub const FEWEST: usize = 25;

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
    let confirmed: Vec<ConfirmedPlan> = plans
        .into_iter()
        .map(|(name, plan)| ConfirmedPlan {
            gain: measured.value(&plan),
            tasks: measured.by_task(&plan),
            name,
            plan,
        })
        .collect();
    let Some(curve) =
        curve(scenario, trials, &confirmed[0], cancel, &|share| report(0.8 + 0.2 * share))
    else {
        return Ok(None);
    };
    report(1.0);
    let (test_rows, constant) = test_parts(scenario, fresh);
    Ok(Some(Advice {
        tasks: scenario.tasks().iter().map(|task| task.name.clone()).collect(),
        rows: scenario.tasks().iter().map(|task| task.samples).collect(),
        caution: unlike_scales(scenario),
        classification: scenario.classifies(),
        drawn_splits: scenario.real().is_some_and(|real| real.draws_splits()),
        trials,
        recommendation: recommendation(&confirmed[0], test_rows),
        available: scenario.most_rows(),
        test_rows,
        constant,
        confirmed,
        candidates,
        curve,
    }))
}

/// The plans to confirm, with their names: the best one, and all tasks together.
fn confirmed_plans(best: &Plan, candidates: &[Candidate], tasks: usize) -> Vec<(String, Plan)> {
    let mut plans = vec![("best plan".to_owned(), best.clone())];
    let whole = candidates.iter().find(|found| found.plan.models.len() == 1);
    if let Some(whole) = whole.filter(|whole| whole.plan != *best) {
        plans.push(("all together, best".to_owned(), whole.plan.clone()));
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
        Some(_) => None,
    }
}

/// What follows from the best plan that trains tasks together. Where the errors alone are too close
/// to zero for a gain, the differences of the errors decide.
fn recommendation(best: &ConfirmedPlan, test_rows: usize) -> Recommendation {
    let hurts = match best.gain {
        Some(gain) => gain.is_negative(),
        None => {
            best.tasks.iter().any(|task| task.saved.is_negative())
                && !best.tasks.iter().any(|task| task.saved.is_positive())
        }
    };
    match best.gain {
        _ if hurts => Recommendation::Alone,
        _ if test_rows < FEWEST => Recommendation::TooFewRows,
        Some(gain) if gain.is_positive() && gain.mean < NEGLIGIBLE => Recommendation::Negligible,
        Some(gain) if gain.is_positive() => Recommendation::Together,
        Some(gain) if gain.high <= SLIGHT => Recommendation::Alone,
        _ => Recommendation::Unsure,
    }
}

/// The gain of a confirmed plan with a quarter and half of the rows, with all of them as confirmed,
/// and with two and four times as many if the data set has them.
fn curve(
    scenario: &Scenario,
    trials: AdviceTrials,
    best: &ConfirmedPlan,
    cancel: &Cancel,
    report: &dyn Fn(f64),
) -> Option<Vec<RowsPoint>> {
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
            (measured.value(&best.plan), count)
        };
        let rows = rows as f64 / scaled.tasks().len() as f64;
        points.push(RowsPoint { share, rows, trials: count, gain });
        report((done + 1) as f64 / 5.0);
    }
    Some(points)
}
