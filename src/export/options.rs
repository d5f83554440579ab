//! Size and colours of a drawn figure.

use super::palette::Colours;
use super::size::{Size, SizePreset};
use crate::error::Invalid;
use crate::provenance::Provenance;

/// Size and colours of a drawn figure. A [`Size`] alone stands for itself in the first colours.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct RenderOptions {
    /// The size.
    pub size: Size,
    /// The colours.
    pub colours: Colours,
}

impl From<Size> for RenderOptions {
    fn from(size: Size) -> Self {
        Self { size, ..Self::default() }
    }
}

impl RenderOptions {
    /// Size and colours of a drawing.
    ///
    /// # Errors
    ///
    /// For an unknown size preset or unknown colours.
    pub fn of(drawing: &Provenance) -> Result<Self, Invalid> {
        let colours = drawing.colours.as_deref().map_or(Ok(Colours::default()), Colours::named)?;
        Ok(Self { size: SizePreset::of(drawing)?.size, colours })
    }
}
