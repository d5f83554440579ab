//! Figures, screens and results as bytes: PNG, SVG, PDF, CSV, JSON, LaTeX and HTML.
//!
//! [`png()`], [`svg()`], [`pdf()`] and [`tex()`] draw the same [`Figure`](crate::figure::Figure) that the
//! terminal shows, from one [`Layout`]; equal figures give equal bytes. Nothing here touches the
//! disk; [`store`](crate::store) does.

pub mod advice;
pub mod affinity;
pub mod alt;
mod bundled_font;
mod canvas;
mod composition;
pub mod document;
mod encode;
mod font;
pub mod html;
pub mod layout;
pub mod notes;
pub mod options;
pub mod page;
mod paint;
mod palette;
pub mod panels;
mod path;
mod pdf;
mod picture;
pub mod points;
mod printed;
mod raster;
pub mod results;
pub mod sheet;
mod size;
mod svg;
pub mod table;
mod tex;
mod typeface;

pub use encode::image;

pub use font::has_glyph;
pub use layout::Layout;
pub use notes::SCENARIO;
pub use options::RenderOptions;
pub use palette::{COLOURS, Colours, colour};
pub use pdf::pdf;
pub use picture::{picture, picture_with};
pub use printed::printed;
pub use raster::png;
pub use sheet::printout;
pub use size::{PURPOSES, Size, SizePreset};
pub use svg::svg;
pub use tex::tex;
pub use typeface::{FontFile, Typeface};
