//! An SVG document as a canvas: lines and text stay vectors and text.

use plotters::backend::{DrawingBackend, SVGBackend};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontTransform, IntoFont, RGBColor, ShapeStyle, TextStyle};

use super::super::layout::Rect;
use super::super::palette::Colour;
use super::super::path::Point;
use crate::error::{Error, Result};
use crate::export::canvas::surface::{Canvas, Style, Surface, Type};
use crate::figure::Anchor;
use crate::text::clean;

/// Steps per pixel; coordinates are whole numbers.
pub(in crate::export) const FINE: f64 = 20.0;

/// Height of a line of text, in heights of the text.
const LINE: f64 = 1.24;

/// The surface of a document.
struct Vectors<'a> {
    backend: SVGBackend<'a>,
    /// The font by name, and a fallback.
    family: String,
    fault: Option<String>,
}

/// The SVG elements of what `draw` draws.
pub(in crate::export) fn forms(
    (width, height): (u32, u32),
    style: Style<'_>,
    draw: impl FnOnce(&mut Canvas<'_>),
) -> Result<String> {
    let fine = FINE as u32;
    let mut document = String::new();
    let backend = SVGBackend::with_string(&mut document, (width * fine, height * fine));
    let family = format!("{}, {}", style.typeface.family(), style.typeface.fallback());
    let mut surface = Vectors { backend, family, fault: None };
    draw(&mut Canvas { surface: &mut surface, style });
    if let Some(fault) = surface.fault.take() {
        return Err(Error::Failed(format!("the figure cannot be drawn: {fault}")));
    }
    drop(surface);
    Ok(inside(&document))
}

/// The elements of a document without redundant attributes. Quotes in text are escaped, so every
/// match is an attribute.
fn inside(document: &str) -> String {
    let start = document.find('>').map_or(0, |end| end + 1);
    let end = document.rfind("</svg>").unwrap_or(document.len());
    let elements = document.get(start..end).unwrap_or_default().trim();
    [" dy=\"-0.5ex\"", " opacity=\"1\"", " stroke=\"none\""]
        .iter()
        .fold(elements.to_owned(), |elements, nothing| elements.replace(nothing, ""))
}

fn ink(colour: Colour) -> RGBColor {
    RGBColor(colour[0], colour[1], colour[2])
}

fn spot((x, y): Point) -> (i32, i32) {
    ((x * FINE).round() as i32, (y * FINE).round() as i32)
}

impl Vectors<'_> {
    fn note<T, E: std::fmt::Display>(&mut self, drawn: std::result::Result<T, E>) {
        if let Err(fault) = drawn {
            self.fault.get_or_insert(fault.to_string());
        }
    }
}

impl Surface for Vectors<'_> {
    fn rect(&mut self, area: &Rect, colour: Colour) {
        let (a, b) = (spot((area.left, area.top)), spot((area.right, area.bottom)));
        if a.0 < b.0 && a.1 < b.1 {
            let drawn = self.backend.draw_rect(a, b, &ink(colour), true);
            self.note(drawn);
        }
    }

    fn disc(&mut self, centre: Point, radius: f64, colour: Colour) {
        let radius = (radius * FINE).round().max(1.0) as u32;
        let style = ShapeStyle { color: ink(colour).to_rgba(), filled: true, stroke_width: 0 };
        let drawn = self.backend.draw_circle(spot(centre), radius, &style, true);
        self.note(drawn);
    }

    fn polygon(&mut self, corners: &[Point], colour: Colour) {
        let corners: Vec<_> = corners.iter().map(|&corner| spot(corner)).collect();
        let drawn = self.backend.fill_polygon(corners, &ink(colour));
        self.note(drawn);
    }

    fn region(&mut self, corners: &[Point], colour: Colour, cover: f64) {
        let corners: Vec<_> = corners.iter().map(|&corner| spot(corner)).collect();
        let drawn = self.backend.fill_polygon(corners, &ink(colour).mix(cover));
        self.note(drawn);
    }

    fn stroke(&mut self, run: &[Point], width: f64, colour: Colour) {
        let mut run: Vec<_> = run.iter().map(|&point| spot(point)).collect();
        run.dedup();
        let width = (width * FINE).round().max(1.0) as u32;
        let style = ink(colour).stroke_width(width);
        if run.len() > 1 {
            let drawn = self.backend.draw_path(run, &style);
            self.note(drawn);
        }
    }

    fn text(&mut self, text: &str, at: Point, _: f64, style: Type) {
        let text = clean(text);
        let across = match style.anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let turn = if style.upright { FontTransform::Rotate270 } else { FontTransform::None };
        let size = (style.em * FINE).round() * LINE;
        let colour = ink(style.colour);
        let written = TextStyle::from((self.family.as_str(), size).into_font().transform(turn))
            .color(&colour)
            .pos(Pos::new(across, VPos::Bottom));
        let drawn = self.backend.draw_text(&text, &written, spot(at));
        self.note(drawn);
    }
}
