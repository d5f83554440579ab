//! The part of a figure inside its axes, in pixels.

use crate::export::layout::{Layout, Rect};
use crate::export::path::Point;
use crate::figure::Estimate;

/// How far beyond the plot the end of an interval is drawn at most, in lengths of the axis.
const FAR: f64 = 10.0;

/// Converts values to positions in the image.
pub(super) struct View<'a> {
    pub(super) layout: &'a Layout,
}

impl View<'_> {
    pub(super) fn at(&self, point: (f64, f64)) -> Point {
        self.layout.place(point)
    }

    /// The ends of an interval; those beyond the axis are put at its far side.
    pub(super) fn ends(&self, point: &Estimate) -> [Point; 2] {
        let sides = &self.layout.sides;
        let axis = if sides.lying { &sides.across } else { &sides.up };
        [point.low, point.high].map(|end| {
            let share = axis.share(axis.scale.clamped(end)).clamp(-FAR, 1.0 + FAR);
            let (data, at) = (&self.layout.data, self.at((point.x, point.y)));
            match sides.lying {
                true => (data.left + share * data.width(), at.1),
                false => (at.0, data.bottom - share * data.height()),
            }
        })
    }

    /// The ends of a line across the plot at a value of the vertical axis.
    pub(super) fn level(&self, y: f64) -> [Point; 2] {
        let lying = self.layout.sides.lying;
        self.through(self.at((f64::NAN, y)), lying)
    }

    /// The ends of a line across the plot at a value of the horizontal axis.
    pub(super) fn upright(&self, x: f64) -> [Point; 2] {
        let lying = self.layout.sides.lying;
        self.through(self.at((x, f64::NAN)), !lying)
    }

    fn through(&self, (x, y): Point, stands: bool) -> [Point; 2] {
        let Rect { left, right, top, bottom } = self.layout.plot;
        if stands { [(x, bottom), (x, top)] } else { [(left, y), (right, y)] }
    }
}
