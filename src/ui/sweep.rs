//! The Sweep screen: a chart, and the form in which the next sweep is set up.

mod chart;
pub(crate) mod form;
mod reading;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};

use super::theme::Theme;
use crate::app::App;
pub(crate) use reading::{context, reading, verdict};

/// Draws the chart beside the form.
pub(crate) fn draw(app: &App, theme: &Theme, frame: &mut Frame, area: Rect) {
    let width = if area.width >= 100 { 38 } else { 26 };
    let [left, right] =
        Layout::horizontal([Constraint::Min(0), Constraint::Length(width)]).areas(area);
    chart::draw(app, theme, frame, left);
    form::draw(app, theme, frame, right);
}
