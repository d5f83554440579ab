//! Verdicts in words, and predicted gains, which have no interval.

use super::outcome::Verdict;
use super::theory::Prediction;
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

/// Formats parts of a predicted gain as signed percentages with the digits of [`predicted`], so that
/// the parts that are shown add up to the gain that is shown: what rounding leaves over goes to the
/// part that is closest to the next digit.
pub fn parts(gain: f64, parts: &[f64]) -> Vec<String> {
    let percent = 100.0 * gain;
    if !parts.iter().chain([&gain]).all(|part| (100.0 * part).abs() < 1e6) {
        return parts.iter().map(|part| share(*part)).collect();
    }
    let places = near_all(gain).unwrap_or(usize::from(percent.abs() < 9.95));
    let scale = 10_f64.powi(places as i32);
    let exact: Vec<f64> = parts.iter().map(|part| 100.0 * part * scale).collect();
    let mut rounded: Vec<f64> = exact.iter().map(|part| part.round()).collect();
    let mut left = (percent * scale).round() - rounded.iter().sum::<f64>();
    while left.abs() >= 1.0 {
        let gap = |i: &usize| left.signum() * (exact[*i] - rounded[*i]);
        let next = (0..exact.len()).max_by(|a, b| gap(a).total_cmp(&gap(b)));
        let Some(next) = next else { break };
        rounded[next] += left.signum();
        left -= left.signum();
    }
    rounded.iter().map(|part| format!("{} %", fixed_signed(part / scale, places))).collect()
}

/// The two parts of a predicted gain, from variance and from bias, as [`parts`] writes them.
pub fn variance_and_bias(prediction: &Prediction) -> [String; 2] {
    let shares = [prediction.variance_saved(), -prediction.bias_added()];
    let mut texts = parts(prediction.gain, &shares).into_iter();
    shares.map(|_| texts.next().unwrap_or_default())
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A text like `−0.4 %` as a number.
    fn read(text: &str) -> f64 {
        text.trim_end_matches(" %").replace('−', "-").parse().unwrap()
    }

    #[test]
    fn shown_parts_add_up_to_the_shown_gain() {
        for (saved, added) in
            [(0.5545, 0.1051), (0.9306, 0.2125), (0.034, 0.0301), (0.9996, 0.0002), (0.2, 3.1249)]
        {
            let gain = saved - added;
            let shown = parts(gain, &[saved, -added]);
            let sum: f64 = shown.iter().map(|part| read(part)).sum();
            let total = read(&predicted(gain));
            assert!((sum - total).abs() < 1e-9, "{shown:?} for {}", predicted(gain));
        }
        assert_eq!(parts(0.4494, &[0.5545, -0.1051]), ["+55 %", "−10 %"]);
        assert_eq!(parts(-0.2, &[-0.2, 0.0]), ["−20 %", "0 %"]);
    }

    #[test]
    fn parts_without_a_gain_have_no_numbers() {
        assert_eq!(parts(f64::NAN, &[f64::NAN, 0.1]), ["–", "+10 %"]);
    }
}
