//! Covariance similarity before and after alignment (eq. 5).

use super::{Axis, AxisScale, Estimate, Figure, Mark, MarkRole, Shape, Symbol, TickFormat, words};
use crate::math::digits::fixed;
use crate::math::stats::{Interval, LEVEL};
use crate::method::Method;
use crate::scenario::Scenario;
use crate::study::similarity::AlignedSimilarity;

/// Distance between the two scores of a method, in units of the axis.
const APART: f64 = 0.18;
/// Half-widths below this belong to scores that are the same in every trial.
const ROUNDING: f64 = 1e-12;

/// A score with its interval, both to two digits of the half-width and at least three decimal
/// places; without an interval if it is the same in every trial.
fn written(score: &Interval) -> String {
    let half = score.half_width();
    if half < ROUNDING {
        return fixed(score.mean, 3);
    }
    let places = (1.0 - half.log10().floor()).clamp(3.0, 6.0) as usize;
    format!("{} ± {}", fixed(score.mean, places), fixed(half, places))
}

/// The alignment by a method, in the words of the field.
fn name(method: Method) -> &'static str {
    match method {
        Method::Joint => "before",
        Method::Align => "R, A, B learned",
        Method::AlignFixed => "R, A learned",
        Method::AlignPenalty => "R near identity",
        Method::Whiten => "whitening",
        Method::Recolour => "recolouring",
        other => other.name(),
    }
}

/// What the alignments do, with a space behind it.
const ALIGNMENTS: &str = "Covariance alignment (Algorithm 1) learns a matrix R for the rows of each task, with the \
     task's own weights A, and with or without the shared module B. Whitening gives all rows the \
     identity as covariance; recolouring gives them the covariance of the target. ";

/// Draws the scores of the rows of the pair, before and after each alignment. The caption states
/// the effect of each on the targets.
pub fn figure(scenario: &Scenario, trials: usize, found: &[AlignedSimilarity]) -> Figure {
    let names = scenario.pair().map(|i| scenario.tasks()[i].name.as_str());
    let series = |number: u8, side: f64, name: &str, score: fn(&AlignedSimilarity) -> Interval| {
        let point = |(i, aligned): (usize, &AlignedSimilarity)| {
            let found = score(aligned);
            Estimate { x: i as f64 + side * APART, y: found.mean, low: found.low, high: found.high }
        };
        let points = found.iter().enumerate().map(point).collect();
        let shape = Shape::Points { points, symbol: Symbol::of_series(number) };
        Mark::new(MarkRole::Series(number), shape).named(words::counted(name, trials))
    };
    let marks = vec![
        series(0, -1.0, "score S", |aligned| aligned.score),
        series(1, 1.0, "S, normalised", |aligned| aligned.normalised),
    ];
    let gain = |aligned: &AlignedSimilarity| {
        format!(
            "{}: S = {}, normalised {}, {}",
            name(aligned.method),
            written(&aligned.score),
            written(&aligned.normalised),
            words::effect(&aligned.targets)
        )
    };
    let gains: Vec<String> = found.iter().map(gain).collect();
    Figure {
        id: "similarity",
        title: "Covariance similarity before and after alignment".into(),
        x: Axis::of_names("alignment", found.iter().map(|aligned| name(aligned.method))),
        y: Axis {
            label: "similarity of the rows".into(),
            scale: AxisScale::Linear,
            from: 0.0,
            to: 1.05,
            format: TickFormat::Number,
        },
        marks,
        caption: format!(
            "Covariance similarity (eq. 5) of the training rows of {} and {}, 99 % of the trace kept; bars: \
             {LEVEL} intervals, n = {trials} trials{}, seed {}. Score, and gain of {} over training \
             alone in these trials: {}. A higher score is no evidence of a gain. {ALIGNMENTS}{}",
            names[0],
            names[1],
            match scenario.trials() {
                all if all > trials => format!(", the first of {all}"),
                _ => String::new(),
            },
            scenario.draft().seed,
            words::learners(scenario),
            gains.join("; "),
            words::setting(scenario, |_| false)
        ),
        square: false,
    }
}
