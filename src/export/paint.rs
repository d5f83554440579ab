//! Draws a figure on a canvas.

mod band;
mod bar;
mod beyond;
mod cells;
mod frame;
mod labels;
mod legend;
mod marks;
mod symbols;
mod texts;
mod view;

pub(super) use cells::has_intervals;
pub(super) use labels::unnamed_levels;

use super::layout::Layout;
use crate::export::canvas::Canvas;
use crate::figure::{Figure, Mark, Shape, Symbol};

/// Draws grid and marks, back to front. Marks may reach a little over the edge of the plot, so the
/// caller must clip them.
pub(super) fn inside(figure: &Figure, layout: &Layout, canvas: &mut Canvas<'_>) {
    frame::grid(layout, canvas);
    let mut marks: Vec<&Mark> = figure.marks.iter().collect();
    marks.sort_by_key(|mark| depth(mark));
    let (above, below): (Vec<&Mark>, Vec<&Mark>) =
        marks.into_iter().partition(|mark| matches!(mark.shape, Shape::Arrow { .. }));
    below.into_iter().for_each(|mark| marks::draw(mark, figure, layout, canvas));
    cells::texts(figure, layout, canvas);
    marks::casings(figure, layout, canvas);
    above.into_iter().for_each(|mark| marks::draw(mark, figure, layout, canvas));
    labels::draw(figure, layout, canvas);
}

/// Drawing order: areas, rules, lines, points, arrows, text; large symbols below small ones, so
/// that both are visible.
fn depth(mark: &Mark) -> (u8, u8) {
    let of_kind = match &mark.shape {
        Shape::Level { .. } | Shape::Upright { .. } => 0,
        Shape::Points { symbol: Symbol::Ring, .. } => 2,
        Shape::Points { .. } => 3,
        Shape::Arrow { .. } | Shape::Text { .. } => 4,
        _ => 1,
    };
    (mark.shape.depth(), of_kind)
}

/// Draws the title and the legend of a layout that has nothing else.
pub(super) fn head(figure: &Figure, layout: &Layout, canvas: &mut Canvas<'_>) {
    frame::words(layout, canvas);
    legend::draw(figure, layout, canvas);
}

/// Draws axes, title, caption and legend.
pub(super) fn around(figure: &Figure, layout: &Layout, canvas: &mut Canvas<'_>) {
    frame::axes(layout, canvas);
    bar::draw(figure, layout, canvas);
    frame::words(layout, canvas);
    legend::draw(figure, layout, canvas);
}
