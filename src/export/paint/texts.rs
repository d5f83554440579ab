//! Texts inside a plot, moved to where they cover nothing.

use super::super::layout::Rect;
use super::super::palette::PAPER;
use super::super::path;
use crate::export::canvas::{Canvas, Type};
use crate::export::paint::view::View;
use crate::figure::{Anchor, Mark, MarkRole, Shape};

/// Opacity of the background of a text.
const PLATE: f64 = 0.8;
/// Height of a text above and below its middle, in heights of its letters.
const ABOVE: f64 = 0.55;
const BELOW: f64 = 0.6;
/// Distance between places that are tried, and the number of them on either side.
const STEP: f64 = 0.25;
const MOST_STEPS: u32 = 160;
/// The places of texts among all areas cost this much to cover.
const OUTSIDE: usize = 10_000;

/// Draws a text. That of a series, which tells what the caption tells too, moves to the nearest place
/// where it covers nothing, and is left out if there is none; any other stays at its own place.
/// Returns the area it takes.
pub(super) fn draw(
    mark: &Mark,
    view: &View<'_>,
    taken: &[Rect],
    canvas: &mut Canvas<'_>,
) -> Option<Rect> {
    let Shape::Text { at, text, anchor } = &mark.shape else { return None };
    let (layout, plot) = (view.layout, &view.layout.plot);
    let (em, own) = (layout.em, view.at(*at));
    if !plot.holds(own) {
        return None;
    }
    let text = canvas.fit(text, em, plot.width());
    let length = canvas.length(&text, em);
    let placed = |middle: f64, x: f64, anchor: Anchor| {
        let (before, behind) = anchor.parts();
        let start = x.min(plot.right - behind * length).max(plot.left + before * length);
        let left = start - before * length;
        let area = Rect {
            left,
            right: left + length,
            top: middle - ABOVE * em,
            bottom: middle + BELOW * em,
        };
        (start, middle, anchor, area)
    };
    let may_go = matches!(mark.role, MarkRole::Series(_));
    let steps = if may_go { MOST_STEPS } else { 0 };
    let cost = |area: &Rect| {
        let outside = area.top < plot.top || area.bottom > plot.bottom;
        let covered = taken.iter().filter(|other| other.overlaps(area)).count();
        covered + if outside { OUTSIDE } else { 0 }
    };
    let sides = match anchor {
        Anchor::End if may_go => vec![(own.0, Anchor::End), (own.0 + em, Anchor::Start)],
        Anchor::Start if may_go => vec![(own.0, Anchor::Start), (own.0 - em, Anchor::End)],
        own_side => vec![(own.0, *own_side)],
    };
    let shifts =
        (0..=steps).flat_map(|step| [1.0, -1.0].map(|sign| sign * STEP * em * f64::from(step)));
    let ways = sides
        .iter()
        .flat_map(|side| shifts.clone().map(move |shift| placed(own.1 + shift, side.0, side.1)));
    let (covered, (start, middle, anchor, area)) =
        ways.map(|way| (cost(&way.3), way)).min_by_key(|(cost, _)| *cost)?;
    if may_go && covered > 0 {
        return None;
    }
    let plate = [
        (area.left, area.top),
        (area.right, area.top),
        (area.right, area.bottom),
        (area.left, area.bottom),
    ];
    canvas.region(&path::within(&plate, plot), PAPER, PLATE);
    let colour = canvas.colours().of(mark.role);
    canvas.text(&text, (start, middle + 0.36 * em), Type { em, colour, anchor, upright: false });
    Some(area)
}
