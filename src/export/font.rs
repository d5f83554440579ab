//! Fonts: measures, wraps and outlines text.

use std::cell::RefCell;
use std::collections::HashMap;

use ab_glyph::{Font as _, FontArc, GlyphId, OutlinedGlyph, PxScale, ScaleFont, point};

use super::bundled_font::{MONO, MONO_BOLD};
use super::typeface::Typeface;
use crate::error::{Error, Result};

const ELLIPSIS: char = '…';

/// A font; sizes are em heights in pixels.
pub(super) struct Font {
    face: FontArc,
    /// The glyphs of characters with their unscaled widths, as far as they were asked for.
    known: RefCell<HashMap<char, (GlyphId, f32)>>,
    /// The unscaled kerning of pairs of glyphs, as far as it was asked for.
    kerning: RefCell<HashMap<(GlyphId, GlyphId), f32>>,
}

/// A glyph of a line, unscaled.
struct Placed {
    id: GlyphId,
    character: char,
    width: f32,
    /// The kerning before it.
    kern: f32,
}

/// Returns true if the first typeface has a glyph for a character.
pub fn has_glyph(character: char) -> bool {
    Font::bundled().is_ok_and(|font| font.has(character))
}

impl Font {
    /// The font of the first typeface.
    pub(super) fn bundled() -> Result<Self> {
        Self::of(&Typeface::Sans)
    }

    /// The font of a typeface.
    pub(super) fn of(typeface: &Typeface) -> Result<Self> {
        match typeface {
            Typeface::Own(own) => {
                FontArc::try_from_vec(own.file().to_vec()).map(Self::new).map_err(unread)
            }
            Typeface::Sans | Typeface::Serif => Self::bundle(typeface.bundled()),
        }
    }

    /// The monospaced font.
    pub(super) fn mono(bold: bool) -> Result<Self> {
        Self::bundle(if bold { &MONO_BOLD } else { &MONO })
    }

    fn bundle(file: &'static [u8]) -> Result<Self> {
        FontArc::try_from_slice(file).map(Self::new).map_err(unread)
    }

    fn new(face: FontArc) -> Self {
        Self { face, known: RefCell::default(), kerning: RefCell::default() }
    }

    /// Returns true if the font has a glyph for a character.
    pub(super) fn has(&self, character: char) -> bool {
        self.face.glyph_id(character).0 != 0
    }

    fn scale(&self, em: f64) -> PxScale {
        let units = self.face.units_per_em().unwrap_or(1.0);
        PxScale::from(em as f32 * self.face.height_unscaled() / units)
    }

    /// The glyphs of a line.
    fn placed(&self, text: &str) -> impl Iterator<Item = Placed> {
        let mut last = None;
        text.chars().map(move |character| {
            let (id, width) = *self.known.borrow_mut().entry(character).or_insert_with(|| {
                let id = self.face.glyph_id(character);
                (id, self.face.h_advance_unscaled(id))
            });
            let kern = last.replace(id).map_or(0.0, |last| {
                let mut kerning = self.kerning.borrow_mut();
                *kerning.entry((last, id)).or_insert_with(|| self.face.kern_unscaled(last, id))
            });
            Placed { id, character, width, kern }
        })
    }

    /// The glyphs of a line, each with its character, width, and the kerning before it, in heights
    /// of the text.
    pub(super) fn glyphs(&self, text: &str) -> Vec<(u16, char, f64, f64)> {
        let units = self.face.units_per_em().unwrap_or(1.0);
        let of = |length: f32| f64::from(length / units);
        let glyph = |at: Placed| (at.id.0, at.character, of(at.width), of(at.kern));
        self.placed(text).map(glyph).collect()
    }

    /// Ascent and descent in heights of the text; the descent is negative.
    pub(super) fn heights(&self) -> (f64, f64) {
        let units = self.face.units_per_em().unwrap_or(1.0);
        let of = |height: f32| f64::from(height / units);
        (of(self.face.ascent_unscaled()), of(self.face.descent_unscaled()))
    }

    /// Length of a line.
    pub(super) fn length(&self, text: &str, em: f64) -> f64 {
        let factor = self.face.as_scaled(self.scale(em)).h_scale_factor();
        let length = |pen, at: Placed| pen + factor * at.kern + factor * at.width;
        f64::from(self.placed(text).fold(0.0, length))
    }

    /// Outlines of a line whose baseline starts at the origin.
    pub(super) fn outlines(&self, text: &str, em: f64) -> impl Iterator<Item = OutlinedGlyph> {
        let scale = self.scale(em);
        let factor = self.face.as_scaled(scale).h_scale_factor();
        let mut pen = 0.0;
        self.placed(text).filter_map(move |at| {
            pen += factor * at.kern;
            let glyph = at.id.with_scale_and_position(scale, point(pen, 0.0));
            pen += factor * at.width;
            self.face.outline_glyph(glyph)
        })
    }

    /// The line if it is short enough, else its beginning with an ellipsis.
    pub(super) fn fit(&self, text: &str, em: f64, length: f64) -> String {
        if self.length(text, em) <= length {
            return text.to_owned();
        }
        let mut kept: Vec<char> = text.chars().collect();
        while kept.pop().is_some() {
            let shorter = kept.iter().collect::<String>().trim_end().to_owned() + "…";
            if self.length(&shorter, em) <= length {
                return shorter;
            }
        }
        String::new()
    }

    /// The line if it is short enough, else its beginning and its end with an ellipsis between.
    pub(super) fn fit_middle(&self, text: &str, em: f64, length: f64) -> String {
        let all: Vec<char> = text.chars().collect();
        let shortened = |kept: usize| {
            let (head, tail) = (kept.div_ceil(3), kept - kept.div_ceil(3));
            let of = |part: &[char]| part.iter().collect::<String>();
            let end = of(&all[all.len() - tail..]);
            let whole = all.len() > tail && all[all.len() - tail - 1] != ' ';
            let end =
                end.split_once(' ').filter(|_| whole).map_or(end.as_str(), |(_, words)| words);
            format!("{}…{}", of(&all[..head]).trim_end(), end.trim_start())
        };
        if self.length(text, em) <= length {
            return text.to_owned();
        }
        let fits = |line: &String| self.length(line, em) <= length;
        (1..all.len()).rev().map(shortened).find(fits).unwrap_or_else(|| self.fit(text, em, length))
    }

    /// Wraps a text into at most `most` lines no longer than `length`. Lines break at spaces, and
    /// inside a word only if it is longer than a line. A text that does not fit is cut, with an
    /// ellipsis.
    pub(super) fn wrap(&self, text: &str, em: f64, length: f64, most: usize) -> Vec<String> {
        let mut lines = self.broken(text, em, length);
        if lines.len() > most {
            lines.truncate(most);
            if let Some(last) = lines.last_mut() {
                last.push(ELLIPSIS);
                *last = self.fit(last, em, length);
            }
        }
        lines
    }

    fn broken(&self, text: &str, em: f64, length: f64) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in words(text) {
            let longer = lines.last().map(|line| format!("{line} {word}"));
            match longer.filter(|line| self.length(line, em) <= length) {
                Some(longer) => {
                    lines.pop();
                    lines.push(longer);
                }
                None => lines.extend(self.pieces(&word, em, length)),
            }
        }
        lines
    }

    fn pieces(&self, word: &str, em: f64, length: f64) -> Vec<String> {
        let mut pieces = vec![String::new()];
        for character in word.chars() {
            let mut piece = pieces.pop().unwrap_or_default();
            piece.push(character);
            if piece.chars().count() > 1 && self.length(&piece, em) > length {
                piece.pop();
                pieces.extend([piece, character.to_string()]);
            } else {
                pieces.push(piece);
            }
        }
        pieces
    }
}

fn unread(fault: ab_glyph::InvalidFont) -> Error {
    Error::Failed(format!("the font cannot be read: {fault}"))
}

/// The words of a text; numbers, units and signs stay with the previous word.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let clings = word.starts_with(|c: char| c.is_ascii_digit() || "%=±×−/".contains(c));
        match words.last_mut().filter(|last| clings && last.chars().count() < 24) {
            Some(last) => last.extend([" ", word]),
            None => words.push(word.to_owned()),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn wrapped_lines_are_short_enough_and_lose_nothing() {
        let font = Font::bundled().unwrap();
        let text = "Points: n = 100 trials each, bars: paired intervals of_an_unbreakable_word_of_many_letters";
        for length in [40.0, 80.0, 200.0, 2000.0] {
            let lines = font.wrap(text, 10.0, length, usize::MAX);
            assert!(lines.iter().all(|line| font.length(line, 10.0) <= length));
            assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
        }
    }

    #[test]
    fn a_number_stays_with_its_name() {
        assert_eq!(
            words("Bars: n = 100 trials, condition 10"),
            ["Bars:", "n = 100", "trials,", "condition 10"]
        );
    }

    #[test]
    fn what_does_not_fit_ends_in_an_ellipsis() {
        let font = Font::bundled().unwrap();
        let lines = font.wrap("one two three four five six", 10.0, 50.0, 2);
        assert_eq!(lines.len(), 2);
        assert!(lines[1].ends_with(ELLIPSIS));
        assert_eq!(font.fit("one", 10.0, 500.0), "one");
        assert_eq!(font.fit("one", 10.0, 0.0), "");
    }

    #[test]
    fn the_em_is_as_high_as_asked_for() {
        let font = Font::bundled().unwrap();
        assert!((font.length("—", 100.0) - 100.0).abs() < 1.0);
    }
}
