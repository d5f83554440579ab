//! Plays a lesson on the screen.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::app::App;
use crate::cli::config;
use crate::cli::looks::Looks;
use crate::error::Result;
use crate::lesson::Lesson;
use crate::scenario::preset::PRESETS;
use crate::store::answers::{AnswerFile, Answers};
use crate::tui;
use crate::tui::Places;
use crate::tui::lesson_files::OpenedAnswers;

/// Plays a lesson on the screen; `file` is its file if it was opened by its path. Other lessons
/// started there keep their answers in the same
/// folder.
pub(super) fn play(
    (lesson, file): (Lesson, Option<PathBuf>),
    answers: Answers,
    place: AnswerFile,
    teacher: Option<PathBuf>,
    looks: &Looks,
) -> Result<()> {
    let first = &PRESETS[0];
    let app = App::new(first.name, first.scenario()?)
        .with_settings(config::config(looks)?.settings)
        .with_lesson(
            Arc::new(lesson),
            answers.session.clone(),
            Some(place.path().to_owned()),
            teacher.is_some(),
        );
    let folder = place.path().parent().map(Path::to_owned);
    let mut places = config::places();
    let default = places.answers.take();
    tui::run(
        app,
        Places {
            answers: folder.or(default),
            teacher,
            opened_answers: Some(OpenedAnswers { place, answers }),
            lesson: file,
            ..places
        },
    )
}
