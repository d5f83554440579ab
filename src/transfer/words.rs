//! Verdicts in words, and predicted gains, which have no interval.

use super::outcome::Verdict;
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

impl Verdict {
    /// Its name, in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Helps => "helps",
            Self::Hurts => "hurts",
            Self::NoDifference => "no difference",
            Self::Undecided => "undecided",
            Self::OneTask => "one task",
        }
    }

    /// Its name with a symbol, in a line of text.
    pub fn marked(self) -> &'static str {
        match self {
            Self::Helps => "▲ helps",
            Self::Hurts => "▼ hurts",
            other => other.name(),
        }
    }

    /// Its name in capitals, for large letters.
    pub fn capitals(self) -> &'static str {
        match self {
            Self::Helps => "HELPS",
            Self::Hurts => "HURTS",
            Self::NoDifference => "NO DIFFERENCE",
            Self::Undecided => "UNDECIDED",
            Self::OneTask => "ONE TASK",
        }
    }

    /// A verb without an object: `svd HELPS`.
    pub fn verb(self) -> &'static str {
        match self {
            Self::Helps => "HELPS",
            Self::Hurts => "HURTS",
            Self::NoDifference => "makes NO DIFFERENCE",
            Self::Undecided => "MAY HELP OR HURT",
            Self::OneTask => "has NOTHING TO COMPARE",
        }
    }

    /// A verb with an object: `source HELPS target`, `a and b HELP target`.
    pub fn verb_on(self, plural: bool) -> &'static str {
        match (self, plural) {
            (Self::Helps, true) => "HELP",
            (Self::Hurts, true) => "HURT",
            (Self::NoDifference, false) => "makes NO DIFFERENCE to",
            (Self::NoDifference, true) => "make NO DIFFERENCE to",
            _ => self.verb(),
        }
    }
}
