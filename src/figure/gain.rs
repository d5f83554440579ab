//! The gain of the target along a knob: theory line, measured points, current value.

use super::{
    Axis, AxisScale, Dash, Estimate, Figure, Mark, MarkRole, Shape, Symbol, TickFormat, words,
};
use crate::math::stats::{Interval, LEVEL};
use crate::scenario::knob::KnobScale as Track;
use crate::scenario::{Handle, Scenario};
use crate::study::Curve;
use crate::study::prediction::{NO_PREDICTION, theory_gap};
use crate::transfer::{Outcome, Prediction, Verdict};

/// The label of an axis of gains.
const LABEL: &str = "gain: error saved";
/// The same of an axis that is logarithmic in the ratio of errors.
const LOG_LABEL: &str = "gain (log): error saved";
/// If errors differ by more than this factor, and some are more than twice the error alone, the
/// axis is logarithmic in the ratio of errors.
const WIDE: f64 = 3.0;

/// The room beyond the gains on a logarithmic axis, and the room up to which it reaches for the ends of
/// intervals, as shares of the range of the gains.
const MARGIN: f64 = 0.06;
const CLOSE: f64 = 0.14;

/// An interval that goes on by a smaller share of the axis ends at the edge of a plot.
const HARDLY: f64 = 0.002;

/// Another curve along the same knob, drawn faintly in the background.
#[derive(Debug, Clone, Copy)]
pub struct ReferenceCurve<'a> {
    /// The curve.
    pub curve: &'a Curve,
    /// Its name.
    pub name: &'a str,
}

/// Draws a curve; `here` is the outcome at the scenario's current value of the knob.
pub fn figure(
    scenario: &Scenario,
    curve: &Curve,
    here: Option<&Outcome>,
    ghost: Option<ReferenceCurve<'_>>,
) -> Figure {
    let outcomes = curve.measured.iter().map(|(_, outcome)| outcome).chain(here);
    let before = ghost.iter().flat_map(|ghost| ghost.curve.measured.iter().map(|(_, o)| o));
    let outcomes = outcomes.chain(before);
    let all = std::iter::once(curve).chain(ghost.iter().map(|ghost| ghost.curve));
    let expected = curve.theory.iter().map(|(_, prediction)| expected(prediction));
    let y = vertical(
        all.flat_map(|curve| curve.theory.iter().map(|(_, prediction)| prediction.gain)),
        outcomes.filter_map(|outcome| outcome.gain).chain(expected),
    );
    let estimate = |x: f64, outcome: &Outcome| Some(estimate(x, &outcome.gain?));
    let zero = Shape::Level { y: 0.0, dash: Dash::Dashed };
    let mut marks = vec![Mark::new(MarkRole::Reference, zero).named("no difference")];
    marks.extend(ghost.map(|ghost| behind(ghost)).unwrap_or_default());
    let points = ranges(&curve.theory, &y);
    if matches!(curve.handle.knob.scale, Track::Choice(_)) && !points.is_empty() {
        let shape = Shape::Points { points, symbol: Symbol::Triangle };
        marks.push(Mark::new(MarkRole::Theory, shape).named("theory, no training"));
    } else {
        let bands = curve.stretches().map(|stretch| ranges(stretch, &y));
        let bands = bands.filter(|points| points.len() > 1);
        let bands = bands.map(|points| Shape::Band { points });
        let lines = lines(curve).map(|points| Shape::Line { points, dash: Dash::Dotted });
        marks.extend(bands.map(|band| Mark::new(MarkRole::Theory, band)));
        marks.extend(lines.enumerate().map(|(i, line)| match i {
            0 => Mark::new(MarkRole::Theory, line).named("theory, no training"),
            _ => Mark::new(MarkRole::Theory, line),
        }));
    }
    let value = curve.handle.get(scenario.draft()).unwrap_or(f64::NAN);
    marks.extend(measured(curve, here, value));
    if let Some(point) = here.and_then(|outcome| estimate(value, outcome)) {
        marks.push(Mark::new(MarkRole::Here, Shape::Upright { x: value, dash: Dash::Dotted }));
        let shape = Shape::Points { points: vec![point], symbol: Symbol::Ring };
        let n = here.map_or(0, |outcome| outcome.trials);
        let own = if counted(curve) == n.to_string() { "" } else { &format!(" (n = {n})") };
        let name = format!("here: {}{own}", words::value_of(curve.handle, value));
        marks.push(Mark::new(MarkRole::Here, shape).named(name));
    }
    let x = horizontal(scenario, curve.handle);
    Figure {
        id: "gain",
        title: format!(
            "Gain of {} along {}",
            words::learners(scenario),
            curve.handle.path(scenario.draft())
        ),
        caption: noted(caption(scenario, curve, here), &y, edge_words(&marks, &x, &y)),
        x,
        y,
        marks,
        square: false,
    }
}

/// The measured points; at the current value of the knob none, if `here` is of more trials.
fn measured(curve: &Curve, here: Option<&Outcome>, value: f64) -> Option<Mark> {
    let replaced = |x: f64, outcome: &Outcome| {
        x == value && here.is_some_and(|here| here.trials > outcome.trials)
    };
    let shown = curve.measured.iter().filter(|(x, outcome)| !replaced(*x, outcome));
    let points: Vec<Estimate> =
        shown.filter_map(|(x, outcome)| Some(estimate(*x, &outcome.gain?))).collect();
    let name = words::counted("measured", counted(curve));
    let shape = Shape::Points { points: points.clone(), symbol: Symbol::Disc };
    (!points.is_empty()).then(|| Mark::new(MarkRole::Measured, shape).named(name))
}

/// The figure with a logarithmic horizontal axis that ends where its last point does, if that is far
/// from its end.
pub fn trimmed(mut figure: Figure) -> Figure {
    let last = figure.marks.iter().flat_map(|mark| match &mark.shape {
        Shape::Points { points, .. } => points.iter().map(|point| point.x).collect(),
        Shape::Line { points, .. } => points.iter().map(|point| point.0).collect(),
        _ => Vec::new(),
    });
    let last = last.fold(0.0, f64::max);
    if figure.x.scale == AxisScale::Log && last > figure.x.from && 2.0 * last < figure.x.to {
        figure.x.to = last;
    }
    figure
}

/// The pieces of the theory line between its gaps; isolated predictions are not drawn.
fn lines(curve: &Curve) -> impl Iterator<Item = Vec<(f64, f64)>> {
    let placed = |(x, prediction): &(f64, Prediction)| (*x, prediction.gain);
    let line = move |stretch: &[(f64, Prediction)]| -> Vec<(f64, f64)> {
        stretch.iter().map(placed).filter(|(_, y)| y.is_finite()).collect()
    };
    curve.stretches().map(line).filter(|line| line.len() > 1)
}

/// The range in which theory expects the gain of many trials.
fn expected(prediction: &Prediction) -> Interval {
    let Prediction { gain, margin, .. } = *prediction;
    Interval { mean: gain, low: gain - margin, high: gain + margin }
}

/// These ranges along a knob, as far as they lie on the axis.
fn ranges(theory: &[(f64, Prediction)], axis: &Axis) -> Vec<Estimate> {
    let on_axis = |gain: f64| gain.clamp(axis.from, axis.to);
    let known = theory.iter().filter(|(_, prediction)| prediction.gain.is_finite());
    let range = |(x, prediction): &(f64, Prediction)| {
        let Estimate { x, y, low, high } = estimate(*x, &expected(prediction));
        Estimate { x, y, low: on_axis(low), high: on_axis(high) }
    };
    known.map(range).collect()
}

/// A background curve: its theory line, or its measured points if it has none.
fn behind(ghost: ReferenceCurve<'_>) -> Vec<Mark> {
    let mark = |points| {
        let line = Shape::Line { points, dash: Dash::DashDot };
        Mark::new(MarkRole::Reference, line)
    };
    if ghost.curve.theory.is_empty() {
        let measured = ghost.curve.measured.iter();
        let placed = measured.filter_map(|(x, o)| Some((*x, o.gain?.mean)));
        let points = placed.filter(|(_, y)| y.is_finite()).collect();
        return vec![mark(points).named(format!("{}, measured", ghost.name))];
    }
    let lines = lines(ghost.curve).map(mark);
    let named = |(i, mark): (usize, Mark)| match i {
        0 => mark.named(format!("{}, theory", ghost.name)),
        _ => mark,
    };
    lines.enumerate().map(named).collect()
}

fn horizontal(scenario: &Scenario, handle: Handle) -> Axis {
    let knob = handle.knob;
    let ends = scenario.track(handle);
    let value = handle.get(scenario.draft()).unwrap_or(ends.0);
    let scale =
        if matches!(knob.scale, Track::Log(_)) { AxisScale::Log } else { AxisScale::Linear };
    let (from, to) = (ends.0.min(value), ends.1.max(value));
    along(handle, &handle.path(scenario.draft()), scale, from, to)
}

/// The axis of a knob.
pub(super) fn along(handle: Handle, path: &str, scale: AxisScale, from: f64, to: f64) -> Axis {
    let knob = handle.knob;
    let symbol = if knob.symbol.is_empty() { String::new() } else { format!(" {}", knob.symbol) };
    let unit = match knob.unit {
        "" | "°" => String::new(),
        unit => format!(" ({unit})"),
    };
    let format = match knob.scale {
        Track::Choice(names) => TickFormat::names(names.iter().copied()),
        _ if knob.unit == "°" => TickFormat::Degrees,
        _ if knob.whole => TickFormat::Whole,
        _ => TickFormat::Number,
    };
    Axis { label: format!("{path}{symbol}{unit}"), scale, from, to, format }
}

/// A caption of gains with remarks before it defines them: what its axis means, and another.
pub(super) fn noted(caption: String, y: &Axis, remark: &str) -> String {
    const DEFINITION: &str = "Gain = ";
    let remarks = format!("{}{remark}{DEFINITION}", scale_words(y));
    caption.replacen(DEFINITION, &remarks, 1)
}

/// Says that an axis of gains is not linear, with a space behind it; empty if it is.
fn scale_words(axis: &Axis) -> &'static str {
    match axis.scale {
        AxisScale::Gain => {
            "The axis of the gain is linear in the logarithm of the error ratio: equal distances are \
             equal factors of the error. "
        }
        _ => "",
    }
}

/// Says what the arrows at the edge of a plot mean, with a space behind it; empty if all intervals
/// lie inside.
pub(super) fn edge_words(marks: &[Mark], x: &Axis, y: &Axis) -> &'static str {
    let leaves = |point: &Estimate| {
        let seen = -HARDLY..=1.0 + HARDLY;
        let beyond = |end: f64| !end.is_nan() && !seen.contains(&y.share(y.scale.clamped(end)));
        x.holds(point.x) && (beyond(point.low) || beyond(point.high))
    };
    let any = marks.iter().any(|mark| match &mark.shape {
        Shape::Points { points, .. } | Shape::Band { points } => points.iter().any(leaves),
        _ => false,
    });
    if any { "Arrows at the edge: the interval goes on beyond it. " } else { "" }
}

/// A gain and its interval at a horizontal position.
pub(super) fn estimate(x: f64, gain: &Interval) -> Estimate {
    Estimate { x, y: gain.mean, low: gain.low, high: gain.high }
}

/// The vertical axis: gains in percent. It is logarithmic in the ratio of errors if errors differ by
/// more than a factor of three and some are more than doubled.
pub(super) fn vertical(
    predicted: impl Iterator<Item = f64>,
    measured: impl Iterator<Item = Interval>,
) -> Axis {
    let measured: Vec<Interval> = measured.collect();
    let mut ratios: Vec<f64> =
        predicted.chain(measured.iter().map(|g| g.mean)).map(|gain| 1.0 - gain).collect();
    ratios.push(1.0);
    ratios.retain(|r| r.is_finite() && *r > 0.0);
    let least = ratios.iter().copied().fold(f64::INFINITY, f64::min);
    let most = ratios.iter().copied().fold(0.0, f64::max);
    let ends = measured.iter().flat_map(|g| [1.0 - g.low, 1.0 - g.high]).filter(|r| r.is_finite());
    if most / least > WIDE && most > 2.0 {
        let room = |share: f64| (most / least).powf(share);
        let is_near = |ratio: &f64| (least / room(CLOSE)..=most * room(CLOSE)).contains(ratio);
        let (low, high) = ends
            .filter(is_near)
            .fold((least / room(MARGIN), most * room(MARGIN)), |(low, high), ratio| {
                (low.min(ratio), high.max(ratio))
            });
        return Axis {
            label: LOG_LABEL.into(),
            scale: AxisScale::Gain,
            from: 1.0 - high,
            to: 1.0 - low,
            format: TickFormat::Percent,
        };
    }
    let (least, most) = ends
        .filter(|r| (0.0..3.0).contains(r))
        .fold((least, most), |(least, most), r| (least.min(r), most.max(r)));
    let margin = 0.08 * (most - least).max(0.02);
    Axis {
        label: LABEL.into(),
        scale: AxisScale::Linear,
        from: 1.0 - most - margin,
        to: 1.0 - least + margin,
        format: TickFormat::Percent,
    }
}

/// The number of trials behind the measured points.
fn counted(curve: &Curve) -> String {
    let counts = curve.measured.iter().map(|(_, outcome)| outcome.trials);
    let (least, most) = (counts.clone().min().unwrap_or(0), counts.max().unwrap_or(0));
    if least == most { format!("{least}") } else { format!("{least} to {most}") }
}

/// What the band of the theory line is, with a space behind it.
const BAND: &str = "The mean of many trials is expected in the band around it. ";

fn caption(scenario: &Scenario, curve: &Curve, here: Option<&Outcome>) -> String {
    let draft = scenario.draft();
    let n = counted(curve);
    let drawn = drawn(curve);
    let here = here.map_or(String::new(), |outcome| {
        let level = match outcome.verdict {
            Verdict::SameTrials => String::new(),
            _ => format!(" ({LEVEL})"),
        };
        format!(
            "At {}: {}{level}; error {}. ",
            words::quantity_at(draft, curve.handle),
            words::effect(outcome),
            words::errors(outcome)
        )
    });
    let first = curve.measured.first().and_then(|(x, _)| scenario.with(curve.handle, *x).ok());
    let fixed = words::of_rows(first.as_ref().unwrap_or(scenario));
    format!(
        "Bars: paired {LEVEL} intervals, n = {n} trials each, seed {}. {fixed}Gain = 1 − E[error \
         together] / E[error alone], {} at {}. {}{}{here}{}{}",
        draft.seed,
        words::error(scenario),
        words::fitted_as(curve.kinds.iter().copied()),
        if drawn.is_empty() { "" } else { words::theory(scenario) },
        if drawn.is_empty() { "" } else { BAND },
        gaps(scenario, curve, &drawn),
        words::setting(scenario, |handle| handle == curve.handle)
    )
}

/// Where the theory line is interrupted or that there is none, and why; empty if it is only not
/// drawn.
fn gaps(scenario: &Scenario, curve: &Curve, drawn: &[f64]) -> String {
    if drawn.is_empty() && !curve.complete {
        return String::new();
    }
    let undefined = curve.theory.iter().filter(|(_, prediction)| !prediction.gain.is_finite());
    let mut gaps = curve.gaps.clone();
    gaps.extend(undefined.map(|(x, _)| (*x, NO_PREDICTION)));
    if gaps.is_empty() && theory_gap(scenario).is_none() {
        return String::new();
    }
    gaps.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    words::no_theory(scenario, curve.handle, &gaps, drawn)
}

/// The values at which theory is drawn: for a choice all with a prediction, otherwise those on a line.
fn drawn(curve: &Curve) -> Vec<f64> {
    match curve.handle.knob.is_choice() {
        true => curve.theory.iter().map(|(x, _)| *x).collect(),
        false => lines(curve).flatten().map(|(x, _)| x).collect(),
    }
}
