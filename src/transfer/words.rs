//! Verdicts in words, and predicted gains, which have no interval.

use super::outcome::Verdict;
use super::theory::Prediction;
use crate::math::digits::{digits, short, signed};
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
    if (gain.is_positive() || gain.is_negative()) && mean.abs() < 0.05 && small(half).is_none() {
        let sign = if mean > 0.0 { "+" } else { "" };
        return (format!("{sign}{}", short(mean)), short(half));
    }
    if let Some(places) = small(half) {
        let differ = |places: &usize| {
            mean.abs() == half || format!("{:.places$}", mean.abs()) != format!("{half:.places$}")
        };
        let places = (places..places + 3).find(differ).unwrap_or(places);
        return (fixed_signed(mean, places), format!("{half:.places$}"));
    }
    let alike = mean.abs() < 1e6 && digits(mean.abs()) == digits(half) && mean.abs() != half;
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

/// Formats a prediction with its own uncertainty, if that is known: `+23 % ± 1.2`.
pub fn prediction(found: &Prediction) -> String {
    match found.gain.is_finite() && found.margin > 0.0 {
        true => gain(&found.interval()),
        false => predicted(found.gain),
    }
}

/// The decimal places of a percentage so close to 100 % that the rest of the error would be rounded
/// away; none if that takes more than six.
fn near_all(gain: f64) -> Option<usize> {
    let places = |left: f64| (1 - left.log10().floor() as i32).max(1) as usize;
    let places = (0.95..1.0).contains(&gain).then(|| places(100.0 * (1.0 - gain)));
    places.filter(|places| *places <= 6)
}

/// Formats a share of the single-task error as a signed percentage.
pub fn share(share: f64) -> String {
    if share.is_finite() { format!("{} %", signed(100.0 * share)) } else { "–".to_owned() }
}

/// The parts of a predicted gain and the gain in words, as percentages of the error alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GainParts {
    /// From variance.
    pub variance: String,
    /// From bias.
    pub bias: String,
    /// The gain.
    pub gain: String,
}

impl GainParts {
    /// The parts with the decimal places of the gain, rounded so that they add up to it as it is
    /// shown: where rounding each would miss it, the part that is nearest to the next number moves.
    pub fn of(prediction: &Prediction) -> Self {
        let parts = [prediction.variance_saved(), -prediction.bias_added()];
        let gain = self::prediction(prediction);
        let [variance, bias] = match places(&gain) {
            Some(places) => added_up(parts.map(|part| 100.0 * part), prediction.gain, places),
            None => parts.map(share),
        };
        Self { variance, bias, gain }
    }
}

/// The decimal places of a gain as it is shown; `None` if that is not a plain percentage.
fn places(gain: &str) -> Option<usize> {
    let (number, _) = gain.split_once(" %")?;
    let is_plain = |c: char| c.is_ascii_digit() || ['.', '+', '−'].contains(&c);
    let decimals = || number.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    number.chars().all(is_plain).then(decimals)
}

/// Two percentages as text that add up to the text of their sum, a share.
fn added_up(parts: [f64; 2], sum: f64, places: usize) -> [String; 2] {
    let unit = 10_f64.powi(places as i32);
    let scaled = parts.map(|part| part * unit);
    let mut rounded = scaled.map(f64::round);
    let shown: f64 = format!("{:.places$}", 100.0 * sum).parse().unwrap_or(f64::NAN);
    let missing = (shown * unit).round() - rounded[0] - rounded[1];
    let rest = |place: usize| (scaled[place] - rounded[place]) * missing.signum();
    let moved = usize::from(rest(1) > rest(0));
    rounded[moved] += missing;
    rounded.map(|part| format!("{} %", fixed_signed(part / unit, places)))
}

impl Verdict {
    /// Its name, in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Helps => "helps",
            Self::Hurts => "hurts",
            Self::NoDifference => "no difference",
            Self::Undecided => "undecided",
            Self::SameTrials => "no verdict",
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
            Self::SameTrials => "NO VERDICT",
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
            Self::SameTrials => "has NO VERDICT",
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A number as it is shown, in units of its last decimal place.
    fn read(text: &str, places: usize) -> i64 {
        let plain = text.trim_end_matches(" %").replace('−', "-").replace('+', "");
        (plain.parse::<f64>().unwrap() * 10_f64.powi(places as i32)).round() as i64
    }

    #[test]
    fn a_gain_of_nearly_all_has_no_decimals_that_are_all_zero() {
        assert_eq!(predicted(1.0 - 2e-7), "+99.999980 %");
        assert_eq!(predicted(1.0 - 2e-10), "+100 %");
    }

    #[test]
    fn the_parts_of_a_gain_add_up_as_they_are_shown() {
        let parts = GainParts::of(&Prediction::new(1.0, 0.1065, 0.4460, 0.0));
        assert_eq!([parts.variance, parts.bias, parts.gain], ["+56 %", "−11 %", "+45 %"]);
        for step in 0..400 {
            let bias = 0.002_37 * f64::from(step);
            let variance = 0.61 - 0.001_31 * f64::from(step);
            let parts = GainParts::of(&Prediction::new(1.0, bias, variance, 0.0));
            let places = places(&predicted(1.0 - bias - variance)).unwrap();
            let [a, b, sum] =
                [&parts.variance, &parts.bias, &parts.gain].map(|text| read(text, places));
            assert_eq!(a + b, sum, "{parts:?}");
        }
    }
}
