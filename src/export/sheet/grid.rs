//! The size of the cells of a screen, in units of the drawing.

/// Width of a cell, in units of the drawing.
pub(super) const ACROSS: f64 = 10.0;
/// Height of a cell.
pub(super) const DOWN: f64 = 20.0;
/// Font size: a cell of DejaVu Sans Mono is 1233/2048 em wide.
pub(super) const EM: f64 = ACROSS * 2048.0 / 1233.0;
/// Distance of the baseline from the top of a cell.
pub(super) const BASELINE: f64 = 15.75;
/// Margin around the cells.
pub(super) const MARGIN: f64 = 10.0;
