//! The Tasks screen.

use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Paragraph, Wrap};

use super::block;
use super::ladder::Rung;
use super::theme::Theme;
use super::view::View;
use crate::app::App;

/// Draws the panes of the screen.
pub(super) fn draw(app: &App, _: Rung, view: &mut View<'_, '_>, area: Rect) {
    let pane = block(" Tasks ".into(), true, view.theme);
    let about = Paragraph::new(app.scenario.draft().about.clone());
    view.frame.render_widget(about.wrap(Wrap { trim: true }).block(pane), area);
}

/// What has the focus.
pub(super) fn context(app: &App, theme: &Theme) -> Line<'static> {
    super::lab::context(app, theme)
}
