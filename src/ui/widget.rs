//! Widgets that know nothing of the program: figures, sliders.

pub mod figure;
pub mod slider;
pub(crate) mod text;
