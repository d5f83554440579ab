//! Sizes of figures on paper and in pixels.

use crate::error::Invalid;
use crate::provenance::Provenance;

const MILLIMETRES_PER_INCH: f64 = 25.4;
/// Smallest width of a printed line, in points.
const HAIRLINE: f64 = 0.5;
/// Pixels per inch from which a figure counts as made for print.
const PRINTED: f64 = 300.0;

/// The size of a drawn figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    /// Pixels across, 100 to 5000.
    pub width: u32,
    /// Pixels down, 100 to 5000.
    pub height: u32,
    /// Pixels per inch, 20 to 2400.
    pub dpi: f64,
    /// Height of the text in points, 1 to 200; smaller if the image is too small for it.
    pub text: f64,
    /// True if the caption is drawn in the image; the file always has it as its description.
    pub caption: bool,
}

impl Size {
    /// 8 × 5 inches, 1600 × 1000 pixels.
    pub const PAGE: Self =
        Self { width: 1600, height: 1000, dpi: 200.0, text: 10.0, caption: true };
    /// A column of a paper: 84 × 60 mm, 992 × 709 pixels.
    pub const COLUMN: Self = Self { width: 992, height: 709, dpi: 300.0, text: 8.0, caption: true };

    /// The text width of a paper: 174 × 100 mm.
    pub const TEXT: Self =
        Self { width: 2055, height: 1181, dpi: 300.0, text: 9.0, caption: false };
    /// A slide of 13⅓ × 7½ inches, 16 : 9, 1920 × 1080 pixels.
    pub const SLIDE: Self =
        Self { width: 1920, height: 1080, dpi: 144.0, text: 18.0, caption: false };
    /// A panel of a poster: 480 × 320 mm.
    pub const POSTER: Self =
        Self { width: 3780, height: 2520, dpi: 200.0, text: 28.0, caption: true };

    /// Width and height on paper in millimetres.
    pub fn millimetres(&self) -> (f64, f64) {
        let long = |pixels: u32| f64::from(pixels) / self.dpi * MILLIMETRES_PER_INCH;
        (long(self.width), long(self.height))
    }

    /// Returns the size if all its fields are allowed.
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

    /// True for the shape of a slide, 16 : 9, which panels fill.
    pub(super) fn is_slide(&self) -> bool {
        9 * self.width == 16 * self.height
    }

    /// A length in points as pixels.
    pub(super) fn points(&self, length: f64) -> f64 {
        length / 72.0 * self.dpi
    }

    /// Smallest line width in pixels: half a point if made for print, else 0.
    pub(super) fn hairline(&self) -> f64 {
        if self.dpi < PRINTED { 0.0 } else { self.points(HAIRLINE) }
    }

    /// Height of the text in pixels.
    pub(super) fn em(&self) -> f64 {
        let most = f64::from(self.height).min(f64::from(self.width) * 0.8) / 20.0;
        self.points(self.text).clamp(1.0, most)
    }
}

impl Default for Size {
    fn default() -> Self {
        Self::PAGE
    }
}

/// A named size for a purpose.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SizePreset {
    /// Its name.
    pub name: &'static str,
    /// The size.
    pub size: Size,
    /// Width, height and text in words.
    pub about: &'static str,
}

/// All size presets; the first is the default.
pub const PURPOSES: [SizePreset; 5] = [
    SizePreset {
        name: "screen",
        size: Size::PAGE,
        about: "8 × 5 in, 200 dpi, 10 pt, with caption",
    },
    SizePreset {
        name: "column",
        size: Size { caption: false, ..Size::COLUMN },
        about: "84 × 60 mm, 300 dpi, 8 pt",
    },
    SizePreset { name: "text", size: Size::TEXT, about: "174 × 100 mm, 300 dpi, 9 pt" },
    SizePreset { name: "slide", size: Size::SLIDE, about: "16 : 9, 1920 × 1080 pixels, 18 pt" },
    SizePreset {
        name: "poster",
        size: Size::POSTER,
        about: "480 × 320 mm, 200 dpi, 28 pt, with caption",
    },
];

impl SizePreset {
    /// Finds a size preset by name.
    ///
    /// # Errors
    ///
    /// [`Invalid`], with all names, if there is no such preset.
    pub fn named(name: &str) -> Result<Self, Invalid> {
        let found = PURPOSES.into_iter().find(|purpose| purpose.name == name);
        found.ok_or_else(|| {
            let names: Vec<&str> = PURPOSES.iter().map(|purpose| purpose.name).collect();
            Invalid::new("--preset", format!("\"{name}\""), names.join(", "))
        })
    }

    /// The size preset of a drawing; the first where it names none.
    ///
    /// # Errors
    ///
    /// As [`SizePreset::named`].
    pub fn of(drawing: &Provenance) -> Result<Self, Invalid> {
        drawing.preset.as_deref().map_or(Ok(Self::default()), Self::named)
    }
}

impl Default for SizePreset {
    fn default() -> Self {
        PURPOSES[0]
    }
}
