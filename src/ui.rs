//! The screen: draws an [`App`] and changes nothing.

pub mod help;
pub mod lab;
pub mod theme;
pub mod widget;

use ratatui::Frame;

use crate::app::App;
pub use theme::{Depth, Theme};

/// Draws the program at its present state into a frame of any size.
pub fn draw(app: &App, theme: &Theme, frame: &mut Frame) {
    let area = frame.area();
    if area.is_empty() {
        return;
    }
    lab::draw(app, theme, frame, area);
    if let Some(scroll) = app.help {
        help::draw(app, scroll, theme, frame, area);
    }
}
