//! How large a figure is on paper and in pixels.

use crate::error::Invalid;

/// The size of a drawn figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    /// Pixels across, 100 to 5000.
    pub width: u32,
    /// Pixels down, 100 to 5000.
    pub height: u32,
    /// Pixels per inch, 20 to 2400.
    pub dpi: f64,
    /// Height of the text in points, 1 to 200; text too large for the image is drawn smaller.
    pub text: f64,
    /// Whether the caption stands in the image; it is the description in the file anyway.
    pub caption: bool,
}

impl Size {
    /// 8 × 5 inches, 1600 × 1000 pixels.
    pub const PAGE: Self =
        Self { width: 1600, height: 1000, dpi: 200.0, text: 10.0, caption: true };
    /// A column of a paper: 84 × 60 mm, 992 × 709 pixels.
    pub const COLUMN: Self = Self { width: 992, height: 709, dpi: 300.0, text: 8.0, caption: true };

    /// The size itself where every part of it is allowed.
    pub fn check(self) -> Result<Self, Invalid> {
        let parts = [
            ("width", f64::from(self.width), (100.0, 5000.0), "pixels"),
            ("height", f64::from(self.height), (100.0, 5000.0), "pixels"),
            ("dpi", self.dpi, (20.0, 2400.0), "pixels per inch"),
            ("text", self.text, (1.0, 200.0), "points"),
        ];
        for (field, found, (low, high), unit) in parts {
            if !(low..=high).contains(&found) {
                return Err(Invalid::new(field, found, format!("{low} to {high} {unit}")));
            }
        }
        Ok(self)
    }

    /// Height of the text in pixels.
    pub(super) fn em(&self) -> f64 {
        let most = f64::from(self.height).min(f64::from(self.width) * 0.8) / 20.0;
        (self.text / 72.0 * self.dpi).clamp(1.0, most)
    }
}

impl Default for Size {
    fn default() -> Self {
        Self::PAGE
    }
}
