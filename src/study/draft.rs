//! A study as it is written down: everything that its results follow from.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Invalid, Result};
use crate::scenario::ScenarioDraft;

/// Version of the form in which studies are written down.
pub const FORMAT: u32 = 1;
/// A study as it is written down: all that its results follow from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StudyDraft {
    /// Version of this form.
    pub study: u32,
    /// Version of the program; others may draw or round differently.
    pub program: String,
    /// What is asked.
    pub question: Question,
    /// The scenarios it is asked of, with their trials, seeds and the methods compared.
    pub scenarios: Vec<NamedScenario>,
}

/// The version alone, whatever else a study holds.
#[derive(Deserialize)]
struct Version {
    study: u64,
}

/// What a study asks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Question {
    /// The gain of the targets along knobs.
    Sweep {
        /// Ranges, each a line of its own.
        x: Vec<String>,
        /// A second knob across the first: a phase diagram.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        y: Option<String>,
    },
    /// The gain of every task with every other.
    Affinity {
        /// Size of the largest groups that are trained, besides all tasks together.
        groups: usize,
        /// Steps of descent behind the proxies that follow it.
        steps: usize,
        /// The most models of a suggested plan.
        models: usize,
    },
}

/// A scenario with the name of its preset or file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedScenario {
    /// Its name.
    pub name: String,
    /// The scenario.
    pub scenario: ScenarioDraft,
}

impl StudyDraft {
    /// A study of this program.
    pub fn new(question: Question, scenarios: Vec<NamedScenario>) -> Self {
        let program = env!("CARGO_PKG_VERSION").to_owned();
        Self { study: FORMAT, program, question, scenarios }
    }

    /// Indented JSON with a line break at its end.
    pub fn to_json(&self) -> Result<String> {
        serde_json::to_string_pretty(self)
            .map(|json| json + "\n")
            .map_err(|error| Error::Failed(format!("the study cannot be written as JSON: {error}")))
    }

    /// Reads what [`StudyDraft::to_json`] writes; `origin` names the file in errors.
    pub fn parse(json: &str, origin: &str) -> Result<Self> {
        let fault = |problem| Error::Scenario { origin: origin.to_owned(), problem };
        let version = serde_json::from_str::<Version>(json).ok().map(|version| version.study);
        if let Some(found) = version.filter(|version| *version != u64::from(FORMAT)) {
            let allowed = format!("{FORMAT} (the format this version reads)");
            return Err(fault(Invalid::new("study", found, allowed)));
        }
        crate::scenario::read(json, origin)
    }
}
