//! The task weights of every scheme in the first trial.

use super::{
    Axis, AxisScale, Dash, Estimate, Figure, Mark, MarkRole, Shape, Symbol, TickFormat, words,
};
use crate::method::Weighting;
use crate::scenario::{Group, Scenario};
use crate::study::Comparison;

/// Weights of a task that differ by a smaller share of the axis stand side by side, so that their
/// marks do not hide each other.
const NEAR: f64 = 0.045;

/// Distance of marks side by side, and the most width over which those of a task are spread.
const APART: f64 = 0.34;
const SPREAD: f64 = 0.8;

/// Weights that differ by a smaller share of themselves are equal.
const SAME: f64 = 1e-9;

/// From this many tasks on, the tasks stand below each other.
const MANY: usize = 5;

/// Draws the weights of a comparison of the schemes on a scenario, scaled to a mean of 1: uniform
/// weights and both forms of Algorithm 2 first, then the others. Symbols distinguish the schemes.
pub fn figure(scenario: &Scenario, comparison: &Comparison) -> Figure {
    let schemes = schemes(comparison);
    let finite = |weight: &&f64| weight.is_finite();
    let all = || schemes.iter().flat_map(|scheme| scheme.weights.iter().filter(finite));
    let highest = all().copied().fold(1.0, f64::max);
    let names = names(scenario);
    let down = names.len() >= MANY;
    let mean = match down {
        true => Shape::Upright { x: 1.0, dash: Dash::Dotted },
        false => Shape::Level { y: 1.0, dash: Dash::Dotted },
    };
    let mut marks = vec![Mark::new(MarkRole::Reference, mean).of("mean")];
    let places: Vec<Vec<f64>> = (0..names.len())
        .map(|task| {
            let own = schemes.iter().map(|s| s.weights.get(task).copied().unwrap_or(f64::NAN));
            side_by_side(&own.collect::<Vec<_>>(), NEAR * highest)
        })
        .collect();
    for (place, scheme) in schemes.iter().enumerate() {
        let known = scheme.weights.iter().enumerate().filter(|(_, weight)| weight.is_finite());
        let points = known
            .map(|(task, &weight)| {
                let at = task as f64 + places.get(task).map_or(0.0, |places| places[place]);
                let (x, y) = if down { (weight, at) } else { (at, weight) };
                Estimate { x, y, low: y, high: y }
            })
            .collect();
        let series = series(scheme.weighting);
        let shape = Shape::Points { points, symbol: Symbol::of_series(series) };
        marks.push(Mark::new(MarkRole::Series(series), shape).named(scheme.label.clone()));
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
             ratios matter. They are computed, not estimated, so they have no interval. {}{}",
            scenario.draft().seed,
            explained(comparison),
            words::setting(scenario, |handle| handle.knob.name == "weights")
        ),
        square: false,
    }
}

/// The places of the marks of one task beside its middle: those of nearly the same weight stand side
/// by side.
fn side_by_side(weights: &[f64], near: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..weights.len()).filter(|i| weights[*i].is_finite()).collect();
    order.sort_by(|a, b| weights[*a].total_cmp(&weights[*b]));
    let mut places = vec![0.0; weights.len()];
    for run in order.chunk_by(|a, b| weights[*b] - weights[*a] < near) {
        let mut ends: Vec<f64> = Vec::new();
        let mut rows = Vec::new();
        for &mark in run {
            let row = ends.iter().position(|end| weights[mark] - end >= near);
            let row = row.unwrap_or(ends.len());
            if row == ends.len() {
                ends.push(weights[mark]);
            }
            ends[row] = weights[mark];
            rows.push(row);
        }
        let middle = (ends.len() as f64 - 1.0) / 2.0;
        let apart = APART.min(SPREAD / ends.len() as f64);
        for (&mark, row) in run.iter().zip(rows) {
            places[mark] = (row as f64 - middle) * apart;
        }
    }
    places
}

/// Schemes that weight every task alike.
struct Scheme<'a> {
    /// The first of them; decides symbol and colour.
    weighting: Weighting,
    /// The names of all.
    label: String,
    weights: &'a [f64],
}

/// The schemes in order, with their weights; those that weight every task alike are one.
fn schemes(comparison: &Comparison) -> Vec<Scheme<'_>> {
    let mut all: Vec<_> = comparison.weights.iter().collect();
    all.sort_by_key(|(approach, _)| series(approach.weighting));
    let alike = |one: &[f64], other: &[f64]| {
        one.iter().zip(other).all(|(a, b)| (a - b).abs() <= SAME * a.abs())
    };
    let mut found: Vec<Scheme<'_>> = Vec::new();
    for (approach, weights) in all {
        let (weighting, label) = (approach.weighting, approach.weighting.scheme().label);
        match found.iter_mut().find(|known| alike(known.weights, weights)) {
            Some(known) => known.label += &format!(", {label}"),
            None => found.push(Scheme { weighting, label: label.to_owned(), weights }),
        }
    }
    found
}

/// The place of a scheme among all, the same in every figure: it decides its order, its symbol and
/// its colour. Uniform weights and both forms of Algorithm 2 come first.
fn series(weighting: Weighting) -> u8 {
    match weighting {
        Weighting::Uniform => 0,
        Weighting::Svd => 1,
        Weighting::SvdPrinted => 2,
        Weighting::ByScale => 3,
        Weighting::Uncertainty => 4,
        Weighting::Oracle => 5,
        Weighting::BySize => 6,
        Weighting::PlugIn => 7,
        Weighting::Manual => 8,
        Weighting::Random => 9,
    }
}

/// Explains the schemes of a comparison in one sentence, with a space behind it; empty if none needs
/// words.
fn explained(comparison: &Comparison) -> String {
    let mut drawn: Vec<Weighting> =
        comparison.weights.iter().map(|(approach, _)| approach.weighting).collect();
    drawn.sort_by_key(|weighting| series(*weighting));
    drawn.dedup();
    let words = drawn.into_iter().filter_map(|weighting| match weighting {
        Weighting::Uniform => None,
        Weighting::Svd => Some("SVD: Algorithm 2 on labels scaled to a mean square of 1"),
        Weighting::SvdPrinted => Some("SVD as printed: on the labels as they are"),
        Weighting::ByScale => Some("by scale: one over the mean square of the labels"),
        Weighting::Uncertainty => {
            Some("uncertainty: one over the mean squared error after joint training")
        }
        Weighting::Manual => Some("manual: the given numbers"),
        Weighting::BySize => Some("by size: α = 1/m for m rows"),
        Weighting::Random => Some("random: the mean of its draws"),
        Weighting::Oracle => Some("oracle: least error by theory, which knows the population"),
        Weighting::PlugIn => Some("plug-in: least error by theory with estimates from the rows"),
    });
    let words: Vec<&str> = words.collect();
    let mut letters = words.join("; ");
    if letters.is_empty() {
        return letters;
    }
    letters.get_mut(..1).into_iter().for_each(str::make_ascii_uppercase);
    format!("{letters}. ")
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
