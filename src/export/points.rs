//! The numbers of a figure as a table: one row for every point of every mark.

use std::f64::consts::TAU;

use super::table::{in_csv, safe};
use crate::error::Result;
use crate::figure::{Axis, Dash, Figure, Mark, MarkRole, Shape, Symbol, TickFormat};
use crate::text::is_hidden;
use crate::transfer::Verdict;

/// The columns with descriptions. The last one contains no comma and no TeX command, so that tables
/// can be read without quoting rules.
pub const COLUMNS: [(&str, &str); 13] = [
    ("mark", "index of the mark in the figure, from 0, back to front"),
    ("shape", "line, points, level, upright, arrow, ellipse, band, cells or text"),
    ("x", "horizontal position in units of the axis, or index of the name; for a cell its middle"),
    ("y", "vertical position in units of the axis: the estimate; for a cell its middle"),
    ("low", "lower end of the interval, or y without one; for a cell that of its gain"),
    ("high", "upper end of the interval, or y without one; for a cell that of its gain"),
    ("value", "gain of a cell; else empty"),
    ("sign", "verdict of a cell: 1 helps, 0 makes no difference, -1 hurts; else empty"),
    ("offset", "offset from x at which it is drawn, so that series at the same name stay apart"),
    ("verdict", "verdict of a cell: helps, no difference, hurts or undecided"),
    ("name", "the name at x, if the axis has names; else the name of the point, if it has one"),
    ("y_name", "the name at y, if the axis has names"),
    ("series", "name in the legend, or the text itself; commas are semicolons, braces round"),
];

/// Number of steps around an ellipse.
const STEPS: u32 = 72;

/// A point of a mark.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MarkPoint {
    /// Horizontal position.
    pub x: f64,
    /// Vertical position.
    pub y: f64,
    /// Lower end of the interval; for a cell that of its gain.
    pub low: f64,
    /// Upper end of the interval; for a cell that of its gain.
    pub high: f64,
    /// Gain of a cell; NaN for anything else.
    pub value: f64,
    /// Verdict of a cell.
    pub verdict: Option<Verdict>,
    /// Offset from `x` at which it is drawn if the axis has names.
    pub offset: f64,
}

impl MarkPoint {
    fn at((x, y): (f64, f64)) -> Self {
        Self { x, y, low: y, high: y, value: f64::NAN, verdict: None, offset: 0.0 }
    }

    /// The verdict as a number: 1, 0 or −1; NaN if there is none.
    pub fn sign(&self) -> f64 {
        match self.verdict {
            Some(Verdict::Helps) => 1.0,
            Some(Verdict::NoDifference) => 0.0,
            Some(Verdict::Hurts) => -1.0,
            _ => f64::NAN,
        }
    }

    /// The same point, moved to the nearest name with an offset.
    fn at_name(self) -> Self {
        let x = self.x.round() + 0.0;
        Self { x, offset: self.x - x, ..self }
    }
}

/// The table as CSV with a header line.
///
/// # Errors
///
/// [`Error::Failed`](crate::error::Error::Failed) if it cannot be written as text.
pub fn csv(figure: &Figure) -> Result<String> {
    let mut rows = Vec::new();
    for (index, mark) in figure.marks.iter().enumerate() {
        let series = safe(&plain(&series(figure, mark)));
        for (place, point) in points(figure, mark).into_iter().enumerate() {
            let MarkPoint { x, y, low, high, value, offset, verdict } = point;
            let name = |axis: &Axis, at: f64| {
                let name = named(axis, &mark.shape, at).unwrap_or_default();
                safe(&plain(&name)).replace('%', "percent")
            };
            let own = mark.labels.get(place).filter(|_| named(&figure.x, &mark.shape, x).is_none());
            let own = own.map(|label| safe(&plain(label)).replace('%', "percent"));
            let names = (own.unwrap_or_else(|| name(&figure.x, x)), name(&figure.y, y));
            let place = [x, y, low, high, value, point.sign(), offset].map(number);
            let (shape, verdict) = (kind(&mark.shape), verdict.map_or("", Verdict::name));
            rows.push((index, shape, place, verdict, names, series.clone()));
        }
    }
    in_csv(COLUMNS.iter().map(|column| column.0), rows)
}

/// The points of a mark: of a rule or arrow its ends, of an ellipse its outline, of cells those
/// measured.
pub fn points(figure: &Figure, mark: &Mark) -> Vec<MarkPoint> {
    let (x, y) = (&figure.x, &figure.y);
    let beside = |point: MarkPoint| match (&mark.shape, &x.format) {
        (Shape::Points { .. } | Shape::Line { .. }, TickFormat::Names(_)) => point.at_name(),
        _ => point,
    };
    let pairs: Vec<(f64, f64)> = match &mark.shape {
        Shape::Line { points, .. } => points.clone(),
        Shape::Level { y, .. } => vec![(x.from, *y), (x.to, *y)],
        Shape::Upright { x, .. } => vec![(*x, y.from), (*x, y.to)],
        Shape::Arrow { from, to, .. } => vec![*from, *to],
        Shape::Text { at, .. } => vec![*at],
        Shape::Ellipse { map, .. } => {
            let round = |step: u32| {
                let (sin, cos) = (TAU * f64::from(step) / f64::from(STEPS)).sin_cos();
                (map[0][0] * cos + map[0][1] * sin, map[1][0] * cos + map[1][1] * sin)
            };
            (0..=STEPS).map(round).collect()
        }
        Shape::Points { points, .. } | Shape::Band { points } => {
            let point = |p: &crate::figure::Estimate| MarkPoint {
                low: p.low,
                high: p.high,
                ..MarkPoint::at((p.x, p.y))
            };
            return points.iter().map(point).map(beside).collect();
        }
        Shape::Cells(cells) => {
            let middle = |axis: &Axis, edges: &[f64], at: usize| {
                let shares = [axis.share(edges[at]), axis.share(edges[at + 1])];
                let middle = axis.value(f64::midpoint(shares[0], shares[1]));
                if matches!(axis.format, TickFormat::Names(_)) {
                    middle.round() + 0.0
                } else {
                    middle
                }
            };
            let point = |(column, row): (usize, usize)| {
                let cell = cells.get(column, row).filter(|cell| cell.measured)?;
                let at = (middle(x, &cells.columns, column), middle(y, &cells.rows, row));
                let (low, high, value) = (cell.low, cell.high, cell.value);
                Some(MarkPoint {
                    low,
                    high,
                    value,
                    verdict: Some(cell.verdict),
                    ..MarkPoint::at(at)
                })
            };
            return cells.places().filter_map(point).collect();
        }
    };
    pairs.into_iter().map(MarkPoint::at).map(beside).collect()
}

/// The name of the series of a mark: its own name; else that of the nearest mark with the same role
/// and look; else that of another part of the same series; else the name of its role. For a text,
/// the text itself.
pub fn series(figure: &Figure, mark: &Mark) -> String {
    if let Shape::Text { text, .. } = &mark.shape {
        return text.clone();
    }
    if let Some(own) = mark.series.as_ref().or(mark.name.as_ref()) {
        return own.clone();
    }
    let place = figure.marks.iter().position(|other| std::ptr::eq(other, mark)).unwrap_or(0);
    let named = |like: &dyn Fn(&Mark) -> bool| {
        let marks = figure.marks.iter().enumerate();
        let others = marks.filter(|(_, other)| other.role == mark.role && like(other));
        let names = others.filter_map(|(at, other)| Some((at, other.name.as_ref()?)));
        names.min_by_key(|(at, _)| at.abs_diff(place)).map(|(_, name)| name.clone())
    };
    let is_series = matches!(mark.role, MarkRole::Series(_));
    let own = |other: &Mark| kind(&other.shape) != kind(&mark.shape);
    named(&|other| look(&other.shape) == look(&mark.shape))
        .or_else(|| is_series.then(|| named(&own)).flatten())
        .unwrap_or_else(|| mark.role.name())
}

/// The look of a shape: its kind, dashes and symbol.
fn look(shape: &Shape) -> (&'static str, Option<Dash>, Option<Symbol>) {
    let (dash, symbol) = match shape {
        Shape::Line { dash, .. }
        | Shape::Level { dash, .. }
        | Shape::Upright { dash, .. }
        | Shape::Arrow { dash, .. }
        | Shape::Ellipse { dash, .. } => (Some(*dash), None),
        Shape::Points { symbol, .. } => (None, Some(*symbol)),
        Shape::Band { .. } | Shape::Cells(_) | Shape::Text { .. } => (None, None),
    };
    (kind(shape), dash, symbol)
}

/// The name at a position of an axis with names, for shapes that are placed at names.
pub(super) fn named(axis: &Axis, shape: &Shape, at: f64) -> Option<String> {
    let stands = matches!(shape, Shape::Points { .. } | Shape::Line { .. } | Shape::Cells(_));
    let is_named = stands && matches!(axis.format, TickFormat::Names(_));
    is_named.then(|| axis.write(at)).filter(|name| !name.is_empty())
}

/// A text without characters that end a table cell or mean something in TeX.
fn plain(words: &str) -> String {
    let sign = |sign: char| match sign {
        ',' => ";".to_owned(),
        '#' => "No. ".to_owned(),
        '\\' => "/".to_owned(),
        '{' => "(".to_owned(),
        '}' => ")".to_owned(),
        _ if is_hidden(sign) => " ".to_owned(),
        _ => sign.to_string(),
    };
    words.chars().map(sign).collect()
}

/// The look of a shape in words, to compare entries of legends.
pub(super) fn look_of(shape: &Shape) -> String {
    let (kind, dash, symbol) = look(shape);
    format!("{kind} {dash:?} {symbol:?}")
}

/// The name of a shape.
pub fn kind(shape: &Shape) -> &'static str {
    match shape {
        Shape::Line { .. } => "line",
        Shape::Points { .. } => "points",
        Shape::Level { .. } => "level",
        Shape::Upright { .. } => "upright",
        Shape::Arrow { .. } => "arrow",
        Shape::Ellipse { .. } => "ellipse",
        Shape::Band { .. } => "band",
        Shape::Cells(_) => "cells",
        Shape::Text { .. } => "text",
    }
}

/// A number to twelve significant digits, so that rounding errors do not show; empty if there is
/// none; `inf` and `-inf` in lower case.
pub(super) fn number(value: f64) -> String {
    let rounded = format!("{value:.11e}").parse().unwrap_or(value);
    if value.is_nan() { String::new() } else { format!("{rounded:?}") }
}
