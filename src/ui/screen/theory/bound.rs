//! Theorem 2 beside the measured error, and the similarity of the tasks.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use super::page;
use crate::app::{App, TheoryPane};
use crate::explanation::Explanation;
use crate::ui::theme::Theme;
use crate::ui::view::View;

/// Draws the bound, the errors and the similarities.
pub(super) fn draw(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let lines = lines(app, view.theme, page::room(area.width));
    page::draw(app, TheoryPane::Bound, TheoryPane::Bound.name(), &lines, view, area);
}

/// Number of rows needed in a pane of this width, including the frame.
pub(super) fn height(app: &App, theme: &Theme, width: u16) -> u16 {
    lines(app, theme, page::room(width)).len() as u16 + 2
}

/// Returns true if the numbers shown belong to the previous scenario.
fn is_stale(app: &App) -> bool {
    !(app.screens.theory.fresh
        && app.screens.theory.explanation.as_ref().is_some_and(|e| e.bound.is_some()))
}

fn lines(app: &App, theme: &Theme, room: usize) -> Vec<Line<'static>> {
    let stale = is_stale(app);
    let known: Option<&Explanation> = if stale {
        app.screens.theory.before.as_deref()
    } else {
        app.screens.theory.explanation.as_deref()
    };
    let Some(known) = known else { return vec![Line::styled("computing", theme.dim())] };
    let style = if stale { theme.dim() } else { Style::new() };
    let words = known.bound_lines().into_iter().chain(known.likeness_lines());
    words.flat_map(|line| page::words(&line, (0, 2), room, style)).collect()
}
