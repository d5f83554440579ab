//! The changes that turn a preset into a scenario.

use super::draft::ScenarioDraft;
use super::knob::{self, Handle};
use super::preset::Preset;
use crate::error::{Invalid, Result};
use crate::math::digits;

/// A change that the command line can make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A knob set to a value: `source.angle=60`.
    Set(String),
    /// The number of trials.
    Trials(String),
    /// The seed.
    Seed(String),
    /// A method to compare with.
    Method(String),
}

impl Change {
    /// Applies the change to a draft.
    pub fn make(&self, draft: &mut ScenarioDraft) -> Result<()> {
        let number = |flag: &str, text: &str| {
            let refused = || Invalid::new(flag, format!("\"{text}\""), "a whole number");
            text.parse::<f64>().map_err(|_| refused())
        };
        match self {
            Self::Set(assignment) => knob::assign(draft, assignment)?,
            Self::Trials(text) => draft.trials = number("trials", text)?,
            Self::Seed(text) => draft.seed = number("seed", text)?,
            Self::Method(name) => draft.compare.push(name.clone()),
        }
        Ok(())
    }
}

/// The changes that turn the preset `name` into a scenario. `None` if they differ in more than
/// knobs, trials, seed and methods.
pub fn changes(name: &str, scenario: &ScenarioDraft) -> Option<Vec<Change>> {
    let preset = Preset::find(name)?;
    let mut draft = ScenarioDraft::parse(preset.json, preset.name).ok()?;
    let names = |draft: &ScenarioDraft| -> Vec<String> {
        draft.tasks.iter().map(|task| task.name.clone()).collect()
    };
    if names(&draft) != names(scenario) {
        return None;
    }
    draft.focus.clone_from(&scenario.focus);
    draft.compare.clear();
    let mut changes = Vec::new();
    let written = serde_json::to_value(scenario).ok()?;
    let mut fields: Vec<String> = Vec::new();
    for handle in Handle::all(scenario) {
        let value = handle.get(scenario)?;
        let is_own = is_written(&written, &handle.field()) && !fields.contains(&handle.field());
        fields.push(handle.field());
        if is_own && handle.get(&draft) != Some(value) {
            let set = format!("{}={}", handle.path(&draft), handle.knob.exact(value));
            changes.push(Change::Set(set));
            changes.last()?.make(&mut draft).ok()?;
        }
    }
    for (change, here, there) in [
        (Change::Trials(digits::exact(scenario.trials)), scenario.trials, &mut draft.trials),
        (Change::Seed(digits::exact(scenario.seed)), scenario.seed, &mut draft.seed),
    ] {
        if here != *there {
            *there = here;
            changes.push(change);
        }
    }
    for method in &scenario.compare {
        draft.compare.push(method.clone());
        changes.push(Change::Method(method.clone()));
    }
    (draft == *scenario).then_some(changes)
}

/// Returns true if a scenario contains a field such as `tasks[1].theta.angle` itself, not just
/// another field that determines its value.
fn is_written(scenario: &serde_json::Value, field: &str) -> bool {
    let pointer = format!("/{}", field.replace(['[', '.'], "/").replace(']', ""));
    scenario.pointer(&pointer).is_some_and(|value| !value.is_null())
}
