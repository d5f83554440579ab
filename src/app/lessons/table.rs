//! What the Lessons screen lists, read once: the lessons, and the presets as scenarios to explore.

use std::sync::{Arc, LazyLock};

use crate::lesson::Lesson;
use crate::lesson::catalog::LESSONS;
use crate::scenario::preset::PRESETS;

/// A lesson in the list.
#[derive(Debug)]
pub struct LessonRow {
    /// Its name.
    pub id: &'static str,
    /// The lesson, or why it cannot be played.
    pub lesson: Result<Arc<Lesson>, String>,
}

/// A preset in the list.
#[derive(Debug)]
pub struct PresetRow {
    /// Its name.
    pub name: &'static str,
    /// Its title.
    pub title: String,
    /// What there is to see.
    pub about: String,
}

static LISTED: LazyLock<Vec<LessonRow>> = LazyLock::new(|| {
    let read = |built: &crate::lesson::catalog::BuiltInLesson| {
        let lesson = built.lesson().map(Arc::new).map_err(|error| error.to_string());
        LessonRow { id: built.id, lesson }
    };
    LESSONS.iter().map(read).collect()
});

static SCENES: LazyLock<Vec<PresetRow>> = LazyLock::new(|| {
    let read = |preset: &'static crate::scenario::Preset| {
        let scenario = preset.scenario().ok();
        let (title, about) = scenario.map_or_else(Default::default, |scenario| {
            (scenario.draft().title.clone(), scenario.draft().about.clone())
        });
        PresetRow { name: preset.name, title, about }
    };
    PRESETS.iter().map(read).collect()
});

/// The lessons, in the order in which they are best taken.
pub fn listed() -> &'static [LessonRow] {
    &LISTED
}

/// The presets.
pub fn scenes() -> &'static [PresetRow] {
    &SCENES
}
