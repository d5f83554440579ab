//! Size, colours and typeface of a drawn figure.

use super::canvas::Style;
use super::font::Font;
use super::palette::Colours;
use super::size::{Size, SizePreset};
use super::typeface::Typeface;
use crate::error::Invalid;
use crate::provenance::Provenance;

/// Size, colours and typeface of a drawn figure. A [`Size`] alone stands for itself in the first
/// colours and the first typeface.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RenderOptions {
    /// The size.
    pub size: Size,
    /// The colours.
    pub colours: Colours,
    /// The typeface of all text.
    pub typeface: Typeface,
}

impl From<Size> for RenderOptions {
    fn from(size: Size) -> Self {
        Self { size, ..Self::default() }
    }
}

impl RenderOptions {
    /// The style of a canvas; `font` is that of the typeface.
    pub(super) fn style<'a>(&'a self, font: &'a Font) -> Style<'a> {
        let (typeface, least) = (&self.typeface, self.size.hairline());
        Style { font, typeface, least, colours: self.colours }
    }

    /// Size, colours and typeface of a drawing in one of the bundled typefaces.
    ///
    /// # Errors
    ///
    /// For an unknown size preset, unknown colours, or the path of a font file.
    pub fn of(drawing: &Provenance) -> Result<Self, Invalid> {
        let typeface = match drawing.font.as_deref() {
            None => Typeface::default(),
            Some(name) => Typeface::named(name).ok_or_else(|| {
                Invalid::new("--font", format!("\"{name}\""), Typeface::NAMES.join(", "))
            })?,
        };
        Self::with(drawing, typeface)
    }

    /// Size and colours of a drawing, in a typeface.
    ///
    /// # Errors
    ///
    /// For an unknown size preset or unknown colours.
    pub fn with(drawing: &Provenance, typeface: Typeface) -> Result<Self, Invalid> {
        let colours = drawing.colours.as_deref().map_or(Ok(Colours::default()), Colours::named)?;
        let mut size = SizePreset::of(drawing)?.size;
        size.caption &= !drawing.no_caption;
        Ok(Self { size, colours, typeface })
    }
}
