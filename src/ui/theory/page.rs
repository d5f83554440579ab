//! A pane of words: folded to its width, scrolled where there are more lines than room.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use crate::app::{App, TheoryPane};
use crate::ui::block;
use crate::ui::view::View;
use crate::ui::widget::text::folded;

/// Columns that a frame and the blank inside it take.
const FRAME: u16 = 4;

/// The room for words in a pane of a width.
pub(super) fn room(width: u16) -> usize {
    usize::from(width.saturating_sub(FRAME)).max(1)
}

/// A blank at which no line is broken.
const KEPT: char = '\u{a0}';

/// Words in lines of one style: the first line indented by so much, the others by so much. A
/// number stays with its percent sign, and with its ±.
pub(super) fn words(
    text: &str,
    (first, others): (usize, usize),
    room: usize,
    style: Style,
) -> Vec<Line<'static>> {
    let mut kept = text.to_owned();
    for together in ["(n = ", " %", " ±", "± ", " rows", "= "] {
        kept = kept.replace(together, &together.replace(' ', &KEPT.to_string()));
    }
    let folded = folded(&kept, room.saturating_sub(first.max(others)).max(1));
    let line = |(i, words): (usize, String)| {
        let blank = " ".repeat(if i == 0 { first } else { others });
        Line::from(vec![Span::raw(blank), Span::styled(words.replace(KEPT, " "), style)])
    };
    folded.into_iter().enumerate().map(line).collect()
}

/// Draws a pane; in the one in focus the lines are scrolled. Below stands how many lines there are
/// before and after those shown.
pub(super) fn draw(
    app: &App,
    aspect: TheoryPane,
    title: &str,
    lines: &[Line<'static>],
    view: &mut View<'_, '_>,
    area: Rect,
) {
    let focused = app.theory.aspect == aspect;
    let inner_height = usize::from(area.height.saturating_sub(2));
    let most = lines.len().saturating_sub(inner_height);
    let first = if focused { app.theory.scroll.min(most) } else { 0 };
    let complete = app.theory.explanation.as_ref().is_some_and(|e| e.complete) && app.theory.fresh;
    let more = if complete { "" } else { "… " };
    let mut pane = block(format!(" {title} {more}"), focused, view.theme);
    let after = lines.len().saturating_sub(first + inner_height);
    let more = match (first, after) {
        (0, 0) => None,
        (0, after) => Some(format!(" … {after} more ] ")),
        (before, 0) => Some(format!(" [ {before} before ")),
        (before, after) => Some(format!(" [ {before} before, {after} more ] ")),
    };
    if let Some(more) = more {
        pane = pane.title_bottom(Line::styled(more, view.theme.dim()).right_aligned());
    }
    let inside = pane.inner(area);
    view.frame.render_widget(pane, area);
    let inner = Rect {
        x: inside.x + 1.min(inside.width),
        width: inside.width.saturating_sub(FRAME - 2),
        ..inside
    };
    let shown: Vec<Line<'static>> = lines.iter().skip(first).take(inner_height).cloned().collect();
    view.frame.render_widget(Paragraph::new(shown), inner);
}
