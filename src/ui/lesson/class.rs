//! The class's answers to the step.

use ratatui::style::Style;

use super::page::Page;
use super::row::{Row, paragraphs};
use crate::app::App;
use crate::app::screen::lessons::Playing;
use crate::lesson::LessonSession;
use crate::lesson::class::StepTally;
use crate::lesson::session::SURENESS;
use crate::lesson::step::{StepKind, letter};

/// The step whose answers are counted: that of the prediction, even on the step that reveals it.
pub(super) fn step(playing: &Playing) -> usize {
    match playing.step().kind {
        StepKind::Reveal { answers: Some(place), .. } => place,
        _ => playing.session.at,
    }
}

/// Counts of the class's answers to the step, if they have been read.
pub(super) fn counted(app: &App, playing: &Playing) -> Option<StepTally> {
    let class = app.screens.lessons.class.as_ref()?;
    let sessions: Vec<&LessonSession> = class.sessions.iter().collect();
    Some(playing.lesson.tally(step(playing), &sessions))
}

/// The number of files, and how many were refused.
pub(super) fn files(app: &App) -> Option<String> {
    let class = app.screens.lessons.class.as_ref()?;
    let files = class.sessions.len();
    let files = if files == 1 { "1 file".to_owned() } else { format!("{files} files") };
    Some(match class.refused {
        0 => files,
        refused => format!("{files}, {refused} refused"),
    })
}

/// The counts of choices and confidence.
pub(super) fn rows(page: &Page<'_>) -> Vec<Row> {
    let Some((counted, files)) = counted(page.app, page.playing).zip(files(page.app)) else {
        return Vec::new();
    };
    let open = page.playing.is_masked();
    let judged = match counted.judged {
        _ if open => "; the choices are shown once a prediction is committed".to_owned(),
        0 => String::new(),
        judged => format!("; {} of {judged} right", counted.right),
    };
    let words = format!("Class ({files}): {} answered{judged}. r reads again.", counted.answered);
    let mut rows = paragraphs(&words, page.theme.strong(), page.width);
    let choices = counted.choices.iter().zip(&counted.sure).enumerate();
    for (place, (chosen, sure)) in choices.filter(|_| !open) {
        let sure: Vec<String> = SURENESS
            .iter()
            .zip(*sure)
            .filter(|(_, count)| *count > 0)
            .map(|(name, count)| format!("{count} {name}"))
            .collect();
        let sure = if sure.is_empty() { String::new() } else { format!(" ({})", sure.join(", ")) };
        let words = format!("{}  {}{sure}", letter(place), chosen);
        rows.extend(paragraphs(&words, Style::new(), page.width));
    }
    rows
}
