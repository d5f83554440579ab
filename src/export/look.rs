//! How a figure is drawn: its size and its colours.

use super::{Colours, Size};

/// Size and colours of a drawn figure. A [`Size`] alone stands for itself in the first colours.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct RenderOptions {
    /// How large.
    pub size: Size,
    /// In which colours.
    pub colours: Colours,
}

impl From<Size> for RenderOptions {
    fn from(size: Size) -> Self {
        Self { size, ..Self::default() }
    }
}
