//! Lessons: predict, commit, reveal. What a lesson says is text; every number in it is measured,
//! and what it teaches are conditions on measurements, which can be checked.
//!
//! A lesson file (TOML) names settings that are measured, says what each must show, and leads
//! through steps that speak of them. [`check`] measures the settings for many students, each with
//! draws of their own, and counts how often they show what the lesson teaches.

pub mod catalog;
pub mod check;
pub mod class;
mod compared;
pub mod condition;
mod draft;
pub mod figures;
pub mod found;
mod needed;
mod open;
mod order;
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

use crate::scenario::{Handle, Scenario};

pub use check::LessonCheck;
pub use class::StepTally;
pub use condition::{Condition, Truth};
pub use found::{LessonFindings, SettingFindings};
pub use parse::ScenarioLoader;
pub use quantity::{Quantity, Subject};
pub use session::{Answer, Given, LessonSession};
pub use setting::{LessonSetting, SettingQuestion};
pub use step::{Choice, LessonStep, SoughtValue, StepKind};
pub use text::Text;

/// Version of the form in which lessons are written down.
pub const FORMAT: u32 = 1;

/// The name under which conditions speak of the scenario with the knobs as they stand.
pub const HERE: &str = "here";

/// A checked lesson: every setting in it can be measured, and every text can be said.
#[derive(Debug, Clone, PartialEq)]
pub struct Lesson {
    /// Name by which it is asked for, and by which answers name it.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How long it takes, in minutes.
    pub minutes: u32,
    /// The mistaken idea that it corrects.
    pub misconception: String,
    /// Name of the scenario it begins with.
    pub name: String,
    /// The scenario it begins with, with the trials of the lesson.
    pub base: Arc<Scenario>,
    /// The knobs that can be turned where a step lets them.
    pub knobs: Vec<Handle>,
    /// Further knobs that are shown and cannot be turned.
    pub locked: Vec<Handle>,
    /// Whether every student has draws of their own.
    pub per_student: bool,
    /// What is measured.
    pub settings: Vec<LessonSetting>,
    /// What happens.
    pub steps: Vec<LessonStep>,
    /// Checksum (CRC-32) of what is measured and asked: answers belong to it, not to its words.
    pub fingerprint: u32,
}

impl Lesson {
    /// The setting with a name.
    pub fn setting(&self, name: &str) -> Option<&LessonSetting> {
        self.settings.iter().find(|setting| setting.name == name)
    }

    /// A scenario of the lesson as a student has it: number 0 has the draws of the file.
    pub fn for_student(&self, scenario: &Scenario, student: u64) -> Scenario {
        if !self.per_student || student == 0 {
            return scenario.clone();
        }
        let mut draft = scenario.draft().clone();
        draft.seed = (draft.seed + student as f64) % LARGEST_SEED;
        Scenario::check(draft).unwrap_or_else(|_| scenario.clone())
    }

    /// The predictions among the steps, by their place.
    pub fn predictions(&self) -> impl Iterator<Item = (usize, &LessonStep)> {
        let steps = self.steps.iter().enumerate();
        steps.filter(|(_, step)| matches!(step.kind, StepKind::Predict { .. }))
    }
}

/// Seeds are whole numbers that a 64-bit float holds.
const LARGEST_SEED: f64 = 9_007_199_254_740_992.0;
