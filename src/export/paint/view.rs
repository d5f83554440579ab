//! The part of a figure inside its axes, in pixels.

use crate::export::layout::Layout;
use crate::export::path::Point;
use crate::figure::Axis;

/// Converts values to positions in the image.
pub(super) struct View<'a> {
    pub(super) x: &'a Axis,
    pub(super) y: &'a Axis,
    pub(super) layout: &'a Layout,
}

impl View<'_> {
    pub(super) fn at(&self, (x, y): (f64, f64)) -> Point {
        let data = &self.layout.data;
        (data.left + self.x.share(x) * data.width(), data.bottom - self.y.share(y) * data.height())
    }

    /// Vertical position of one end of an interval; ends beyond the axis are put at its far side.
    pub(super) fn end(&self, value: f64) -> f64 {
        let value = self.y.scale.clamped(value);
        let data = &self.layout.data;
        data.bottom - self.y.share(value).clamp(-10.0, 11.0) * data.height()
    }
}
