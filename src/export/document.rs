//! The numbers of a figure as JSON, with everything needed to check them.

use serde::Serialize;

use super::notes::PROGRAM;
use super::points::{self, kind, named, series};
use crate::error::{Result, json};
use crate::figure::{Axis, Dash, Figure, Mark, Shape, Symbol, TickFormat};
use crate::provenance::{FigureSource, Provenance, command};
use crate::scenario::ScenarioDraft;
use crate::study::StudyDraft;
use crate::transfer::Verdict;

/// Version of the JSON format of figures.
pub const FORMAT: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    format: u32,
    program: &'static str,
    figure: &'a str,
    title: &'a str,
    caption: &'a str,
    command: String,
    /// Number of trials in the scenario; the caption says where they are used.
    trials: u64,
    /// Seed of all random draws.
    seed: u64,
    x: Ruler<'a>,
    y: Ruler<'a>,
    marks: Vec<Series>,
    drawing: &'a Provenance,
    #[serde(skip_serializing_if = "Option::is_none")]
    scenario: Option<&'a ScenarioDraft>,
    #[serde(skip_serializing_if = "Option::is_none")]
    study: Option<&'a StudyDraft>,
}

#[derive(Serialize)]
struct Ruler<'a> {
    label: &'a str,
    unit: &'static str,
    scale: &'static str,
    from: f64,
    to: f64,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    names: &'a [String],
}

#[derive(Serialize)]
struct Series {
    shape: &'static str,
    role: String,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    dash: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    symbol: Option<&'static str>,
    points: Vec<Point>,
}

#[derive(Serialize)]
struct Point {
    x: f64,
    y: f64,
    low: f64,
    high: f64,
    /// Horizontal offset from x at which the point is drawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    offset: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    y_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gain: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict: Option<&'static str>,
}

/// A figure of a scenario or a study as indented JSON: `format` 1, title, caption, command, trials
/// and seed, both axes with their units, and every mark with its points as in
/// [`COLUMNS`](super::points::COLUMNS). NaN becomes `null`.
///
/// # Errors
///
/// [`Error::Failed`](crate::error::Error::Failed) if it cannot be written as JSON.
pub fn json<'a>(
    figure: &Figure,
    of: impl Into<FigureSource<'a>>,
    drawing: &Provenance,
) -> Result<String> {
    let of = of.into();
    written(figure, of, drawing, command::figure(drawing, of))
}

/// The same as [`json()`], with another command.
///
/// # Errors
///
/// As [`json()`].
pub fn written<'a>(
    figure: &Figure,
    of: impl Into<FigureSource<'a>>,
    drawing: &Provenance,
    command: String,
) -> Result<String> {
    let (scenario, study) = match of.into() {
        FigureSource::Scenario(scenario) => (Some(scenario), None),
        FigureSource::Study(study) => (None, Some(study)),
    };
    let of_study = study.and_then(|study| study.scenarios.first()).map(|entry| &entry.scenario);
    let first = scenario.or(of_study);
    let document = Document {
        format: FORMAT,
        program: PROGRAM,
        figure: figure.id,
        title: &figure.title,
        caption: &figure.caption,
        command,
        trials: first.map_or(0, |scenario| scenario.trials as u64),
        seed: first.map_or(0, |scenario| scenario.seed as u64),
        x: ruler(&figure.x),
        y: ruler(&figure.y),
        marks: figure.marks.iter().map(|mark| of_mark(figure, mark)).collect(),
        drawing,
        scenario,
        study,
    };
    json::pretty("the figure", &document)
}

fn ruler(axis: &Axis) -> Ruler<'_> {
    let (unit, names): (_, &[String]) = match &axis.format {
        TickFormat::Number => ("number", &[]),
        TickFormat::Whole | TickFormat::At(_) => ("whole number", &[]),
        TickFormat::Percent | TickFormat::PercentInLabel => {
            ("gain, as a share of the error alone", &[])
        }
        TickFormat::Times => ("factor", &[]),
        TickFormat::Degrees => ("degrees", &[]),
        TickFormat::Names(names) => ("index of names, from 0", names),
    };
    Ruler {
        label: &axis.label,
        unit,
        scale: axis.scale.name(),
        from: axis.from,
        to: axis.to,
        names,
    }
}

fn of_mark(figure: &Figure, mark: &Mark) -> Series {
    let point = |found: points::MarkPoint| Point {
        x: found.x,
        y: found.y,
        low: found.low,
        high: found.high,
        offset: Some(found.offset).filter(|offset| *offset != 0.0),
        name: named(&figure.x, &mark.shape, found.x),
        y_name: named(&figure.y, &mark.shape, found.y),
        gain: found.verdict.map(|_| found.value),
        verdict: found.verdict.map(Verdict::name),
    };
    let (dash, symbol) = look(&mark.shape);
    Series {
        shape: kind(&mark.shape),
        role: mark.role.name(),
        name: series(figure, mark),
        dash,
        symbol,
        points: points::points(figure, mark).into_iter().map(point).collect(),
    }
}

fn look(shape: &Shape) -> (Option<&'static str>, Option<&'static str>) {
    match shape {
        Shape::Line { dash, .. }
        | Shape::Level { dash, .. }
        | Shape::Upright { dash, .. }
        | Shape::Arrow { dash, .. }
        | Shape::Ellipse { dash, .. } => (Some(dashes(*dash)), None),
        Shape::Points { symbol, .. } => (None, Some(sign(*symbol))),
        Shape::Band { .. } | Shape::Cells(_) | Shape::Text { .. } => (None, None),
    }
}

fn dashes(dash: Dash) -> &'static str {
    match dash {
        Dash::Solid => "solid",
        Dash::Dashed => "dashed",
        Dash::Dotted => "dotted",
        Dash::DashDot => "dash-dot",
    }
}

fn sign(symbol: Symbol) -> &'static str {
    match symbol {
        Symbol::Disc => "disc",
        Symbol::Triangle => "triangle",
        Symbol::Square => "square",
        Symbol::Diamond => "diamond",
        Symbol::Cross => "cross",
        Symbol::Ring => "ring",
        Symbol::Plus => "plus",
        Symbol::TriangleDown => "triangle-down",
    }
}
