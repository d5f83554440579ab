//! Marks at the edge of the plot, of intervals that go on beyond it.

use super::super::layout::Rect;
use super::super::palette::Colour;
use super::super::path::Point;
use crate::export::canvas::Canvas;

/// Size of the mark of an interval that goes on beyond the plot, in heights of the text.
const SIZE: f64 = 0.3;

/// Returns true if a height lies above or below the plot.
pub(super) fn is_beyond(y: f64, plot: &Rect) -> bool {
    y < plot.top - 0.5 || y > plot.bottom + 0.5
}

/// Draws the head of an arrow at the edge of the plot that points to an end of an interval beyond.
pub(super) fn draw((x, y): Point, em: f64, colour: Colour, plot: &Rect, canvas: &mut Canvas<'_>) {
    let size = SIZE * em;
    let (edge, inwards) =
        if y < plot.top { (plot.top + 1.0, 1.0) } else { (plot.bottom - 1.0, -1.0) };
    let x = x.clamp(plot.left + 0.6 * size, plot.right - 0.6 * size);
    let back = edge + inwards * size;
    canvas.polygon(&[(x, edge), (x + 0.6 * size, back), (x - 0.6 * size, back)], colour);
}
