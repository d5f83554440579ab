//! The task weights of every scheme in the first trial.

use super::{
    Axis, AxisScale, Dash, Estimate, Figure, Mark, MarkRole, Shape, Symbol, TickFormat, words,
};
use crate::method::Weighting;
use crate::scenario::{Group, Scenario};
use crate::study::Comparison;

/// The width over which the schemes of a task are spread.
const SPREAD: f64 = 0.7;

/// Weights that differ by a smaller share of themselves are equal.
const SAME: f64 = 1e-9;

/// From this many tasks on, the tasks stand below each other.
const MANY: usize = 5;

/// Draws the weights of a comparison of the schemes on a scenario, scaled to a mean of 1: uniform
/// weights and both forms of Algorithm 2 first, then the others. Symbols distinguish the schemes.
pub fn figure(scenario: &Scenario, comparison: &Comparison) -> Figure {
    let schemes = schemes(comparison);
    let count = schemes.len().max(1) as f64;
    let place =
        |task: usize, scheme: usize| task as f64 + SPREAD * ((scheme as f64 + 0.5) / count - 0.5);
    let names = names(scenario);
    let down = names.len() >= MANY;
    let mean = match down {
        true => Shape::Upright { x: 1.0, dash: Dash::Dotted },
        false => Shape::Level { y: 1.0, dash: Dash::Dotted },
    };
    let mut marks = vec![Mark::new(MarkRole::Reference, mean).of("mean")];
    let mut highest = 1.0_f64;
    for (scheme, (label, weights)) in schemes.into_iter().enumerate() {
        let known = weights.iter().enumerate().filter(|(_, weight)| weight.is_finite());
        let points: Vec<Estimate> = known
            .map(|(task, &weight)| {
                highest = highest.max(weight);
                let at = place(task, scheme);
                let (x, y) = if down { (weight, at) } else { (at, weight) };
                Estimate { x, y, low: y, high: y }
            })
            .collect();
        let (role, series) = (MarkRole::Series(scheme as u8), scheme as u8);
        let shape = Shape::Points { points, symbol: Symbol::of_series(series) };
        marks.push(Mark::new(role, shape).named(label));
    }
    let weight = Axis {
        label: "weight α (mean 1)".into(),
        scale: AxisScale::Linear,
        from: 0.0,
        to: 1.08 * highest,
        format: TickFormat::Number,
    };
    let tasks = Axis::of_names("task", names);
    let (x, y) = match down {
        true => (weight, Axis { from: tasks.to, to: tasks.from, ..tasks }),
        false => (tasks, weight),
    };
    Figure {
        id: "weights",
        title: "Task weights α of every scheme".into(),
        x,
        y,
        marks,
        caption: format!(
            "Weights of the first trial, seed {}, scaled to a mean of 1 (dotted line): only their \
             ratios matter. They are computed, not estimated, so they have no interval. By size: α \
             = 1/m for m rows; by scale: one over the mean square of the labels; SVD: Algorithm 2 \
             on labels scaled to a mean square of 1; SVD as printed: on the labels as they are; \
             uncertainty: one over the mean squared error after joint training; random: the mean \
             of its draws. {}",
            scenario.draft().seed,
            words::setting(scenario, |handle| handle.knob.name == "weights")
        ),
        square: false,
    }
}

/// The schemes in order, with their weights; those that weight every task alike are one.
fn schemes(comparison: &Comparison) -> Vec<(String, &[f64])> {
    let mut all: Vec<_> = comparison.weights.iter().collect();
    all.sort_by_key(|(approach, _)| rank(approach.weighting));
    let alike = |one: &[f64], other: &[f64]| {
        one.iter().zip(other).all(|(a, b)| (a - b).abs() <= SAME * a.abs())
    };
    let mut found: Vec<(String, &[f64])> = Vec::new();
    for (approach, weights) in all {
        let label = approach.weighting.scheme().label;
        match found.iter_mut().find(|(_, known)| alike(known, weights)) {
            Some((labels, _)) => *labels += &format!(", {label}"),
            None => found.push((label.to_owned(), weights)),
        }
    }
    found
}

/// The order of the schemes: uniform, both forms of Algorithm 2, then the others.
fn rank(weighting: Weighting) -> usize {
    match weighting {
        Weighting::Uniform => 0,
        Weighting::Svd => 1,
        Weighting::SvdPrinted => 2,
        _ => 3,
    }
}

/// A name for each task; the tasks of a group are numbered.
fn names(scenario: &Scenario) -> Vec<String> {
    let of_group = |group: &Group| {
        let several = group.tasks.len() > 1;
        let name = group.name.clone();
        (1..=group.tasks.len())
            .map(move |i| if several { format!("{name} {i}") } else { name.clone() })
    };
    scenario.groups().iter().flat_map(of_group).collect()
}
