//! The outcome of a run in words and in JSON.

use serde::Serialize;

use super::output::visible;
use crate::error::{Error, Result};
use crate::figure::words;
use crate::math::stats::{Interval, Mean};
use crate::scenario::draft::Role;
use crate::scenario::knob::shown;
use crate::scenario::{Scenario, ScenarioDraft};
use crate::study::Measurement;
use crate::transfer::{Outcome, Prediction, Verdict};

/// Version of the JSON that `run` prints.
const SCHEMA: &str = "taskscope.run/1";

/// What a run has found.
pub(super) struct Results {
    pub measurement: Measurement,
    pub theory: std::result::Result<Prediction, &'static str>,
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    version: &'static str,
    name: &'a str,
    seed: u64,
    trials: usize,
    tasks: Vec<Task<'a>>,
    theory: Option<Prediction>,
    theory_gap: Option<&'static str>,
    scenario: &'a ScenarioDraft,
}

#[derive(Serialize)]
struct Task<'a> {
    name: &'a str,
    role: Role,
    single: Single,
    methods: Methods,
}

#[derive(Serialize)]
struct Single {
    excess_risk: Mean,
}

#[derive(Serialize)]
struct Methods {
    multi: Multi,
}

#[derive(Serialize)]
struct Multi {
    optimum: &'static str,
    excess_risk: Mean,
    gain: Option<Interval>,
    helped: f64,
    log_ratio: Option<Interval>,
    verdict: Verdict,
}

/// The outcome as indented JSON.
pub(super) fn json(name: &str, scenario: &Scenario, results: &Results) -> Result<String> {
    let draft = scenario.draft();
    let tasks = draft.tasks.iter().zip(&results.measurement.outcomes).map(|(task, outcome)| Task {
        name: &task.name,
        role: task.role,
        single: Single { excess_risk: outcome.single },
        methods: Methods { multi: multi(outcome) },
    });
    let document = Document {
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION"),
        name,
        seed: draft.seed as u64,
        trials: results.measurement.trials,
        tasks: tasks.collect(),
        theory: results.theory.ok(),
        theory_gap: results.theory.err(),
        scenario: draft,
    };
    serde_json::to_string_pretty(&document)
        .map(|text| text + "\n")
        .map_err(|error| Error::Failed(format!("the outcome cannot be written as JSON: {error}")))
}

fn multi(outcome: &Outcome) -> Multi {
    Multi {
        optimum: "exact",
        excess_risk: outcome.multi,
        gain: outcome.gain,
        helped: outcome.helped,
        log_ratio: outcome.log_ratio,
        verdict: outcome.verdict,
    }
}

/// The outcome in words.
pub(super) fn text(name: &str, scenario: &Scenario, results: &Results) -> String {
    let draft = scenario.draft();
    let measurement = &results.measurement;
    let mut text = format!(
        "{}\nd = {}, width {}, {} weights, seed {}, {} trials at exact optima, ± 95 %\n\n",
        visible(&format!("{name}: {}", draft.title)),
        draft.data.dimension,
        draft.model.width,
        scenario.weighting().name(),
        draft.seed,
        measurement.trials
    );
    let width = draft.tasks.iter().map(|task| task.name.len()).max().unwrap_or(4).max(4);
    text += &format!(
        "{:<width$}  {:>9}  {:>6}  {:>15}  {:>15}  {:>22}  {:>11}\n",
        "task", "rows", "noise", "error alone", "error together", "gain", "better in"
    );
    for (task, outcome) in draft.tasks.iter().zip(&measurement.outcomes) {
        text += &format!(
            "{:<width$}  {:>9}  {:>6}  {:>15}  {:>15}  {:>22}  {:>11}\n",
            task.name,
            task.samples,
            shown(task.noise),
            error(outcome.single, outcome.trials),
            error(outcome.multi, outcome.trials),
            words::effect(outcome),
            format!("{} of {}", (outcome.helped * outcome.trials as f64).round(), outcome.trials),
        );
    }
    let target = &measurement.outcomes[scenario.target()];
    text += &format!("\n{}: {}\n", words::verdict(scenario, target.verdict), words::effect(target));
    text + &theory(&results.theory)
}

fn error(mean: Mean, trials: usize) -> String {
    format!("{} ± {}", words::short(mean.mean), words::short(mean.half_width(trials)))
}

fn theory(theory: &std::result::Result<Prediction, &'static str>) -> String {
    match theory {
        Err(gap) => format!("no theory line here: {gap}\n"),
        Ok(p) => format!(
            "theory, no training: {} (error alone {}, together {} = bias {} + variance {} + head {})\n",
            words::predicted(p.gain),
            words::short(p.single),
            words::short(p.multi),
            words::short(p.bias),
            words::short(p.variance),
            words::short(p.head)
        ),
    }
}
