//! Metadata in the file of a figure: keywords, sizes and the kinds of files.

use super::bounded::{LARGEST_SCENARIO, LARGEST_STUDY, too_large};
use crate::export::notes::{COMMAND, DRAWING, SCENARIO, SOFTWARE, STUDY};

pub(super) const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
pub(super) const PDF: &[u8] = b"%PDF-";
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// File formats of figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContainerFormat {
    /// Begins with the signature of PNG.
    Png,
    /// Begins with `<`, like every XML document.
    Svg,
    /// Begins with the signature of PDF.
    Pdf,
}

impl ContainerFormat {
    /// The format of a file by its first bytes; `None` if it is not a picture.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let text = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes).trim_ascii_start();
        match bytes {
            _ if bytes.starts_with(PNG) => Some(Self::Png),
            _ if bytes.starts_with(PDF) => Some(Self::Pdf),
            _ if text.starts_with(b"<") => Some(Self::Svg),
            _ => None,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Png => "a PNG",
            Self::Svg => "an SVG",
            Self::Pdf => "a PDF",
        }
    }
}

/// Notes by keyword, the first of each.
pub(super) type Notes = Vec<(&'static str, String)>;
/// The known keywords.
pub(super) const KNOWN: [&str; 5] = [SOFTWARE, SCENARIO, STUDY, COMMAND, DRAWING];
pub(super) fn known(keyword: &str) -> Option<&'static str> {
    KNOWN.into_iter().find(|known| *known == keyword)
}

/// Longest text of a keyword, in bytes.
pub(super) fn most(keyword: &str) -> usize {
    match keyword {
        SCENARIO => LARGEST_SCENARIO as usize,
        STUDY => LARGEST_STUDY as usize,
        COMMAND => 2 << 20,
        _ => 1 << 16,
    }
}

/// Refuses a text that is too long for its keyword.
pub(super) fn fits(keyword: &str, length: usize) -> Result<(), String> {
    match most(keyword) {
        most if length > most => Err(format!("{keyword}: {}", too_large(most as u64))),
        _ => Ok(()),
    }
}
