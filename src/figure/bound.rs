//! Theorem 2: the bound and the measured error, against the number of source rows.

use super::axis::compact;
use super::{
    Axis, AxisScale, Dash, Estimate, Figure, Mark, MarkRole, Shape, Symbol, TickFormat, words,
};
use crate::explanation::Average;
use crate::explanation::bound::BoundCurve;
use crate::math::stats::LEVEL;
use crate::scenario::Scenario;

/// Margin above and below the data, as a factor.
const ROOM: f64 = 1.35;

/// Draws the bound and the errors. A band marks the numbers of rows below the order of magnitude
/// that the theorem requires, if that lies inside the axis. If it lies beyond, the name of the bound
/// says so.
pub fn figure(scenario: &Scenario, along: &BoundCurve) -> Figure {
    let x = horizontal(scenario, along);
    let of = |place: usize| -> Vec<(f64, Average)> {
        let point = |(rows, reach): &(f64, crate::explanation::BoundSample)| {
            Some((*rows, reach.error()?[place]))
        };
        along.points.iter().filter_map(point).filter(|(_, error)| drawable(error)).collect()
    };
    let (together, alone) = (of(0), of(1));
    let bound = along.bound().filter(drawable);
    let y = vertical(together.iter().chain(&alone).map(|(_, error)| error).chain(&bound));
    let estimates = |errors: &[(f64, Average)]| -> Vec<Estimate> {
        errors.iter().map(|(rows, error)| estimate(*rows, error, &y)).collect()
    };
    let mut marks: Vec<Mark> = outside(along, &x, &y).into_iter().collect();
    if let Some(bound) = &bound {
        let ends = [x.from, x.to].map(|rows| estimate(rows, bound, &y));
        marks.push(Mark::new(MarkRole::Theory, Shape::Band { points: ends.to_vec() }));
        let shape = Shape::Level { y: bound.mean, dash: Dash::Dashed };
        marks.push(
            Mark::new(MarkRole::Theory, shape).named(words::counted(&name(along, &x), bound.n)),
        );
    }
    for (role, errors, symbol, dash, name) in [
        (MarkRole::Reference, &alone, Symbol::Triangle, Dash::Dotted, "alone"),
        (MarkRole::Measured, &together, Symbol::Disc, Dash::Solid, "together"),
    ] {
        let points = errors.iter().map(|(rows, error)| (*rows, error.mean)).collect();
        marks.push(Mark::new(role, Shape::Line { points, dash }));
        let shape = Shape::Points { points: estimates(errors), symbol };
        marks.push(Mark::new(role, shape).named(words::counted(name, along.trials())));
    }
    Figure {
        id: "bound",
        title: match bound {
            Some(_) => "Theorem 2: bound and measured error".into(),
            None => "Measured error, for which Theorem 2 gives no bound".into(),
        },
        x,
        y,
        marks,
        caption: caption(scenario, along),
        square: false,
    }
}

/// Returns true if a mean can be drawn on a logarithmic axis.
fn drawable(average: &Average) -> bool {
    average.mean.is_normal() && average.mean > 0.0
}

/// A mean with its interval; an interval that reaches zero ends at the bottom of the axis.
fn estimate(x: f64, average: &Average, y: &Axis) -> Estimate {
    let half = average.half.unwrap_or(0.0);
    let low = (average.mean - half).max(y.from).min(average.mean);
    Estimate { x, y: average.mean, low, high: average.mean + half }
}

fn horizontal(scenario: &Scenario, along: &BoundCurve) -> Axis {
    let rows = || along.points.iter().map(|(rows, _)| *rows).filter(|rows| *rows > 0.0);
    let (from, to) = (rows().fold(f64::INFINITY, f64::min), rows().fold(0.0, f64::max));
    let (from, to) = if from < to { (from, to) } else { (1.0, 10.0) };
    let label = format!("{} m₂", along.handle.path(scenario.draft()));
    Axis { label, scale: AxisScale::Log, from, to, format: TickFormat::Number }
}

fn vertical<'a>(all: impl Iterator<Item = &'a Average>) -> Axis {
    let (low, high) = all
        .map(|average| average.mean)
        .fold((f64::INFINITY, 0.0_f64), |(low, high), mean| (low.min(mean), high.max(mean)));
    let (low, high) = if low <= high { (low, high) } else { (0.1, 1.0) };
    Axis {
        label: "error ‖BA − θ‖/‖θ‖".into(),
        scale: AxisScale::Log,
        from: (low / ROOM).max(f64::MIN_POSITIVE),
        to: (high * ROOM).min(f64::MAX),
        format: TickFormat::Number,
    }
}

/// The number of rows that the theorem requires, if its condition holds in some trial.
fn required(along: &BoundCurve) -> Option<f64> {
    along.asked().filter(|_| along.holding() > 0)
}

/// The name of the bound; with the rows that it requires if the axis ends before them.
fn name(along: &BoundCurve, x: &Axis) -> String {
    match required(along).filter(|rows| *rows >= x.to) {
        Some(rows) if rows.is_finite() => format!("bound for m₁ {}", order(rows)),
        _ => "bound".to_owned(),
    }
}

/// The band of too few rows; `None` if it would cover none of the plot, or all of it.
fn outside(along: &BoundCurve, x: &Axis, y: &Axis) -> Option<Mark> {
    let until = required(along).filter(|rows| (x.from..x.to).contains(rows) && *rows > x.from)?;
    let whole = |x: f64| Estimate { x, y: (y.from * y.to).sqrt(), low: y.from, high: y.to };
    let shape = Shape::Band { points: vec![whole(x.from), whole(until)] };
    let name = format!("fewer rows than required ({})", order(until));
    Some(Mark::new(MarkRole::Source, shape).named(name))
}

/// An order of magnitude as text: `of the order 1e12`.
fn order(rows: f64) -> String {
    if !rows.is_finite() {
        return "infinite".to_owned();
    }
    format!("of the order {}", compact(10_f64.powf(rows.log10().round())))
}

fn caption(scenario: &Scenario, along: &BoundCurve) -> String {
    let trials = along.trials();
    let holding = along.holding();
    let below = |place: Option<&(f64, crate::explanation::BoundSample)>| {
        place.map_or(String::new(), |(rows, reach)| {
            format!("{} of {trials} at {} rows", reach.below(), compact(*rows))
        })
    };
    let kept = match holding {
        0 => " No bound is drawn, because its condition fails in every trial.".to_owned(),
        _ => format!(
            " Trials with an error below the bound: {}, {}.",
            below(along.points.first()),
            below(along.points.last())
        ),
    };
    let asked = match along.asked() {
        Some(rows) if holding > 0 => format!(
            " The order of m₂ in the theorem, κ²(Σ₂) κ⁴(X₁) ‖y₁‖²/c⁴, is {}: not usable as a \
             threshold.",
            order(rows).trim_start_matches("of the order ")
        ),
        _ => String::new(),
    };
    format!(
        "First {trials} trials, seed {}, means ± {LEVEL}. Bound: 6c + ‖ε‖/((1 − 3c)‖Xθ‖) of the \
         target, with c = κ(X₁) sin(θ₁, θ₂) below 1/3 in {holding} of {trials} trials; 1 is the \
         target and 2 the source (the paper numbers them the other way round).{kept}{asked} The bound does not say that training together helps. {}",
        scenario.draft().seed,
        words::setting(scenario, |handle| handle == along.handle)
    )
}
