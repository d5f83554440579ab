//! The list of the Lessons screen: the lessons of the program, lessons of the user, and presets to
//! explore.

use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use crate::lesson::Lesson;
use crate::lesson::catalog::LESSONS;
use crate::scenario::preset::PRESETS;

/// A lesson in the list.
#[derive(Debug, Clone, PartialEq)]
pub struct LessonRow {
    /// Its id; for a file that cannot be read, its name.
    pub id: String,
    /// The file of a lesson that did not come with the program.
    pub origin: Option<PathBuf>,
    /// The lesson, or the reason why it cannot be played.
    pub lesson: Result<Arc<Lesson>, String>,
}

/// A preset in the list.
#[derive(Debug)]
pub struct PresetRow {
    /// Its name.
    pub name: &'static str,
    /// Its title.
    pub title: String,
    /// Its description.
    pub about: String,
}

static LISTED: LazyLock<Vec<LessonRow>> = LazyLock::new(|| {
    let read = |built: &crate::lesson::catalog::BuiltInLesson| {
        let lesson = built.lesson().map(Arc::new).map_err(|error| error.to_string());
        LessonRow { id: built.id.to_owned(), origin: None, lesson }
    };
    LESSONS.iter().map(read).collect()
});

static SCENES: LazyLock<Vec<PresetRow>> = LazyLock::new(|| {
    let read = |preset: &'static crate::scenario::Preset| {
        let draft = preset.draft().ok();
        let (title, about) =
            draft.map_or_else(Default::default, |draft| (draft.title, draft.about));
        PresetRow { name: preset.name, title, about }
    };
    PRESETS.iter().map(read).collect()
});

/// The lessons that come with the program, in the recommended order.
pub fn listed() -> &'static [LessonRow] {
    &LISTED
}

/// The presets.
pub fn scenes() -> &'static [PresetRow] {
    &SCENES
}
