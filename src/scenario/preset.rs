//! The built-in scenarios.

use super::check::Scenario;
use super::draft::ScenarioDraft;
use crate::error::Result;

/// A built-in scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preset {
    /// The name.
    pub name: &'static str,
    /// The JSON file.
    pub json: &'static str,
}

macro_rules! presets {
    ($($name:literal),+ $(,)?) => {
        /// All presets; the first is the default.
        pub static PRESETS: &[Preset] = &[$(Preset {
            name: $name,
            json: include_str!(concat!("../../assets/scenarios/", $name, ".json")),
        }),+];
    };
}

presets![
    "two-tasks",
    "turning-data",
    "fig3-task2",
    "fig3-task3",
    "fig3-task4",
    "random-pair",
    "random-pair-turned",
    "three-tasks",
    "six-tasks",
    "same-data",
    "capacity",
    "svd-weights",
    "random-labels",
    "alignment",
    "alignment-ridge",
    "relu-same",
    "relu-turned",
    "signs",
    "digits",
    "digits-noisy",
    "ratings",
    "ratings-pair",
    "ratings-transfer",
];

impl Preset {
    /// The preset with a name.
    pub fn find(name: &str) -> Option<&'static Self> {
        PRESETS.iter().find(|preset| preset.name == name)
    }

    /// What its file says. Data from files are not opened.
    pub fn draft(&self) -> Result<ScenarioDraft> {
        ScenarioDraft::parse(self.json, &self.origin())
    }

    /// The scenario.
    pub fn scenario(&self) -> Result<Scenario> {
        Scenario::parse(self.json, &self.origin())
    }

    fn origin(&self) -> String {
        format!("preset {}", self.name)
    }
}
