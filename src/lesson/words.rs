//! Findings in sentences, the same wherever a lesson is shown.

use super::Lesson;
use super::found::{SettingFindings, Swept};
use super::session::{Answer, SURENESS};
use super::step::{Choice, LessonStep, StepKind, letter};
use crate::figure::words;
use crate::math::stats::{Mean, level};
use crate::model::OptimumKind;
use crate::scenario::{Handle, Scenario};
use crate::study::groups::pairs;
use crate::study::{Measurement, StudyResults};
use crate::transfer::{Outcome, Prediction};

/// The findings in sentences. Each number has its ± and n or is marked as theory. Other methods and
/// proxies are left to the texts of the steps, because further steps may ask about them.
pub fn measured(found: &SettingFindings) -> Vec<String> {
    match found {
        SettingFindings::Trials { scenario, measurement, theory } => {
            trials(scenario, measurement, theory.as_deref())
        }
        SettingFindings::Sweep(swept) => sweep(swept),
        SettingFindings::Affinity { results, .. } => affinity(results),
    }
}

/// The findings that a step is about: first the method it asks about, then the setting's own.
pub fn asked(lesson: &Lesson, place: usize, found: &SettingFindings) -> Vec<String> {
    let mut said = measured(found);
    let SettingFindings::Trials { measurement, .. } = found else { return said };
    let subject = lesson.subject(place);
    let Some((subject, outcome)) = subject.and_then(|s| Some((s, s.say(found)?))) else {
        return said;
    };
    let own = measurement.names().into_iter().next().unwrap_or_default();
    let name = subject.method.as_deref().unwrap_or_default();
    let beside = if subject.beside_own { own.as_str() } else { "training alone" };
    if let Some(first) = said.first_mut() {
        *first = format!("For comparison, {own} against training alone: {first}");
    }
    said.insert(0, format!("{name} against {beside}: {outcome}."));
    said
}

fn trials(
    scenario: &Scenario,
    measurement: &Measurement,
    theory: Option<&Prediction>,
) -> Vec<String> {
    let own = measurement.own();
    let mut said = vec![verdict(scenario, measurement)];
    for (group, outcome) in scenario.groups().iter().zip(&own.groups) {
        said.push(format!(
            "{}: error alone {}, together {} ({}), n = {} trials.",
            group.title(),
            error(outcome.single, outcome.trials),
            error(outcome.multi, outcome.trials),
            words::error(scenario),
            outcome.trials
        ));
    }
    said.extend(
        theory.map(|theory| format!("Theory, without training: {}.", words::prediction(theory))),
    );
    said
}

/// The verdict with its gain, ±, n and the kind of optimum.
pub fn verdict(scenario: &Scenario, measurement: &Measurement) -> String {
    let outcome = &measurement.own().targets;
    let optima = match words::optimum(measurement) {
        kind if kind == "exact" => "at exact optima".to_owned(),
        kind => format!("optimum: {kind}"),
    };
    format!(
        "{}: {} against training alone, n = {} trials, {optima}.",
        words::verdict(scenario, outcome),
        words::effect(outcome),
        outcome.trials
    )
}

/// The gain with ± and n.
fn effect(outcome: &Outcome) -> String {
    format!("{}, n = {} trials", words::effect(outcome), outcome.trials)
}

fn error(mean: Mean, trials: usize) -> String {
    format!("{} ± {}", words::short(mean.mean), words::short(mean.half_width(trials)))
}

fn sweep(swept: &Swept) -> Vec<String> {
    let name = swept.handle.knob.name;
    let point = |(x, outcome): &(f64, Outcome)| {
        format!("Gain at {name} {}: {}.", words::value_of(swept.handle, *x), effect(outcome))
    };
    let mut said: Vec<String> = swept.points.iter().map(point).collect();
    said.push(match swept.kind {
        OptimumKind::Exact => "All optima are exact.".to_owned(),
        kind => format!("Optima (the weakest of them): {kind}."),
    });
    said.push(match swept.crossing() {
        Some(at) => {
            let zero = swept.say(at, concat!(level!(), ": "));
            format!("The break-even is at {name} {zero}.")
        }
        None => format!("Over these values of {name}, no break-even is significant."),
    });
    said
}

fn affinity(results: &StudyResults) -> Vec<String> {
    let names = results.tasks();
    let mut said = Vec::new();
    for (task, partner) in pairs(names.len()) {
        if let Some(outcome) = results.pair(task, partner) {
            said.push(format!("{} with {}: {}.", names[task], names[partner], effect(outcome)));
        }
    }
    let optima = words::optima(results, 1..results.study.cells().len(), 0);
    said.push(format!("Pairs are at {optima}."));
    said
}

/// The lesson's knobs in which two scenarios differ, with the values in `to`: `source.angle 15°`.
pub fn turned(knobs: &[Handle], from: &Scenario, to: &Scenario) -> Vec<String> {
    let differs = |knob: &&Handle| knob.get(from.draft()) != knob.get(to.draft());
    knobs.iter().filter(differs).map(|knob| words::knob(to, *knob)).collect()
}

/// All knobs in which one scenario differs from another, with their values in `to`.
pub fn differences(from: &Scenario, to: &Scenario) -> Vec<String> {
    let (before, after) = (from.draft(), to.draft());
    let differs = |knob: &Handle| {
        let shown = knob.is_slider(after) || knob.knob.is_choice();
        let own = Handle::find(before, &knob.path(after)).ok().and_then(|own| own.get(before));
        shown && own != knob.get(after)
    };
    let knobs = Handle::all(after).into_iter().filter(differs);
    knobs.map(|knob| words::knob(to, knob)).collect()
}

/// A committed prediction in words: `c, certain`.
pub fn committed(answer: &Answer) -> Option<String> {
    let choice = answer.choice?;
    let sure = answer.confidence.and_then(|sure| SURENESS.get(usize::from(sure).checked_sub(1)?));
    Some(sure.map_or(choice.to_string(), |sure| format!("{choice}, {sure}")))
}

/// The choices of a step with their letters; empty if the step is not a prediction.
pub fn choices(step: &LessonStep) -> Vec<(char, &Choice)> {
    match &step.kind {
        StepKind::Predict { choices, .. } => {
            choices.iter().enumerate().map(|(i, choice)| (letter(i), choice)).collect()
        }
        _ => Vec::new(),
    }
}

/// The paragraphs of a text, each on one line.
pub fn paragraphs(text: &str) -> Vec<String> {
    let line = |paragraph: Vec<&str>| paragraph.join(" ");
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let parts = lines.split(|line| line.is_empty()).filter(|part| !part.is_empty());
    parts.map(|part| line(part.to_vec())).collect()
}
