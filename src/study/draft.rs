//! The serialised form of a study: everything that its results follow from.

use serde::{Deserialize, Serialize};

use crate::error::json::{self, Format};
use crate::error::{Invalid, Result};
use crate::scenario::{self, ScenarioDraft, real};

/// The file format of studies.
pub const FORMAT: Format = Format { key: "study", version: 1 };

/// A study as stored in a file: everything that its results follow from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StudyDraft {
    /// Version of the file format.
    pub study: u32,
    /// Version of the program; other versions may draw or round differently.
    pub program: String,
    /// The question of the study.
    pub question: Question,
    /// The scenarios, with their trials, seeds and compared methods.
    pub scenarios: Vec<NamedScenario>,
}

/// The question of a study.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Question {
    /// The gain of the targets along knobs.
    Sweep {
        /// Ranges; each becomes a line of its own.
        x: Vec<String>,
        /// A second knob; together with the first it makes a phase diagram.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        y: Option<String>,
    },
    /// The gain of every task with every other.
    Affinity {
        /// Size of the largest groups that are trained, apart from all tasks together.
        groups: usize,
        /// Number of larger groups, drawn at random, that are trained too.
        #[serde(default, skip_serializing_if = "is_zero")]
        subsets: usize,
        /// Steps of descent for the proxies that need descent.
        steps: usize,
        /// The largest number of models in a suggested plan.
        models: usize,
    },
}

fn is_zero(number: &usize) -> bool {
    *number == 0
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
    /// Creates a study with the version of this program, and with the hashes of all files of data:
    /// it may go on later, but not with other data.
    pub fn new(question: Question, mut scenarios: Vec<NamedScenario>) -> Self {
        let program = env!("CARGO_PKG_VERSION").to_owned();
        for place in scenarios.iter_mut().filter_map(|entry| entry.scenario.dataset.as_mut()) {
            *place = real::pinned(place);
        }
        Self { study: FORMAT.version, program, question, scenarios }
    }

    /// The study wherever its files of data lie, which their hashes identify.
    pub fn without_folders(&self) -> Self {
        let mut study = self.clone();
        for place in study.scenarios.iter_mut().filter_map(|entry| entry.scenario.dataset.as_mut())
        {
            *place = place.without_folders();
        }
        study
    }

    /// Refuses a study of another version of the program.
    pub fn check_version(&self) -> std::result::Result<(), Invalid> {
        let program = env!("CARGO_PKG_VERSION");
        if self.program == program {
            return Ok(());
        }
        let allowed = format!("version {program} (this program)");
        Err(Invalid::new("program", format!("version {}", self.program), allowed))
    }

    /// Returns indented JSON that ends in a line break.
    pub fn to_json(&self) -> Result<String> {
        json::pretty("the study", self)
    }

    /// Parses the output of [`StudyDraft::to_json`]; `origin` names the file in errors.
    pub fn parse(json: &str, origin: &str) -> Result<Self> {
        json::read_format(json, origin, &[FORMAT, scenario::draft::FORMAT])
    }
}
