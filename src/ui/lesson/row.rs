//! Lines of a lesson: wrapping, scrolling and clickable parts.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use crate::app::screen::lessons::Playing;
use crate::app::{Action, HitTarget};
use crate::ui::view::View;
use crate::ui::widget::text::folded_numbers;

/// A line with its clickable parts; `focused` if it belongs to the answer being given.
pub(super) struct Row {
    pub line: Line<'static>,
    /// The first column, the width and the action of each clickable part.
    pub spots: Vec<(u16, u16, Action)>,
    pub focused: bool,
}

impl Row {
    pub(super) fn of(line: Line<'static>) -> Self {
        Self { line, spots: Vec::new(), focused: false }
    }

    pub(super) fn words(text: impl Into<String>) -> Self {
        Self::of(Line::from(text.into()))
    }

    pub(super) fn styled(text: impl Into<String>, style: Style) -> Self {
        Self::of(Line::styled(text.into(), style))
    }

    /// Makes the whole line perform an action when clicked.
    pub(super) fn doing(mut self, action: Action, width: u16) -> Self {
        self.spots.push((0, width, action));
        self
    }
}

/// Wraps paragraphs, with an empty line between them.
pub(super) fn paragraphs(text: &str, style: Style, width: u16) -> Vec<Row> {
    let mut rows = Vec::new();
    for paragraph in text.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
        if !rows.is_empty() {
            rows.push(Row::words(""));
        }
        let words = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
        rows.extend(
            folded_numbers(&words, width.into()).into_iter().map(|line| Row::styled(line, style)),
        );
    }
    rows
}

/// Wraps text after a mark; later lines are indented to match.
pub(super) fn hanging(mark: &str, text: &str, style: Style, width: u16) -> Vec<Row> {
    let indent = mark.width();
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let lines = folded_numbers(&words, usize::from(width).saturating_sub(indent).max(1));
    let lines = lines.into_iter().enumerate().map(|(i, line)| match i {
        0 => format!("{mark}{line}"),
        _ => format!("{}{line}", " ".repeat(indent)),
    });
    lines.map(|line| Row::styled(line, style)).collect()
}

/// Clickable parts, on as many lines as they need.
pub(super) fn buttons(parts: Vec<(String, Style, Action)>, width: u16) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut at = 0;
    for (text, style, action) in parts {
        let columns = text.width() as u16;
        if rows.is_empty() || at + columns > width {
            rows.push(Row::of(Line::default()));
            at = 0;
        }
        if let Some(row) = rows.last_mut() {
            row.spots.push((at, columns, action));
            row.line.spans.push(Span::styled(text, style));
            row.line.spans.push(Span::raw("  "));
            at += columns + 2;
        }
    }
    rows
}

/// Index of the first visible line, and whether more lines follow below.
pub(super) fn first(rows: &[Row], playing: &Playing, room: usize) -> (usize, bool) {
    let last = rows.len().saturating_sub(room);
    let mut first = playing.scroll.min(last);
    if playing.follows
        && let Some(end) = rows.iter().rposition(|row| row.focused)
    {
        let begin = rows.iter().position(|row| row.focused).unwrap_or(end);
        first = first.max((end + 1).saturating_sub(room)).min(begin);
    }
    (first, first < last)
}

/// Draws the lines from `first` on, as many as fit. The cursor goes to the answer being given.
pub(super) fn draw(
    rows: Vec<Row>,
    first: usize,
    cursor: bool,
    view: &mut View<'_, '_>,
    area: Rect,
) {
    let mut placed = false;
    for (y, row) in rows.into_iter().skip(first).take(area.height.into()).enumerate() {
        let line = Rect { y: area.y + y as u16, height: 1, ..area };
        for (from, columns, action) in row.spots {
            let part = Rect { x: line.x.saturating_add(from), width: columns, ..line };
            view.regions.add(part.intersection(line), HitTarget::Action(action));
        }
        if row.focused && cursor && !placed && !line.is_empty() {
            view.frame.set_cursor_position((line.x, line.y));
            placed = true;
        }
        view.frame.render_widget(row.line, line);
    }
}

/// The area without a column on either side.
pub(super) fn inset(area: Rect) -> Rect {
    Rect { x: area.x + area.width.min(1), width: area.width.saturating_sub(2), ..area }
}
