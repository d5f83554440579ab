//! A sheet as pixels and as PNG.

use ab_glyph::OutlinedGlyph;

use super::super::encode::encode;
use super::super::font::Font;
use super::super::layout::Rect;
use super::super::size::Size;
use super::layers::{Arc, Layers, Words};
use crate::error::Result;
use crate::export::sheet::grid::{ACROSS, BASELINE, DOWN, EM, MARGIN};
use crate::figure::Sheet;
use crate::figure::sheet::Rgb;

/// Pixels per unit of the drawing, unless the image would be too large.
const FINE: u32 = 2;
/// Largest number of pixels of an image at that scale.
const MANY: u64 = 12_000_000;
/// Pixels per inch at one pixel per unit.
const DPI: f64 = 96.0;
/// Samples of a curve per side of a pixel.
const LOOKS: u32 = 4;

/// Pixels, row by row.
struct Image {
    width: u32,
    height: u32,
    /// Pixels per unit.
    fine: f64,
    pixels: Vec<u8>,
}

/// The image as a PNG file with `metadata`, pairs of keyword and text.
pub(super) fn png(sheet: &Sheet, metadata: &[(&str, String)]) -> Result<Vec<u8>> {
    let image = drawn(sheet)?;
    let size = Size {
        width: image.width,
        height: image.height,
        dpi: DPI * image.fine,
        text: EM,
        caption: false,
    };
    let notes: Vec<(&str, &str)> = [("Title", sheet.title.as_str())]
        .into_iter()
        .chain(metadata.iter().map(|(keyword, text)| (*keyword, text.as_str())))
        .collect();
    encode(&image.pixels, &size, &notes)
}

/// Width, height and pixels (red, green, blue, row by row) of a sheet.
///
/// # Errors
///
/// [`Error::Failed`](crate::error::Error::Failed) if the bundled fonts cannot be read.
pub fn pixels(sheet: &Sheet) -> Result<(u32, u32, Vec<u8>)> {
    drawn(sheet).map(|image| (image.width, image.height, image.pixels))
}

fn drawn(sheet: &Sheet) -> Result<Image> {
    let units = |cells: usize, length: f64| (cells as f64 * length + 2.0 * MARGIN) as u32;
    let (across, down) = (units(sheet.columns.into(), ACROSS), units(sheet.rows().len(), DOWN));
    let fine = if u64::from(across) * u64::from(down) * 4 <= MANY { FINE } else { 1 };
    let (width, height) = (across * fine, down * fine);
    let pixels = sheet.paper.repeat(width as usize * height as usize);
    let mut image = Image { width, height, fine: f64::from(fine), pixels };
    let layers = Layers::of(sheet);
    for patch in layers.grounds.iter().chain(&layers.blocks).chain(&layers.rules) {
        image.fill(&patch.rect, patch.colour, patch.cover);
    }
    layers.arcs.iter().for_each(|arc| image.arc(arc));
    let fonts = [Font::mono(false)?, Font::mono(true)?, Font::bundled()?];
    layers.words.iter().for_each(|words| image.write(words, &fonts));
    Ok(image)
}

impl Image {
    /// Blends a colour over a pixel; `cover` is the covered share.
    fn blend(&mut self, (x, y): (i64, i64), colour: Rgb, cover: f64) {
        let inside = (0..i64::from(self.width)).contains(&x);
        if !inside || !(0..i64::from(self.height)).contains(&y) || cover <= 0.0 {
            return;
        }
        let place = (y as usize * self.width as usize + x as usize) * 3;
        for (pixel, part) in self.pixels[place..place + 3].iter_mut().zip(colour) {
            let (below, above) = (f64::from(*pixel), f64::from(part));
            *pixel = (below + (above - below) * cover.min(1.0)).round() as u8;
        }
    }

    fn fill(&mut self, rect: &Rect, colour: Rgb, cover: f64) {
        let [left, top, right, bottom] =
            [rect.left, rect.top, rect.right, rect.bottom].map(|edge| edge * self.fine);
        let shared = |from: f64, to: f64, pixel: i64| {
            (to.min(pixel as f64 + 1.0) - from.max(pixel as f64)).clamp(0.0, 1.0)
        };
        for y in top.floor() as i64..bottom.ceil() as i64 {
            for x in left.floor() as i64..right.ceil() as i64 {
                let share = shared(left, right, x) * shared(top, bottom, y);
                self.blend((x, y), colour, share * cover);
            }
        }
    }

    /// A quarter ring as thick as a light rule.
    fn arc(&mut self, arc: &Arc) {
        let fine = self.fine;
        let radius = ACROSS / 2.0 * fine;
        let middle = (arc.at.0 * fine + radius, (arc.at.1 + DOWN / 2.0) * fine);
        let side = |positive: bool| if positive { radius } else { -radius };
        let centre = (middle.0 + side(arc.right), middle.1 + side(arc.down));
        let half = 0.5 * fine;
        let reach = |from: f64, to: f64| {
            (from.min(to) - half).floor() as i64..(from.max(to) + half).ceil() as i64
        };
        for y in reach(middle.1, centre.1) {
            for x in reach(middle.0, centre.0) {
                let looks = (0..LOOKS * LOOKS).map(|i| {
                    let at = |n: u32| (f64::from(n) + 0.5) / f64::from(LOOKS);
                    (x as f64 + at(i % LOOKS), y as f64 + at(i / LOOKS))
                });
                let on = |&(x, y): &(f64, f64)| {
                    let distance = (x - centre.0).hypot(y - centre.1);
                    let quarter = (x <= centre.0) == arc.right && (y <= centre.1) == arc.down;
                    quarter && (distance - radius).abs() <= half
                };
                let share = looks.filter(on).count() as f64 / f64::from(LOOKS * LOOKS);
                self.blend((x, y), arc.colour, share);
            }
        }
    }

    /// Draws each character at the left of its cells, combining marks over their letter. The last
    /// font supplies characters that the monospaced ones lack, no wider than their cells.
    fn write(&mut self, words: &Words, fonts: &[Font; 3]) {
        let mono = &fonts[usize::from(words.bold)];
        let mut x = words.at.0;
        let baseline = (words.at.1 + BASELINE) * self.fine;
        for (text, columns) in &words.cells {
            let width = f64::from(*columns) * ACROSS;
            let known = text.chars().all(|c| mono.has(c));
            let font = if known { mono } else { &fonts[2] };
            let letter: String = text.chars().take(1).collect();
            let length = font.length(&letter, EM);
            let em = if length > width && !known { EM * width / length } else { EM };
            let aside = if known { 0.0 } else { (width - length.min(width)) / 2.0 };
            let start = (x + aside) * self.fine;
            for character in text.chars() {
                for glyph in font.outlines(character.encode_utf8(&mut [0; 4]), em * self.fine) {
                    self.stamp(&glyph, (start, baseline), words.colour);
                }
            }
            x += width;
        }
        if words.underlined {
            let top = words.at.1 + BASELINE + 1.5;
            let (left, right) = (words.at.0, words.at.0 + words.length);
            self.fill(&Rect { left, right, top, bottom: top + 1.0 }, words.colour, 1.0);
        }
    }

    fn stamp(&mut self, glyph: &OutlinedGlyph, (x, y): (f64, f64), colour: Rgb) {
        let corner = glyph.px_bounds().min;
        let (left, top) = (x.round() as i64 + corner.x as i64, y.round() as i64 + corner.y as i64);
        glyph.draw(|across, down, cover| {
            let place = (left + i64::from(across), top + i64::from(down));
            self.blend(place, colour, f64::from(cover));
        });
    }
}
