//! A figure that can be clicked, with the cross-hair if it is there.

use ratatui::layout::Rect;

use super::theme::Theme;
use super::view::View;
use super::widget::figure;
use crate::app::{App, HitTarget, Pane};
use crate::figure::Figure;

/// Draws the figure of a pane.
pub(super) fn draw(
    app: &App,
    pane: Pane,
    figure: &Figure,
    theme: &Theme,
    view: &mut View<'_, '_>,
    area: Rect,
) {
    let placed = figure::draw(figure, theme, area, view.frame.buffer_mut());
    view.regions.add_figure(&placed, HitTarget::Figure(pane));
    let Some(crosshair) = app.view.crosshair.filter(|crosshair| crosshair.pane == pane) else {
        return;
    };
    let Some(at) = crosshair.on(figure).and_then(|point| point.estimate()) else { return };
    let cell = figure::crosshair(&placed, (at.x, at.y), view.theme, view.frame.buffer_mut());
    if let Some(cell) = cell.filter(|_| !app.is_covered()) {
        view.frame.set_cursor_position(cell);
    }
}
