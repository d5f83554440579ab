//! The lessons that come with the program.

use super::Lesson;
use crate::error::{Error, Invalid, Result};
use crate::scenario::{Preset, Scenario};

/// A built-in lesson.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BuiltInLesson {
    /// The id of the lesson, used to start it.
    pub id: &'static str,
    /// The text of its TOML file.
    pub toml: &'static str,
}

macro_rules! lessons {
    ($($id:literal),+ $(,)?) => {
        /// All lessons, in the recommended order.
        pub static LESSONS: &[BuiltInLesson] = &[$(BuiltInLesson {
            id: $id,
            toml: include_str!(concat!("../../assets/lessons/", $id, ".toml")),
        }),+];
    };
}

lessons![
    "same-model",
    "capacity",
    "covariance",
    "source-data",
    "task-weights",
    "alignment",
    "relu",
    "proxies",
    "real-data",
    "smallest-change",
];

/// The tour of the program: a lesson of one minute for the first start.
pub static TOUR: BuiltInLesson =
    BuiltInLesson { id: "tour", toml: include_str!("../../assets/lessons/tour.toml") };

/// The file that a new lesson is copied from.
pub static TEMPLATE: &str = include_str!("../../assets/lessons/template.toml");

impl BuiltInLesson {
    /// Finds a built-in lesson, or the tour, by its id or its number, counted from 1.
    pub fn find(asked: &str) -> Option<&'static Self> {
        let by_name = LESSONS.iter().chain([&TOUR]).find(|lesson| lesson.id == asked);
        by_name.or_else(|| LESSONS.get(asked.parse::<usize>().ok()?.checked_sub(1)?))
    }

    /// Parses the lesson.
    ///
    /// # Errors
    ///
    /// Never, unless the built-in file is broken, which a test would find.
    pub fn lesson(&self) -> Result<Lesson> {
        Lesson::parse(self.toml, &format!("lesson {}", self.id), &preset)
    }
}

/// Returns the scenario of a preset.
///
/// # Errors
///
/// [`Error::Value`] if there is no such preset.
pub fn preset(name: &str) -> Result<Scenario> {
    let names = || {
        let names = crate::scenario::preset::PRESETS.iter().map(|preset| preset.name);
        names.collect::<Vec<_>>().join(", ")
    };
    let unknown = || Error::Value(Invalid::new("scenario", format!("\"{name}\""), names()));
    Preset::find(name).ok_or_else(unknown)?.scenario()
}
