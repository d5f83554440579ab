//! Size and colours of a drawn figure.

use super::{Colours, Size};

/// Size and colours of a drawn figure. A [`Size`] converts to itself with the default colours.
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
