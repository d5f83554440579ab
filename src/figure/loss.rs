//! Training loss along a descent, with the optima as rules.

use super::words;
use super::{Axis, Dash, Figure, Format, Mark, Role, Scale, Shape};
use crate::scenario::Scenario;
use crate::study::Course;
use crate::study::course::{Floor, Record};

/// Draws a course; the rules are the losses at the optima.
pub fn figure(scenario: &Scenario, course: &Course, floor: &Floor) -> Figure {
    let names = scenario.pair().map(|i| scenario.tasks()[i].name.as_str());
    let line = |role: Role, dash: Dash, name: String, loss: &dyn Fn(&Record) -> f64| {
        let points: Vec<(f64, f64)> = course
            .history
            .iter()
            .filter(|record| record.step > 0)
            .map(|record| (record.step as f64, loss(record)))
            .filter(|(_, y)| *y > 0.0)
            .collect();
        Mark::new(role, Shape::Line { points, dash }).named(name)
    };
    let level = |role: Role, y: f64| Mark::new(role, Shape::Level { y, dash: Dash::Dotted });
    let marks = vec![
        level(Role::Reference, floor.alone),
        level(Role::Source, floor.joint[1]),
        level(Role::Target, floor.joint[0]),
        line(Role::Reference, Dash::Dotted, format!("{} alone", names[0]), &|r| r.alone),
        line(Role::Source, Dash::Dashed, names[1].to_owned(), &|r| r.joint[1]),
        line(Role::Target, Dash::Solid, names[0].to_owned(), &|r| r.joint[0]),
    ];
    let (low, high) = range(course, floor);
    Figure {
        id: "loss",
        title: "Training loss, together and alone".into(),
        x: Axis {
            label: "descent step".into(),
            scale: Scale::Log,
            from: 1.0,
            to: (course.steps() as f64 * 1.1).max(100.0),
            format: Format::Number,
        },
        y: Axis {
            label: format!("{} loss per row", scenario.loss().name()),
            scale: Scale::Log,
            from: low,
            to: high,
            format: Format::Number,
        },
        marks,
        caption: format!(
            "Mean {} loss per row on the data of the first trial, seed {}. Lines: gradient \
             descent, {} steps. Dotted rules: the optima, from which alone verdicts come. {}",
            scenario.loss().name(),
            scenario.draft().seed,
            course.steps(),
            words::setting(scenario, |_| false)
        ),
        square: false,
    }
}

/// Ends of the vertical axis, a margin outside all that is drawn.
fn range(course: &Course, floor: &Floor) -> (f64, f64) {
    let records = course.history.iter().filter(|record| record.step > 0 || course.steps() == 0);
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
