//! A verdict in one or two words.

use crate::transfer::Verdict;

/// With its symbol, for a line of text.
pub(super) fn marked(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Helps => "▲ helps",
        Verdict::Hurts => "▼ hurts",
        Verdict::NoDifference => "no difference",
        Verdict::Undecided => "undecided",
    }
}

/// In capitals, for large letters.
pub(super) fn capitals(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Helps => "HELPS",
        Verdict::Hurts => "HURTS",
        Verdict::NoDifference => "NO DIFFERENCE",
        Verdict::Undecided => "UNDECIDED",
    }
}
