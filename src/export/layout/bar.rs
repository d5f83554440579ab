//! The place of the bar beside cells that tells the gain of each shade.

use super::rect::Rect;
use crate::figure::{Cells, Figure};

/// Width of the bar and its distance from the plot, in heights of ordinary text.
const WIDTH: f64 = 0.9;
const APART: f64 = 0.9;
/// Room for its ticks with their labels.
const TICKED: f64 = 5.2;
/// Room for its title.
const TITLED: f64 = 1.3;
/// Its title.
pub(in crate::export) const TITLE: &str = "gain: error saved";

/// The ticks of the bar: positions from the bottom, and labels. Shades end at the whole error.
pub(in crate::export) const TICKS: [(f64, &str); 5] =
    [(0.0, "≤ −100 %"), (0.25, "−50 %"), (0.5, "0"), (0.75, "+50 %"), (1.0, "+100 %")];

/// Returns true if a figure has a bar: its cells have no numbers.
pub(super) fn is_beside(figure: &Figure) -> bool {
    let is_silent = |cells: &Cells| cells.cells.iter().flatten().all(|cell| cell.text.is_none());
    figure.cells().is_some_and(is_silent)
}

/// Room for the bar with its labels, in heights of ordinary text; 0 without a bar.
pub(super) fn room(figure: &Figure) -> f64 {
    if is_beside(figure) { APART + WIDTH + TICKED + TITLED } else { 0.0 }
}

/// The baseline of the upright title of the bar beside a plot.
pub(in crate::export) fn title(plot: &Rect, em: f64) -> f64 {
    plot.right + (APART + WIDTH + TICKED + TITLED) * em
}

/// The place of the bar beside a plot, as high as it; `None` for a figure without one.
pub(in crate::export) fn place(figure: &Figure, plot: &Rect, em: f64) -> Option<Rect> {
    let left = plot.right + APART * em;
    is_beside(figure).then_some(Rect { left, right: left + WIDTH * em, ..*plot })
}
