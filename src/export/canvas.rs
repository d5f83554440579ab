//! The canvas figures are drawn on: pixels of an image, or shapes of an SVG document or PDF page.

mod dots;
mod page;
mod vectors;

use super::font::Font;
use super::layout::Rect;
use super::palette::{Colour, Colours};
use super::path::{self, Point};
use crate::figure::{Anchor, Dash};

pub(super) use dots::pixels;
pub(super) use page::{Drawn, FONT, Page, state};
pub(super) use vectors::{FINE, forms};

/// Lengths of a dash and of the gap after it, in line widths.
const DASH: f64 = 3.6;
const GAP: f64 = 2.2;
const DASH_DOT: [f64; 4] = [DASH, GAP, 1.0, GAP];

/// A line's width in pixels, colour and dashes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pen {
    pub(super) width: f64,
    pub(super) colour: Colour,
    pub(super) dash: Dash,
}

impl Pen {
    /// The longest line up to `length` that does not end inside a dash or a gap.
    pub(super) fn whole(&self, length: f64) -> f64 {
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
pub(super) struct Type {
    pub(super) em: f64,
    pub(super) colour: Colour,
    pub(super) anchor: Anchor,
    /// True if the text runs upwards.
    pub(super) upright: bool,
}

/// A drawing back end; all lengths are in pixels of the image.
trait Surface {
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
pub(super) struct Canvas<'a> {
    surface: &'a mut dyn Surface,
    style: Style<'a>,
}

/// Settings for everything drawn on a canvas.
#[derive(Clone, Copy)]
pub(super) struct Style<'a> {
    /// Font of all text.
    pub(super) font: &'a Font,
    /// Smallest line width, in pixels.
    pub(super) least: f64,
    /// Colours of marks.
    pub(super) colours: Colours,
}

impl Canvas<'_> {
    /// The colours of marks.
    pub(super) fn colours(&self) -> Colours {
        self.style.colours
    }

    /// A filled rectangle.
    pub(super) fn rect(&mut self, area: &Rect, colour: Colour) {
        self.surface.rect(area, colour);
    }

    /// A filled disc.
    pub(super) fn disc(&mut self, centre: Point, radius: f64, colour: Colour) {
        self.surface.disc(centre, radius, colour);
    }

    /// A filled convex polygon.
    pub(super) fn polygon(&mut self, corners: &[Point], colour: Colour) {
        self.surface.polygon(corners, colour);
    }

    /// A filled polygon of any shape; `cover` is its opacity.
    pub(super) fn region(&mut self, corners: &[Point], colour: Colour, cover: f64) {
        if corners.len() > 2 {
            self.surface.region(corners, colour, cover);
        }
    }

    /// A line through points, clipped to a region.
    pub(super) fn line(&mut self, points: &[Point], pen: Pen, region: &Rect) {
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
    pub(super) fn fit(&self, text: &str, em: f64, length: f64) -> String {
        self.style.font.fit(text, em, length)
    }

    /// Length of a line of text.
    pub(super) fn length(&self, text: &str, em: f64) -> f64 {
        self.style.font.length(text, em)
    }

    /// One line of text with its baseline at `at`.
    pub(super) fn text(&mut self, text: &str, at: Point, style: Type) {
        let length = self.style.font.length(text, style.em);
        self.surface.text(text, at, length, style);
    }
}
