//! Names beside points, where there is room for them.

use super::super::layout::{Layout, Rect};
use super::super::palette::FAINT_INK;
use super::super::path::Point;
use super::symbols;
use crate::export::canvas::{Canvas, Type};
use crate::export::paint::view::View;
use crate::figure::{Anchor, Figure, Mark, Shape};

/// Height of the names, in heights of ordinary text, and their distance from points.
const WORDS: f64 = 0.78;
const GAP: f64 = 0.2;
/// Height of a line above and below its middle, in heights of its text.
const HALF: f64 = 0.5;
/// Half the width kept free around lines and the ends of intervals.
const CLEAR: f64 = 0.12;

/// Draws the names of points that overlap neither points nor each other.
pub(super) fn draw(figure: &Figure, layout: &Layout, canvas: &mut Canvas<'_>) {
    let view = View { x: &figure.x, y: &figure.y, layout };
    let mut taken: Vec<Rect> = figure.marks.iter().flat_map(|mark| areas(mark, &view)).collect();
    let em = WORDS * layout.em;
    for mark in &figure.marks {
        let Shape::Points { points, .. } = &mark.shape else { continue };
        for (point, label) in points.iter().zip(&mark.labels) {
            let place = view.at((point.x, point.y));
            if !layout.plot.holds(place) || label.is_empty() {
                continue;
            }
            let length = canvas.length(label, em);
            let free = |area: &Rect| {
                let inside = layout.plot.holds((area.left, area.top))
                    && layout.plot.holds((area.right, area.bottom));
                inside && taken.iter().all(|other| !other.overlaps(area))
            };
            let Some((at, anchor, area)) =
                ways(place, length, em, layout.em).into_iter().find(|(.., area)| free(area))
            else {
                continue;
            };
            canvas.text(label, at, Type { em, colour: FAINT_INK, anchor, upright: false });
            taken.push(area);
        }
    }
}

/// The places for a name around a point: right, left, above and below.
fn ways((x, y): Point, length: f64, em: f64, point: f64) -> [(Point, Anchor, Rect); 6] {
    let far = (symbols::DISC + GAP) * point;
    let beside = |shift: f64, up: f64| {
        let (anchor, left) = match shift {
            s if s > 0.0 => (Anchor::Start, x + far),
            s if s < 0.0 => (Anchor::End, x - far - length),
            _ => (Anchor::Middle, x - length / 2.0),
        };
        let middle = y - up;
        let at = (left + anchor.parts().0 * length, middle + 0.36 * em);
        let (top, bottom) = (middle - HALF * em, middle + HALF * em);
        (at, anchor, Rect { left, right: left + length, top, bottom })
    };
    let line = HALF * em + far;
    [(1.0, 0.0), (-1.0, 0.0), (1.0, line), (-1.0, line), (1.0, -line), (-1.0, -line)]
        .map(|(shift, up)| beside(shift, up))
}

/// The areas that names must not cover: points with their intervals, rules and texts.
fn areas(mark: &Mark, view: &View<'_>) -> Vec<Rect> {
    let (em, plot) = (view.layout.em, view.layout.plot);
    let around = |(x, y): Point, across: f64, down: f64| Rect {
        left: x - across,
        right: x + across,
        top: y - down,
        bottom: y + down,
    };
    match &mark.shape {
        Shape::Points { points, .. } => points
            .iter()
            .flat_map(|point| {
                let place = view.at((point.x, point.y));
                let symbol = around(place, symbols::DISC * em, symbols::DISC * em);
                let [low, high] = [point.low, point.high].map(|end| view.end(end));
                let bar = Rect {
                    left: place.0 - CLEAR * em,
                    right: place.0 + CLEAR * em,
                    top: low.min(high),
                    bottom: low.max(high),
                };
                [symbol, bar]
            })
            .collect(),
        Shape::Level { y, .. } => {
            let y = view.at((view.x.from, *y)).1;
            vec![Rect { top: y - CLEAR * em, bottom: y + CLEAR * em, ..plot }]
        }
        Shape::Upright { x, .. } => {
            let x = view.at((*x, view.y.from)).0;
            vec![Rect { left: x - CLEAR * em, right: x + CLEAR * em, ..plot }]
        }
        _ => Vec::new(),
    }
}
