//! Figures of advice: the confirmed plans, and the best one with fewer and more rows.

use super::gain::{estimate, vertical};
use super::{
    Axis, AxisScale, Dash, Estimate, Figure, Mark, MarkRole, Shape, Symbol, TickFormat, words,
};
use crate::advice::{Advice, ConfirmedPlan};
use crate::math::stats::{Interval, LEVEL};
use crate::method::Weighting;
use crate::scenario::Scenario;

/// The baseline of all plans.
const ALONE: &str = "every task alone (ridge)";

/// Draws the gain of every confirmed plan. `None` if no gain is known.
pub fn plans(scenario: &Scenario, advice: &Advice) -> Option<Figure> {
    let plans = advice.confirmed.iter().enumerate();
    let known: Vec<(String, Interval)> =
        plans.filter_map(|(place, plan)| Some((short(place, plan), plan.gain?))).collect();
    known.first()?;
    let y = vertical(std::iter::empty(), known.iter().map(|(_, gain)| *gain));
    let points = known.iter().enumerate().map(|(x, (_, gain))| estimate(x as f64, gain));
    let points = Shape::Points { points: points.collect(), symbol: Symbol::Disc };
    let zero = Shape::Level { y: 0.0, dash: Dash::Dashed };
    let trials = advice.trials.confirm;
    let marks = vec![
        Mark::new(MarkRole::Reference, zero).named(ALONE),
        Mark::new(MarkRole::Measured, points).named(words::counted("plan", trials)),
    ];
    Some(Figure {
        id: "advice-plans",
        title: "Gain of the plans on test rows".into(),
        x: Axis::of_names("plan", known.iter().map(|(name, _)| name.as_str())),
        y,
        marks,
        caption: format!(
            "{} In the names of the other plans r is the width of the shared module; \
             scaled: the labels of each task count as if their mean square were 1.",
            caption(scenario, advice, &format!("n = {trials} trials"))
        ),
        square: false,
    })
}

/// A short name of a plan: the first is the best; one of all tasks has its width, and its weights if
/// they are not uniform.
fn short(place: usize, plan: &ConfirmedPlan) -> String {
    match plan.plan.models.as_slice() {
        _ if place == 0 => "best plan".to_owned(),
        [only] => {
            let weights = match only.weights {
                Weighting::Uniform => String::new(),
                Weighting::ByScale => ", scaled".to_owned(),
                other => format!(", {}", other.scheme().label),
            };
            format!("all, r = {}{weights}", only.width)
        }
        _ => "by validation".to_owned(),
    }
}

/// The best plan, the protocol and the setting.
fn caption(scenario: &Scenario, advice: &Advice, trials: &str) -> String {
    let best = advice.best().map(|best| best.plan.words(&advice.tasks)).unwrap_or_default();
    format!(
        "Best plan: {best}. Bars: paired intervals, {LEVEL} for all plans of the page at once, \
         {trials}, seed {}. Gain = 1 − E[error] \
         / E[error of {ALONE}] in the mean error of the tasks, {}. {}",
        scenario.draft().seed,
        advice.error(),
        words::title(scenario)
    )
}

/// Draws the gain of the best plan against the number of training rows. `None` if no gain is known.
pub fn rows(scenario: &Scenario, advice: &Advice) -> Option<Figure> {
    let known: Vec<(f64, Interval)> =
        advice.curve.iter().filter_map(|point| Some((point.rows, point.gain?))).collect();
    let (first, last) = (known.first()?.0, known.last()?.0);
    let y = vertical(std::iter::empty(), known.iter().map(|(_, gain)| *gain));
    let points: Vec<Estimate> = known.iter().map(|(x, gain)| estimate(*x, gain)).collect();
    let line = points.iter().map(|point| (point.x, point.y)).collect();
    let (least, most) = trials(advice);
    let n = if least == most { format!("{least}") } else { format!("{least} to {most}") };
    let zero = Shape::Level { y: 0.0, dash: Dash::Dashed };
    let marks = vec![
        Mark::new(MarkRole::Reference, zero).named(ALONE),
        Mark::new(MarkRole::Measured, Shape::Line { points: line, dash: Dash::Dotted }),
        Mark::new(MarkRole::Measured, Shape::Points { points, symbol: Symbol::Disc })
            .named(words::counted("best plan", n)),
    ];
    Some(Figure {
        id: "advice-rows",
        title: "Gain of the best plan against training rows".into(),
        x: Axis {
            label: "training rows per task, on average".into(),
            scale: AxisScale::Log,
            from: first / 1.2,
            to: last * 1.2,
            format: TickFormat::At(known.iter().map(|(rows, _)| rows.round() as u64).collect()),
        },
        y,
        marks,
        caption: caption(scenario, advice, &counts(advice)),
        square: false,
    })
}

/// The fewest and the most trials behind a point.
fn trials(advice: &Advice) -> (usize, usize) {
    let counts = advice.curve.iter().filter(|point| point.gain.is_some()).map(|p| p.trials);
    (counts.clone().min().unwrap_or(0), counts.max().unwrap_or(0))
}

/// The number of trials behind every point: `n = 20 trials per point, 40 at 154 rows`.
fn counts(advice: &Advice) -> String {
    let (least, most) = trials(advice);
    let more = advice.curve.iter().filter(|point| point.gain.is_some() && point.trials > least);
    let more: String = more.map(|point| format!(", {most} at {:.0} rows", point.rows)).collect();
    format!("n = {least} trials per point{more}")
}
