//! Writes figures, screens, studies, lessons and sessions to files; a file is written whole or not
//! at all.
//!
//! [`png()`], [`svg()`] and [`pdf()`] draw the same [`Figure`](crate::figure::Figure) that the
//! terminal shows, from one [`Layout`]; equal figures give equal bytes. [`write()`] replaces a file
//! atomically, and only if taskscope wrote it. [`file()`] does both for a
//! [`SaveRequest`](crate::job::SaveRequest).

pub mod affinity;
pub mod alt;
pub mod answers;
pub mod atomic;
mod canvas;
pub mod class;
pub mod document;
mod encode;
pub mod experiment;
mod filing;
pub mod folder;
mod font;
pub mod html;
pub mod inside;
pub mod layout;
pub mod lessons;
mod look;
mod ours;
pub mod page;
mod paint;
mod palette;
mod path;
mod pdf;
pub mod pgfplots;
pub mod points;
mod raster;
pub mod read;
pub mod records;
pub mod results;
pub mod session;
pub mod settings;
pub mod sheet;
mod size;
mod svg;
mod table;

pub use atomic::{Over, free, look_at, settled, write, write_all};
pub use encode::image;
pub use experiment::{FigureSource, Provenance, SCENARIO};
pub use filing::{file, picture, pictures};
pub use font::has_glyph;
pub use layout::Layout;
pub use look::RenderOptions;
pub use palette::{COLOURS, Colours, colour};
pub use pdf::pdf;
pub use raster::png;
pub use sheet::printout;
pub use size::{PURPOSES, Size, SizePreset};
pub use svg::svg;
