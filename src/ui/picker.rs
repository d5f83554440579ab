//! The column picker: a table of columns over the whole screen, and what would be opened below it.

mod column;
mod keys;
mod outcome;

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Clear, Paragraph};

use self::column::ColumnWidths;
use super::field;
use super::view::View;
use super::widget::line::shortened;
use super::widget::text::cut;
use crate::app::{App, ColumnPicker, HitTarget, TableTrial};

/// The keys, in descending order of importance.
const KEYS: [&str; 7] = [
    "Enter opens",
    "Esc leaves",
    "? keys",
    "↑ ↓ move",
    "← → or f l t g p i use",
    "/ search",
    "F L I use of all shown",
];

/// Draws the picker in place of the screen, if it is open.
pub(super) fn draw(app: &App, picker: &ColumnPicker, view: &mut View<'_, '_>, area: Rect) {
    let theme = view.theme;
    view.frame.render_widget(Clear, area);
    view.frame.buffer_mut().set_style(area, theme.ground());
    view.regions.add(area, HitTarget::Entry(usize::MAX));
    let room = usize::from(area.width.saturating_sub(4));
    let block = Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(theme.focus())
        .title(Span::styled(format!(" {} ", cut(&title(picker), room)), theme.strong()))
        .title_bottom(Line::from(format!(" {} ", shortest(usable(picker), room))).right_aligned());
    let inner = block.inner(area);
    view.frame.render_widget(block, area);
    if picker.helping {
        return keys::draw(view, inner);
    }
    if picker.columns.is_empty() {
        return outcome::draw(picker, inner.height, view, inner);
    }
    let below = outcome::height(picker, theme, inner);
    let is_searched = picker.searching || !picker.query.text.is_empty();
    let [search, head, table, rule, below] = Layout::vertical([
        Constraint::Length(u16::from(is_searched)),
        Constraint::Length(u16::from(inner.height > 6)),
        Constraint::Min(1),
        Constraint::Length(u16::from(inner.height > 14)),
        Constraint::Length(below),
    ])
    .areas(inner);
    if picker.searching {
        field::draw(app, &picker.query, Span::default(), view, search);
    } else if is_searched {
        let line = Line::styled(format!(" / {}   Esc shows all", picker.query.text), theme.dim());
        view.frame.render_widget(shortened(line, search.width), search);
    }
    let widths = ColumnWidths::of(picker, inner.width.into());
    view.frame.render_widget(Line::styled(widths.head(), theme.dim()), head);
    rows(picker, &widths, view, table);
    view.frame.render_widget(Line::styled("─".repeat(rule.width.into()), theme.dim()), rule);
    outcome::draw(picker, inner.height, view, below);
}

fn title(picker: &ColumnPicker) -> String {
    let file = picker.file_name();
    match picker.columns.len() {
        0 => file,
        1 => format!("{file}: choose the use of its column"),
        count => format!("{file}: choose the use of its {count} columns"),
    }
}

/// The keys that do something: of a table that cannot be read, no column can be chosen.
fn usable(picker: &ColumnPicker) -> &'static [&'static str] {
    let is_refused = matches!(picker.trial, TableTrial::Refused(_));
    if picker.columns.is_empty() && is_refused { &KEYS[1..2] } else { &KEYS }
}

/// As many of the keys as there is room for.
fn shortest(keys: &[&str], room: usize) -> String {
    let mut text = String::new();
    for key in keys {
        let longer = if text.is_empty() { (*key).to_owned() } else { format!("{text}  {key}") };
        if longer.chars().count() > room {
            break;
        }
        text = longer;
    }
    text
}

/// Draws the columns that are shown, with the focused one in view.
fn rows(picker: &ColumnPicker, widths: &ColumnWidths, view: &mut View<'_, '_>, area: Rect) {
    let shown = picker.shown();
    if shown.is_empty() {
        let line = Line::styled(" no column has this in its name", view.theme.dim());
        return view.frame.render_widget(line, area);
    }
    let here = shown.iter().position(|at| *at == picker.row).unwrap_or(0);
    let room = usize::from(area.height);
    let first = (here + 2).saturating_sub(room).min(here).min(shown.len().saturating_sub(room));
    for (at, y) in shown.into_iter().skip(first).zip(area.y..area.bottom()) {
        let place = Rect { y, height: 1, ..area };
        let line = widths.line(picker, at, view.theme);
        view.frame.render_widget(Paragraph::new(line), place);
        view.regions.add(place, HitTarget::Entry(at));
        if at == picker.row && !picker.searching {
            view.frame.set_cursor_position((place.x, place.y));
        }
    }
}
