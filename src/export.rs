//! Figures as files: drawn as PNG or SVG, written whole or not at all.
//!
//! [`png()`] and [`svg()`] draw the same [`Figure`](crate::figure::Figure) that the terminal shows,
//! from one [`Layout`]; equal figures give equal bytes. [`write()`] puts bytes in the place of a file without ever leaving half of it;
//! [`file()`] does both for a [`Filing`](crate::job::Filing).

pub mod affinity;
pub mod atomic;
mod canvas;
mod encode;
mod filing;
pub mod folder;
mod font;
pub mod layout;
mod paint;
mod palette;
mod path;
mod raster;
pub mod read;
pub mod records;
pub mod results;
pub mod session;
pub mod settings;
mod size;
mod svg;

pub use atomic::{free, settled, write};
pub use filing::{SCENARIO, file};
pub use font::has_glyph;
pub use layout::Layout;
pub use palette::colour;
pub use raster::png;
pub use size::Size;
pub use svg::svg;
