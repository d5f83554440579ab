//! Draws the legend: a sample of each mark and its name.

use super::super::layout::{Layout, LegendItem, Rect, lead};
use super::super::palette::INK;
use super::super::path::Point;
use super::marks::{self, ARROW, BAR, LINE, OUTLINE, RULE};
use super::{band, cells, symbols};
use crate::export::canvas::{Canvas, Pen, Type};
use crate::figure::{Anchor, Dash, Figure, LegendSample, Mark, Shape, Symbol};
use crate::transfer::Verdict;

/// Height of the middle of a swatch above the baseline.
const MIDDLE: f64 = 0.36;

/// Number of shades of cells in a sample.
const SHADES: u32 = 5;

/// Draws every entry.
pub(super) fn draw(figure: &Figure, layout: &Layout, canvas: &mut Canvas<'_>) {
    let em = layout.legend_em;
    for entry in &layout.entries {
        match (entry.sample, figure.marks.get(entry.mark)) {
            (LegendSample::Cell(verdict), _) => shades(verdict, entry, em, canvas),
            (LegendSample::Mark, Some(mark)) => {
                if let Some(dash) = figure.line_of(mark) {
                    let pen =
                        Pen { width: LINE * em, colour: canvas.colours().of(mark.role), dash };
                    let middle = (entry.at.0 + entry.swatch / 2.0, entry.at.1 - MIDDLE * em);
                    across(pen, middle, entry.swatch, canvas);
                    if let Shape::Points { symbol, .. } = mark.shape {
                        symbols::rim(symbol, middle, em, canvas);
                    }
                }
                swatch(mark, entry, layout, canvas);
            }
            (LegendSample::Mark, None) => {}
        }
        let start = (entry.at.0 + lead(entry.swatch / em) * em, entry.at.1);
        canvas.text(
            &entry.text,
            start,
            Type { em, colour: INK, anchor: Anchor::Start, upright: false },
        );
    }
}

/// Draws a small sample of the mark, above the left end of the baseline.
fn swatch(mark: &Mark, entry: &LegendItem, layout: &Layout, canvas: &mut Canvas<'_>) {
    let (em, everywhere) = (layout.legend_em, &layout.image);
    let colour = canvas.colours().of(mark.role);
    let pen = |width: f64, dash: Dash| Pen { width: width * em, colour, dash };
    let (left, right, y) = (entry.at.0, entry.at.0 + entry.swatch, entry.at.1 - MIDDLE * em);
    let middle = (left + right) / 2.0;
    match &mark.shape {
        Shape::Line { dash, .. } => across(pen(LINE, *dash), (middle, y), right - left, canvas),
        Shape::Level { dash, .. } if !layout.sides.lying => {
            across(pen(RULE, *dash), (middle, y), right - left, canvas);
        }
        Shape::Level { dash, .. } | Shape::Upright { dash, .. } => {
            canvas.line(
                &[(middle, y + 0.55 * em), (middle, y - 0.55 * em)],
                pen(RULE, *dash),
                everywhere,
            );
        }
        Shape::Arrow { dash, .. } => {
            let pen = pen(ARROW, *dash);
            let hidden = marks::NECK * pen.width;
            let tail = right - hidden - pen.whole(right - left - hidden);
            marks::arrow((tail, y), (right, y), pen, everywhere, canvas);
        }
        Shape::Ellipse { dash, .. } => {
            let round = |step: u32| {
                let (sin, cos) = (f64::from(step) * 0.1 * std::f64::consts::PI).sin_cos();
                (middle + 0.45 * entry.swatch * cos, y + 0.4 * em * sin)
            };
            canvas.line(&(0..=20).map(round).collect::<Vec<_>>(), pen(OUTLINE, *dash), everywhere);
        }
        Shape::Points { points, symbol } => {
            if *symbol != Symbol::Ring && points.iter().any(|point| point.low < point.high) {
                let half = layout.sides.turned((0.0, 0.6 * em));
                let end = |sign: f64| (middle + sign * half.0, y + sign * half.1);
                canvas.line(&[end(1.0), end(-1.0)], pen(BAR, Dash::Solid), everywhere);
            }
            symbols::draw(*symbol, (middle, y), em, colour, canvas);
        }
        Shape::Band { .. } => {
            let corners = [
                (left, y - 0.4 * em),
                (right, y - 0.4 * em),
                (right, y + 0.4 * em),
                (left, y + 0.4 * em),
            ];
            canvas.region(&corners, colour, band::TINT);
        }
        Shape::Cells(_) | Shape::Text { .. } => {}
    }
}

/// Draws the shades of cells from no gain to a gain of the whole error.
fn shades(verdict: Option<Verdict>, entry: &LegendItem, em: f64, canvas: &mut Canvas<'_>) {
    let (left, y) = (entry.at.0, entry.at.1 - MIDDLE * em);
    let all = Rect { left, right: left + entry.swatch, top: y - 0.42 * em, bottom: y + 0.42 * em };
    match verdict {
        None => cells::hatch(&all, em, canvas),
        Some(verdict) => {
            let has_size = matches!(verdict, Verdict::Helps | Verdict::Hurts);
            let steps = if has_size { SHADES } else { 1 };
            let place = |step: u32| left + entry.swatch * f64::from(step) / f64::from(steps);
            for step in 0..steps {
                let strength = f64::from(step) / f64::from(SHADES - 1);
                let part = Rect { left: place(step), right: place(step + 1), ..all };
                let ground = canvas.colours().shade(verdict, strength);
                cells::shaded(&part, verdict, ground, em, canvas);
                cells::sign(&part, (verdict, ground), em, canvas);
            }
        }
    }
    cells::rim(&all, em, canvas);
}

/// Draws a line of whole dashes, as long as possible.
fn across(pen: Pen, (middle, y): Point, room: f64, canvas: &mut Canvas<'_>) {
    let half = pen.whole(room) / 2.0;
    let region =
        Rect { left: middle - room, right: middle + room, top: y - room, bottom: y + room };
    canvas.line(&[(middle - half, y), (middle + half, y)], pen, &region);
}
