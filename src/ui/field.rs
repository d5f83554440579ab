//! The open input field: prompt, text and problem.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::app::{App, FieldPurpose, InputField, Pane};
use crate::ui::screen::sweep::setting;
use crate::ui::screen::tasks::cell;
use crate::ui::theme::Theme;
use crate::ui::view::View;

/// Columns kept for the text, however long the prompt and hint are.
const LEAST: usize = 6;

/// Draws prompt, text and `hint` on one line. If the text is too long, only the part around the
/// cursor is shown.
pub(crate) fn draw(
    app: &App,
    field: &InputField,
    hint: Span<'static>,
    view: &mut View<'_, '_>,
    area: Rect,
) {
    let theme = view.theme;
    let room = (area.width as usize).saturating_sub(LEAST);
    let prompt = Some(prompt(app, field)).filter(|prompt| prompt.width() <= room);
    let prompt = prompt.unwrap_or_default();
    let gap = if hint.content.is_empty() { "" } else { "   " };
    let around = prompt.width() + gap.width() + hint.width();
    let (text, before) = around_cursor(field, room.saturating_sub(around) + LEAST);
    let cursor = area.x + (prompt.width() + before) as u16;
    let line =
        Line::from(vec![Span::styled(prompt, theme.focus()), Span::raw(text), gap.into(), hint]);
    view.frame.render_widget(line, area);
    view.frame.set_cursor_position((cursor.min(area.right().saturating_sub(1)), area.y));
}

/// The reason why the last Enter was refused, or the allowed values.
pub(crate) fn hint(app: &App, field: &InputField, theme: &Theme) -> Span<'static> {
    match (&field.problem, field.purpose) {
        (Some(problem), _) => Span::styled(problem.clone(), theme.alert()),
        (None, FieldPurpose::Open) => match app.opening.words() {
            Some(words) => Span::styled(words, theme.dim()),
            None => Span::default(),
        },
        (None, FieldPurpose::Value) => {
            let focus = app.screens.lab.focus;
            Span::styled(focus.allowed_words(app.work.scenario.draft()), theme.dim())
        }
        (None, FieldPurpose::Cell) => Span::styled(cell::allowed(app), theme.dim()),
        (None, FieldPurpose::Row) => Span::styled(setting::allowed(app), theme.dim()),
        (None, _) => Span::default(),
    }
}

fn prompt(app: &App, field: &InputField) -> String {
    match field.purpose {
        FieldPurpose::Value => {
            format!(" {} = ", app.screens.lab.focus.path(app.work.scenario.draft()))
        }
        FieldPurpose::Export(pane) => format!(" save the {} chart to: ", view(pane)),
        FieldPurpose::Advice => " save the page to (.html, .md, .json): ".to_owned(),
        FieldPurpose::Screen => " save the whole screen to: ".to_owned(),
        FieldPurpose::Open => " open a preset, a file or a shared string: ".to_owned(),
        FieldPurpose::Words => " your answer: ".to_owned(),
        FieldPurpose::Search => " / ".to_owned(),
        FieldPurpose::Save => " save the scenario to: ".to_owned(),
        FieldPurpose::Cell => cell::prompt(app),
        FieldPurpose::Row => format!(" {} = ", setting::label(&app.screens.studies.form)),
        FieldPurpose::Folder => " save the study to the folder: ".to_owned(),
    }
}

fn view(pane: Pane) -> String {
    match pane {
        Pane::Knobs | Pane::Why | Pane::About => Pane::Gain.name(),
        pane => pane.name(),
    }
    .to_lowercase()
}

/// The part of the text around the cursor that fits into `room` columns, and the cursor's column
/// within it.
fn around_cursor(field: &InputField, room: usize) -> (String, usize) {
    let wide = |c: &char| c.width().unwrap_or(0);
    let fitting = |room: usize| {
        let mut left = room;
        move |c: &char| {
            let fits = wide(c) <= left;
            left = left.saturating_sub(wide(c));
            fits
        }
    };
    let characters: Vec<char> = field.text.chars().collect();
    let (before, after) = characters.split_at(field.cursor.min(characters.len()));
    let mut shown: Vec<char> =
        before.iter().rev().copied().take_while(fitting(room.saturating_sub(1))).collect();
    shown.reverse();
    let columns = shown.iter().map(wide).sum();
    shown.extend(after.iter().copied().take_while(fitting(room.saturating_sub(columns))));
    (shown.into_iter().collect(), columns)
}
