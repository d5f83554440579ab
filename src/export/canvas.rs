//! The canvas figures are drawn on: pixels of an image, or shapes of an SVG document, a PDF page or
//! a TikZ picture.

mod dots;
mod page;
mod surface;
mod tikz;
mod vectors;

pub(super) use dots::pixels;
pub(super) use page::{Drawn, FONT, Page, state};
pub(super) use surface::{Canvas, Pen, Style, Type};
pub(super) use tikz::Tikz;
pub(super) use vectors::{FINE, forms};
