//! Settings as the environment has them.

use std::env;

use crate::app::Settings;
use crate::app::settings::{Depth, Marks};

/// The settings for the colours and characters the terminal says it has.
pub(super) fn settings() -> Settings {
    let variable = |name: &str| env::var(name).unwrap_or_default();
    let (term, color) = (variable("TERM"), variable("COLORTERM"));
    let colours = if !variable("NO_COLOR").is_empty() || term == "dumb" {
        Depth::None
    } else if color == "truecolor" || color == "24bit" || term.contains("direct") {
        Depth::True
    } else if term.contains("256color") {
        Depth::Indexed
    } else {
        Depth::Sixteen
    };
    let marks = if term == "linux" { Marks::Blocks } else { Marks::Braille };
    Settings { colours, marks, ..Settings::default() }
}
