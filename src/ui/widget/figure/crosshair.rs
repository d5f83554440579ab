//! The cross-hair in a figure: a horizontal and a vertical line over blank cells, and a mark.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::style::Modifier;

use super::Placed;
use crate::ui::theme::Theme;

/// Draws the cross-hair through a point of the figure, and returns the cell of that point.
pub fn crosshair(
    placed: &Placed<'_>,
    at: (f64, f64),
    theme: &Theme,
    buffer: &mut Buffer,
) -> Option<(u16, u16)> {
    let (x, y) = placed.cell_at(at)?;
    let inner = placed.inner();
    for place in inner.positions().filter(|place| place.x == x || place.y == y) {
        if is_blank(buffer, place) {
            let rule = if place.x == x { "│" } else { "─" };
            buffer.set_string(place.x, place.y, rule, theme.dim());
        }
    }
    buffer.set_string(x, y, "╋", theme.focus().add_modifier(Modifier::REVERSED));
    Some((x, y))
}

/// Returns true if a cell is blank.
pub fn is_blank(buffer: &Buffer, at: Position) -> bool {
    buffer.cell(at).is_some_and(|cell| matches!(cell.symbol(), " " | "⠀"))
}
