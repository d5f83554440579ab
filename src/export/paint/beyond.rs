//! Marks at the edge of the plot, of intervals that go on beyond it.

use super::super::layout::Rect;
use super::super::palette::Colour;
use super::super::path::Point;
use crate::export::canvas::Canvas;

/// Size of the mark of an interval that goes on beyond the plot, in heights of the text.
const SIZE: f64 = 0.3;

/// The side of the plot that a point lies beyond, as the way that points out of the plot there; `None`
/// if it lies beyond none, or beyond a corner.
pub(super) fn edge((x, y): Point, plot: &Rect) -> Option<(f64, f64)> {
    let out = |at: f64, low: f64, high: f64| match () {
        () if at < low - 0.5 => -1.0,
        () if at > high + 0.5 => 1.0,
        () => 0.0,
    };
    let way = (out(x, plot.left, plot.right), out(y, plot.top, plot.bottom));
    let is_one = (way.0 == 0.0) != (way.1 == 0.0);
    (is_one && !x.is_nan() && !y.is_nan()).then_some(way)
}

/// Draws the head of an arrow at the edge of the plot that points to an end of an interval beyond.
pub(super) fn draw(
    (x, y): Point,
    (right, down): (f64, f64),
    em: f64,
    colour: Colour,
    plot: &Rect,
    canvas: &mut Canvas<'_>,
) {
    let size = SIZE * em;
    let (along, half) = (plot.grown(-1.0), 0.6 * size);
    let inside = |at: f64, low: f64, high: f64, way: f64| match way {
        0.0 => at.clamp(low + half, high - half),
        _ => at.clamp(low, high),
    };
    let tip = (inside(x, along.left, along.right, right), inside(y, along.top, along.bottom, down));
    let back = (tip.0 - right * size, tip.1 - down * size);
    let side = |sign: f64| (back.0 + sign * down * half, back.1 + sign * right * half);
    canvas.polygon(&[tip, side(1.0), side(-1.0)], colour);
}
