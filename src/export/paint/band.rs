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
        let x = view.at((point.x, point.y)).0;
        let (low, high) = (view.end(point.low), view.end(point.high));
        (x.is_finite() && !low.is_nan() && !high.is_nan()).then_some((x, low, high))
    };
    let places: Vec<Option<(f64, f64, f64)>> = points.iter().map(ends).collect();
    for run in places.split(Option::is_none) {
        let run: Vec<(f64, f64, f64)> = run.iter().flatten().copied().collect();
        let half = if run.len() == 1 { ALONE * view.layout.em } else { 0.0 };
        let upper = run.iter().flat_map(|&(x, _, high)| [(x - half, high), (x + half, high)]);
        let lower = run.iter().rev().flat_map(|&(x, low, _)| [(x + half, low), (x - half, low)]);
        let mut corners: Vec<Point> = upper.chain(lower).collect();
        corners.dedup();
        canvas.region(&path::within(&corners, &view.layout.plot), colour, TINT);
        heads(&run, colour, view, canvas);
        let sides = [|p: &(f64, f64, f64)| (p.0, p.1), |p: &(f64, f64, f64)| (p.0, p.2)];
        for (side, pen) in sides.into_iter().zip(edge.into_iter().cycle()) {
            let side: Vec<Point> = run.iter().map(side).collect();
            canvas.line(&side, pen, &view.layout.plot);
        }
    }
}

/// Draws the heads of arrows where the band leaves the plot, some way apart.
fn heads(run: &[(f64, f64, f64)], colour: Colour, view: &View<'_>, canvas: &mut Canvas<'_>) {
    let (em, plot) = (view.layout.em, &view.layout.plot);
    for end in [|p: &(f64, f64, f64)| p.1, |p: &(f64, f64, f64)| p.2] {
        let mut last = f64::NEG_INFINITY;
        for point in run.iter().filter(|point| beyond::is_beyond(end(point), plot)) {
            if point.0 >= plot.left && point.0 <= plot.right && point.0 >= last + APART * em {
                beyond::draw((point.0, end(point)), em, colour, plot, canvas);
                last = point.0;
            }
        }
    }
}
