//! The lessons that come with the program.

use super::Lesson;
use crate::error::{Error, Invalid, Result};
use crate::scenario::{Preset, Scenario};

/// A built-in lesson.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BuiltInLesson {
    /// The name by which it is asked for: that of the lesson.
    pub id: &'static str,
    /// Its file.
    pub toml: &'static str,
}

macro_rules! lessons {
    ($($id:literal),+ $(,)?) => {
        /// All lessons, in the order in which they are best taken.
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
];

/// The file from which a new lesson is written.
pub static TEMPLATE: &str = include_str!("../../assets/lessons/template.toml");

impl BuiltInLesson {
    /// The built-in lesson with a name, or a number from 1.
    pub fn find(asked: &str) -> Option<&'static Self> {
        let by_name = LESSONS.iter().find(|lesson| lesson.id == asked);
        by_name.or_else(|| LESSONS.get(asked.parse::<usize>().ok()?.checked_sub(1)?))
    }

    /// The lesson.
    ///
    /// # Errors
    ///
    /// Never, unless its file is broken, which a test finds.
    pub fn lesson(&self) -> Result<Lesson> {
        Lesson::parse(self.toml, &format!("lesson {}", self.id), &preset)
    }
}

/// The scenario of a preset.
///
/// # Errors
///
/// [`Error::Value`] where there is no such preset.
pub fn preset(name: &str) -> Result<Scenario> {
    let names = || {
        let names = crate::scenario::preset::PRESETS.iter().map(|preset| preset.name);
        names.collect::<Vec<_>>().join(", ")
    };
    let unknown = || Error::Value(Invalid::new("scenario", format!("\"{name}\""), names()));
    Preset::find(name).ok_or_else(unknown)?.scenario()
}
