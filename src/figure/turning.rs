//! Figure 2 of the paper: the direction of one shared unit as the rows of the source change.

use nalgebra::{DMatrix, DVector, Matrix2};

use super::{Axis, AxisScale, Dash, Estimate, Figure, Mark, MarkRole, Shape, Symbol, TickFormat};
use crate::math::digits::fixed;
use crate::study::turning::{Turning, degrees, target};
use crate::task::PopulationTask;

/// Series before this number have the colours of target and source.
const FIRST_SERIES: u8 = 2;
/// Number of directions at which h is drawn.
const DIRECTIONS: u32 = 360;
/// Number of settings at which the direction is drawn.
const SETTINGS: u32 = 720;
/// A larger difference between neighbouring directions, in degrees, is a jump.
const JUMP: f64 = 5.0;

/// Draws the plane: θ and rows of both tasks, and B* at each setting.
pub fn plane(turning: &Turning) -> Figure {
    let mut marks = vec![ellipse(MarkRole::Target, &target(), Dash::Solid)];
    for (series, step) in (0_u8..).zip(turning.steps) {
        let (role, dash) = (series_role(series), Dash::of_series(series));
        marks.push(ellipse(role, &turning.source(step), dash));
    }
    for (series, step) in (0_u8..).zip(turning.steps) {
        let Some(direction) = turning.direction(step) else { continue };
        let (y, x) = direction.to_radians().sin_cos();
        let shape = Shape::Line { points: vec![(-x, -y), (x, y)], dash: Dash::of_series(series) };
        let name = format!("{}: B* {}", setting(turning, step), angle(direction));
        marks.push(Mark::new(series_role(series), shape).named(name));
    }
    for (role, task, name, dash) in [
        (MarkRole::Target, target(), "θ of the target", Dash::Solid),
        (MarkRole::Source, turning.source(turning.steps[0]), "θ of the source", Dash::Dashed),
    ] {
        let to = (task.theta[0], task.theta[1]);
        marks.push(Mark::new(role, Shape::Arrow { from: (0.0, 0.0), to, dash }).named(name));
    }
    let axis = |label: &str| Axis {
        label: label.into(),
        scale: AxisScale::Linear,
        from: -1.15,
        to: 1.15,
        format: TickFormat::Number,
    };
    Figure {
        id: "turning-plane",
        title: format!("B* by {}", turning.changes),
        x: axis("along θ of the target"),
        y: axis("across"),
        marks,
        caption: format!(
            "Arrows: θ of both tasks. Ellipses: spread of their rows, each scaled to a longest \
             half-axis of 1; the target's is a circle. Lines: B* at the highest maximum of h; its \
             sign is arbitrary. {}",
            exact(turning)
        ),
        square: true,
    }
}

/// Draws h over the squared labels at each setting, with all its maxima.
pub fn landscape(turning: &Turning) -> Figure {
    let mut marks = Vec::new();
    for (role, theta, name, dash) in [
        (MarkRole::Target, 0.0, "θ of the target", Dash::Dotted),
        (MarkRole::Source, turning.theta, "θ of the source", Dash::DashDot),
    ] {
        marks.push(Mark::new(role, Shape::Upright { x: theta, dash }).named(name));
    }
    let mut highest = Vec::new();
    let mut others = Vec::new();
    for (series, step) in (0_u8..).zip(turning.steps) {
        let (landscape, labels) = (turning.landscape(step), turning.labels(step));
        let summits = landscape.summits();
        let even = (0..=DIRECTIONS).map(|i| -90.0 + 180.0 * f64::from(i) / f64::from(DIRECTIONS));
        let mut places: Vec<f64> = even.chain(summits.iter().map(|s| degrees(s.angle))).collect();
        places.sort_by(f64::total_cmp);
        let at = |x: f64| (x, landscape.at(x.to_radians()) / labels);
        let points: Vec<(f64, f64)> = places.into_iter().map(at).collect();
        let shape = Shape::Line { points, dash: Dash::of_series(series) };
        marks.push(Mark::new(series_role(series), shape).named(setting(turning, step)));
        for (i, summit) in summits.into_iter().enumerate() {
            let (x, y) = (degrees(summit.angle), summit.height / labels);
            let point = Estimate { x, y, low: y, high: y };
            if i == 0 { highest.push(point) } else { others.push(point) }
        }
    }
    for (points, symbol, role, name) in [
        (others, Symbol::Triangle, MarkRole::Reference, "local maximum"),
        (highest, Symbol::Disc, MarkRole::Theory, "B*"),
    ] {
        if !points.is_empty() {
            marks.push(Mark::new(role, Shape::Points { points, symbol }).named(name));
        }
    }
    Figure {
        id: "turning-landscape",
        title: format!("h(ψ) by {}", turning.changes),
        x: direction_axis("direction ψ of B, from θ of the target", -90.0, 90.0),
        y: Axis {
            label: "labels explained (share)".into(),
            scale: AxisScale::Linear,
            from: 0.0,
            to: 1.08,
            format: TickFormat::Number,
        },
        marks,
        caption: format!("h(B) = Σᵢ ⟨XᵢB/‖XᵢB‖, yᵢ⟩² (eq. 4) over Σᵢ ‖yᵢ‖². {}", exact(turning)),
        square: false,
    }
}

/// Draws the direction of B* along all settings; the line breaks at jumps.
pub fn direction(turning: &Turning) -> Figure {
    let (from, to) = turning.range;
    let scale = if turning.log { AxisScale::Log } else { AxisScale::Linear };
    let format = if turning.log { TickFormat::Times } else { TickFormat::Degrees };
    let x = Axis { label: turning.changes.into(), scale, from, to, format };
    let settings = (0..=SETTINGS).map(|i| x.value(f64::from(i) / f64::from(SETTINGS)));
    let all: Vec<(f64, f64)> =
        settings.filter_map(|at| Some((at, turning.direction(at)?))).collect();
    let mut marks = vec![
        Mark::new(MarkRole::Target, Shape::Level { y: 0.0, dash: Dash::Dotted })
            .named("θ of the target"),
        Mark::new(MarkRole::Source, Shape::Level { y: turning.theta, dash: Dash::DashDot })
            .named("θ of the source"),
    ];
    for (i, points) in all.chunk_by(|a, b| (a.1 - b.1).abs() < JUMP).enumerate() {
        let shape = Shape::Line { points: points.to_vec(), dash: Dash::Solid };
        let mark = Mark::new(MarkRole::Shared, shape);
        marks.push(if i == 0 { mark.named("B*") } else { mark });
    }
    let ends = all.iter().map(|point| point.1).chain([0.0, turning.theta]);
    let (low, high) =
        ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), y| (l.min(y), h.max(y)));
    let margin = 0.08 * (high - low);
    Figure {
        id: "turning-direction",
        title: format!("Direction of B* by {}", turning.changes),
        x,
        y: direction_axis("direction of B*", low - margin, high + margin),
        marks,
        caption: format!("B* at the highest maximum of h (eq. 4). {}", exact(turning)),
        square: false,
    }
}

fn direction_axis(label: &str, from: f64, to: f64) -> Axis {
    Axis { label: label.into(), scale: AxisScale::Linear, from, to, format: TickFormat::Degrees }
}

fn ellipse(role: MarkRole, task: &PopulationTask, dash: Dash) -> Mark {
    let factor = &task.factor;
    let widest = widest(factor);
    let map = Matrix2::from_fn(|i, j| factor[(i, j)] / widest);
    let map = [[map[(0, 0)], map[(0, 1)]], [map[(1, 0)], map[(1, 1)]]];
    Mark::new(role, Shape::Ellipse { map, dash })
}

/// The largest eigenvalue of a symmetric factor (2 × 2).
fn widest(factor: &DMatrix<f64>) -> f64 {
    let values: DVector<f64> = factor.clone().symmetric_eigenvalues();
    values.amax().max(f64::MIN_POSITIVE)
}

fn series_role(series: u8) -> MarkRole {
    MarkRole::Series(series + FIRST_SERIES)
}

/// A setting as text.
fn setting(turning: &Turning, step: f64) -> String {
    if turning.log { format!("×{step}") } else { format!("{step}°") }
}

fn angle(degrees: f64) -> String {
    format!("{}°", fixed(degrees, 1))
}

fn exact(turning: &Turning) -> String {
    let rows = match turning.rows {
        1.0 => "as many rows as the target".to_owned(),
        rows => format!("{rows} rows per row of the target"),
    };
    format!(
        "Computed from the populations, d = 2, no noise: nothing is random, so n = 0 trials, no \
         seed and ± 0. Target: θ at 0°, isotropic rows; source: θ at {}°, {rows}.",
        turning.theta
    )
}
