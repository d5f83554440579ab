//! Cache lines.

use super::padded::LANES;

/// Numbers of a cache line, so that no vector of them lies in two.
#[derive(Debug, Clone, Copy, Default)]
#[repr(align(64))]
pub(super) struct Line(pub(super) [f64; LANES]);
