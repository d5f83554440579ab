//! Training loss during descent, with the optima as horizontal lines.

use super::{Axis, AxisScale, Dash, Figure, Mark, MarkRole, Shape, TickFormat, words};
use crate::method::Weighting;
use crate::scenario::Scenario;
use crate::study::training_run::{LossRecord, OptimalLosses, TrainingRun};

/// Percentages of the sum of losses that do not matter.
const ALIKE: f64 = 0.005;
/// A minimum with a sum that is fewer percent larger is nearly equal.
const NEARLY: f64 = 1.0;
/// Two minima with losses of a task that differ by a larger share are different.
const APART: f64 = 0.1;

/// What the name of an optimum begins with.
const OPTIMUM: &str = "optimum of ";

/// Leading digits at which the vertical axis may end, over a small range and over a large one.
const ENDS: [f64; 8] = [1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0, 10.0];
const WIDE_ENDS: [f64; 3] = [1.0, 3.0, 10.0];

/// Draws a training run; horizontal lines mark the losses at the optima.
pub fn figure(scenario: &Scenario, descent: &TrainingRun, floor: &OptimalLosses) -> Figure {
    let names = scenario.pair().map(|i| scenario.tasks()[i].name.as_str());
    let alone = format!("{} alone", names[0]);
    let line = |role: MarkRole, dash: Dash, name: String, loss: &dyn Fn(&LossRecord) -> f64| {
        let points: Vec<(f64, f64)> = descent
            .history
            .iter()
            .filter(|record| record.step > 0)
            .map(|record| (record.step as f64, loss(record)))
            .filter(|(_, y)| *y > 0.0)
            .collect();
        Mark::new(role, Shape::Line { points, dash }).named(name)
    };
    let level = |role: MarkRole, name: &str, y: f64| {
        let name = format!("{OPTIMUM}{name}");
        Mark::new(role, Shape::Level { y, dash: Dash::Dotted }).of(&*name).labelled([name])
    };
    let marks = vec![
        level(MarkRole::Reference, &alone, floor.alone).named("optima"),
        level(MarkRole::Source, names[1], floor.joint[1]),
        level(MarkRole::Target, names[0], floor.joint[0]),
        line(MarkRole::Reference, Dash::DashDot, alone, &|r| r.alone),
        line(MarkRole::Source, Dash::Dashed, names[1].to_owned(), &|r| r.joint[1]),
        line(MarkRole::Target, Dash::Solid, names[0].to_owned(), &|r| r.joint[0]),
    ];
    let (low, high) = range(descent, floor);
    Figure {
        id: "loss",
        title: "Training loss, together and alone".into(),
        x: Axis {
            label: "descent step".into(),
            scale: AxisScale::Log,
            from: 1.0,
            to: (descent.steps() as f64 * 1.1).max(100.0),
            format: TickFormat::Number,
        },
        y: Axis {
            label: format!("{} loss per row", scenario.loss().name()),
            scale: AxisScale::Log,
            from: low,
            to: high,
            format: TickFormat::Number,
        },
        marks,
        caption: format!(
            "Mean {} loss per row on the data of the first trial, seed {}. Lines: gradient \
             descent, {} steps. Dotted lines: the optima; verdicts use only these. {}{}{}",
            scenario.loss().name(),
            scenario.draft().seed,
            descent.steps(),
            compared(names, descent, floor),
            minimised(scenario, descent, floor),
            words::setting(scenario, |_| false)
        ),
        square: false,
    }
}

/// The figure with its optima in the legend, in the order of their lines from above, instead of beside
/// the lines, for files.
pub fn explained(mut figure: Figure) -> Figure {
    let mut optima: Vec<(f64, String)> = Vec::new();
    for mark in &mut figure.marks {
        match (&mark.shape, &mut mark.name) {
            (Shape::Level { y, .. }, _) => {
                mark.labels.clear();
                let name = mark.series.clone().unwrap_or_default();
                optima.push((*y, name.trim_start_matches(OPTIMUM).to_owned()));
            }
            (Shape::Line { .. }, Some(name)) if mark.role != MarkRole::Reference => {
                name.push_str(" together");
            }
            _ => {}
        }
    }
    optima.sort_by(|a, b| b.0.total_cmp(&a.0));
    let names: Vec<String> = optima.into_iter().map(|(_, name)| name).collect();
    let is_optima = |mark: &&mut Mark| matches!(mark.shape, Shape::Level { .. });
    if let Some(first) = figure.marks.iter_mut().find(is_optima) {
        first.name = Some(format!("optima, from above: {}", names.join(", ")));
    }
    figure
}

/// Compares the losses at the end of the descent with those at the optima.
fn compared(names: [&str; 2], descent: &TrainingRun, floor: &OptimalLosses) -> String {
    let Some(last) = descent.history.last() else { return String::new() };
    let said = |name: &str, end: f64, optimum: f64| {
        format!("{name} {} ({})", words::short(end), words::short(optimum))
    };
    format!(
        "Loss at the last step, and at the optimum in parentheses: {}, {}, {}. ",
        said(&format!("{} alone", names[0]), last.alone, floor.alone),
        said(&format!("{} together", names[0]), last.joint[0], floor.joint[0]),
        said(&format!("{} together", names[1]), last.joint[1], floor.joint[1])
    )
}

/// Returns true if the descent ends with other losses of the tasks than those at the optimum.
fn is_elsewhere(descent: &TrainingRun, floor: &OptimalLosses) -> bool {
    let Some(last) = descent.history.last() else { return false };
    let pairs = last.joint.into_iter().zip(floor.joint);
    pairs.into_iter().any(|(end, optimum)| (end / optimum - 1.0).abs() > APART)
}

/// Says what joint training minimises: at the optimum of the sum, one task may have a larger loss
/// than elsewhere.
fn minimised(scenario: &Scenario, descent: &TrainingRun, floor: &OptimalLosses) -> String {
    let count = scenario.tasks().len();
    if count < 2 {
        return String::new();
    }
    let weighted =
        if scenario.approach().weighting == Weighting::Uniform { "" } else { "weighted " };
    let sums = match scenario.real() {
        Some(_) => String::new(),
        None => {
            let above = 100.0 * (descent.joint.loss / floor.sum - 1.0);
            match above {
                a if a.abs() < ALIKE => ": the sum ends at its optimum".to_owned(),
                a if a > 0.0 && a < NEARLY && is_elsewhere(descent, floor) => format!(
                    ": the sum ends {} % above its optimum, at another, nearly equal minimum",
                    words::short(a)
                ),
                a if a > 0.0 => format!(": the sum ends {} % above its optimum", words::short(a)),
                _ => String::new(),
            }
        }
    };
    format!(
        "Training together minimises the {weighted}sum over all rows of all {count} tasks, not the \
         loss of each{sums}. "
    )
}

/// The range of the vertical axis, with a margin, between round ends.
fn range(descent: &TrainingRun, floor: &OptimalLosses) -> (f64, f64) {
    let records = descent.history.iter().filter(|record| record.step > 0 || descent.steps() == 0);
    let losses = records.flat_map(|record| [record.joint[0], record.joint[1], record.alone]);
    let all = losses.chain([floor.joint[0], floor.joint[1], floor.alone]);
    let (low, high) = all
        .filter(|y| *y > 1e-12 && y.is_finite())
        .fold((f64::INFINITY, 0.0_f64), |(low, high), y| (low.min(y), high.max(y)));
    if low > high {
        return (0.1, 1.0);
    }
    let margin = (high / low).max(1.2).powf(0.07);
    let (low, high) = (low / margin, high * margin);
    if high / low < 10.0 {
        (round(low, &ENDS, false), round(high, &ENDS, true))
    } else {
        (round(low, &WIDE_ENDS, false), high)
    }
}

/// The nearest value above or below with one of some leading digits.
fn round(value: f64, digits: &[f64], up: bool) -> f64 {
    let power = 10_f64.powf(value.log10().floor());
    let mut ends = digits.iter().map(|digit| digit * power);
    let found = if up { ends.find(|end| *end >= value) } else { ends.rfind(|end| *end <= value) };
    found.unwrap_or(value)
}
