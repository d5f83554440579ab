//! Lessons: predict, commit, reveal. The lesson's author writes the words; every number in them is
//! measured. What the lesson teaches is stated as conditions on measurements, so it can be checked.
//!
//! A lesson file (TOML) names the settings to measure, says what each must show, and lists the
//! steps. [`check`] measures the settings for many students, each with their own draws, and counts
//! how often they show what the lesson teaches.

pub mod catalog;
pub mod check;
pub mod class;
mod compared;
pub mod condition;
mod direction;
mod draft;
pub mod fault;
pub mod figures;
pub mod found;
mod lines;
mod needed;
mod open;
mod order;
mod outcome;
mod parse;
pub mod quantity;
pub mod session;
pub mod setting;
pub mod sheet;
pub mod step;
mod steps;
pub mod text;
pub mod words;

use std::sync::Arc;

use crate::error::json::Format;
use crate::scenario::{Handle, Scenario};

pub use check::LessonCheck;
pub use class::StepTally;
pub use condition::{Condition, Truth};
pub use direction::SoughtSide;
pub use found::{LessonFindings, SettingFindings};
pub use outcome::StepOutcome;
pub use parse::ScenarioLoader;
pub use quantity::{Quantity, Subject};
pub use session::{Answer, Given, LessonSession};
pub use setting::{LessonSetting, SettingQuestion};
pub use step::{Choice, LessonStep, SoughtValue, StepKind};
pub use text::Text;

/// The format of lesson files.
pub const FORMAT: Format = Format { key: "format", version: 1 };

/// The name that conditions use for the scenario with its knobs where they now stand.
pub const HERE: &str = "here";

/// A checked lesson: every setting can be measured and every text can be filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Lesson {
    /// The id, used to start the lesson and to name it in files of answers.
    pub id: String,
    /// The title.
    pub title: String,
    /// Duration, in minutes.
    pub minutes: u32,
    /// The misconception that the lesson corrects.
    pub misconception: String,
    /// Name of the scenario that the lesson starts from.
    pub name: String,
    /// The scenario that the lesson starts from, with the lesson's number of trials.
    pub base: Arc<Scenario>,
    /// Knobs that the student can turn, in steps that allow it.
    pub knobs: Vec<Handle>,
    /// Further knobs that are shown but cannot be turned.
    pub locked: Vec<Handle>,
    /// True if every student has their own draws.
    pub per_student: bool,
    /// The settings to measure.
    pub settings: Vec<LessonSetting>,
    /// The steps, in order.
    pub steps: Vec<LessonStep>,
    /// CRC-32 checksum of what is measured and asked. Answers belong to this checksum; rewording
    /// the lesson does not change it.
    pub fingerprint: u32,
}

impl Lesson {
    /// The setting with this name.
    pub fn setting(&self, name: &str) -> Option<&LessonSetting> {
        self.settings.iter().find(|setting| setting.name == name)
    }

    /// A scenario of the lesson with a student's draws. Student 0 has the draws of the file.
    pub fn for_student(&self, scenario: &Scenario, student: u64) -> Scenario {
        if !self.per_student || student == 0 {
            return scenario.clone();
        }
        let mut draft = scenario.draft().clone();
        draft.seed = (draft.seed + student as f64) % LARGEST_SEED;
        Scenario::check(draft).unwrap_or_else(|_| scenario.clone())
    }

    /// The predictions among the steps, each with its place.
    pub fn predictions(&self) -> impl Iterator<Item = (usize, &LessonStep)> {
        let steps = self.steps.iter().enumerate();
        steps.filter(|(_, step)| matches!(step.kind, StepKind::Predict { .. }))
    }
}

/// Seeds are whole numbers that a 64-bit float can hold exactly.
const LARGEST_SEED: f64 = 9_007_199_254_740_992.0;
