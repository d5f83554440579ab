//! The canvas of a figure, above its drawing back ends.

use crate::export::font::Font;
use crate::export::layout::Rect;
use crate::export::palette::{Colour, Colours};
use crate::export::path::{self, Point};
use crate::export::typeface::Typeface;
use crate::figure::{Anchor, Dash};

/// Lengths of a dash and of the gap after it, in line widths.
pub(in crate::export) const DASH: f64 = 3.6;
pub(in crate::export) const GAP: f64 = 2.2;
pub(in crate::export) const DASH_DOT: [f64; 4] = [DASH, GAP, 1.0, GAP];

/// A line's width in pixels, colour and dashes.
#[derive(Debug, Clone, Copy)]
pub(in crate::export) struct Pen {
    pub(in crate::export) width: f64,
    pub(in crate::export) colour: Colour,
    pub(in crate::export) dash: Dash,
}

impl Pen {
    /// The longest line up to `length` that does not end inside a dash or a gap.
    pub(in crate::export) fn whole(&self, length: f64) -> f64 {
        let (dash, gap) = (DASH * self.width, GAP * self.width);
        match self.dash {
            Dash::Dashed => ((length + gap) / (dash + gap)).floor().max(1.0) * (dash + gap) - gap,
            Dash::Dotted => length - self.width,
            Dash::DashDot => {
                let round: f64 = DASH_DOT.iter().sum::<f64>() * self.width;
                let ends = [dash, dash + gap + self.width];
                let fit = |end: f64| ((length - end) / round).floor().max(0.0) * round + end;
                ends.map(fit).into_iter().filter(|fit| *fit <= length).fold(dash, f64::max)
            }
            Dash::Solid => length,
        }
    }
}

/// Style of a line of text.
#[derive(Debug, Clone, Copy)]
pub(in crate::export) struct Type {
    pub(in crate::export) em: f64,
    pub(in crate::export) colour: Colour,
    pub(in crate::export) anchor: Anchor,
    /// True if the text runs upwards.
    pub(in crate::export) upright: bool,
}

/// A drawing back end; all lengths are in pixels of the image.
pub(in crate::export) trait Surface {
    /// A filled rectangle.
    fn rect(&mut self, area: &Rect, colour: Colour);

    /// A filled disc.
    fn disc(&mut self, centre: Point, radius: f64, colour: Colour);

    /// A filled convex polygon.
    fn polygon(&mut self, corners: &[Point], colour: Colour);

    /// A filled polygon of any shape; `cover` is its opacity.
    fn region(&mut self, corners: &[Point], colour: Colour, cover: f64);

    /// An unbroken line.
    fn stroke(&mut self, run: &[Point], width: f64, colour: Colour);

    /// One line of text with the given length, the anchor of its baseline at `at`.
    fn text(&mut self, text: &str, at: Point, length: f64, style: Type);
}

/// The canvas of a figure; all lengths are in pixels of the image.
pub(in crate::export) struct Canvas<'a> {
    pub(super) surface: &'a mut dyn Surface,
    pub(super) style: Style<'a>,
}

/// Settings for everything drawn on a canvas.
#[derive(Clone, Copy)]
pub(in crate::export) struct Style<'a> {
    /// Font of all text.
    pub(in crate::export) font: &'a Font,
    /// Typeface of that font.
    pub(in crate::export) typeface: &'a Typeface,
    /// Smallest line width, in pixels.
    pub(in crate::export) least: f64,
    /// Colours of marks.
    pub(in crate::export) colours: Colours,
}

impl Canvas<'_> {
    /// The colours of marks.
    pub(in crate::export) fn colours(&self) -> Colours {
        self.style.colours
    }

    /// A filled rectangle.
    pub(in crate::export) fn rect(&mut self, area: &Rect, colour: Colour) {
        self.surface.rect(area, colour);
    }

    /// A filled disc.
    pub(in crate::export) fn disc(&mut self, centre: Point, radius: f64, colour: Colour) {
        self.surface.disc(centre, radius, colour);
    }

    /// A filled convex polygon.
    pub(in crate::export) fn polygon(&mut self, corners: &[Point], colour: Colour) {
        self.surface.polygon(corners, colour);
    }

    /// A filled polygon of any shape; `cover` is its opacity.
    pub(in crate::export) fn region(&mut self, corners: &[Point], colour: Colour, cover: f64) {
        if corners.len() > 2 {
            self.surface.region(corners, colour, cover);
        }
    }

    /// A line through points, clipped to a region.
    pub(in crate::export) fn line(&mut self, points: &[Point], pen: Pen, region: &Rect) {
        let pen = Pen { width: pen.width.max(self.style.least), ..pen };
        for run in path::inside(points, &region.grown(pen.width)) {
            match pen.dash {
                Dash::Solid => self.surface.stroke(&run, pen.width, pen.colour),
                Dash::Dashed => self.broken(&run, &[DASH, GAP], pen),
                Dash::DashDot => self.broken(&run, &DASH_DOT, pen),
                Dash::Dotted => {
                    for dot in path::dots(&run, 2.3 * pen.width) {
                        self.disc(dot, 0.55 * pen.width, pen.colour);
                    }
                }
            }
        }
    }

    fn broken(&mut self, run: &[Point], pattern: &[f64], pen: Pen) {
        let pattern: Vec<f64> = pattern.iter().map(|length| length * pen.width).collect();
        for piece in path::dashes(run, &pattern) {
            self.surface.stroke(&piece, pen.width, pen.colour);
        }
    }

    /// The text cut to a length, with an ellipsis if it was cut.
    pub(in crate::export) fn fit(&self, text: &str, em: f64, length: f64) -> String {
        self.style.font.fit(text, em, length)
    }

    /// Length of a line of text.
    pub(in crate::export) fn length(&self, text: &str, em: f64) -> f64 {
        self.style.font.length(text, em)
    }

    /// One line of text with its baseline at `at`.
    pub(in crate::export) fn text(&mut self, text: &str, at: Point, style: Type) {
        let length = self.style.font.length(text, style.em);
        self.surface.text(text, at, length, style);
    }
}
