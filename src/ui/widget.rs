//! Widgets that are independent of the program: figures and sliders.

pub mod figure;
pub mod slider;
pub(crate) mod text;
