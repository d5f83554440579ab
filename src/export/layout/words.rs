//! Wraps titles and captions into a region.

use super::super::font::Font;
use super::Rect;

/// Distance of lines, in heights of the text.
const LINE: f64 = 1.32;

/// Lines of text in a region.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TextBlock {
    /// The region.
    pub area: Rect,
    /// The lines.
    pub lines: Vec<String>,
    /// Height of the text.
    pub em: f64,
}

/// Wraps a text; its region starts at the top of `area` and is as high as needed.
pub(super) fn words(font: &Font, text: &str, em: f64, area: Rect, most: usize) -> TextBlock {
    let lines = font.wrap(text, em, area.width(), most);
    let bottom = area.top + lines.len() as f64 * LINE * em;
    TextBlock { area: Rect { bottom, ..area }, lines, em }
}

/// As many sentences of a text as fit into `area`, and their number.
pub(super) fn sentences(font: &Font, text: &str, em: f64, area: Rect) -> (TextBlock, usize) {
    let held = (area.height() / (LINE * em) + 1e-9).max(0.0) as usize;
    let ends = text.match_indices(". ").map(|(i, _)| i + 1).chain([text.len()]);
    let fitting =
        ends.enumerate().map(|(i, end)| (words(font, &text[..end], em, area, usize::MAX), i + 1));
    let none = (words(font, "", em, area, 0), 0);
    fitting.take_while(|(words, _)| words.lines.len() <= held).last().unwrap_or(none)
}
