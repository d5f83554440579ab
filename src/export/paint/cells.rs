//! Draws cells shaded by gain and verdict, with text if it fits; cells that hurt get a minus sign.

use super::super::layout::{Layout, Rect};
use super::super::palette::{Colour, HATCH, INK, MINUS, PAPER, on};
use super::super::path::{self, Point};
use crate::export::canvas::{Canvas, Pen, Type};
use crate::export::font::Font;
use crate::export::paint::view::View;
use crate::figure::{Anchor, Cell, Cells, Dash, Figure, Mark, Shape, UNDECIDED};
use crate::transfer::Verdict;

/// Height of the text in a cell, and the smallest height to which it is shrunk to fit.
const WORDS: f64 = 0.92;
const LEAST_WORDS: f64 = 0.66;
/// The smallest height of a gain without its interval.
const LEAST_ALONE: f64 = 0.5;
/// Height of the second line, with the interval, in heights of the first.
const SECOND: f64 = 0.8;
/// Distance of two lines of text, in heights of the text.
const LINE: f64 = 1.02;
/// Distance between hatch lines in cells without results, in heights of the text.
const HATCH_STEP: f64 = 0.5;
/// Distance and width of hatch lines that distinguish cells of the same shade.
const DENSE_STEP: f64 = 0.36;
const DENSE_LINE: f64 = 0.07;

/// Overlap of a cell with its neighbours, in pixels.
const SEAM: f64 = 1.0;

/// Draws the grounds of all cells, with a [`sign`] in those that have no room for their text; cells
/// without results are hatched.
pub(super) fn draw(cells: &Cells, view: &View<'_>, canvas: &mut Canvas<'_>) {
    let em = view.layout.em;
    let inside = inside(cells, view);
    for (area, cell) in &inside {
        match cell {
            Some(cell) => canvas.rect(area, canvas.colours().ground(cell)),
            None => hatch(area, em, canvas),
        }
    }
    for (area, cell) in inside.iter().filter_map(|(area, cell)| Some((area, (*cell)?))) {
        let ground = canvas.colours().ground(cell);
        hatched(area, cell.verdict, ground, em, canvas);
        let length = |text: &str, em: f64| canvas.length(text, em);
        let said = cell.text.as_ref().and_then(|text| lines(text, area, em, &length)).is_some();
        if !said {
            sign(area, (cell.verdict, ground), em, canvas);
        }
    }
}

/// The cells inside the plot, with their areas.
fn inside<'a>(cells: &'a Cells, view: &View<'_>) -> Vec<(Rect, Option<&'a Cell>)> {
    let places = cells.places();
    places
        .filter_map(|(column, row)| Some((area(cells, column, row, view)?, cells.get(column, row))))
        .collect()
}

/// Draws the texts of all cells, above the lines of the figure.
pub(super) fn texts(figure: &Figure, layout: &Layout, canvas: &mut Canvas<'_>) {
    let Some(cells) = figure.cells() else { return };
    let is_line = |mark: &Mark| matches!(mark.shape, Shape::Line { .. });
    let lined = figure.marks.iter().any(is_line);
    for (area, cell) in &inside(cells, &View { layout }) {
        if let Some(cell) = cell {
            words(area, (cell, lined), layout.em, canvas);
        }
    }
}

/// Draws the sign of a verdict in the middle of a cell, which marks it without colour: minus for harm
/// unless the cell is hatched, a question mark for undecided.
pub(super) fn sign(
    area: &Rect,
    (verdict, ground): (Verdict, Colour),
    em: f64,
    canvas: &mut Canvas<'_>,
) {
    match verdict {
        Verdict::Hurts if canvas.colours().hatch(verdict, ground).is_none() => {
            minus(area, em, canvas);
        }
        Verdict::Undecided => question(area, em, canvas),
        _ => {}
    }
}

/// Draws a question mark in the middle of a cell, as large as the cell allows.
fn question(area: &Rect, em: f64, canvas: &mut Canvas<'_>) {
    let em = (0.9 * em).min(1.2 * area.height()).min(1.6 * area.width());
    let x = f64::midpoint(area.left, area.right);
    let y = f64::midpoint(area.top, area.bottom) + 0.36 * em;
    let colour = on(PAPER);
    canvas.text(UNDECIDED, (x, y), Type { em, colour, anchor: Anchor::Middle, upright: false });
}

/// Draws a minus sign in the middle of a cell, which marks harm without colour.
pub(super) fn minus(area: &Rect, em: f64, canvas: &mut Canvas<'_>) {
    let half = (0.25 * area.width()).min(0.3 * em);
    let thick = (0.09 * area.height()).min(0.05 * em);
    let (x, y) = (f64::midpoint(area.left, area.right), f64::midpoint(area.top, area.bottom));
    let sign = Rect { left: x - half, right: x + half, top: y - thick, bottom: y + thick };
    canvas.rect(&sign, MINUS);
}

/// The part of a cell inside the plot, with a small overlap under the neighbours drawn later, so
/// that no seam shows.
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

/// Draws a part of a cell with a verdict; falling lines hatch it if its shade alone is not
/// distinct.
pub(super) fn shaded(
    area: &Rect,
    verdict: Verdict,
    ground: Colour,
    em: f64,
    canvas: &mut Canvas<'_>,
) {
    canvas.rect(area, ground);
    hatched(area, verdict, ground, em, canvas);
}

/// Draws the falling lines of a verdict whose shade alone is not distinct.
pub(super) fn hatched(
    area: &Rect,
    verdict: Verdict,
    ground: Colour,
    em: f64,
    canvas: &mut Canvas<'_>,
) {
    if let Some(colour) = canvas.colours().hatch(verdict, ground) {
        let pen = Pen { width: DENSE_LINE * em, colour, dash: Dash::Solid };
        slanted(area, DENSE_STEP * em, -1.0, pen, canvas);
    }
}

/// Draws rising lines on white: no results.
pub(super) fn hatch(area: &Rect, em: f64, canvas: &mut Canvas<'_>) {
    canvas.rect(area, PAPER);
    let pen = Pen { width: 0.065 * em, colour: HATCH, dash: Dash::Solid };
    slanted(area, HATCH_STEP * em, 1.0, pen, canvas);
}

/// Draws slanted lines that continue from cell to cell; `rising` is 1 for rising, −1 for falling.
fn slanted(area: &Rect, step: f64, rising: f64, pen: Pen, canvas: &mut Canvas<'_>) {
    let ends = [area.top, area.bottom].map(|y| rising * y);
    let first = area.left + ends[0].min(ends[1]);
    let last = area.right + ends[0].max(ends[1]);
    let lines = (first / step).ceil() as i64..=(last / step).floor() as i64;
    for sum in lines.map(|line| line as f64 * step) {
        let half = pen.width * std::f64::consts::FRAC_1_SQRT_2;
        let ends: [Point; 2] = [area.bottom, area.top].map(|y| (sum - rising * y, y));
        let [(a, bottom), (b, top)] = ends;
        let corners = [(a - half, bottom), (a + half, bottom), (b + half, top), (b - half, top)];
        let inside = path::within(&corners, area);
        if inside.len() > 2 {
            canvas.polygon(&inside, pen.colour);
        }
    }
}

/// Height of a line of text in a cell, in heights of the first.
fn height(line: usize) -> f64 {
    if line == 0 { 1.0 } else { SECOND }
}

/// The lines of the text of a cell, with the factor by which they are shrunk to fit: one line, two
/// with a break before the interval, or one without the interval. `None` if none fits.
fn lines<'t>(
    text: &'t str,
    area: &Rect,
    em: f64,
    length: &dyn Fn(&str, f64) -> f64,
) -> Option<(f64, Vec<&'t str>)> {
    let whole = vec![text];
    let broken = text.find('±').map(|place| vec![text[..place].trim_end(), &text[place..]]);
    let fit = |lines: &[&str]| {
        let lengths = lines.iter().enumerate();
        let lengths = lengths.map(|(at, line)| length(line, height(at) * WORDS * em));
        let longest = lengths.fold(1.0, f64::max);
        let high = area.height() - 0.2 * em;
        ((area.width() - 0.3 * em) / longest)
            .min(high / ((lines.len() as f64 - 1.0) * LINE + 0.85) / (WORDS * em))
            .min(1.0)
    };
    let alone = text.split_once('±').map(|(value, _)| vec![value.trim_end()]);
    let ways = [Some(whole), broken].into_iter().flatten();
    let ways = ways.map(|lines| (fit(&lines), lines));
    let best = ways.reduce(|one, two| if two.0 >= one.0 { two } else { one })?;
    if best.0 * WORDS >= LEAST_WORDS {
        return Some(best);
    }
    let alone = alone.map(|lines| (fit(&lines), lines));
    alone.filter(|way| way.0 * WORDS >= LEAST_ALONE)
}

/// Returns true if some cell of a figure has room for its interval.
pub(in crate::export) fn has_intervals(figure: &Figure, layout: &Layout, font: &Font) -> bool {
    let (view, length) = (View { layout }, |text: &str, em: f64| font.length(text, em));
    let has_room = |cells: &Cells| {
        cells.places().any(|(column, row)| {
            let text = cells.get(column, row).and_then(|cell| cell.text.as_ref());
            let found = text.zip(area(cells, column, row, &view));
            let found = found.and_then(|(text, area)| lines(text, &area, layout.em, &length));
            found.is_some_and(|(_, lines)| lines.concat().contains('±'))
        })
    };
    figure.marks.iter().any(|mark| matches!(&mark.shape, Shape::Cells(cells) if has_room(cells)))
}

/// Draws the text of a cell in its middle, if it fits. On a hatch, and where lines may cross the
/// cell, it gets a background.
fn words(area: &Rect, (cell, lined): (&Cell, bool), em: f64, canvas: &mut Canvas<'_>) {
    let length = |text: &str, em: f64| canvas.length(text, em);
    let found = cell.text.as_ref().and_then(|text| lines(text, area, em, &length));
    let Some((factor, lines)) = found else { return };
    let em = factor * WORDS * em;
    let ground = canvas.colours().ground(cell);
    let is_hatched = canvas.colours().hatch(cell.verdict, ground).is_some();
    let (colour, plate) = (on(ground), lined || is_hatched);
    let margin = if is_hatched { 0.2 } else { 0.08 };
    let x = f64::midpoint(area.left, area.right);
    let middle = f64::midpoint(area.top, area.bottom);
    let first = middle + (0.36 - 0.5 * LINE * (lines.len() - 1) as f64) * em;
    let lines: Vec<(&str, f64, f64)> = lines
        .iter()
        .enumerate()
        .map(|(at, line)| (*line, height(at) * em, first + at as f64 * LINE * em))
        .collect();
    for &(line, em, y) in lines.iter().filter(|_| plate) {
        let half = canvas.length(line, em) / 2.0 + margin * em;
        let (top, bottom) = (y - (0.7 + margin) * em, y + (0.02 + margin) * em);
        canvas.rect(&Rect { left: x - half, right: x + half, top, bottom }, ground);
    }
    for (line, em, y) in lines {
        canvas.text(line, (x, y), Type { em, colour, anchor: Anchor::Middle, upright: false });
    }
}

/// Draws a rim around samples in the legend.
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
