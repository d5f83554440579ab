//! Methods compared at one scenario: the gain of each over the same baseline, with its interval.

use super::gain::{estimate, vertical};
use super::{Axis, Dash, Estimate, Figure, Mark, MarkRole, Shape, Symbol, words};
use crate::math::stats::{Interval, LEVEL};
use crate::method::Method;
use crate::scenario::Scenario;
use crate::study::SideBySide;
use crate::transfer::Prediction;

/// The method whose prediction is for other weights than those that are measured.
const MERGED: Method = Method::Merge;
/// Distance of a prediction from the measured gain beside it.
const BESIDE: f64 = 0.18;

/// A method and its gain over the baseline.
#[derive(Debug, Clone)]
pub struct MethodGain<'a> {
    /// Its name.
    pub name: &'a str,
    /// 1 − E\[error\] / E\[error of the baseline\], with its interval.
    pub gain: Interval,
    /// The prediction without training, if there is one.
    pub predicted: Option<&'a Prediction>,
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
    let expected = ways.iter().filter_map(|way| Some(way.predicted?.gain));
    let mut y = vertical(expected, ways.iter().map(|way| way.gain));
    y.label = format!("{}, vs {baseline}", y.label);
    let points: Vec<Estimate> =
        ways.iter().enumerate().map(|(x, way)| estimate(x as f64, &way.gain)).collect();
    let zero = Shape::Level { y: 0.0, dash: Dash::Dashed };
    let points = Shape::Points { points, symbol: Symbol::Disc };
    let mut marks = vec![Mark::new(MarkRole::Reference, zero).named(baseline)];
    marks.extend(theory(ways));
    marks.push(Mark::new(MarkRole::Measured, points).named(words::counted("measured", trials)));
    let said = ways.iter().map(|way| format!("{} {}", way.name, in_words(&way.gain)));
    let said = said.collect::<Vec<_>>().join(", ");
    let caption = format!(
        "Compared with {baseline}: {said}. {}Bars: paired {LEVEL} intervals, n = {trials} trials, \
         seed {}. Gain = 1 − E[error] / E[error of {baseline}], {} at the optima. {}",
        expectations(scenario, ways),
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

/// Beside every method what is predicted for it, where it is.
fn theory(ways: &[MethodGain<'_>]) -> Option<Mark> {
    let known = ways.iter().enumerate().filter_map(|(place, way)| Some((place, way.predicted?)));
    let points: Vec<Estimate> =
        known.map(|(place, p)| estimate(place as f64 + BESIDE, &p.interval())).collect();
    let shape = Shape::Points { points: points.clone(), symbol: Symbol::Diamond };
    (!points.is_empty()).then(|| Mark::new(MarkRole::Theory, shape).named("theory"))
}

/// The predicted gains in words, with a space behind them; empty without any.
fn expectations(scenario: &Scenario, ways: &[MethodGain<'_>]) -> String {
    let known = ways.iter().filter_map(|way| Some((way.name, way.predicted?)));
    let said: Vec<String> =
        known.map(|(name, found)| format!("{name} {}", words::prediction(found))).collect();
    match said.is_empty() {
        true => String::new(),
        false => format!("{}Predicted: {}. ", words::theory(scenario), said.join(", ")),
    }
}

/// Draws methods side by side, each against the target alone. `None` before they are measured.
pub fn side_by_side(scenario: &Scenario, found: &SideBySide) -> Option<Figure> {
    let trials = found.measurement.as_ref()?.trials;
    let ways = found.methods().filter_map(|(method, predicted, measured)| {
        Some(MethodGain {
            name: method.description().label,
            gain: measured?.gain?,
            predicted: predicted.as_ref().ok().filter(|found| found.gain.is_finite()),
        })
    });
    let ways: Vec<MethodGain<'_>> = ways.collect();
    let mut figure = figure(scenario, &words::targets(scenario), "alone", &ways, trials)?;
    if ways.iter().any(|way| way.name == MERGED.description().label && way.predicted.is_some()) {
        figure.caption += " The prediction for merging is with the best weights; those measured are \
                           estimated from the training rows.";
    }
    figure.caption += " The bar of a prediction is its own ±, no interval. Fine-tuning and ridge are \
                       tuned on validation rows; no optimum is claimed for them.";
    Some(figure)
}

/// A gain with ±, or with the ends of its interval if that is not symmetric.
fn in_words(gain: &Interval) -> String {
    if gain.half_width().is_nan() {
        return format!("{} (no ±)", words::predicted(gain.mean));
    }
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
