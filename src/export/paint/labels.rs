//! Texts and names beside points, where there is room for them.

use super::super::layout::{Layout, Rect};
use super::super::palette::FAINT_INK;
use super::super::path::Point;
use super::symbols;
use super::texts;
use crate::export::canvas::{Canvas, Type};
use crate::export::font::Font;
use crate::export::paint::view::View;
use crate::figure::{Anchor, Estimate, Figure, Mark, Shape};

/// Height of the names, in heights of ordinary text, and their distance from points.
const WORDS: f64 = 0.78;
const GAP: f64 = 0.2;
/// Room kept free before and behind a name, in heights of its text.
const APART: f64 = 0.25;
/// Height of a line above and below its middle, in heights of its text.
const HALF: f64 = 0.5;
/// Half the width kept free around lines, and half the length and height of the caps of intervals.
const CLEAR: f64 = 0.12;
const CAPS: f64 = 0.18;
const CAP: f64 = 0.05;
/// Distance of a name from the room kept free around its line.
const LIFT: f64 = 0.06;

/// A place for a name: where its text is anchored, and the area it takes.
type Way = (Point, Anchor, Rect);

/// Draws all texts, then the names of points that overlap neither points nor each other.
pub(super) fn draw(figure: &Figure, layout: &Layout, canvas: &mut Canvas<'_>) {
    let view = View { layout };
    let mut taken: Vec<Rect> = figure.marks.iter().flat_map(|mark| areas(mark, &view)).collect();
    for mark in &figure.marks {
        taken.extend(texts::draw(mark, &view, &taken, canvas));
    }
    let em = WORDS * layout.em;
    for mark in &figure.marks {
        for (place, label) in named(mark, &view) {
            if !layout.plot.holds(place) || label.is_empty() {
                continue;
            }
            let length = canvas.length(label, em);
            let ways = match mark.shape {
                Shape::Level { .. } => along_level(place.1, length, em, layout),
                _ => around(place, length, em, layout.em),
            };
            let Some((at, anchor, area)) = free(ways, &taken, em, &layout.plot) else { continue };
            canvas.text(label, at, Type { em, colour: FAINT_INK, anchor, upright: false });
            taken.push(area);
        }
    }
}

/// The indices of the horizontal lines whose names have no room beside them.
pub(in crate::export) fn unnamed_levels(
    figure: &Figure,
    layout: &Layout,
    font: &Font,
) -> Vec<usize> {
    let view = View { layout };
    let mut taken: Vec<Rect> = figure.marks.iter().flat_map(|mark| areas(mark, &view)).collect();
    let em = WORDS * layout.em;
    let mut unnamed = Vec::new();
    for (index, mark) in figure.marks.iter().enumerate() {
        let is_level = matches!(mark.shape, Shape::Level { .. });
        for (place, label) in named(mark, &view).into_iter().filter(|_| is_level) {
            let ways = along_level(place.1, font.length(label, em), em, layout);
            match free(ways, &taken, em, &layout.plot) {
                Some((.., area)) => taken.push(area),
                None => unnamed.push(index),
            }
        }
    }
    unnamed
}

/// The first place inside the plot that covers nothing.
fn free(ways: Vec<Way>, taken: &[Rect], em: f64, plot: &Rect) -> Option<Way> {
    let is_free = |area: &Rect| {
        let inside = plot.holds((area.left, area.top)) && plot.holds((area.right, area.bottom));
        let wide = Rect { left: area.left - APART * em, right: area.right + APART * em, ..*area };
        inside && taken.iter().all(|other| !other.overlaps(&wide))
    };
    ways.into_iter().find(|(.., area)| is_free(area))
}

/// The places of a mark that have names, with the names.
fn named<'a>(mark: &'a Mark, view: &View<'_>) -> Vec<(Point, &'a String)> {
    let places = match &mark.shape {
        Shape::Points { points, .. } => points.iter().map(|p| view.at((p.x, p.y))).collect(),
        Shape::Level { y, .. } => vec![view.level(*y)[0]],
        _ => Vec::new(),
    };
    places.into_iter().zip(&mark.labels).collect()
}

/// The places for the name of a horizontal line: above or below it, from the right end to the left.
fn along_level(y: f64, length: f64, em: f64, layout: &Layout) -> Vec<Way> {
    const STEPS: u32 = 40;
    let plot = layout.plot;
    let far = HALF * em + (CLEAR + LIFT) * layout.em;
    let room = plot.width() - length - 2.0 * APART * em;
    let at = |step: u32, up: f64| {
        let right = plot.right - APART * em - room * f64::from(step) / f64::from(STEPS);
        let middle = y - up * far;
        let (top, bottom) = (middle - HALF * em, middle + HALF * em);
        let area = Rect { left: right - length, right, top, bottom };
        ((right, middle + 0.36 * em), Anchor::End, area)
    };
    (0..=STEPS).flat_map(|step| [at(step, 1.0), at(step, -1.0)]).collect()
}

/// The places for a name around a point: right, left, above and below.
fn around((x, y): Point, length: f64, em: f64, point: f64) -> Vec<Way> {
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
        .to_vec()
}

/// The areas that names must not cover: points with their intervals, rules and texts.
fn areas(mark: &Mark, view: &View<'_>) -> Vec<Rect> {
    let em = view.layout.em;
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
                let ends = view.ends(point);
                let bar = around_line(ends, CLEAR * em);
                let (across, along) = view.layout.sides.turned((CAPS * em, CAP * em));
                let caps = ends.map(|end| around(end, across, along));
                let caps = caps.into_iter().filter(|_| point.low < point.high);
                [symbol, bar].into_iter().chain(caps).collect::<Vec<_>>()
            })
            .collect(),
        Shape::Level { y, .. } => vec![around_line(view.level(*y), CLEAR * em)],
        Shape::Upright { x, .. } => vec![around_line(view.upright(*x), CLEAR * em)],
        Shape::Line { points, .. } => {
            let places: Vec<Point> = points.iter().map(|&point| view.at(point)).collect();
            along(&places, CLEAR * em)
        }
        Shape::Arrow { from, to, .. } => along(&[view.at(*from), view.at(*to)], CLEAR * em),
        Shape::Band { points } => band(points, view),
        _ => Vec::new(),
    }
}

/// The area along a horizontal or vertical line.
fn around_line([one, other]: [Point; 2], half: f64) -> Rect {
    let (left, right) = (one.0.min(other.0), one.0.max(other.0));
    let (top, bottom) = (one.1.min(other.1), one.1.max(other.1));
    let wide = if right > left { 0.0 } else { half };
    let high = if right > left { half } else { 0.0 };
    Rect { left: left - wide, right: right + wide, top: top - high, bottom: bottom + high }
}

/// Small areas along a line.
fn along(places: &[Point], half: f64) -> Vec<Rect> {
    let piece = |pair: &[Point]| {
        let (a, b) = (pair[0], pair[1]);
        let steps = ((b.0 - a.0).hypot(b.1 - a.1) / (4.0 * half)).ceil().clamp(1.0, 400.0);
        let at =
            move |step: f64| (a.0 + step / steps * (b.0 - a.0), a.1 + step / steps * (b.1 - a.1));
        (0..steps as u32).map(move |step| {
            let (one, other) = (at(f64::from(step)), at(f64::from(step + 1)));
            Rect {
                left: one.0.min(other.0) - half,
                right: one.0.max(other.0) + half,
                top: one.1.min(other.1) - half,
                bottom: one.1.max(other.1) + half,
            }
        })
    };
    let is_placed =
        |pair: &&[Point]| pair.iter().all(|place| place.0.is_finite() && place.1.is_finite());
    places.windows(2).filter(is_placed).flat_map(piece).collect()
}

/// The areas between neighbouring points of a band.
fn band(points: &[Estimate], view: &View<'_>) -> Vec<Rect> {
    let ends = |point: &Estimate| {
        let [low, high] = view.ends(point);
        (low.0, low.1.min(high.1), low.1.max(high.1))
    };
    let piece = |pair: &[Estimate]| {
        const STEPS: u32 = 6;
        let (a, b) = (ends(&pair[0]), ends(&pair[1]));
        (0..STEPS).map(move |step| {
            let [from, to] = [step, step + 1].map(|step| f64::from(step) / f64::from(STEPS));
            let mix = |one: f64, other: f64, share: f64| one + share * (other - one);
            Rect {
                left: mix(a.0, b.0, from),
                right: mix(a.0, b.0, to),
                top: mix(a.1, b.1, from).min(mix(a.1, b.1, to)),
                bottom: mix(a.2, b.2, from).max(mix(a.2, b.2, to)),
            }
        })
    };
    points
        .windows(2)
        .flat_map(piece)
        .filter(|area| area.left.is_finite() && !area.top.is_nan())
        .collect()
}
