//! The setting of a scenario in words, for captions.

use super::crossing::value_near;
use crate::scenario::draft::{AxesDraft, SpectrumDraft, TaskDraft};
use crate::scenario::knob::KnobScope;
use crate::scenario::{Handle, Scenario};

/// A word of titles that not every reader knows, and what it means.
const LOUD: &str = "loud";
const MEANT: &str = " (Loud: in the directions in which the rows have large variance; quiet: in those in which they \
     have little.)";

/// The knob for the number of rows.
const SAMPLES: &str = "samples";

/// Returns the title of a scenario as a sentence.
pub fn title(scenario: &Scenario) -> String {
    let title = scenario.draft().title.trim_end_matches('.');
    let stop = if title.is_empty() || title.ends_with('?') { "" } else { "." };
    let meant = if title.contains(LOUD) { MEANT } else { "" };
    format!("{title}{stop}{meant}")
}

/// Describes the title and the knobs that matter of a scenario, without the varied ones: those of
/// each task, of tasks that are alike once, and the model, as in `target: 40 rows, noise 1; source:
/// 400 rows, angle 15°, noise 1; width 1, 20 features`.
pub fn setting(scenario: &Scenario, varied: impl Fn(Handle) -> bool) -> String {
    let draft = scenario.draft();
    let mut tasks: Vec<(Vec<String>, String)> = Vec::new();
    let mut shared: Vec<String> = Vec::new();
    for group in scenario.groups() {
        let own = |handle: &Handle| {
            let is_common = scenario.shares_rows() && handle.knob.name == SAMPLES;
            let is_own = handle.knob.scope == KnobScope::Task && handle.task == group.entry;
            is_own && !is_common && !varied(*handle)
        };
        let handles = Handle::all(draft).into_iter().filter(own);
        let mut entries: Vec<String> =
            handles.filter_map(|handle| entry(scenario, handle)).collect();
        entries.extend(shape(&draft.tasks[group.entry]));
        let words = entries.join(", ");
        match tasks.iter_mut().find(|(_, other)| *other == words) {
            Some((names, _)) => names.push(group.title()),
            None => tasks.push((vec![group.title()], words)),
        }
    }
    if scenario.shares_rows() {
        shared.extend(common_rows(scenario, &varied));
    }
    let of_all = |handle: &Handle| handle.knob.scope != KnobScope::Task && !varied(*handle);
    let handles = Handle::all(draft).into_iter().filter(of_all);
    shared.extend(handles.filter_map(|handle| entry(scenario, handle)));
    let tasks = tasks.iter().filter(|(_, words)| !words.is_empty());
    let mut written: Vec<String> =
        tasks.map(|(names, words)| format!("{}: {words}", listed(names))).collect();
    written.push(shared.join(", "));
    written.retain(|part| !part.is_empty());
    let place = draft.dataset.as_ref();
    let place = place.map_or(String::new(), |place| format!(" Data set: {}.", place.words()));
    let written = match written.is_empty() {
        true => String::new(),
        false => format!(" Setting: {}.", written.join("; ")),
    };
    format!("{}{place}{written}", title(scenario)).trim_start().to_owned()
}

/// The number of the rows that all tasks have in common.
fn common_rows(scenario: &Scenario, varied: impl Fn(Handle) -> bool) -> Option<String> {
    let handles = Handle::all(scenario.draft()).into_iter();
    let found = handles.filter(|handle| handle.knob.name == SAMPLES && !varied(*handle));
    let rows = found.take(1).find_map(|handle| entry(scenario, handle))?;
    Some(match scenario.tasks().len() {
        1 => rows,
        count => format!("{rows}, the same for all {count} tasks"),
    })
}

/// Names in a sentence; the number of tasks if there are many.
fn listed(names: &[String]) -> String {
    match names {
        [one] => one.clone(),
        [one, other] => format!("{one} and {other}"),
        [one, two, three] => format!("{one}, {two} and {three}"),
        [first, .., last] => format!("{first} to {last}"),
        [] => String::new(),
    }
}

/// A knob with its value in a few words; `None` for knobs that need no mention.
fn entry(scenario: &Scenario, handle: Handle) -> Option<String> {
    let draft = scenario.draft();
    let value = handle.get(draft)?;
    let said = value_near(handle, value);
    let plain = said.trim_end_matches(" rows").trim_end_matches(" features").to_owned();
    let name = handle.knob.name;
    Some(match name {
        SAMPLES if value == 1.0 => "1 row".to_owned(),
        SAMPLES => format!("{plain} rows"),
        "noise" => format!("noise {said}"),
        "angle" => format!("angle {said}"),
        "rotation" if value != 0.0 => format!("axes turned by {said}"),
        "condition" if value != 1.0 => format!("condition number {}", handle.knob.text(value)),
        "random" if value != 0.0 => format!("share of random labels {said}"),
        "flips" if value != 0.0 => format!("share of flipped labels {said}"),
        "labels" if value != 0.0 => format!("labels {said}"),
        "weight" if value != 1.0 => format!("weight {said}"),
        "width" => format!("width {said}"),
        "activation" | "loss" | "method" if value != 0.0 => said,
        "weights" if value != 0.0 && said != "manual" => format!("weights {said}"),
        "dimension" => format!("{plain} features"),
        _ => return None,
    })
}

/// Shape and axes of the rows of a task; `None` if they spread alike in all directions.
fn shape(task: &TaskDraft) -> Option<String> {
    if task.covariance.condition == 1.0 {
        return None;
    }
    let spectrum = match task.covariance.spectrum {
        SpectrumDraft::Block => "large variance in a block of directions",
        SpectrumDraft::Decay => "variances in a geometric decay",
    };
    let axes = match task.covariance.axes {
        AxesDraft::Shared => "shared axes",
        AxesDraft::Random => "random axes of its own",
        AxesDraft::Difference => {
            "axes of its own, that of largest variance along the difference of the θs"
        }
    };
    Some(format!("{spectrum}, {axes}"))
}
