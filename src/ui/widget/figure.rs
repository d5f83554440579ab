//! Draws a [`Figure`] in the terminal: axes as text, lines in Braille, points as symbols, cells as
//! shades.

mod axes;
mod cells;
mod crosshair;
mod legend;
mod lines;
mod placed;
mod symbols;
mod ticks;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::figure::Figure;
use crate::ui::theme::Theme;

pub use cells::highlight;
pub use crosshair::{crosshair, is_blank};
pub use placed::Placed;
pub use symbols::character;

/// Draws a figure into an area: the legend above or on the left, axes on the left and below.
/// What is not measured is left out where the legend has no room to name it. Returns its position.
pub fn draw<'a>(figure: &'a Figure, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Placed<'a> {
    if area.width < 16 || area.height < 6 {
        return Placed::nowhere(figure);
    }
    let (outer, unnamed) = if figure.square {
        let width = legend::column(figure, theme, area, buffer);
        (Rect { x: area.x + width, width: area.width - width, ..area }, Vec::new())
    } else {
        let (height, unnamed) = legend::rows(figure, theme, area, buffer);
        (Rect { y: area.y + height, height: area.height - height, ..area }, unnamed)
    };
    let mut placed = Placed::new(figure, outer, lines::marker(theme).1).without(unnamed);
    axes::draw(&placed, theme, buffer);
    cells::draw(&placed, theme, buffer);
    lines::draw(&placed, theme, buffer);
    placed.whole = cells::write(&placed, theme, buffer);
    symbols::draw(&placed, theme, buffer);
    placed
}
