//! Symbols of points, tips of arrows, and text.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_width::UnicodeWidthStr;

use super::{Placed, is_blank};
use crate::figure::{Anchor, MarkRole, Shape, Symbol};
use crate::ui::theme::Theme;
use crate::ui::widget::text::{cut, folded_numbers};

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
        Symbol::TriangleDown => "▼",
    }
}

/// Draws all marks that are single characters, then all text.
pub(super) fn draw(placed: &Placed<'_>, theme: &Theme, buffer: &mut Buffer) {
    for mark in placed.marks() {
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
            _ => {}
        }
    }
    for mark in placed.marks() {
        if let Shape::Text { at, text, anchor } = &mark.shape {
            words(placed, *at, text, *anchor, theme.role(mark.role), buffer);
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

/// Draws text, moved inside the axes if it would leave them. Beside a curve it is moved to where it
/// covers least, over two lines if need be; on a plane every place has a meaning, so it stays.
fn words(
    placed: &Placed<'_>,
    at: (f64, f64),
    text: &str,
    anchor: Anchor,
    style: Style,
    buffer: &mut Buffer,
) {
    let Some((x, y)) = placed.cell_at(at) else { return };
    let inner = placed.inner;
    let width = usize::from(inner.width);
    let one = vec![cut(text, width)];
    let half = folded_numbers(text, (text.width() / 2 + 3).min(width));
    let wide = folded_numbers(text, width);
    let (forms, rows, sides) = match placed.figure.square {
        true => (vec![one], y..y + 1, vec![anchor.parts().0]),
        false => {
            let forms = [vec![text.to_owned()], half, wide, one];
            let fits = |form: &Vec<String>| form.iter().all(|line| line.width() <= width);
            let own = anchor.parts().0;
            (
                forms.into_iter().filter(fits).collect(),
                inner.y..inner.bottom(),
                vec![own, 1.0 - own],
            )
        }
    };
    let mut best: Option<(usize, u16, u16, Vec<String>)> = None;
    for (place, form) in forms.into_iter().enumerate() {
        let length = form.iter().map(|line| line.width()).max().unwrap_or(0) as u16;
        for (side, part) in sides.iter().enumerate() {
            let before = (part * f64::from(length)) as u16;
            let start = x.saturating_sub(before).min(inner.right().saturating_sub(length));
            let start = start.max(inner.x);
            for top in rows.clone().filter(|top| top + form.len() as u16 <= inner.bottom()) {
                let area = Rect { x: start, y: top, width: length, height: form.len() as u16 };
                let hidden = area.positions().filter(|at| !is_blank(buffer, *at)).count();
                let cost = 100 * hidden + 20 * (place + side) + usize::from(top.abs_diff(y));
                if best.as_ref().is_none_or(|(least, ..)| cost < *least) {
                    best = Some((cost, start, top, form.clone()));
                }
            }
        }
    }
    let Some((_, start, top, form)) = best else { return };
    for (line, y) in form.iter().zip(top..) {
        buffer.set_string(start, y, line, style);
    }
}
