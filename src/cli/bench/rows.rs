//! Rows that any other program can draw in the same way.

use nalgebra::{DMatrix, DVector};

/// The number at a place of a sequence, uniform in [−1, 1): SplitMix64 (Steele, Lea & Flood 2014)
/// of the place.
pub(super) fn uniform(place: u64) -> f64 {
    let mut z = (place + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^= z >> 31;
    (z >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
}

/// The features (m × d) of a task: entry (row, j) is at place `(task · m + row) · d + j`, times √3,
/// so that its variance is one.
pub(super) fn features(task: usize, m: usize, d: usize) -> DMatrix<f64> {
    let place = |row: usize, j: usize| ((task * m + row) * d + j) as u64;
    DMatrix::from_fn(m, d, |row, j| 3_f64.sqrt() * uniform(place(row, j)))
}

/// A vector (n) from a place beyond those of all features.
pub(super) fn vector(number: usize, n: usize) -> DVector<f64> {
    let first = (1 << 40) + (number << 20);
    DVector::from_fn(n, |j, _| uniform((first + j) as u64))
}
