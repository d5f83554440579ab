//! The cross-hair in the figure of a pane.

use super::view::View;
use super::widget::figure::{self, Placed};
use crate::app::{App, Pane};
use crate::figure::Figure;

/// Draws the cross-hair if it is in this pane's figure.
pub(super) fn draw(
    app: &App,
    pane: Pane,
    figure: &Figure,
    placed: &Placed<'_>,
    view: &mut View<'_, '_>,
) {
    let Some(crosshair) = app.view.crosshair.filter(|crosshair| crosshair.pane == pane) else {
        return;
    };
    let Some(at) = crosshair.on(figure).and_then(|point| point.estimate()) else { return };
    let cell = figure::crosshair(placed, (at.x, at.y), view.theme, view.frame.buffer_mut());
    if let Some(cell) = cell.filter(|_| !app.is_covered()) {
        view.frame.set_cursor_position(cell);
    }
}
