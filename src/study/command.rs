//! The shell command that asks the same question again.

use super::draft::{Entry, Question, StudyDraft};
use crate::scenario::{Handle, Preset, ScenarioDraft, knob, share};

/// The command; `None` where scenarios differ from presets by more than knobs, trials, seed and
/// methods, or each in its own way.
pub fn command(study: &StudyDraft) -> Option<String> {
    let flags: Option<Vec<Vec<String>>> = study.scenarios.iter().map(flags).collect();
    let flags = flags?;
    let first = flags.first()?;
    if flags.iter().any(|other| other != first) {
        return None;
    }
    let names = study.scenarios.iter().map(|entry| entry.name.clone());
    let mut words: Vec<String> = match &study.question {
        Question::Sweep { x, y } => {
            let x = x.iter().flat_map(|x| ["--x".to_owned(), x.clone()]);
            let y = y.iter().flat_map(|y| ["--y".to_owned(), y.clone()]);
            std::iter::once("sweep".to_owned()).chain(names).chain(x).chain(y).collect()
        }
        Question::Affinity { groups, steps, models } => {
            let numbers = ["--groups".to_owned(), groups.to_string()];
            let steps = ["--steps".to_owned(), steps.to_string()];
            let models = ["--models".to_owned(), models.to_string()];
            let words = std::iter::once("affinity".to_owned()).chain(names);
            words.chain(numbers).chain(steps).chain(models).collect()
        }
    };
    words.extend(first.iter().cloned());
    Some(format!("taskscope {}", words.join(" ")))
}

/// The command that opens a scenario; one that is no preset with other knobs comes as a string.
pub fn open(name: &str, scenario: &ScenarioDraft) -> Option<String> {
    let entry = Entry { name: name.to_owned(), scenario: scenario.clone() };
    match flags(&entry).filter(|_| scenario.compare.is_empty()) {
        Some(flags) if flags.is_empty() => Some(format!("taskscope {name}")),
        Some(flags) => Some(format!("taskscope {name} {}", flags.join(" "))),
        None => share::to_string(scenario).ok().map(|text| format!("taskscope {text}")),
    }
}

/// The flags that make a scenario of the preset of its name.
fn flags(entry: &Entry) -> Option<Vec<String>> {
    let preset = Preset::find(&entry.name)?;
    let mut draft = ScenarioDraft::parse(preset.json, preset.name).ok()?;
    draft.focus.clone_from(&entry.scenario.focus);
    draft.compare.clear();
    let mut flags = Vec::new();
    let written = serde_json::to_value(&entry.scenario).ok()?;
    let mut fields: Vec<String> = Vec::new();
    for handle in Handle::all(&entry.scenario) {
        let value = handle.get(&entry.scenario)?;
        let is_own = is_written(&written, &handle.field()) && !fields.contains(&handle.field());
        fields.push(handle.field());
        if is_own && handle.get(&draft) != Some(value) {
            let set = format!("{}={}", handle.path(&draft), handle.knob.exact(value));
            knob::assign(&mut draft, &set).ok()?;
            flags.extend(["--set".to_owned(), set]);
        }
    }
    for (flag, here, there) in [
        ("--trials", entry.scenario.trials, &mut draft.trials),
        ("--seed", entry.scenario.seed, &mut draft.seed),
    ] {
        if here != *there {
            *there = here;
            flags.extend([flag.to_owned(), knob::exact(here)]);
        }
    }
    for method in &entry.scenario.compare {
        draft.compare.push(method.clone());
        flags.extend(["--method".to_owned(), method.clone()]);
    }
    (draft == entry.scenario).then_some(flags)
}

/// Whether a field such as `tasks[1].theta.angle` stands in a scenario, and not only something
/// from which its value follows.
fn is_written(scenario: &serde_json::Value, field: &str) -> bool {
    let pointer = format!("/{}", field.replace(['[', '.'], "/").replace(']', ""));
    scenario.pointer(&pointer).is_some_and(|value| !value.is_null())
}
