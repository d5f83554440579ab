//! Draws the bands between the ends of intervals.

use super::super::palette::Colour;
use super::super::path::{self, Point};
use super::beyond;
use crate::export::canvas::{Canvas, Pen};
use crate::export::paint::view::View;
use crate::figure::Estimate;

/// Opacity of a band.
pub(super) const TINT: f64 = 0.2;
/// Width of the lines along its edges, which tell overlapping bands apart, in heights of the text.
pub(super) const EDGE: f64 = 0.06;
/// Smallest distance of the marks where a band leaves the plot, in heights of the text.
const APART: f64 = 2.0;
/// Half the width of a band with a single point, in heights of the text.
const ALONE: f64 = 0.08;

/// Draws a band with its edges, if they have a pen; points that are not on the axes interrupt it.
pub(super) fn draw(
    points: &[Estimate],
    colour: Colour,
    edge: Option<Pen>,
    view: &View<'_>,
    canvas: &mut Canvas<'_>,
) {
    let ends = |point: &Estimate| {
        let ends = view.ends(point);
        ends.iter().all(|end| end.0.is_finite() && !end.1.is_nan()).then_some(ends)
    };
    let places: Vec<Option<[Point; 2]>> = points.iter().map(ends).collect();
    for run in places.split(Option::is_none) {
        let run: Vec<[Point; 2]> = run.iter().flatten().copied().collect();
        let half = if run.len() == 1 { ALONE * view.layout.em } else { 0.0 };
        let wide = |(x, y): Point, sign: f64| (x + sign * half, y);
        let upper = run.iter().flat_map(|ends| [wide(ends[1], -1.0), wide(ends[1], 1.0)]);
        let lower = run.iter().rev().flat_map(|ends| [wide(ends[0], 1.0), wide(ends[0], -1.0)]);
        let mut corners: Vec<Point> = upper.chain(lower).collect();
        corners.dedup();
        canvas.region(&path::within(&corners, &view.layout.plot), colour, TINT);
        heads(&run, colour, view, canvas);
        for (side, pen) in [0, 1].into_iter().zip(edge.into_iter().cycle()) {
            let side: Vec<Point> = run.iter().map(|ends| ends[side]).collect();
            canvas.line(&side, pen, &view.layout.plot);
        }
    }
}

/// Draws the heads of arrows where the band leaves the plot, some way apart.
fn heads(run: &[[Point; 2]], colour: Colour, view: &View<'_>, canvas: &mut Canvas<'_>) {
    let (em, plot) = (view.layout.em, &view.layout.plot);
    for end in [0, 1] {
        let mut last = f64::NEG_INFINITY;
        for place in run.iter().map(|ends| ends[end]) {
            let Some(edge) = beyond::edge(place, plot) else { continue };
            if place.0 >= last + APART * em {
                beyond::draw(place, edge, em, colour, plot, canvas);
                last = place.0;
            }
        }
    }
}
