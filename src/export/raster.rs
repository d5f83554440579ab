//! A figure as a PNG image.

use super::canvas::pixels;
use super::composition::Composition;
use super::encode::encode;
use super::font::Font;
use super::layout::Rect;
use super::paint;
use super::palette::PAPER;
use crate::error::Result;
use crate::export::options::RenderOptions;
use crate::figure::Figure;

/// Draws a figure on white and encodes it as PNG. The file contains title, caption and `metadata`
/// as text; keywords of `metadata` have at most 79 Latin letters.
///
/// # Errors
///
/// [`Error::Value`](crate::error::Error::Value) for a size that is not allowed,
/// [`Error::Failed`](crate::error::Error::Failed) for a keyword that a PNG file cannot hold.
pub fn png(
    figure: &Figure,
    look: impl Into<RenderOptions>,
    metadata: &[(&str, String)],
) -> Result<Vec<u8>> {
    let look = look.into();
    let font = Font::of(&look.typeface)?;
    drawn(&Composition::of(figure, look.size.check()?, &font), &look, &font, metadata)
}

/// Draws a composition like [`png`].
pub(super) fn drawn(
    shown: &Composition,
    look: &RenderOptions,
    font: &Font,
    metadata: &[(&str, String)],
) -> Result<Vec<u8>> {
    let size = shown.size.check()?;
    let style = look.style(font);
    let image = pixels((size.width, size.height), style, |canvas| {
        for (figure, layout) in &shown.parts {
            paint::inside(figure, layout, canvas);
            for side in sides(&layout.image, &layout.plot) {
                canvas.rect(&side, PAPER);
            }
            paint::around(figure, layout, canvas);
        }
        shown.draw_head(canvas);
    })?;
    let own = [("Title", shown.title.as_str()), ("Description", shown.description.as_str())];
    let notes: Vec<(&str, &str)> = own
        .into_iter()
        .chain(metadata.iter().map(|(keyword, text)| (*keyword, text.as_str())))
        .collect();
    encode(&image, &size, &notes)
}

/// The four parts of the image around the plot.
fn sides(image: &Rect, plot: &Rect) -> [Rect; 4] {
    [
        Rect { bottom: plot.top, ..*image },
        Rect { top: plot.bottom, ..*image },
        Rect { right: plot.left, ..*image },
        Rect { left: plot.right, ..*image },
    ]
}
