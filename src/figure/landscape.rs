//! The objective of one shared unit, h(ψ), in the first trial, with all its maxima (eq. 4).

use super::{
    Axis, AxisScale, Dash, Estimate, Figure, Mark, MarkRole, Shape, Symbol, TickFormat, words,
};
use crate::explanation::landscape::{ObjectiveLandscape, TrainedUnit};
use crate::math::digits::fixed;
use crate::scenario::Scenario;

/// Number of evenly spaced directions at which h is drawn, besides its maxima.
const POINTS: usize = 360;
/// A unit with a smaller share of its squared length in the plane is not drawn.
const LEAST: f64 = 0.5;
/// Margin above the curves, as a share of their maximum.
const ROOM: f64 = 0.08;

/// Draws h over the directions in the plane of the pair, as a share of the squared labels. Vertical
/// lines mark both θs; the head decides the sign, so 180° is the same as 0°.
pub fn figure(scenario: &Scenario, landscape: &ObjectiveLandscape) -> Figure {
    let names = scenario.pair().map(|i| scenario.tasks()[i].name.as_str());
    let data = curve(landscape, |angle| Some(landscape.share(angle)));
    let population = curve(landscape, |angle| landscape.expected_share(angle));
    let highest = data.iter().chain(&population).map(|(_, y)| *y).fold(0.0, f64::max);
    let top = if highest > 0.0 { highest * (1.0 + ROOM) } else { 1.0 };
    let mut marks: Vec<Mark> =
        landscape.unit.iter().filter(is_seen).map(|unit| unit_mark(landscape, unit)).collect();
    marks.extend(summits(landscape));
    let shape = Shape::Line { points: data, dash: Dash::Solid };
    marks.push(Mark::new(MarkRole::Measured, shape).named("h"));
    for (role, i, dash) in
        [(MarkRole::Target, 0, Dash::Dotted), (MarkRole::Source, 1, Dash::DashDot)]
    {
        let x = landscape.thetas[i].to_degrees();
        let name = format!("θ of {} {}", names[i], degrees(landscape.thetas[i]));
        marks.push(Mark::new(role, Shape::Upright { x, dash }).named(name));
    }
    if !population.is_empty() {
        let shape = Shape::Line { points: population, dash: Dash::Dashed };
        marks.push(Mark::new(MarkRole::Theory, shape).named("population"));
    }
    Figure {
        id: "landscape",
        title: title(scenario),
        x: Axis {
            label: format!("angle ψ of B from θ of {}", names[0]),
            scale: AxisScale::Linear,
            from: 0.0,
            to: 180.0,
            format: TickFormat::Degrees,
        },
        y: Axis {
            label: "labels explained".into(),
            scale: AxisScale::Linear,
            from: 0.0,
            to: top,
            format: TickFormat::Number,
        },
        marks,
        caption: caption(scenario, landscape),
        square: false,
    }
}

/// The title; it says of how many θs the plane shows two.
fn title(scenario: &Scenario) -> String {
    match scenario.tasks().len() {
        0..=2 => "Objective of one unit, first trial: h(ψ)".to_owned(),
        k => format!("First trial: h(ψ) in the plane of 2 of the {k} θs"),
    }
}

/// A curve at evenly spaced directions and at the maxima, so that no maximum is cut off.
fn curve(landscape: &ObjectiveLandscape, height: impl Fn(f64) -> Option<f64>) -> Vec<(f64, f64)> {
    let even = (0..=POINTS).map(|i| std::f64::consts::PI * i as f64 / POINTS as f64);
    let mut angles: Vec<f64> = even.chain(landscape.summits.iter().map(|s| s.angle)).collect();
    angles.sort_by(f64::total_cmp);
    let point = |angle: f64| Some((angle.to_degrees(), height(angle)?));
    angles.into_iter().filter_map(point).filter(|(_, y)| y.is_finite()).collect()
}

/// The highest maximum as a ring, the others as triangles.
fn summits(landscape: &ObjectiveLandscape) -> Vec<Mark> {
    let point = |(angle, height): (f64, f64)| {
        let y = height / landscape.labels;
        Estimate { x: angle.to_degrees(), y, low: y, high: y }
    };
    let mut marks = Vec::new();
    let Some((highest, others)) = landscape.summits.split_first() else { return marks };
    if !others.is_empty() {
        let points = others.iter().map(|s| point((s.angle, s.height))).collect();
        let name = match others {
            [one] => format!("local {}", degrees(one.angle)),
            _ => format!("{} local maxima", others.len()),
        };
        let shape = Shape::Points { points, symbol: Symbol::Triangle };
        marks.push(Mark::new(MarkRole::Reference, shape).named(name));
    }
    let points = vec![point((highest.angle, highest.height))];
    let name = format!("highest in this plane {}", degrees(highest.angle));
    let shape = Shape::Points { points, symbol: Symbol::Ring };
    marks.push(Mark::new(MarkRole::Here, shape).named(name));
    marks
}

/// Returns true if most of the trained unit lies in the plane.
fn is_seen(unit: &&TrainedUnit) -> bool {
    unit.inside >= LEAST
}

/// The trained unit on the curve, at the direction of its projection.
fn unit_mark(landscape: &ObjectiveLandscape, unit: &TrainedUnit) -> Mark {
    let y = landscape.share(unit.angle);
    let points = vec![Estimate { x: unit.angle.to_degrees(), y, low: y, high: y }];
    let shape = Shape::Points { points, symbol: Symbol::Diamond };
    Mark::new(MarkRole::Shared, shape).named(format!("B, trained {}", degrees(unit.angle)))
}

fn degrees(angle: f64) -> String {
    format!("{}°", fixed(angle.to_degrees(), 0))
}

fn caption(scenario: &Scenario, landscape: &ObjectiveLandscape) -> String {
    let unit = landscape.unit.map_or(String::new(), |unit| {
        let (kind, inside) = (words::found(unit.kind), 100.0 * unit.inside);
        let place = match is_seen(&&unit) {
            true => {
                format!("projected on the plane, in which {inside:.0} % of its squared length lies")
            }
            false => format!(
                "is not drawn, because only {inside:.0} % of its squared length lies in the plane"
            ),
        };
        format!(
            " B: the trained unit ({kind}), the best of all directions, {place}; ring: the best \
             direction within the plane."
        )
    });
    let population = match landscape.population {
        Some(_) => {
            " Dashed (population): h with the covariances Σᵢ of the rows in place of the drawn rows, \
             and without noise."
        }
        None => "",
    };
    let wide = if landscape.width > 1 {
        format!(" The model has {} units; h is the objective of one.", landscape.width)
    } else {
        String::new()
    };
    format!(
        "First trial, seed {}: h(B) = Σᵢ αᵢ ⟨XᵢB/‖XᵢB‖, yᵢ⟩² (eq. 4) of all tasks, over \
         Σᵢ αᵢ‖yᵢ‖², for B = cos ψ e₁ + sin ψ e₂ in the {}; the sign of B is \
         arbitrary.{population}{unit}\
         {wide} {}",
        scenario.draft().seed,
        words::plane(scenario).replacen('P', "p", 1),
        words::setting(scenario, |_| false)
    )
}
