//! Widgets that are independent of the program: figures, sliders, lines of text.

pub(crate) mod dots;
pub mod figure;
pub(crate) mod line;
pub mod slider;
pub(crate) mod table;
pub(crate) mod text;
