//! The results of a run as JSON.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::cli::report::results::Results;
use crate::error::Result;
use crate::export::table::in_json;
use crate::math::stats::{Interval, Mean};
use crate::model::OptimumKind;
use crate::scenario::draft::TaskRole;
use crate::scenario::{Group, Scenario, ScenarioDraft, protocol};
use crate::study::Measurement;
use crate::study::caution;
use crate::study::held_out::{HeldOutMeans, Score};
use crate::study::measurement::Measured;
use crate::transfer::{Outcome, Prediction, Verdict};

/// Version of the JSON that `run` prints.
const SCHEMA: &str = "taskscope.run/1";

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    version: &'static str,
    name: &'a str,
    seed: u64,
    trials: usize,
    /// The mean over all targets.
    targets: Compared,
    tasks: Vec<Task<'a>>,
    theory: Option<Prediction>,
    theory_gap: Option<&'a str>,
    /// For real tasks: the error that stands under `excess_risk`, and how it is measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    protocol: Option<String>,
    /// What the intervals and standard errors cover.
    intervals_cover: &'static str,
    /// For every entry of `tasks` that takes part, the variance of the test labels, the mean over
    /// trials, for regression on real tasks: R² is 1 − error / variance.
    #[serde(skip_serializing_if = "Option::is_none")]
    test_variances: Option<Vec<f64>>,
    /// What to beware of in the results of real tasks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cautions: Vec<String>,
    /// The mean error of every entry of `tasks` by tuned ridge regression alone, if the tasks are
    /// real and the model is not linear.
    #[serde(skip_serializing_if = "Option::is_none")]
    ridge_alone: Option<Vec<f64>>,
    scenario: &'a ScenarioDraft,
}

#[derive(Serialize)]
struct Task<'a> {
    name: &'a str,
    role: TaskRole,
    count: usize,
    #[serde(flatten)]
    compared: Compared,
}

#[derive(Serialize)]
struct Compared {
    single: Single,
    methods: BTreeMap<String, Method>,
}

#[derive(Serialize)]
struct Single {
    optimum: OptimumKind,
    excess_risk: Mean,
    #[serde(skip_serializing_if = "Option::is_none")]
    held_out: Option<HeldOut>,
}

#[derive(Serialize)]
struct Method {
    optimum: OptimumKind,
    weights: Vec<f64>,
    excess_risk: Mean,
    gain: Option<Interval>,
    helped: f64,
    log_ratio: Option<Interval>,
    verdict: Verdict,
    #[serde(skip_serializing_if = "Option::is_none")]
    held_out: Option<HeldOut>,
    /// Gain over the scenario's own approach.
    #[serde(skip_serializing_if = "Option::is_none")]
    gain_over_multi: Option<Interval>,
}

/// Means on held-out rows with their standard errors; `null` where a score is defined in no trial,
/// or in only one.
#[derive(Serialize)]
struct HeldOut {
    accuracy: f64,
    accuracy_se: f64,
    logistic_loss: f64,
    logistic_loss_se: f64,
    auc: Option<f64>,
    auc_se: Option<f64>,
    auc_trials: usize,
    f1: Option<f64>,
    f1_se: Option<f64>,
    f1_trials: usize,
}

impl From<HeldOutMeans> for HeldOut {
    fn from(means: HeldOutMeans) -> Self {
        let mean = |score: Option<Score>| score.map(|score| score.mean.mean);
        let se = |score: Option<Score>| score.map(|score| score.mean.se);
        let trials = |score: Option<Score>| score.map_or(0, |score| score.trials);
        Self {
            accuracy: means.accuracy.mean.mean,
            accuracy_se: means.accuracy.mean.se,
            logistic_loss: means.logistic_loss.mean.mean,
            logistic_loss_se: means.logistic_loss.mean.se,
            auc: mean(means.auc),
            auc_se: se(means.auc),
            auc_trials: trials(means.auc),
            f1: mean(means.f1),
            f1_se: se(means.f1),
            f1_trials: trials(means.f1),
        }
    }
}

/// The results as indented JSON.
pub(in crate::cli) fn json(name: &str, scenario: &Scenario, results: &Results) -> Result<String> {
    let (draft, measurement) = (scenario.draft(), &results.measurement);
    let of_group = |(index, group): (usize, &Group)| Task {
        name: &draft.tasks[group.entry].name,
        role: group.role,
        count: group.tasks.len(),
        compared: compared(measurement, Some((index, group))),
    };
    let document = Document {
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION"),
        name,
        seed: draft.seed as u64,
        trials: measurement.trials,
        targets: compared(measurement, None),
        tasks: scenario.groups().iter().enumerate().map(of_group).collect(),
        theory: results.theory.as_ref().ok().copied(),
        theory_gap: results.theory.as_ref().err().map(|gap| gap.as_ref()),
        protocol: protocol::protocol(scenario),
        intervals_cover: protocol::covers(scenario),
        test_variances: scenario
            .real()
            .filter(|_| !scenario.classifies())
            .map(|real| real.mean_test_variances(scenario, measurement.trials)),
        cautions: caution::cautions(scenario, measurement),
        ridge_alone: results.ridge.as_ref().map(|all| all.iter().map(|(m, _)| m.mean).collect()),
        scenario: draft,
    };
    in_json(&document)
}

/// Single-task training and every approach, for one group or, if `None`, for all targets.
fn compared(measurement: &Measurement, group: Option<(usize, &Group)>) -> Compared {
    let own = measurement.own();
    let alone = outcome(own, group);
    let held_out = |measured: &Measured, which: usize| {
        let (index, _) = group?;
        measured.held_out.as_ref().map(|all| all[index][which].into())
    };
    let named = measurement.names().into_iter().zip(&measurement.approaches).enumerate();
    let methods = named.map(|(place, (name, measured))| {
        let outcome = outcome(measured, group);
        let name = if place == 0 { "multi".to_owned() } else { name };
        let method = Method {
            optimum: measured.kind,
            weights: match group {
                Some((_, group)) => measured.weights[group.tasks.clone()].to_vec(),
                None => measured.weights.clone(),
            },
            excess_risk: outcome.multi,
            gain: outcome.gain,
            helped: outcome.helped,
            log_ratio: outcome.log_ratio,
            verdict: outcome.verdict,
            held_out: held_out(measured, 1),
            gain_over_multi: (place > 0 && group.is_none())
                .then_some(measured.beside_first.gain)
                .flatten(),
        };
        (name, method)
    });
    Compared {
        single: Single {
            optimum: measurement.alone,
            excess_risk: alone.single,
            held_out: held_out(own, 0),
        },
        methods: methods.collect(),
    }
}

fn outcome<'a>(measured: &'a Measured, group: Option<(usize, &Group)>) -> &'a Outcome {
    group.map_or(&measured.targets, |(index, _)| &measured.groups[index])
}
