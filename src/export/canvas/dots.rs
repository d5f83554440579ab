//! An image as a canvas: drawn at a finer resolution, then averaged so that edges are smooth.

use plotters::backend::{BitMapBackend, DrawingBackend};
use plotters::style::{Color, RGBColor};
use rayon::prelude::*;

use super::super::font::Font;
use super::super::layout::Rect;
use super::super::palette::{Colour, PAPER};
use super::super::path::{self, Point};
use crate::error::{Error, Result};
use crate::export::canvas::surface::{Canvas, Style, Surface, Type};

/// Number of dots above which the finer resolution is reduced.
const MANY_DOTS: u64 = 20_000_000;

/// The surface of an image.
struct Dots<'a> {
    backend: BitMapBackend<'a>,
    font: &'a Font,
    fine: f64,
    fault: Option<String>,
}

/// The RGB pixels, row by row, of what `draw` draws on white.
pub(in crate::export) fn pixels(
    (width, height): (u32, u32),
    style: Style<'_>,
    draw: impl FnOnce(&mut Canvas<'_>),
) -> Result<Vec<u8>> {
    let dots = u64::from(width) * u64::from(height);
    let fine = [4, 3].into_iter().find(|f| dots * f * f <= MANY_DOTS).unwrap_or(2) as u32;
    let size = (width * fine, height * fine);
    let mut paper = vec![PAPER[0]; size.0 as usize * size.1 as usize * 3];
    let backend = BitMapBackend::with_buffer(&mut paper, size);
    let mut surface = Dots { backend, font: style.font, fine: f64::from(fine), fault: None };
    draw(&mut Canvas { surface: &mut surface, style });
    if let Some(fault) = surface.fault.take() {
        return Err(Error::Failed(format!("the figure cannot be drawn: {fault}")));
    }
    drop(surface);
    Ok(folded(&paper, size.0 as usize, fine as usize))
}

/// Averages of squares of `fine` × `fine` dots.
fn folded(surface: &[u8], width: usize, fine: usize) -> Vec<u8> {
    match fine {
        4 => folded_by::<4>(surface, width),
        3 => folded_by::<3>(surface, width),
        _ => folded_by::<2>(surface, width),
    }
}

/// The same with a number known to the compiler, which can then do without divisions.
fn folded_by<const FINE: usize>(surface: &[u8], width: usize) -> Vec<u8> {
    let area = (FINE * FINE) as u32;
    let mut image = vec![0; surface.len() / (FINE * FINE)];
    let lines = image.par_chunks_exact_mut(width / FINE * 3);
    lines.zip(surface.par_chunks_exact(width * 3 * FINE)).for_each(|(line, rows)| {
        let mut sums = vec![0_u32; line.len()];
        for row in rows.chunks_exact(width * 3) {
            for (sums, dots) in sums.chunks_exact_mut(3).zip(row.chunks_exact(3 * FINE)) {
                for dot in dots.chunks_exact(3) {
                    (0..3).for_each(|part| sums[part] += u32::from(dot[part]));
                }
            }
        }
        for (pixel, sum) in line.iter_mut().zip(sums) {
            *pixel = ((sum + area / 2) / area) as u8;
        }
    });
    image
}

fn ink(colour: Colour) -> RGBColor {
    RGBColor(colour[0], colour[1], colour[2])
}

impl Dots<'_> {
    fn note<T, E: std::fmt::Display>(&mut self, drawn: std::result::Result<T, E>) {
        if let Err(fault) = drawn {
            self.fault.get_or_insert(fault.to_string());
        }
    }

    fn dot(&self, (x, y): Point) -> (i32, i32) {
        ((x * self.fine).round() as i32, (y * self.fine).round() as i32)
    }
}

impl Surface for Dots<'_> {
    fn rect(&mut self, area: &Rect, colour: Colour) {
        let (a, b) = (self.dot((area.left, area.top)), self.dot((area.right, area.bottom)));
        if a.0 < b.0 && a.1 < b.1 {
            let drawn = self.backend.draw_rect(a, b, &ink(colour), true);
            self.note(drawn);
        }
    }

    /// A filled disc, row by row, because discs of plotters fail near the edges of the surface.
    fn disc(&mut self, centre: Point, radius: f64, colour: Colour) {
        let (x, y) = (centre.0 * self.fine, centre.1 * self.fine);
        let radius = (radius * self.fine).max(0.5);
        let rows = (y - radius).round() as i32..(y + radius).round() as i32;
        for row in rows {
            let half = (radius.powi(2) - (f64::from(row) + 0.5 - y).powi(2)).max(0.0).sqrt();
            let (left, right) = ((x - half).round() as i32, (x + half).round() as i32);
            if left < right {
                let drawn =
                    self.backend.draw_rect((left, row), (right, row + 1), &ink(colour), true);
                self.note(drawn);
            }
        }
    }

    fn polygon(&mut self, corners: &[Point], colour: Colour) {
        let corners: Vec<_> = corners.iter().map(|&corner| self.dot(corner)).collect();
        let drawn = self.backend.fill_polygon(corners, &ink(colour));
        self.note(drawn);
    }

    fn region(&mut self, corners: &[Point], colour: Colour, cover: f64) {
        let corners: Vec<_> = corners.iter().map(|p| (p.0 * self.fine, p.1 * self.fine)).collect();
        let rows = corners.iter().map(|p| p.1);
        let first = rows.clone().fold(f64::INFINITY, f64::min).round();
        let last = rows.fold(f64::NEG_INFINITY, f64::max).round();
        if !(first.is_finite() && last.is_finite()) {
            return;
        }
        for row in first as i32..last as i32 {
            for (left, right) in path::spans(&corners, f64::from(row) + 0.5) {
                let (left, right) = (left.round() as i32, right.round() as i32);
                if left < right {
                    let (a, b) = ((left, row), (right, row + 1));
                    let drawn = self.backend.draw_rect(a, b, &ink(colour).mix(cover), true);
                    self.note(drawn);
                }
            }
        }
    }

    fn stroke(&mut self, run: &[Point], width: f64, colour: Colour) {
        let half = width / 2.0;
        for pair in run.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            let length = (b.0 - a.0).hypot(b.1 - a.1);
            if length > 0.0 {
                let (x, y) = (half * (b.1 - a.1) / length, half * (a.0 - b.0) / length);
                let corners = [
                    (a.0 + x, a.1 + y),
                    (b.0 + x, b.1 + y),
                    (b.0 - x, b.1 - y),
                    (a.0 - x, a.1 - y),
                ];
                self.polygon(&corners, colour);
            }
        }
        for &corner in run.iter().skip(1).rev().skip(1) {
            self.disc(corner, half, colour);
        }
    }

    fn text(&mut self, text: &str, at: Point, length: f64, style: Type) {
        let shift = -style.anchor.parts().0 * length;
        let start = if style.upright { (at.0, at.1 - shift) } else { (at.0 + shift, at.1) };
        let (x, y) = self.dot(start);
        let font = self.font;
        for glyph in font.outlines(text, style.em * self.fine) {
            let corner = glyph.px_bounds().min;
            let (left, top) = (corner.x as i32, corner.y as i32);
            glyph.draw(|across, down, cover| {
                if cover <= 0.0 {
                    return;
                }
                let (across, down) = (left + across as i32, top + down as i32);
                let dot =
                    if style.upright { (x + down, y - across) } else { (x + across, y + down) };
                let colour = ink(style.colour).mix(f64::from(cover).clamp(0.0, 1.0));
                let drawn = self.backend.draw_pixel(dot, colour.to_backend_color());
                self.note(drawn);
            });
        }
    }
}
