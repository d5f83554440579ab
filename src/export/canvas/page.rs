//! A PDF page as a canvas: lines and text stay vectors and text.

use std::collections::BTreeMap;

use pdf_writer::types::LineJoinStyle;
use pdf_writer::{Content, Name, Str};
use subsetter::GlyphRemapper;

use super::super::layout::Rect;
use super::super::palette::Colour;
use super::super::path::Point;
use crate::export::canvas::surface::{Canvas, Style, Surface, Type};
use crate::text::is_hidden;

/// Resource name of the font.
pub(in crate::export) const FONT: Name<'static> = Name(b"F0");

/// Distance of the Bézier handles of a quarter circle from its ends, in radii.
const HANDLE: f64 = 0.552_284_75;

/// The surface of a page; lengths are in pixels of the image, from its upper left corner.
pub(in crate::export) struct Page<'a> {
    content: Content,
    style: Style<'a>,
    glyphs: GlyphRemapper,
    /// Character and width (in heights of the text) by glyph number on the page.
    shown: BTreeMap<u16, (char, f64)>,
    covers: Vec<f64>,
}

/// The content of a page.
pub(in crate::export) struct Drawn {
    /// The PDF operators.
    pub(in crate::export) content: Vec<u8>,
    /// The glyphs in use with their numbers on the page.
    pub(in crate::export) glyphs: GlyphRemapper,
    /// Character and width (in heights of the text) by glyph number on the page.
    pub(in crate::export) shown: BTreeMap<u16, (char, f64)>,
    /// Opacities, by number of the graphics state.
    pub(in crate::export) covers: Vec<f64>,
}

/// Resource name of a graphics state.
pub(in crate::export) fn state(number: usize) -> Vec<u8> {
    format!("A{number}").into_bytes()
}

impl<'a> Page<'a> {
    /// An empty page of the given height in pixels; a pixel is `scale` points.
    pub(in crate::export) fn new(style: Style<'a>, height: f64, scale: f64) -> Self {
        let mut content = Content::new();
        content.transform([scale, 0.0, 0.0, -scale, 0.0, height * scale].map(short));
        content.set_line_join(LineJoinStyle::RoundJoin);
        let glyphs = GlyphRemapper::new();
        Self { content, style, glyphs, shown: BTreeMap::new(), covers: Vec::new() }
    }

    /// Draws on the page.
    pub(in crate::export) fn draw(&mut self, draw: impl FnOnce(&mut Canvas<'_>)) {
        let style = self.style;
        draw(&mut Canvas { surface: self, style });
    }

    /// Draws clipped to a region.
    pub(in crate::export) fn within(&mut self, area: &Rect, draw: impl FnOnce(&mut Canvas<'_>)) {
        self.content.save_state();
        self.outline(area);
        self.content.clip_nonzero().end_path();
        self.draw(draw);
        self.content.restore_state();
    }

    /// Returns the content of the page.
    pub(in crate::export) fn finish(self) -> Drawn {
        let content = self.content.finish().into_vec();
        Drawn { content, glyphs: self.glyphs, shown: self.shown, covers: self.covers }
    }

    fn outline(&mut self, area: &Rect) {
        let [left, top, width, height] =
            [area.left, area.top, area.width(), area.height()].map(short);
        self.content.rect(left, top, width, height);
    }

    fn path(&mut self, points: &[Point]) {
        for (i, &(x, y)) in points.iter().enumerate() {
            let (x, y) = (short(x), short(y));
            if i == 0 {
                self.content.move_to(x, y)
            } else {
                self.content.line_to(x, y)
            };
        }
    }

    fn fill(&mut self, colour: Colour) {
        let [red, green, blue] = colour.map(part);
        self.content.set_fill_rgb(red, green, blue);
    }
}

impl Surface for Page<'_> {
    fn rect(&mut self, area: &Rect, colour: Colour) {
        if area.width() > 0.0 && area.height() > 0.0 {
            self.fill(colour);
            self.outline(area);
            self.content.fill_nonzero();
        }
    }

    fn disc(&mut self, (x, y): Point, radius: f64, colour: Colour) {
        let at = |across: f64, down: f64| (short(x + across * radius), short(y + down * radius));
        let start = at(1.0, 0.0);
        self.fill(colour);
        self.content.move_to(start.0, start.1);
        for (a, b) in [
            ((1.0, 0.0), (0.0, 1.0)),
            ((0.0, 1.0), (-1.0, 0.0)),
            ((-1.0, 0.0), (0.0, -1.0)),
            ((0.0, -1.0), (1.0, 0.0)),
        ] {
            let (near, far) = (
                at(a.0 + HANDLE * b.0, a.1 + HANDLE * b.1),
                at(b.0 + HANDLE * a.0, b.1 + HANDLE * a.1),
            );
            let end = at(b.0, b.1);
            self.content.cubic_to(near.0, near.1, far.0, far.1, end.0, end.1);
        }
        self.content.close_path().fill_nonzero();
    }

    fn polygon(&mut self, corners: &[Point], colour: Colour) {
        if corners.len() > 2 {
            self.fill(colour);
            self.path(corners);
            self.content.close_path().fill_nonzero();
        }
    }

    fn region(&mut self, corners: &[Point], colour: Colour, cover: f64) {
        let known = self.covers.iter().position(|own| *own == cover);
        let number = known.unwrap_or_else(|| {
            self.covers.push(cover);
            self.covers.len() - 1
        });
        self.content.save_state().set_parameters(Name(&state(number)));
        self.polygon(corners, colour);
        self.content.restore_state();
    }

    fn stroke(&mut self, run: &[Point], width: f64, colour: Colour) {
        if run.len() > 1 {
            let [red, green, blue] = colour.map(part);
            self.content.set_stroke_rgb(red, green, blue).set_line_width(short(width));
            self.path(run);
            self.content.stroke();
        }
    }

    fn text(&mut self, text: &str, (x, y): Point, length: f64, style: Type) {
        let before = style.anchor.parts().0 * length;
        let matrix = match style.upright {
            true => [0.0, -1.0, -1.0, 0.0, x, y + before],
            false => [1.0, 0.0, 0.0, -1.0, x - before, y],
        };
        self.fill(style.colour);
        let glyphs = self.style.font.glyphs(text);
        self.content.begin_text().set_font(FONT, short(style.em));
        self.content.set_text_matrix(matrix.map(short));
        let mut shown = self.content.show_positioned();
        let mut items = shown.items();
        for (id, character, width, kern) in glyphs.into_iter().filter(|g| !is_hidden(g.1)) {
            let number = self.glyphs.remap(id);
            self.shown.insert(number, (character, width));
            if kern != 0.0 {
                items.adjust((-1000.0 * kern) as f32);
            }
            items.show(Str(&number.to_be_bytes()));
        }
        drop(items);
        drop(shown);
        self.content.end_text();
    }
}

/// A colour component from 0 to 1.
fn part(part: u8) -> f32 {
    (f32::from(part) / 255.0 * 1e3).round() / 1e3
}

/// A length rounded to the visible digits.
fn short(length: f64) -> f32 {
    ((length * 1e4).round() / 1e4) as f32
}
