//! Draws marks inside the plot: lines, points, rules, arrows and ellipses.

use crate::export::paint::view::View;
use std::f64::consts::TAU;

use super::super::layout::{Layout, Rect};
use super::super::palette::PAPER;
use super::super::path::Point;
use super::{band, beyond, cells, symbols};
use crate::export::canvas::{Canvas, Pen};
use crate::figure::{Dash, Estimate, Figure, Mark, MarkRole, Shape};

/// Widths of lines and sizes of symbols, in heights of the text.
pub(super) const LINE: f64 = 0.13;
pub(super) const RULE: f64 = 0.095;
pub(super) const BAR: f64 = 0.095;
pub(super) const ARROW: f64 = 0.14;
pub(super) const OUTLINE: f64 = 0.1;
/// Width of the white casing on either side of lines drawn over cells.
const CASING: f64 = 0.07;
/// Width of the white casing on either side of arrows on points.
const ARROW_CASING: f64 = 0.05;
const CAP: f64 = 0.18;
/// Length of an arrow's head, in widths of its shaft, and the part of it that covers the shaft.
const HEAD: f64 = 5.0;
/// Half the width of an arrow's head, in its lengths.
const SIDE: f64 = 0.38;
pub(super) const NECK: f64 = 0.8 * HEAD;

/// Draws one mark; points that are not on the axes are left out.
pub(super) fn draw(mark: &Mark, figure: &Figure, layout: &Layout, canvas: &mut Canvas<'_>) {
    let view = View { layout };
    let (em, plot, colour) = (layout.em, &layout.plot, canvas.colours().of(mark.role));
    let pen = |width: f64, dash: Dash| Pen { width: width * em, colour, dash };
    match &mark.shape {
        Shape::Line { points, dash } => {
            let points: Vec<Point> = points.iter().map(|&p| view.at(p)).collect();
            if figure.has_cells() {
                let around = Pen { colour: PAPER, ..pen(LINE + 2.0 * CASING, Dash::Solid) };
                canvas.line(&points, around, plot);
            }
            canvas.line(&points, pen(LINE, *dash), plot);
            if let [only] = points[..]
                && plot.holds(only)
            {
                canvas.disc(only, LINE * em, colour);
            }
        }
        Shape::Points { points, symbol } => {
            let capped = has_caps(points, &view);
            for point in points {
                let place = view.at((point.x, point.y));
                let seen = plot.grown(em).holds(place);
                if seen {
                    symbols::rim(*symbol, place, em, canvas);
                }
                bar(point, &view, capped, pen(BAR, Dash::Solid), canvas);
                if seen {
                    symbols::draw(*symbol, place, em, colour, canvas);
                }
            }
        }
        Shape::Level { y, dash } => {
            canvas.line(&view.level(*y), pen(RULE, *dash), plot);
        }
        Shape::Upright { x, dash } => {
            canvas.line(&view.upright(*x), pen(RULE, *dash), plot);
        }
        Shape::Arrow { from, to, dash } => {
            arrow(view.at(*from), view.at(*to), pen(ARROW, *dash), plot, canvas);
        }
        Shape::Ellipse { map, dash } => {
            let points: Vec<Point> = ellipse(map).map(|p| view.at(p)).collect();
            canvas.line(&points, pen(OUTLINE, *dash), plot);
        }
        Shape::Band { points } => {
            let edge = edge(figure, mark.role).map(|dash| pen(band::EDGE, dash));
            band::draw(points, colour, edge, &view, canvas);
        }
        Shape::Cells(shown) => cells::draw(shown, &view, canvas),
        Shape::Text { .. } => {}
    }
}

/// The dashes along the edges of a band: those of the line of its series. `None` where no other band
/// may overlap it.
pub(super) fn edge(figure: &Figure, role: MarkRole) -> Option<Dash> {
    let is_band = |mark: &&Mark| {
        matches!((mark.role, &mark.shape), (MarkRole::Series(_), Shape::Band { .. }))
    };
    match role {
        MarkRole::Series(series) if figure.marks.iter().filter(is_band).count() > 1 => {
            Some(Dash::of_series(series))
        }
        _ => None,
    }
}

/// Returns true if most ends of the intervals are clear of their symbols, so that all get caps.
fn has_caps(points: &[Estimate], view: &View<'_>) -> bool {
    let is_clear = |point: &Estimate| {
        let middle = view.at((point.x, point.y));
        let far = |end: Point| (end.0 - middle.0).hypot(end.1 - middle.1);
        view.ends(point).into_iter().all(|end| far(end) > (symbols::DISC + CAP) * view.layout.em)
    };
    2 * points.iter().filter(|point| is_clear(point)).count() >= points.len()
}

/// Draws the interval of a point, below its symbol.
fn bar(point: &Estimate, view: &View<'_>, capped: bool, pen: Pen, canvas: &mut Canvas<'_>) {
    let (em, plot) = (view.layout.em, &view.layout.plot);
    let ends = view.ends(point);
    canvas.line(&ends, pen, plot);
    let cap = view.layout.sides.turned((CAP * em, 0.0));
    for end in ends {
        if let Some(edge) = beyond::edge(end, plot) {
            beyond::draw(end, edge, em, pen.colour, plot, canvas);
        } else if capped && point.low < point.high && end.0.is_finite() && end.1.is_finite() {
            let side = |sign: f64| (end.0 + sign * cap.0, end.1 + sign * cap.1);
            canvas.line(&[side(-1.0), side(1.0)], pen, plot);
        }
    }
}

/// Draws white casings of all arrows that lie on points, below the arrows.
pub(super) fn casings(figure: &Figure, layout: &Layout, canvas: &mut Canvas<'_>) {
    let view = View { layout };
    let is_row = |mark: &Mark| matches!(mark.shape, Shape::Points { .. });
    if !figure.marks.iter().any(is_row) {
        return;
    }
    let pen = Pen { width: ARROW * layout.em, colour: PAPER, dash: Dash::Solid };
    for mark in &figure.marks {
        if let Shape::Arrow { from, to, .. } = mark.shape {
            let casing = ARROW_CASING * layout.em;
            outlined((view.at(from), view.at(to)), pen, casing, &layout.plot, canvas);
        }
    }
}

/// Draws an arrow. Its dashes begin inside the head, so that the head is attached to one.
pub(super) fn arrow(from: Point, to: Point, pen: Pen, region: &Rect, canvas: &mut Canvas<'_>) {
    outlined((from, to), pen, 0.0, region, canvas);
}

/// Draws an arrow that is wider than its pen on all sides, by the same width around shaft and head.
fn outlined(
    (from, to): (Point, Point),
    pen: Pen,
    around: f64,
    region: &Rect,
    canvas: &mut Canvas<'_>,
) {
    let length = (to.0 - from.0).hypot(to.1 - from.1);
    if !(length.is_finite() && length > 0.0) {
        return;
    }
    let head = (HEAD * pen.width).min(length);
    let (x, y) = ((to.0 - from.0) / length, (to.1 - from.1) / length);
    let hidden = NECK / HEAD * head;
    let neck = (to.0 - hidden * x, to.1 - hidden * y);
    canvas.line(&[neck, from], Pen { width: pen.width + 2.0 * around, ..pen }, region);
    if region.grown(head).holds(to) {
        let ahead = around * 1.0_f64.hypot(SIDE) / SIDE;
        let (tip, head) = ((to.0 + ahead * x, to.1 + ahead * y), head + ahead + around);
        let (back, side) = ((tip.0 - head * x, tip.1 - head * y), SIDE * head);
        let corners =
            [tip, (back.0 - side * y, back.1 + side * x), (back.0 + side * y, back.1 - side * x)];
        canvas.polygon(&corners, pen.colour);
    }
}

fn ellipse(map: &[[f64; 2]; 2]) -> impl Iterator<Item = (f64, f64)> {
    const STEPS: u32 = 240;
    (0..=STEPS).map(move |step| {
        let (sin, cos) = (TAU * f64::from(step) / f64::from(STEPS)).sin_cos();
        (map[0][0] * cos + map[0][1] * sin, map[1][0] * cos + map[1][1] * sin)
    })
}
