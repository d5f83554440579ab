//! Methods compared at one scenario: the gain of each over the same baseline, with its interval.

use super::gain::{estimate, vertical};
use super::{Axis, Dash, Estimate, Figure, Mark, MarkRole, Shape, Symbol, words};
use crate::math::stats::{Interval, LEVEL};
use crate::scenario::Scenario;

/// A method and its gain over the baseline.
#[derive(Debug, Clone)]
pub struct MethodGain<'a> {
    /// Its name.
    pub name: &'a str,
    /// 1 − E\[error\] / E\[error of the baseline\], with its interval.
    pub gain: Interval,
}

/// Draws the gains of methods over a baseline, for the tasks named in `whom`. `None` if there are
/// no gains.
pub fn figure(
    scenario: &Scenario,
    whom: &str,
    baseline: &str,
    ways: &[MethodGain<'_>],
    trials: usize,
) -> Option<Figure> {
    if ways.is_empty() {
        return None;
    }
    let mut y = vertical(std::iter::empty(), ways.iter().map(|way| way.gain));
    y.label = format!("{}, vs {baseline}", y.label);
    let points: Vec<Estimate> =
        ways.iter().enumerate().map(|(x, way)| estimate(x as f64, &way.gain)).collect();
    let zero = Shape::Level { y: 0.0, dash: Dash::Dashed };
    let points = Shape::Points { points, symbol: Symbol::Disc };
    let marks = vec![
        Mark::new(MarkRole::Reference, zero).named(baseline),
        Mark::new(MarkRole::Measured, points).named(words::counted("measured", trials)),
    ];
    let said = ways.iter().map(|way| format!("{} {}", way.name, in_words(&way.gain)));
    let said = said.collect::<Vec<_>>().join(", ");
    let caption = format!(
        "Compared with {baseline}: {said}. Bars: paired {LEVEL} intervals, n = {trials} trials, \
         seed {}. Gain = 1 − E[error] / E[error of {baseline}], {} at the optima. {}",
        scenario.draft().seed,
        words::error(scenario),
        words::setting(scenario, |_| false)
    );
    Some(Figure {
        id: "methods",
        title: format!("Error of {whom} vs {baseline}"),
        x: Axis::of_names("way of training", ways.iter().map(|way| way.name)),
        y,
        marks,
        caption,
        square: false,
    })
}

/// A gain with ±, or with the ends of its interval if that is not symmetric.
fn in_words(gain: &Interval) -> String {
    if (f64::midpoint(gain.low, gain.high) - gain.mean).abs() < 1e-9 {
        return words::gain(Some(*gain));
    }
    let [mean, low, high] = [gain.mean, gain.low, gain.high].map(words::predicted);
    format!("{mean} ({low} to {high})")
}

/// Returns the gain of the baseline over the method that was compared with it; `None` if the error
/// of the method may be zero.
pub fn reversed(gain: Interval) -> Option<Interval> {
    let of = |gain: f64| 1.0 - 1.0 / (1.0 - gain);
    let known = gain.high < 1.0 && gain.low.is_finite();
    known.then(|| Interval { mean: of(gain.mean), low: of(gain.high), high: of(gain.low) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gain_reversed_twice_is_the_same_and_halving_is_doubling() {
        let gain = Interval { mean: 0.5, low: 0.2, high: 0.6 };
        let back = reversed(gain).unwrap();
        assert_eq!(back.mean, -1.0);
        assert!(back.low < back.mean && back.mean < back.high);
        let again = reversed(back).unwrap();
        let ends = [(again.mean, 0.5), (again.low, 0.2), (again.high, 0.6)];
        assert!(ends.iter().all(|(a, b)| (a - b).abs() < 1e-12));
        assert_eq!(reversed(Interval { mean: 1.0, low: 0.9, high: 1.0 }), None);
    }
}
