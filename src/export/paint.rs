//! A figure on a canvas.

mod band;
mod cells;
mod frame;
mod legend;
mod marks;
mod symbols;

use super::canvas::Canvas;
use super::layout::Layout;
use crate::figure::{Figure, Mark};

/// Grid and marks, back to front. Marks may reach a little over the edge of the plot: what lies
/// beyond must be hidden.
pub(super) fn inside(figure: &Figure, layout: &Layout, canvas: &mut Canvas<'_>) {
    frame::grid(figure, layout, canvas);
    let mut marks: Vec<&Mark> = figure.marks.iter().collect();
    marks.sort_by_key(|mark| mark.shape.depth());
    for mark in marks {
        marks::draw(mark, figure, layout, canvas);
    }
}

/// Axes, title, caption and legend.
pub(super) fn around(figure: &Figure, layout: &Layout, canvas: &mut Canvas<'_>) {
    frame::axes(figure, layout, canvas);
    frame::words(layout, canvas);
    legend::draw(figure, layout, canvas);
}
