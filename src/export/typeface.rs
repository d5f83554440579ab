//! The typeface of a figure: one of the bundled ones, or a font file.

use std::sync::Arc;

use ab_glyph::{Font as _, FontRef};

use super::bundled_font::{SANS, SERIF};
use crate::error::Invalid;
use crate::figure::{Figure, words};
use crate::text::is_hidden;

/// Characters that every font must have.
const NEEDED: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 .,:=%()+-";

/// The typeface of all text of a figure.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Typeface {
    /// DejaVu Sans.
    #[default]
    Sans,
    /// DejaVu Serif.
    Serif,
    /// The typeface of a font file.
    Own(FontFile),
}

/// A font file that was read and checked.
#[derive(Debug, Clone, PartialEq)]
pub struct FontFile {
    family: String,
    bytes: Arc<[u8]>,
}

impl FontFile {
    /// The bytes of the file.
    pub(super) fn file(&self) -> &[u8] {
        &self.bytes
    }
}

impl Typeface {
    /// The names of the bundled typefaces; the first is the default.
    pub const NAMES: [&str; 2] = ["sans", "serif"];

    /// The bundled typeface of a name; `None` for any other text, which is the path of a file.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "sans" => Some(Self::Sans),
            "serif" => Some(Self::Serif),
            _ => None,
        }
    }

    /// The typeface of a TrueType or OpenType file. `name` stands in the error.
    ///
    /// # Errors
    ///
    /// [`Invalid`] for a file that is no font, for a collection, and for a font without Latin
    /// letters and digits.
    pub fn of_file(name: &str, bytes: Vec<u8>) -> Result<Self, Invalid> {
        let allowed = "sans, serif, or a TrueType or OpenType file (.ttf, .otf) with Latin letters";
        let refused = |found: String| Invalid::new("--font", found, allowed);
        if bytes.starts_with(b"ttcf") {
            return Err(refused(format!("{name}, a collection of fonts")));
        }
        let font = FontRef::try_from_slice(&bytes)
            .map_err(|_| refused(format!("{name}, which is no font")))?;
        let missing: String = NEEDED.chars().filter(|c| font.glyph_id(*c).0 == 0).collect();
        if !missing.is_empty() || font.units_per_em().is_none() {
            return Err(refused(format!("{name}, a font without {missing}")));
        }
        let family = family(&bytes).unwrap_or_else(|| "figure font".to_owned());
        Ok(Self::Own(FontFile { family, bytes: bytes.into() }))
    }

    /// Refuses a font file without some character of a figure.
    ///
    /// # Errors
    ///
    /// [`Invalid`] with the characters that are missing.
    pub fn check(&self, figure: &Figure) -> Result<(), Invalid> {
        if !matches!(self, Self::Own(_)) {
            return Ok(());
        }
        let ticks = [&figure.x, &figure.y].into_iter().flat_map(|axis| axis.ticks(20));
        let labels = figure.marks.iter().flat_map(|mark| mark.labels.iter().cloned());
        let texts = [&figure.title, &figure.caption, &figure.x.label, &figure.y.label];
        let all: String = texts
            .into_iter()
            .cloned()
            .chain(figure.legend().into_iter().map(|entry| entry.text))
            .chain(words::names(figure))
            .chain(ticks.map(|tick| tick.text))
            .chain(labels)
            .collect();
        let missing: String = self.lacks(&all).into_iter().collect();
        if missing.is_empty() {
            return Ok(());
        }
        let found = format!("{}, a font without {missing}", self.family());
        Err(Invalid::new(
            "--font",
            found,
            "sans, serif, or a font with all characters of the figure",
        ))
    }

    /// The characters of a text for which the typeface has no glyph, each once.
    pub fn lacks(&self, text: &str) -> Vec<char> {
        let Ok(font) = FontRef::try_from_slice(self.file()) else { return Vec::new() };
        let mut missing: Vec<char> = Vec::new();
        for character in text.chars().filter(|c| !is_hidden(*c)) {
            if font.glyph_id(character).0 == 0 && !missing.contains(&character) {
                missing.push(character);
            }
        }
        missing
    }

    /// The name of its family.
    pub fn family(&self) -> &str {
        match self {
            Self::Sans => "DejaVu Sans",
            Self::Serif => "DejaVu Serif",
            Self::Own(own) => &own.family,
        }
    }

    /// The families that stand in for it where it is missing.
    pub(super) fn fallback(&self) -> &'static str {
        if *self == Self::Serif { "serif" } else { "sans-serif" }
    }

    /// The bytes of its file.
    pub(super) fn file(&self) -> &[u8] {
        match self {
            Self::Own(own) => own.file(),
            bundled => bundled.bundled(),
        }
    }

    /// The bytes of a bundled file.
    pub(super) fn bundled(&self) -> &'static [u8] {
        if *self == Self::Serif { &SERIF } else { &SANS }
    }
}

/// The family in the table of names of a font file.
fn family(file: &[u8]) -> Option<String> {
    let short =
        |at: usize| Some(usize::from(u16::from_be_bytes(file.get(at..at + 2)?.try_into().ok()?)));
    let long = |at: usize| {
        usize::try_from(u32::from_be_bytes(file.get(at..at + 4)?.try_into().ok()?)).ok()
    };
    let tables = (0..short(4)?).map(|table| 12 + 16 * table);
    let names = tables.into_iter().find(|at| file.get(*at..at + 4) == Some(b"name"))?;
    let start = long(names + 8)?;
    let storage = start + short(start + 4)?;
    let read = |record: usize| {
        let (platform, id) = (short(record)?, short(record + 6)?);
        let (length, offset) = (short(record + 8)?, short(record + 10)?);
        let text = file.get(storage + offset..storage + offset + length)?;
        let units = text.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
        let text: String = char::decode_utf16(units).filter_map(Result::ok).collect();
        let plain: String =
            text.chars().filter(|c| c.is_alphanumeric() || " -".contains(*c)).collect();
        (platform == 3 && id == 1 && !plain.is_empty()).then_some(plain)
    };
    (0..short(start + 2)?).find_map(|record| read(start + 6 + 12 * record))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_font_file_is_known_by_its_family_and_what_is_none_is_refused() {
        for typeface in [Typeface::Sans, Typeface::Serif] {
            let own = Typeface::of_file("a.ttf", typeface.file().to_vec()).unwrap();
            assert_eq!(own.family(), typeface.family());
            assert!(own.lacks("θ − 10 %").is_empty() && own.lacks("日本日") == ['日', '本']);
        }
        for bytes in [b"ttcf".to_vec(), b"no font".to_vec(), Vec::new(), SANS[..2000].to_vec()] {
            let error = Typeface::of_file("a.ttf", bytes).unwrap_err();
            assert!(error.to_string().contains("a.ttf"), "{error}");
        }
    }
}
