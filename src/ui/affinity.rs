//! The Affinity screen: which task gains from which, what proxies say, what to train together.

mod chart;
mod groups;
mod proxies;
mod reading;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};

use super::theme::Theme;
use crate::app::App;
pub(crate) use reading::{context, reading};

/// Draws the matrix beside proxies, scatter and groups.
pub(crate) fn draw(app: &App, theme: &Theme, frame: &mut Frame, area: Rect) {
    let wide = area.width >= 110;
    let width = if wide { 42 } else { 31 };
    let [left, right] =
        Layout::horizontal([Constraint::Min(0), Constraint::Length(width)]).areas(area);
    chart::draw(app, theme, frame, left);
    let listed = proxies::LINES;
    if wide && area.height >= 28 {
        let shares = [Constraint::Length(listed), Constraint::Min(0), Constraint::Length(10)];
        let [above, middle, below] = Layout::vertical(shares).areas(right);
        proxies::draw(app, theme, frame, above);
        chart::other(app, theme, frame, middle);
        groups::draw(app, theme, frame, below);
    } else {
        let [above, below] =
            Layout::vertical([Constraint::Length(listed), Constraint::Min(0)]).areas(right);
        proxies::draw(app, theme, frame, above);
        groups::draw(app, theme, frame, below);
    }
}
