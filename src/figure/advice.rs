//! Figures of advice: the confirmed plans, and the best one with fewer and more rows.

use super::gain::{estimate, place, vertical};
use super::methods::{self, MethodGain};
use super::{
    Axis, AxisScale, Dash, Estimate, Figure, Mark, MarkRole, Shape, Symbol, TickFormat, words,
};
use crate::advice::Advice;
use crate::math::stats::{Interval, LEVEL};
use crate::scenario::Scenario;

/// The baseline of all plans.
const ALONE: &str = "every task alone (ridge)";

/// Draws the gain of every confirmed plan. `None` if no gain is known.
pub fn plans(scenario: &Scenario, advice: &Advice) -> Option<Figure> {
    let gain = |plan| -> Option<MethodGain<'_>> {
        let plan: &crate::advice::ConfirmedPlan = plan;
        Some(MethodGain { name: &plan.name, gain: plan.gain? })
    };
    let gains: Vec<MethodGain<'_>> = advice.confirmed.iter().filter_map(gain).collect();
    let figure = methods::figure(scenario, "all tasks", ALONE, &gains, advice.trials.confirm)?;
    let best = advice.best()?.plan.words(&advice.tasks);
    Some(Figure {
        id: "advice-plans",
        title: "Gain of the plans on test rows".into(),
        x: Axis { label: "plan".into(), ..figure.x },
        caption: format!("Best plan: {best}. {}", figure.caption),
        ..figure
    })
}

/// Draws the gain of the best plan against the number of training rows. `None` if no gain is known.
pub fn rows(scenario: &Scenario, advice: &Advice) -> Option<Figure> {
    let known: Vec<(f64, Interval)> =
        advice.curve.iter().filter_map(|point| Some((point.rows, point.gain?))).collect();
    let (first, last) = (known.first()?.0, known.last()?.0);
    let y = vertical(std::iter::empty(), known.iter().map(|(_, gain)| *gain));
    let points: Vec<Estimate> = known.iter().map(|(x, gain)| estimate(&y, *x, gain)).collect();
    let line = points.iter().map(|point| (point.x, point.y)).collect();
    let trials = advice.trials.confirm / 2;
    let zero = Shape::Level { y: place(&y, 0.0), dash: Dash::Dashed };
    let marks = vec![
        Mark::new(MarkRole::Reference, zero).named(ALONE),
        Mark::new(MarkRole::Measured, Shape::Line { points: line, dash: Dash::Dotted }),
        Mark::new(MarkRole::Measured, Shape::Points { points, symbol: Symbol::Disc })
            .named(format!("best plan ({trials} trials, {LEVEL})")),
    ];
    let best = advice.best()?.plan.words(&advice.tasks);
    Some(Figure {
        id: "advice-rows",
        title: "Gain of the best plan against training rows".into(),
        x: Axis {
            label: "training rows of a task".into(),
            scale: AxisScale::Log,
            from: first / 1.2,
            to: last * 1.2,
            format: TickFormat::Whole,
        },
        y,
        marks,
        caption: format!(
            "The plan: {best}. Bars: paired {LEVEL} intervals, n = {trials} trials per point, seed \
             {}. Gain = 1 − E[error] / E[error of {ALONE}], {}. {}",
            scenario.draft().seed,
            words::error(scenario),
            words::setting(scenario, |_| false)
        ),
        square: false,
    })
}
