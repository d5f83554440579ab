//! The title line of a lesson.

use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use crate::app::App;
use crate::app::screen::lessons::Playing;
use crate::ui::theme::Theme;
use crate::ui::widget::text::cut;

/// Place in the lesson: `step 3 of 9`.
pub(super) fn place(playing: &Playing) -> String {
    format!("step {} of {}", playing.session.at + 1, playing.lesson.steps.len())
}

/// Number and title of the lesson, step, file of answers and score, as far as there
/// is room.
pub(super) fn line(app: &App, playing: &Playing, theme: &Theme, width: u16) -> Line<'static> {
    let number = app.screens.lessons.place_of(&playing.lesson);
    let number = number.map_or_else(String::new, |place| format!(" {}", place + 1));
    let (right, judged) = playing.session.score();
    let mut parts = Vec::new();
    if judged > 0 && !playing.is_tour() {
        parts.push(format!("{right} of {judged} right"));
    }
    let file = playing.file.as_ref();
    let name = file.and_then(|file| file.file_name());
    let whole = file.map(|file| format!("answers: {}", file.display()));
    parts.push(match name {
        Some(name) => format!("answers: {}", name.to_string_lossy()),
        None if playing.is_tour() => String::new(),
        None => "answers not saved".to_owned(),
    });
    let width = usize::from(width);
    let step = format!(" {} ", place(playing));
    let title = format!(" Lesson{number} · {} ", playing.lesson.title);
    let title = cut(&title, width.saturating_sub(step.width()));
    let mut state = String::new();
    let taken = title.width() + step.width() + parts[0].width() + 4;
    if let Some(whole) = whole.filter(|whole| taken + whole.width() < width) {
        parts.pop();
        parts.push(whole);
    }
    for part in parts {
        let longer = format!("{part}  {state}");
        if title.width() + step.width() + longer.width() < width {
            state = longer;
        }
    }
    let gap = width.saturating_sub(title.width() + step.width() + state.width());
    Line::from(vec![
        Span::styled(title, theme.focus()),
        Span::styled(step, theme.strong()),
        Span::raw(" ".repeat(gap)),
        Span::styled(state, theme.dim()),
    ])
}
