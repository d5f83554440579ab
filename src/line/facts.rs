//! A scenario and its results in sentences.

use super::plain::plain;
use crate::figure::words;
pub(super) use crate::lesson::words::verdict;
use crate::math::digits::{exact, shown};
use crate::scenario::draft::TaskRole;
use crate::scenario::{Group, Handle, Scenario, protocol};
use crate::study::{Measurement, caution};
use crate::transfer::{Outcome, Prediction};

/// The scenario in a few sentences: title, model, tasks.
pub(super) fn summary(name: &str, scenario: &Scenario) -> Vec<String> {
    let draft = scenario.draft();
    let mut said = vec![format!("Scenario {name}: {}", stopped(&draft.title))];
    said.push(format!(
        "Model: d = {}, {}, seed {}, {} trials.",
        draft.data.dimension,
        words::model(scenario),
        draft.seed,
        scenario.trials()
    ));
    said.extend(tasks(scenario));
    said.extend(protocol::fixed_rows(scenario));
    said
}

/// A sentence for each task.
pub(super) fn tasks(scenario: &Scenario) -> Vec<String> {
    let aside = scenario.draft().tasks.iter().filter(|task| task.role == TaskRole::Aside);
    let aside = aside.map(|task| format!("Task {} is set aside.", task.name));
    scenario.groups().iter().map(|group| task(scenario, group)).chain(aside).collect()
}

fn task(scenario: &Scenario, group: &Group) -> String {
    let task = &scenario.draft().tasks[group.entry];
    let role = if task.role == TaskRole::Target { "target" } else { "source" };
    let all = if group.tasks.len() > 1 { " each" } else { "" };
    let noise = match scenario.real() {
        Some(_) => format!("random {}", shown(task.random.unwrap_or(0.0))),
        None => format!("label noise {}", shown(task.noise)),
    };
    let rows = match task.samples {
        1.0 => "1 row".to_owned(),
        rows => format!("{} rows", exact(rows)),
    };
    format!("Task {} is a {role}: {rows}{all}, {noise}.", group.title())
}

/// A sentence about the knob in focus.
pub(super) fn focus(scenario: &Scenario, handle: Handle) -> String {
    format!("The knob in focus: {}", value(scenario, handle))
}

/// `source.angle is 15 degrees.`
pub(super) fn value(scenario: &Scenario, handle: Handle) -> String {
    let draft = scenario.draft();
    let value = handle.get(draft).unwrap_or(f64::NAN);
    format!("{} is {}.", handle.path(draft), words::value_of(handle, value))
}

/// A knob with its value, meaning and allowed range.
pub(super) fn knob(scenario: &Scenario, handle: Handle) -> String {
    let is = value(scenario, handle);
    format!(
        "{} {}; allowed: {}.",
        is,
        sentence(handle.knob.help),
        handle.allowed_words(scenario.draft())
    )
}

/// Knobs that set the same value as another knob.
const TWINS: [&str; 2] = ["cosine", "ratio"];

/// A sentence for each difference between two scenarios. A twin is left out unless it has the
/// focus.
pub(super) fn changes(from: &Scenario, to: &Scenario, focus: Handle) -> Vec<String> {
    let names = |scenario: &Scenario| -> Vec<(String, TaskRole)> {
        scenario.draft().tasks.iter().map(|task| (task.name.clone(), task.role)).collect()
    };
    if names(from) != names(to) {
        let (old, new) = (names(from), names(to));
        let only = |here: &[(String, TaskRole)], there: &[(String, TaskRole)]| -> Vec<String> {
            let missing =
                |(name, _): &&(String, TaskRole)| there.iter().all(|(other, _)| other != name);
            here.iter().filter(missing).map(|(name, _)| name.clone()).collect()
        };
        let came = only(&new, &old).into_iter().map(|name| format!("Task {name} is new."));
        let went = only(&old, &new).into_iter().map(|name| format!("Task {name} is gone."));
        return went.chain(came).chain(tasks(to)).collect();
    }
    let (old, new) = (from.draft(), to.draft());
    let mut said = Vec::new();
    for (name, a, b) in [("seed", old.seed, new.seed), ("trials", old.trials, new.trials)] {
        if a != b {
            said.push(format!("{name} was {a} and is now {b}."));
        }
    }
    let heard = |handle: &Handle| *handle == focus || !TWINS.contains(&handle.knob.name);
    for handle in Handle::all(new).into_iter().filter(heard) {
        let path = handle.path(new);
        let Some(now) = handle.get(new) else { continue };
        let was = Handle::find(old, &path).ok().and_then(|handle| handle.get(old));
        let value = |value| words::value_of(handle, value);
        match was {
            Some(was) if was == now => {}
            Some(was) => said.push(format!("{path} was {} and is now {}.", value(was), value(now))),
            None => said.push(format!("{path} is now {}.", value(now))),
        }
    }
    said
}

/// The verdict before a change.
pub(super) fn before(scenario: &Scenario, measurement: &Measurement) -> String {
    let outcome = &measurement.own().targets;
    format!(
        "Before: {}: {}, n = {} trials.",
        words::verdict(scenario, outcome),
        words::effect(outcome),
        outcome.trials
    )
}

/// The other results of a run: errors and gain of every group, and every other method.
pub(super) fn details(scenario: &Scenario, measurement: &Measurement) -> Vec<String> {
    let own = measurement.own();
    let mut said: Vec<String> = protocol::fixed_rows(scenario).into_iter().collect();
    for (group, outcome) in scenario.groups().iter().zip(&own.groups) {
        said.push(format!(
            "{}: error alone {}, together {} ({}), n = {} trials.",
            group.title(),
            words::mean_error(outcome.single, outcome.trials),
            words::mean_error(outcome.multi, outcome.trials),
            words::error(scenario),
            outcome.trials
        ));
        said.push(gain(&group.title(), outcome));
    }
    said.extend(
        caution::cautions(scenario, measurement).into_iter().map(|c| format!("Beware: {c}")),
    );
    said.extend(words::doubt(&own.targets).map(str::to_owned));
    for (name, measured) in measurement.names().iter().zip(&measurement.approaches).skip(1) {
        said.push(format!(
            "With {name} instead: {}, n = {} trials, optimum: {}.",
            words::effect(&measured.targets),
            measured.targets.trials,
            measured.kind
        ));
    }
    said
}

/// A gain, with the number of trials in which the error improved.
fn gain(who: &str, outcome: &Outcome) -> String {
    format!(
        "{who}: {}, n = {}, better in {} trials.",
        words::effect(outcome),
        outcome.trials,
        (outcome.helped * outcome.trials as f64).round()
    )
}

/// The prediction in a sentence, or the reason why there is none.
pub(super) fn theory(theory: &Result<Prediction, &'static str>) -> String {
    match theory {
        Ok(prediction) => {
            format!("Theory, without training: {}.", words::prediction(prediction))
        }
        Err(gap) => format!("No theory here: {gap}."),
    }
}

/// The predicted errors in a sentence, where there is no error alone to compare with.
pub(super) fn predicted_errors(found: &Prediction) -> String {
    format!(
        "Theory: error {} alone; together {}, of which bias {}, variance {} and head {}.",
        words::short(found.single),
        words::short(found.multi),
        words::short(found.bias),
        words::short(found.variance),
        words::short(found.head)
    )
}

/// The text with a capital first letter.
pub(super) fn sentence(text: &str) -> String {
    let text = plain(text);
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

/// The text with a full stop at its end unless it has an end mark.
pub(super) fn stopped(text: &str) -> String {
    if text.ends_with(['.', '?', '!']) { text.to_owned() } else { format!("{text}.") }
}
