//! Verdicts in words, and predicted gains, which have no interval.

use super::outcome::Verdict;
use crate::math::digits::{digits, signed};
use crate::math::stats::Interval;

/// Formats a gain with its interval: `+23 % ± 4.1`. It is a percentage of the error alone, whatever
/// its size: at −300 % the error is four times as large.
pub fn gain(gain: &Interval) -> String {
    if !gain.half_width().is_finite() {
        return "measuring".to_owned();
    }
    let (mean, half) = percent(gain);
    format!("{mean} % ± {half}")
}

/// A gain and its half-width in percent, with enough digits to distinguish them, so that it is
/// visible whether the interval contains zero.
pub fn percent(gain: &Interval) -> (String, String) {
    let (mean, half) = (100.0 * gain.mean, 100.0 * gain.half_width());
    if let Some(places) = near_all(gain.mean).filter(|_| half < 0.95) {
        return (format!("+{mean:.places$}"), format!("{half:.places$}"));
    }
    if let Some(places) = small(half) {
        return (fixed_signed(mean, places), format!("{half:.places$}"));
    }
    let alike = digits(mean.abs()) == digits(half) && mean.abs() != half;
    match (1..4).find(|&places| format!("{:.places$}", mean.abs()) != format!("{half:.places$}")) {
        Some(places) if alike => (fixed_signed(mean, places), format!("{half:.places$}")),
        _ => (signed(mean), digits(half)),
    }
}

/// The decimal places of a half-width in percent that one place would round away; `None` for larger
/// ones, and for those of rounding errors.
fn small(half: f64) -> Option<usize> {
    (5e-4..0.05).contains(&half).then_some(if half >= 0.005 { 2 } else { 3 })
}

/// A percentage with its sign to `places` decimal places; zero has no sign.
fn fixed_signed(percent: f64, places: usize) -> String {
    let text = format!("{:.places$}", percent.abs());
    match percent {
        _ if text.chars().all(|c| c == '0' || c == '.') => text,
        p if p < 0.0 => format!("−{text}"),
        _ => format!("+{text}"),
    }
}

/// Formats a predicted gain as a percentage.
pub fn predicted(gain: f64) -> String {
    if gain.is_nan() {
        "the gain is undefined".to_owned()
    } else {
        match near_all(gain) {
            Some(places) => format!("+{:.places$} %", 100.0 * gain),
            None => format!("{} %", signed(100.0 * gain)),
        }
    }
}

/// The decimal places of a percentage so close to 100 % that the rest of the error would be rounded
/// away.
fn near_all(gain: f64) -> Option<usize> {
    let places = |left: f64| (1 - left.log10().floor() as i32).clamp(1, 6) as usize;
    (0.95..1.0).contains(&gain).then(|| places(100.0 * (1.0 - gain)))
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
