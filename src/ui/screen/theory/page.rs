//! A pane of text, wrapped to its width and scrolled if it is too long.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use crate::app::{App, TheoryPane};
use crate::ui::pane::block;
use crate::ui::view::View;
use crate::ui::widget::text::folded_numbers;

/// Columns taken by the frame and the padding.
const FRAME: u16 = 4;

/// Room for text in a pane of this width.
pub(super) fn room(width: u16) -> usize {
    usize::from(width.saturating_sub(FRAME)).max(1)
}

/// Wraps text in one style, with one indent for the first line and one for the others. A number is
/// kept together with its percent sign and its ±.
pub(super) fn words(
    text: &str,
    (first, others): (usize, usize),
    room: usize,
    style: Style,
) -> Vec<Line<'static>> {
    let folded = folded_numbers(text, room.saturating_sub(first.max(others)).max(1));
    let line = |(i, words): (usize, String)| {
        let blank = " ".repeat(if i == 0 { first } else { others });
        Line::from(vec![Span::raw(blank), Span::styled(words, style)])
    };
    folded.into_iter().enumerate().map(line).collect()
}

/// Draws a pane. If it has the focus, its lines are scrolled. The bottom border shows how many
/// lines come before and after.
pub(super) fn draw(
    app: &App,
    aspect: TheoryPane,
    title: &str,
    lines: &[Line<'static>],
    view: &mut View<'_, '_>,
    area: Rect,
) {
    let focused = app.screens.theory.aspect == aspect;
    let inner_height = usize::from(area.height.saturating_sub(2));
    let most = lines.len().saturating_sub(inner_height);
    let first = if focused { app.screens.theory.scroll.min(most) } else { 0 };
    let complete = app.screens.theory.explanation.as_ref().is_some_and(|e| e.complete)
        && app.screens.theory.fresh;
    let more = if complete { "" } else { "(computing) " };
    let mut pane = block(format!(" {title} {more}"), focused, view.theme);
    let after = lines.len().saturating_sub(first + inner_height);
    view.scrolls |= focused && (first, after) != (0, 0);
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
