//! The shell command that runs the same study again.

use super::draft::{NamedScenario, Question, StudyDraft};
use crate::scenario::changes::{Change, changes};
use crate::scenario::{ScenarioDraft, share};

/// Returns the command. `None` if the scenarios differ from presets in more than knobs, trials,
/// seed and methods, or if each differs in its own way.
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

/// Returns the command that opens a scenario. A scenario that is not a preset with other knobs is
/// encoded as a string.
pub fn open(name: &str, scenario: &ScenarioDraft) -> Option<String> {
    let entry = NamedScenario { name: name.to_owned(), scenario: scenario.clone() };
    match flags(&entry).filter(|_| scenario.compare.is_empty()) {
        Some(flags) if flags.is_empty() => Some(format!("taskscope {name}")),
        Some(flags) => Some(format!("taskscope {name} {}", flags.join(" "))),
        None => share::to_string(name, scenario).ok().map(|text| format!("taskscope {text}")),
    }
}

/// The flags that turn the preset of this name into this scenario.
fn flags(entry: &NamedScenario) -> Option<Vec<String>> {
    let words = |change: Change| match change {
        Change::Set(assignment) => ["--set".to_owned(), assignment],
        Change::Trials(number) => ["--trials".to_owned(), number],
        Change::Seed(number) => ["--seed".to_owned(), number],
        Change::Method(name) => ["--method".to_owned(), name],
    };
    Some(changes(&entry.name, &entry.scenario)?.into_iter().flat_map(words).collect())
}
