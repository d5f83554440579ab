//! Penalties of real tasks, chosen on validation rows.

pub(super) mod joint;
pub(super) mod path;
pub(super) mod ridge;

/// Factors of the ridge penalties that joint training of real tasks tries beside 1: weaker ones, each
/// a step from the one before, and stronger ones.
pub(super) const WEAKER: [f64; 2] = [0.25, 0.0625];
pub(super) const STRONGER: [f64; 2] = [4.0, 16.0];
/// All factors.
pub(super) const FACTORS: [f64; 5] = [1.0, WEAKER[0], WEAKER[1], STRONGER[0], STRONGER[1]];
