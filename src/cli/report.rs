//! The results of a run as text.

pub(super) mod affinity;
mod cells;
mod held_out;
mod json;
pub(super) mod results;
pub(super) mod sweep;

use crate::cli::report::cells::{better, widest};
use crate::cli::report::results::Results;
use crate::figure::words;
use crate::math::digits::{fixed, shown};
use crate::math::stats::LEVEL;
use crate::math::stats::Mean;
use crate::scenario::draft::TaskDraft;
use crate::scenario::{Scenario, protocol};
use crate::study::Measurement;
use crate::study::caution;
use crate::study::measurement::Measured;
use crate::text;
use crate::transfer::Prediction;

pub(super) use json::json;

/// The results as text.
pub(super) fn text(name: &str, scenario: &Scenario, results: &Results) -> String {
    let measurement = &results.measurement;
    let target = &measurement.own().targets;
    let mut text = heading(name, scenario, measurement);
    text += "\n";
    text += &tasks(scenario, measurement.own());
    if let Some(protocol) = protocol::protocol(scenario) {
        text += &format!("{protocol}\n");
    }
    text += &explained(scenario, measurement.own());
    text += &ridge(scenario, results);
    if let Some(held_out) = &measurement.own().held_out {
        text += "\n";
        text += &held_out::text(scenario, held_out);
    }
    for caution in caution::cautions(scenario, measurement) {
        text += &format!("\nBeware: {caution}\n");
    }
    if measurement.approaches.len() > 1 {
        text += "\n";
        text += &approaches(scenario, measurement);
    }
    text += &format!("\n{}: {}\n", words::verdict(scenario, target), words::effect(target));
    text += &words::doubt(target).map_or_else(String::new, |doubt| format!("{doubt}\n"));
    text + &theory(&results.theory)
}

fn heading(name: &str, scenario: &Scenario, measurement: &Measurement) -> String {
    let draft = scenario.draft();
    let kind = words::optimum(measurement);
    let optima =
        if kind == "exact" { "at exact optima".to_owned() } else { format!("(optimum: {kind})") };
    format!(
        "{}\nd = {}, {}, seed {}, {} trials {optima}, ± {LEVEL}\n",
        text::shown(&format!("{name}: {}", draft.title)),
        draft.data.dimension,
        words::model(scenario),
        draft.seed,
        measurement.trials
    )
}

fn tasks(scenario: &Scenario, own: &Measured) -> String {
    let titles: Vec<String> = scenario.groups().iter().map(|group| group.title()).collect();
    let width = widest(&titles);
    let effects: Vec<String> = own.groups.iter().map(words::effect).collect();
    let room = widest(&effects).max(22);
    let own_column = label_column(scenario);
    let cell = |text: &dyn Fn(&LabelColumn) -> String| {
        own_column.as_ref().map_or_else(String::new, |column| format!("  {:>6}", text(column)))
    };
    let mut text = format!(
        "{:<width$}  {:>9}{}  {:>15}  {:>15}  {:>room$}  {:>11}\n",
        "task",
        "rows",
        cell(&|(name, _)| (*name).to_owned()),
        "error alone",
        "error together",
        "gain",
        "better in"
    );
    let rows = titles.iter().zip(scenario.groups()).zip(own.groups.iter().zip(&effects));
    for ((title, group), (outcome, effect)) in rows {
        let task = &scenario.draft().tasks[group.entry];
        text += &format!(
            "{title:<width$}  {:>9}{}  {:>15}  {:>15}  {:>room$}  {:>11}\n",
            task.samples,
            cell(&|(_, value)| shown(value(task))),
            words::mean_error(outcome.single, outcome.trials),
            words::mean_error(outcome.multi, outcome.trials),
            effect,
            better(outcome.helped, outcome.trials),
        );
    }
    text
}

/// A column about labels: its name, and its value for a task.
type LabelColumn = (&'static str, fn(&TaskDraft) -> f64);

/// The noise of tasks that are drawn; the share of random labels of real tasks if any are random.
fn label_column(scenario: &Scenario) -> Option<LabelColumn> {
    let random: fn(&TaskDraft) -> f64 = |task| task.random.unwrap_or(0.0);
    match scenario.real() {
        None => Some(("noise", |task| task.noise)),
        Some(_) if scenario.draft().tasks.iter().all(|task| random(task) == 0.0) => None,
        Some(_) => Some(("random", random)),
    }
}

/// The errors of tuned ridge regression alone, if they stand beside another model.
fn ridge(scenario: &Scenario, results: &Results) -> String {
    let Some(errors) = &results.ridge else { return String::new() };
    let titles = scenario.groups().iter().map(|group| group.title());
    let line = |(title, (mean, trials)): (String, &(Mean, usize))| {
        format!("{title} {}", words::mean_error(*mean, *trials))
    };
    let all: Vec<String> = titles.zip(errors).map(line).collect();
    format!("\ntuned ridge regression alone, error: {}\n", all.join("; "))
}

/// The share of the variance of the labels that the models explain, R², for regression on real
/// tasks.
fn explained(scenario: &Scenario, own: &Measured) -> String {
    let Some(real) = scenario.real().filter(|_| !scenario.classifies()) else {
        return String::new();
    };
    let titles: Vec<String> = scenario.groups().iter().map(|group| group.title()).collect();
    let width = widest(&titles);
    let mut text =
        format!("\n{:<width$}  {:>17}  {:>17}\n", "test rows", "R² alone", "R² together");
    let trials = own.targets.trials;
    let variances = real.mean_test_variances(scenario, trials);
    for ((title, outcome), variance) in titles.iter().zip(&own.groups).zip(variances) {
        let explained = |error: Mean| {
            let share = fixed(1.0 - error.mean / variance, 4);
            match error.half_width(trials) / variance {
                _ if variance <= 0.0 => "–".to_owned(),
                half if half.is_nan() => share,
                half => format!("{share} ± {half:.4}"),
            }
        };
        let (alone, together) = (explained(outcome.single), explained(outcome.multi));
        text += &format!("{title:<width$}  {alone:>17}  {together:>17}\n");
    }
    text + &format!("(R² = 1 − error / mean variance of the test labels; ± {LEVEL} of the error)\n")
}

/// The targets under every approach, compared with single-task training and the first approach.
fn approaches(scenario: &Scenario, measurement: &Measurement) -> String {
    let names = measurement.names();
    let width = widest(&names);
    let over = format!("gain over {}", names[0]);
    let mut text = format!(
        "{:<width$}  {:>15}  {:>15}  {:>22}  {:>22}  {:>11}\n",
        words::targets(scenario),
        "optimum",
        "error",
        "gain over alone",
        over,
        "better in"
    );
    for (place, (name, measured)) in names.iter().zip(&measurement.approaches).enumerate() {
        let (alone, first) = (&measured.targets, &measured.beside_first);
        let over = if place == 0 { "–".to_owned() } else { words::effect(first) };
        let helped = if place == 0 { "–".to_owned() } else { better(first.helped, first.trials) };
        text += &format!(
            "{name:<width$}  {:>15}  {:>15}  {:>22}  {over:>22}  {helped:>11}\n",
            measured.kind.to_string(),
            words::mean_error(alone.multi, alone.trials),
            words::effect(alone),
        );
    }
    text
}

pub(in crate::cli) fn theory(theory: &std::result::Result<Prediction, &'static str>) -> String {
    match theory {
        Err(gap) => format!("no theory line here: {gap}\n"),
        Ok(p) => format!(
            "theory, no training: {} (error alone {}, together {} = {}bias {} + variance {} + head {})\n",
            words::prediction(p),
            words::short(p.single),
            words::short(p.multi),
            if p.noise > 0.0 {
                format!("noise {} + ", words::short(p.noise))
            } else {
                String::new()
            },
            words::short(p.bias),
            words::short(p.variance),
            words::short(p.head)
        ),
    }
}
