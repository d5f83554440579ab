//! Symbols of points, tips of arrows, and text.

use ratatui::buffer::Buffer;
use ratatui::style::Style;
use unicode_width::UnicodeWidthStr;

use super::Placed;
use crate::figure::{Anchor, MarkRole, Shape, Symbol};
use crate::ui::theme::Theme;
use crate::ui::widget::text::cut;

/// The character of a symbol.
pub fn character(symbol: Symbol) -> &'static str {
    match symbol {
        Symbol::Disc => "●",
        Symbol::Triangle => "▲",
        Symbol::Square => "■",
        Symbol::Diamond => "◆",
        Symbol::Cross => "✕",
        Symbol::Ring => "◉",
        Symbol::Plus => "✚",
    }
}

/// Draws all marks that are single characters or text.
pub(super) fn draw(placed: &Placed<'_>, theme: &Theme, buffer: &mut Buffer) {
    for mark in &placed.figure.marks {
        let style = theme.role(mark.role);
        match &mark.shape {
            Shape::Points { points, symbol } => {
                let text = character(*symbol);
                for point in points {
                    put(placed, (point.x, point.y), text, style, buffer);
                    if theme.is_thick() {
                        beside(placed, (point.x, point.y), text, style, buffer);
                    }
                }
            }
            Shape::Arrow { to, .. } => {
                let text = if mark.role == MarkRole::Target { "●" } else { "▲" };
                put(placed, *to, text, style, buffer);
            }
            Shape::Text { at, text, anchor } => words(placed, *at, text, *anchor, style, buffer),
            _ => {}
        }
    }
}

fn put(placed: &Placed<'_>, at: (f64, f64), text: &str, style: Style, buffer: &mut Buffer) {
    if let Some((x, y)) = placed.cell_at(at) {
        buffer.set_stringn(x, y, text, 1, style);
    }
}

/// Repeats the symbol on both sides, if there is room inside the axes.
fn beside(placed: &Placed<'_>, at: (f64, f64), text: &str, style: Style, buffer: &mut Buffer) {
    let Some((x, y)) = placed.cell_at(at) else { return };
    for x in [x.saturating_sub(1), x + 1] {
        if placed.inner.contains((x, y).into()) {
            buffer.set_stringn(x, y, text, 1, style);
        }
    }
}

/// Draws text, moved inside the axes if it would leave them.
fn words(
    placed: &Placed<'_>,
    at: (f64, f64),
    text: &str,
    anchor: Anchor,
    style: Style,
    buffer: &mut Buffer,
) {
    let Some((x, y)) = placed.cell_at(at) else { return };
    let (inner, length) = (placed.inner, text.width() as u16);
    let before = (anchor.parts().0 * f64::from(length)) as u16;
    let start = x.saturating_sub(before).min(inner.right().saturating_sub(length)).max(inner.x);
    let room = usize::from(inner.right() - start);
    buffer.set_string(start, y, cut(text, room), style);
}
