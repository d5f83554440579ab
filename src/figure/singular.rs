//! Singular values of (X₁ᵀy₁ … X_kᵀy_k), with labels as they are and with labels of mean square 1.

use super::{
    Axis, AxisScale, Dash, Estimate, Figure, Mark, MarkRole, Shape, Symbol, TickFormat, words,
};
use crate::scenario::Scenario;
use crate::study::Comparison;

/// Values below this share of the largest count as zero.
const ZERO: f64 = 1e-9;
/// If values differ by more than this factor, the axis is logarithmic.
const WIDE: f64 = 30.0;

/// Draws both spectra of a comparison, relative to their largest values; a vertical line marks the
/// width of the model. A logarithmic axis leaves out values that count as zero.
pub fn figure(scenario: &Scenario, comparison: &Comparison) -> Figure {
    let spectra = [0, 1].map(|i| relative(&comparison.spectra[i]));
    let positive = || spectra.iter().flatten().copied().filter(|value| *value >= ZERO);
    let least = positive().fold(1.0, f64::min);
    let wide = least < 1.0 / WIDE;
    let width = scenario.width() as f64;
    let count = spectra.iter().map(Vec::len).max().unwrap_or(0).max(1);
    let upright = Shape::Upright { x: width, dash: Dash::Dotted };
    let mut marks = Vec::new();
    if width <= count as f64 {
        marks.push(Mark::new(MarkRole::Reference, upright).named(format!("width r = {width}")));
    }
    let mut left_out = 0;
    for (series, (spectrum, name)) in
        (0_u8..).zip(spectra.iter().zip(["labels as they are", "labels scaled alike"]))
    {
        let points: Vec<Estimate> = spectrum
            .iter()
            .enumerate()
            .filter(|(_, value)| !wide || **value >= ZERO)
            .map(|(i, &y)| Estimate { x: (i + 1) as f64, y, low: y, high: y })
            .collect();
        left_out += spectrum.len() - points.len();
        let line = points.iter().map(|point| (point.x, point.y)).collect();
        let role = MarkRole::Series(series);
        marks.push(Mark::new(role, Shape::Line { points: line, dash: Dash::of_series(series) }));
        let symbol = [Symbol::Disc, Symbol::Ring][usize::from(series)];
        let shape = Shape::Points { points, symbol };
        marks.push(Mark::new(role, shape).named(name));
    }
    let left_out = match left_out {
        0 => String::new(),
        n => format!(" Not drawn, because zero up to rounding: {n}."),
    };
    Figure {
        id: "singular",
        title: "Singular values of (Xᵀy) of all tasks".into(),
        x: Axis {
            label: "rank, largest first".into(),
            scale: AxisScale::Linear,
            from: 0.5,
            to: count as f64 + 0.5,
            format: TickFormat::Whole,
        },
        y: Axis {
            label: "share of the largest".into(),
            scale: if wide { AxisScale::Log } else { AxisScale::Linear },
            from: if wide { 0.7 * least } else { 0.0 },
            to: if wide { 1.4 } else { 1.08 },
            format: TickFormat::Number,
        },
        marks,
        caption: format!(
            "First trial, seed {}: singular values of the matrix of all Xᵢᵀyᵢ, from which \
             Algorithm 2 takes its weights. Where the labels of all \
             tasks follow from a few directions, they drop after as many. Scaled alike: to a mean square of 1.{left_out} {}",
            scenario.draft().seed,
            words::setting(scenario, |_| false)
        ),
        square: false,
    }
}

/// Values divided by the largest; values that are not finite become zero.
fn relative(values: &[f64]) -> Vec<f64> {
    let largest = values.iter().copied().filter(|v| v.is_finite()).fold(0.0, f64::max);
    let share = |value: &f64| if value.is_finite() { value / largest } else { 0.0 };
    values.iter().map(share).map(|share| if share.is_finite() { share } else { 0.0 }).collect()
}
