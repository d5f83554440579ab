//! The setting of a scenario in words, for captions.

use crate::scenario::draft::{AxesDraft, DifferenceDraft, SpectrumDraft, TaskDraft};
use crate::scenario::{Handle, Scenario};

/// Returns the title of a scenario as a sentence.
pub fn title(scenario: &Scenario) -> String {
    let title = scenario.draft().title.trim_end_matches('.');
    let stop = if title.is_empty() || title.ends_with('?') { "" } else { "." };
    format!("{title}{stop}")
}

/// Describes the title and the setting of a scenario, without the varied knobs: the knob values of
/// each task, the model and the data, as in `source: angle 15, samples 400; model: …`.
pub fn setting(scenario: &Scenario, varied: impl Fn(Handle) -> bool) -> String {
    let draft = scenario.draft();
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    let is_round = |handle: &Handle| {
        let of_rows = ["condition", "size"].contains(&handle.knob.name);
        of_rows && draft.tasks[handle.task].covariance.condition == 1.0
    };
    let shown = |handle: &Handle| !varied(*handle) && !handle.is_aside(draft) && !is_round(handle);
    for handle in Handle::all(draft).into_iter().filter(shown) {
        let Some(value) = handle.get(draft).filter(|value| !is_idle(handle.knob.name, *value))
        else {
            continue;
        };
        let path = handle.path(draft);
        let owner = path.rsplit_once('.').map_or("", |(owner, _)| owner);
        let entry = format!("{} {}", handle.knob.name, handle.knob.text(value));
        match groups.last_mut().filter(|(last, _)| last == owner) {
            Some((_, entries)) => entries.push(entry),
            None => groups.push((owner.to_owned(), vec![entry])),
        }
    }
    let written: Vec<String> =
        groups.iter().map(|(owner, entries)| format!("{owner}: {}", entries.join(", "))).collect();
    if let Some(place) = &draft.dataset {
        let written = written.join("; ");
        return format!("{} Data set: {}. Setting: {written}.", title(scenario), place.words());
    }
    let shapes: Vec<String> =
        scenario.groups().iter().map(|group| shape(&draft.tasks[group.entry])).collect();
    format!("{} Setting: {}. {}.", title(scenario), written.join("; "), shapes.join("; "))
}

/// The parts of a task that are not numbers: shape and axes of its rows, difference of its θ.
fn shape(task: &TaskDraft) -> String {
    if task.covariance.condition == 1.0 {
        return format!("{}: isotropic rows{}", task.name, difference(task));
    }
    let spectrum = match task.covariance.spectrum {
        SpectrumDraft::Block => "a loud block",
        SpectrumDraft::Decay => "a geometric decay",
    };
    let axes = match task.covariance.axes {
        AxesDraft::Shared => "shared axes",
        AxesDraft::Random => "random axes of its own",
        AxesDraft::Difference => "axes of its own, the loudest along the difference of the θs",
    };
    format!("{}: {spectrum} on {axes}{}", task.name, difference(task))
}

/// Describes how the θ of a task differs from that of another.
fn difference(task: &TaskDraft) -> String {
    match task.theta.as_ref().map(|theta| &theta.difference) {
        None => String::new(),
        Some(DifferenceDraft::Generic) => ", a generic difference of the θs".to_owned(),
        Some(DifferenceDraft::Loud(t)) => format!(", θ differs where {t} is loud"),
        Some(DifferenceDraft::Opposite(t)) => {
            format!(", θ differs at 90° to where {t} is loud")
        }
    }
}

/// Returns true if a value adds nothing to the description.
fn is_idle(knob: &str, value: f64) -> bool {
    match knob {
        "cosine" | "ratio" | "draw" | "descent" | "rate" | "validation" => true,
        "count" => value == 1.0,
        "rotation" | "random" | "flips" | "labels" | "activation" | "loss" | "method" | "rows"
        | "space" | "redraw" => value == 0.0,
        _ => false,
    }
}
