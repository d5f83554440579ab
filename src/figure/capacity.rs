//! Capacity: the gain against the width of the shared module, from 1 to the number of tasks.

use super::gain::{edge_words, estimate, noted, vertical};
use super::{
    Axis, AxisScale, Dash, Estimate, Figure, Mark, MarkRole, Shape, Symbol, TickFormat, words,
};
use crate::math::stats::LEVEL;
use crate::method::Method;
use crate::model::OptimumKind;
use crate::scenario::Scenario;
use crate::study::plan::StudyLine;
use crate::study::sweep::SweepPoint;
use crate::study::{StudyDraft, StudyResults, draft};

/// The largest width of the study.
pub const WIDEST: usize = 16;

/// Returns the study behind the figure: the width of the module from 1 to the number of tasks.
/// `None` if there is only one task.
pub fn question(name: &str, scenario: &Scenario) -> Option<StudyDraft> {
    let tasks = scenario.tasks().len();
    if tasks < 2 {
        return None;
    }
    let widths: Vec<String> = (1..=tasks.min(WIDEST)).map(|width| width.to_string()).collect();
    let x = vec![format!("model.width={}", widths.join(","))];
    let mut scenario = scenario.draft().clone();
    scenario.compare.clear();
    let entry = draft::NamedScenario { name: name.to_owned(), scenario };
    Some(StudyDraft::new(draft::Question::Sweep { x, y: None }, vec![entry]))
}

/// Draws a sweep of the width of the module for the scenario's own approach. Points without an
/// kind of optimum have a symbol of their own. `None` if the study sweeps another knob.
pub fn figure(results: &StudyResults) -> Option<Figure> {
    let line = results.study.lines().first().filter(|line| is_of_width(line))?;
    let scenario = &results.study.bases()[line.base];
    let known = results.points(line, 0);
    let theory = || {
        line.cells().zip(&line.x.values).filter_map(|(cell, x)| {
            let gain = results.prediction(cell)?.gain;
            gain.is_finite().then_some((*x, gain))
        })
    };
    let gains = known.iter().filter_map(|point| point.outcome.gain);
    let y = vertical(theory().map(|(_, gain)| gain), gains);
    let zero = Shape::Level { y: 0.0, dash: Dash::Dashed };
    let mut marks = vec![Mark::new(MarkRole::Reference, zero).named("no difference")];
    let tasks = scenario.tasks().len();
    let widest = line.x.values.iter().copied().fold(1.0, f64::max);
    let joint = scenario.approach().method == Method::Joint;
    if joint && tasks as f64 <= widest {
        let upright = Shape::Upright { x: tasks as f64, dash: Dash::Dotted };
        let end = if scenario.is_linear() { ": no transfer from here on" } else { "" };
        let name = format!("r = k = {tasks}{end}");
        marks.push(Mark::new(MarkRole::Shared, upright).named(name));
    }
    let predicted: Vec<(f64, f64)> = theory().collect();
    if predicted.len() > 1 {
        let shape = Shape::Line { points: predicted, dash: Dash::Dotted };
        marks.push(Mark::new(MarkRole::Theory, shape).named("theory, no training"));
    }
    let all: Vec<Estimate> =
        known.iter().filter_map(|p| Some(estimate(p.x, &p.outcome.gain?))).collect();
    let joined = all.iter().map(|point| (point.x, point.y)).collect();
    let shape = Shape::Line { points: joined, dash: Dash::Solid };
    marks.push(Mark::new(MarkRole::Measured, shape));
    marks.extend(measured(results, &known, &all));
    let x = horizontal(widest);
    Some(Figure {
        id: "capacity",
        title: format!("Gain of {} against the width of the module", words::learners(scenario)),
        caption: noted(caption(results, line, scenario), &y, edge_words(&marks, &x, &y)),
        x,
        y,
        marks,
        square: false,
    })
}

fn horizontal(widest: f64) -> Axis {
    Axis {
        label: "width r of the shared module".into(),
        scale: AxisScale::Linear,
        from: 0.5,
        to: widest + 0.5,
        format: TickFormat::Whole,
    }
}

/// Returns true if a line varies only the width of the module.
fn is_of_width(line: &StudyLine) -> bool {
    line.y.is_none() && line.x.path == "model.width"
}

/// The points at optima, and those without an kind of optimum.
fn measured(results: &StudyResults, known: &[SweepPoint<'_>], all: &[Estimate]) -> Vec<Mark> {
    let is_optimum = |x: f64| {
        let at = known.iter().find(|point| point.x == x);
        let measurement = at.and_then(|point| results.records.measurement(point.cell));
        measurement.is_some_and(|m| is_optimum(m.alone) && is_optimum(m.own().kind))
    };
    let (optima, others): (Vec<Estimate>, Vec<Estimate>) =
        all.iter().partition(|point| is_optimum(point.x));
    let mut marks = Vec::new();
    let at_optima = if others.is_empty() { "measured" } else { "measured at optima" };
    for (points, symbol, what) in [
        (optima, Symbol::Disc, at_optima),
        (others, Symbol::Cross, "best found, no optimum claimed"),
    ] {
        if !points.is_empty() {
            let name = words::counted(what, counted(known));
            let shape = Shape::Points { points, symbol };
            marks.push(Mark::new(MarkRole::Measured, shape).named(name));
        }
    }
    marks
}

fn is_optimum(kind: OptimumKind) -> bool {
    matches!(kind, OptimumKind::Exact | OptimumKind::Multistart(_))
}

/// The number of trials behind the points.
fn counted(known: &[SweepPoint<'_>]) -> String {
    let counts = known.iter().map(|point| point.outcome.trials);
    let (least, most) = (counts.clone().min().unwrap_or(0), counts.max().unwrap_or(0));
    if least == most { format!("{least}") } else { format!("{least} to {most}") }
}

fn caption(results: &StudyResults, line: &StudyLine, scenario: &Scenario) -> String {
    format!(
        "Bars: paired {LEVEL} intervals, n = {} trials per point, seed {}. Gain = 1 − E[error \
         together] / E[error alone], {} at {}.{} {}",
        counted(&results.points(line, 0)),
        scenario.draft().seed,
        words::error(scenario),
        words::fitted(results, line.cells(), 0),
        match scenario.approach().method {
            Method::Joint if scenario.is_linear() => {
                " With one unit for each of the k tasks, some optimum of joint training equals \
                 training alone (Proposition 1)."
            }
            _ => "",
        },
        words::setting(scenario, |handle| handle.knob.name == "width")
    )
}
