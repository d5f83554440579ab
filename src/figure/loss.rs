//! Training loss during descent, with the optima as horizontal lines.

use super::{Axis, AxisScale, Dash, Figure, Mark, MarkRole, Shape, TickFormat, words};
use crate::scenario::Scenario;
use crate::study::training_run::{LossRecord, OptimalLosses, TrainingRun};

/// Draws a training run; horizontal lines mark the losses at the optima.
pub fn figure(scenario: &Scenario, descent: &TrainingRun, floor: &OptimalLosses) -> Figure {
    let names = scenario.pair().map(|i| scenario.tasks()[i].name.as_str());
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
    let level = |role: MarkRole, y: f64| Mark::new(role, Shape::Level { y, dash: Dash::Dotted });
    let marks = vec![
        level(MarkRole::Reference, floor.alone).named("the optima"),
        level(MarkRole::Source, floor.joint[1]),
        level(MarkRole::Target, floor.joint[0]),
        line(MarkRole::Reference, Dash::DashDot, format!("{} alone", names[0]), &|r| r.alone),
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
             descent, {} steps. Dotted lines: the optima; verdicts use only these. {}",
            scenario.loss().name(),
            scenario.draft().seed,
            descent.steps(),
            words::setting(scenario, |_| false)
        ),
        square: false,
    }
}

/// The range of the vertical axis, with a margin.
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
    (low / margin, high * margin)
}
