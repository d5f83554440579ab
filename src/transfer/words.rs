//! Formats predicted gains, which have no interval.

use crate::math::digits::{short, signed};

/// Formats a predicted gain as a percentage, or as a ratio of errors if it is below −100 %.
pub fn predicted(gain: f64) -> String {
    if gain.is_nan() {
        "the gain is undefined".to_owned()
    } else if gain < -1.0 {
        format!("error × {}", short(1.0 - gain))
    } else {
        format!("{} %", signed(100.0 * gain))
    }
}

/// Formats a share of the single-task error as a signed percentage.
pub fn share(share: f64) -> String {
    if share.is_finite() { format!("{} %", signed(100.0 * share)) } else { "–".to_owned() }
}
