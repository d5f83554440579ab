//! The limits of the theory for the current scenario.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use super::page;
use crate::app::{App, TheoryPane};
use crate::ui::view::View;

/// Draws the limits.
pub(super) fn draw(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let theme = view.theme;
    let room = page::room(area.width);
    let lines: Vec<Line<'static>> = match &app.screens.theory.explanation {
        None => vec![Line::styled("computing", theme.dim())],
        Some(explanation) => {
            let style = if app.screens.theory.fresh { Style::new() } else { theme.dim() };
            let limits = explanation.limits.iter();
            limits
                .flat_map(|limit| page::words(&format!("· {limit}"), (0, 2), room, style))
                .collect()
        }
    };
    page::draw(app, TheoryPane::Limits, "Limits", &lines, view, area);
}
