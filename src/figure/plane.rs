//! The plane of two θs: arrows, ellipses of the rows, the shared module.

use nalgebra::{Matrix2, Vector2};

use super::{Axis, AxisScale, Dash, Figure, Mark, MarkRole, Shape, TickFormat, words};
use crate::scenario::Scenario;
use crate::transfer::Plane;

/// Ellipses that differ by less lie on each other; the longest half-axis is 1.
const ON_EACH_OTHER: f64 = 0.01;

/// Draws the plane of the first trial. `optimum` is the direction of B at the exact optimum,
/// `descent` its current direction in gradient descent; both are lines through the origin, because
/// their sign is arbitrary. Dashed and dotted lines lie on top of solid ones, so that both are
/// visible where they coincide.
pub fn figure(
    scenario: &Scenario,
    plane: &Plane,
    optimum: Option<Vector2<f64>>,
    descent: Option<Vector2<f64>>,
) -> Figure {
    let order = [(MarkRole::Target, 0), (MarkRole::Source, 1)];
    let dash = |role: MarkRole| if role == MarkRole::Target { Dash::Solid } else { Dash::Dashed };
    let mut marks = Vec::new();
    for (role, i) in order {
        let map = rows(&plane.ellipses[i]);
        let name = format!("rows of {}", scenario.tasks()[scenario.pair()[i]].name);
        marks.push(Mark::new(role, Shape::Ellipse { map, dash: dash(role) }).of(name));
    }
    if let Some(b) = optimum {
        marks.push(through(MarkRole::Shared, b, Dash::Solid).named("B"));
    }
    if let Some(b) = descent {
        marks.push(through(MarkRole::Reference, b, Dash::Dotted).named("descent"));
    }
    for (role, i) in order {
        let arrow = Shape::Arrow { from: (0.0, 0.0), to: tip(&plane.thetas[i]), dash: dash(role) };
        marks
            .push(Mark::new(role, arrow).named(scenario.tasks()[scenario.pair()[i]].name.as_str()));
    }
    let names = scenario.pair().map(|i| scenario.tasks()[i].name.as_str());
    let alike = match (plane.ellipses[0] - plane.ellipses[1]).norm() < ON_EACH_OTHER {
        true => "The two ellipses lie on each other. ",
        false => "",
    };
    let module = match optimum {
        None => "",
        Some(_) => {
            "B: the projection of its unit vector at the optimum on this plane; its sign is \
             arbitrary. "
        }
    };
    let axis = |label: &str| Axis {
        label: label.into(),
        scale: AxisScale::Linear,
        from: -1.15,
        to: 1.15,
        format: TickFormat::Number,
    };
    Figure {
        id: "plane",
        title: title(scenario),
        x: axis(&format!("along θ of {}", along(scenario))),
        y: axis("across"),
        marks,
        caption: format!(
            "{}, seed {}. Arrows: θ of {} and {}; ellipses: spread of \
             their rows in this plane, each scaled to a longest half-axis of 1. {alike}{module}{}{}",
            drawn(scenario),
            scenario.draft().seed,
            names[0],
            names[1],
            others(scenario),
            words::setting(scenario, |_| false)
        ),
        square: true,
    }
}

/// The title; it says of how many θs the plane shows two.
fn title(scenario: &Scenario) -> String {
    match scenario.tasks().len() {
        0..=2 => "Plane of θ; ellipses: rows".to_owned(),
        k => format!("2 of {k} θs; ellipses: rows"),
    }
}

/// What the plane is drawn from.
fn drawn(scenario: &Scenario) -> &'static str {
    match scenario.real() {
        Some(_) => "Training rows of the first trial",
        None => "Population of the first trial",
    }
}

/// The task along whose θ the plane lies: by its role if there are only two.
fn along(scenario: &Scenario) -> &str {
    match scenario.tasks().len() {
        0..=2 => "the target",
        _ => &scenario.tasks()[scenario.pair()[0]].name,
    }
}

/// Says that other tasks are not drawn, with a space behind it; empty for two tasks.
fn others(scenario: &Scenario) -> String {
    match scenario.tasks().len() {
        0..=2 => String::new(),
        3 => "The third task is not drawn. ".to_owned(),
        all => format!("The other {} tasks are not drawn. ", all - 2),
    }
}

/// The figure with its ellipses in the legend, for files, where there is room.
pub fn explained(mut figure: Figure, scenario: &Scenario) -> Figure {
    figure.title = words::plane(scenario);
    for mark in &mut figure.marks {
        if matches!(mark.shape, Shape::Ellipse { .. }) {
            mark.name = mark.series.take();
        }
    }
    figure
}

/// A line through the origin, from −B to B.
fn through(role: MarkRole, b: Vector2<f64>, dash: Dash) -> Mark {
    Mark::new(role, Shape::Line { points: vec![tip(&-b), tip(&b)], dash })
}

fn tip(v: &Vector2<f64>) -> (f64, f64) {
    (v.x, v.y)
}

fn rows(m: &Matrix2<f64>) -> [[f64; 2]; 2] {
    [[m[(0, 0)], m[(0, 1)]], [m[(1, 0)], m[(1, 1)]]]
}
