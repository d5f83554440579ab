//! A sheet in layers: backgrounds, shapes, text. Touching parts are joined, so that no seam shows.

use std::collections::HashMap;

use super::super::layout::Rect;
use super::forms::{Form, forms};
use crate::export::sheet::grid::{ACROSS, DOWN, MARGIN};
use crate::figure::Sheet;
use crate::figure::sheet::{Glyph, Rgb};

/// A rectangle, its colour and its opacity.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Patch {
    pub(super) rect: Rect,
    pub(super) colour: Rgb,
    pub(super) cover: f64,
}

/// A quarter circle in the cell with the given upper left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Arc {
    pub(super) at: (f64, f64),
    pub(super) right: bool,
    pub(super) down: bool,
    pub(super) colour: Rgb,
}

/// Characters of one style in neighbouring cells, with at most one empty cell between words.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Words {
    /// Upper left corner.
    pub(super) at: (f64, f64),
    /// Length in the units of the drawing.
    pub(super) length: f64,
    /// The characters of each cell, with the columns it covers.
    pub(super) cells: Vec<(String, u8)>,
    pub(super) colour: Rgb,
    pub(super) bold: bool,
    pub(super) underlined: bool,
}

/// Everything drawn on a sheet, back to front.
#[derive(Debug, Default)]
pub(super) struct Layers {
    pub(super) grounds: Vec<Patch>,
    pub(super) blocks: Vec<Patch>,
    pub(super) rules: Vec<Patch>,
    pub(super) arcs: Vec<Arc>,
    pub(super) words: Vec<Words>,
}

impl Layers {
    pub(super) fn of(sheet: &Sheet) -> Self {
        let mut layers = Self::default();
        for (row, cells) in sheet.rows().enumerate() {
            let y = MARGIN + row as f64 * DOWN;
            for (column, glyph) in cells.iter().enumerate() {
                layers.add(sheet, glyph, (MARGIN + column as f64 * ACROSS, y));
            }
            layers.end_words();
        }
        for patches in [&mut layers.grounds, &mut layers.blocks, &mut layers.rules] {
            *patches = joined(joined(std::mem::take(patches), true), false);
        }
        layers
    }

    fn add(&mut self, sheet: &Sheet, glyph: &Glyph, (x, y): (f64, f64)) {
        let (ink, paper) = sheet.colours(glyph);
        if paper != sheet.paper {
            let rect = Rect { left: x, right: x + ACROSS, top: y, bottom: y + DOWN };
            self.grounds.push(Patch { rect, colour: paper, cover: 1.0 });
        }
        let mut characters = glyph.text.chars();
        let form = match (characters.next(), characters.next()) {
            (Some(only), None) => forms(only),
            _ => None,
        };
        match form {
            Some(forms) => {
                self.end_words();
                forms.into_iter().for_each(|form| self.put(form, (x, y), ink));
            }
            None if glyph.columns > 0 => self.write(glyph, ink, (x, y)),
            None => {}
        }
    }

    fn put(&mut self, form: Form, (x, y): (f64, f64), colour: Rgb) {
        let moved = |rect: Rect| Rect {
            left: rect.left + x,
            right: rect.right + x,
            top: rect.top + y,
            bottom: rect.bottom + y,
        };
        match form {
            Form::Block(rect, cover) => {
                self.blocks.push(Patch { rect: moved(rect), colour, cover });
            }
            Form::Rule(rect) => self.rules.push(Patch { rect: moved(rect), colour, cover: 1.0 }),
            Form::Arc { right, down } => self.arcs.push(Arc { at: (x, y), right, down, colour }),
        }
    }

    /// Adds a character to the current run of text, or starts a new run.
    fn write(&mut self, glyph: &Glyph, colour: Rgb, (x, y): (f64, f64)) {
        let width = f64::from(glyph.columns) * ACROSS;
        let style = (colour, glyph.bold, glyph.underlined);
        let goes_on = |words: &&mut Words| {
            let end = words.at.0 + words.length;
            let gap = glyph.is_blank() && words.cells.last().is_some_and(|(text, _)| text == " ");
            words.at.1 == y
                && end == x
                && !gap
                && (words.colour, words.bold, words.underlined) == style
        };
        let cell = (glyph.text.clone(), glyph.columns);
        match self.words.last_mut().filter(goes_on) {
            Some(words) => {
                words.cells.push(cell);
                words.length += width;
            }
            None => {
                self.end_words();
                if !glyph.is_blank() {
                    let (colour, bold, underlined) = style;
                    let cells = vec![cell];
                    let words =
                        Words { at: (x, y), length: width, cells, colour, bold, underlined };
                    self.words.push(words);
                }
            }
        }
    }

    /// Removes a blank from the end of the last run.
    fn end_words(&mut self) {
        let Some(words) = self.words.last_mut().filter(|words| !words.underlined) else { return };
        while let Some((_, columns)) = words.cells.pop_if(|(text, _)| text == " ") {
            words.length -= f64::from(columns) * ACROSS;
        }
    }
}

/// Joins patches that share a whole side: horizontal neighbours if `level`, else vertical ones.
fn joined(patches: Vec<Patch>, level: bool) -> Vec<Patch> {
    let mut ends: HashMap<([u64; 4], Rgb), usize> = HashMap::new();
    let mut joined: Vec<Patch> = Vec::with_capacity(patches.len());
    for patch in patches {
        let Rect { left, top, right, bottom } = patch.rect;
        let (across, start, end) = match level {
            true => ([top, bottom], left, right),
            false => ([left, right], top, bottom),
        };
        let key =
            |end: f64| ([across[0], across[1], end, patch.cover].map(f64::to_bits), patch.colour);
        let place = match ends.remove(&key(start)) {
            Some(place) => {
                joined[place].rect.right = right;
                joined[place].rect.bottom = bottom;
                place
            }
            None => {
                joined.push(patch);
                joined.len() - 1
            }
        };
        ends.insert(key(end), place);
    }
    joined
}
