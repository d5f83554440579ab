//! Cells shaded by gain and verdict, with words where they fit; those that hurt have a minus sign.

use super::super::canvas::{Canvas, Pen, Type};
use super::super::layout::Rect;
use super::super::palette::{Colour, HATCH, INK, MINUS, PAPER, ground, on};
use super::super::path::Point;
use super::marks::View;
use crate::figure::{Anchor, Cells, Dash};
use crate::transfer::Verdict;

/// Height of the words in a cell, and the least to which they are made smaller to fit.
const WORDS: f64 = 0.92;
const LEAST_WORDS: f64 = 0.62;
/// Distance between the lines of a hatch, in heights of the text.
const HATCH_STEP: f64 = 0.5;

/// How far a cell lies under its neighbours, in pixels.
const SEAM: f64 = 1.0;

/// Draws all cells; where nothing is known the paper is hatched.
pub(super) fn draw(cells: &Cells, view: &View<'_>, canvas: &mut Canvas<'_>) {
    let em = view.layout.em;
    let inside: Vec<_> = cells
        .places()
        .filter_map(|(column, row)| Some((area(cells, column, row, view)?, cells.get(column, row))))
        .collect();
    for (area, cell) in &inside {
        match cell {
            Some(cell) => canvas.rect(area, ground(cell)),
            None => hatch(area, em, canvas),
        }
    }
    for (area, cell) in &inside {
        let Some(cell) = cell else { continue };
        let text = cell.text.as_ref();
        let said = text.is_some_and(|text| words(text, area, on(ground(cell)), em, canvas));
        if cell.verdict == Verdict::Hurts && !said {
            minus(area, em, canvas);
        }
    }
}

/// A minus sign in the middle of a cell: what hurts is seen without colour.
pub(super) fn minus(area: &Rect, em: f64, canvas: &mut Canvas<'_>) {
    let half = (0.25 * area.width()).min(0.3 * em);
    let thick = (0.09 * area.height()).min(0.05 * em);
    let (x, y) = (f64::midpoint(area.left, area.right), f64::midpoint(area.top, area.bottom));
    let sign = Rect { left: x - half, right: x + half, top: y - thick, bottom: y + thick };
    canvas.rect(&sign, MINUS);
}

/// The part of a cell inside the plot, and a little of the neighbours that are drawn over it, so
/// that no seam shows between them.
fn area(cells: &Cells, column: usize, row: usize, view: &View<'_>) -> Option<Rect> {
    let plot = &view.layout.plot;
    let corner = |column: usize, row: usize| {
        let (x, y) = view.at((*cells.columns.get(column)?, *cells.rows.get(row)?));
        (!x.is_nan() && !y.is_nan()).then(|| plot.nearest((x, y)))
    };
    let (a, b) = (corner(column, row)?, corner(column + 1, row + 1)?);
    let beyond = |from: f64, to: f64| from + (to - from).clamp(-SEAM, SEAM);
    let b = (
        corner(column + 2, row).map_or(b.0, |next| beyond(b.0, next.0)),
        corner(column, row + 2).map_or(b.1, |next| beyond(b.1, next.1)),
    );
    let area =
        Rect { left: a.0.min(b.0), right: a.0.max(b.0), top: a.1.min(b.1), bottom: a.1.max(b.1) };
    (area.width() > 0.0 && area.height() > 0.0).then_some(area)
}

/// Slanted lines that go on from cell to cell.
pub(super) fn hatch(area: &Rect, em: f64, canvas: &mut Canvas<'_>) {
    canvas.rect(area, PAPER);
    let step = HATCH_STEP * em;
    let pen = Pen { width: 0.05 * em, colour: HATCH, dash: Dash::Solid };
    let (first, last) = (area.left + area.top, area.right + area.bottom);
    let lines = (first / step).ceil() as i64..=(last / step).floor() as i64;
    for sum in lines.map(|line| line as f64 * step) {
        let ends: [Point; 2] = [(sum - area.bottom, area.bottom), (sum - area.top, area.top)];
        canvas.line(&ends, pen, &area.grown(-pen.width));
    }
}

/// Words in the middle of a cell, smaller where they would not fit, left out where they cannot;
/// whether they are there.
fn words(text: &str, area: &Rect, colour: Colour, em: f64, canvas: &mut Canvas<'_>) -> bool {
    let room = (area.width() - 0.5 * em) / canvas.length(text, WORDS * em).max(1.0);
    let high = (area.height() - 0.3 * em) / (WORDS * em);
    let factor = room.min(high).min(1.0);
    let fits = factor * WORDS >= LEAST_WORDS;
    if fits {
        let em = factor * WORDS * em;
        let middle = (
            f64::midpoint(area.left, area.right),
            f64::midpoint(area.top, area.bottom) + 0.36 * em,
        );
        canvas.text(text, middle, Type { em, colour, anchor: Anchor::Middle, upright: false });
    }
    fits
}

/// A rim around samples in the legend.
pub(super) fn rim(area: &Rect, em: f64, canvas: &mut Canvas<'_>) {
    let corners = [
        (area.left, area.top),
        (area.right, area.top),
        (area.right, area.bottom),
        (area.left, area.bottom),
        (area.left, area.top),
    ];
    let pen = Pen { width: 0.05 * em, colour: INK, dash: Dash::Solid };
    canvas.line(&corners, pen, &area.grown(pen.width));
}
