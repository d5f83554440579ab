//! The numbers behind a figure: every point of every mark as a row of a table.

use std::f64::consts::TAU;

use super::results::in_csv;
use crate::error::Result;
use crate::figure::{Figure, Mark, Role, Shape};

/// The columns with what they hold. The last one holds no comma and nothing that TeX takes for a
/// command, so that tables can be read without rules for quotes.
pub const COLUMNS: [(&str, &str); 8] = [
    ("mark", "which mark of the figure, from 0, back to front"),
    ("shape", "line, points, level, upright, arrow, ellipse, band, cells or text"),
    ("x", "horizontal position in units of the axis; of a cell its middle"),
    ("y", "vertical position in units of the axis: the estimate; of a cell its middle"),
    ("low", "lower end of the interval, y where there is none; of a cell its lower edge"),
    ("high", "upper end of the interval, y where there is none; of a cell its upper edge"),
    ("value", "of a cell its gain, nan where nothing is known; else nan"),
    ("series", "name in the legend, or the words of a text; commas are semicolons, braces round"),
];

/// Steps around an ellipse.
const STEPS: u32 = 72;

/// A point of a mark.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Horizontal position.
    pub x: f64,
    /// Vertical position.
    pub y: f64,
    /// Lower end of its interval, or lower edge.
    pub low: f64,
    /// Upper end of its interval, or upper edge.
    pub high: f64,
    /// Gain of a cell; not a number for anything else.
    pub value: f64,
}

impl Point {
    fn at((x, y): (f64, f64)) -> Self {
        Self { x, y, low: y, high: y, value: f64::NAN }
    }
}

/// The table as CSV with a header line.
///
/// # Errors
///
/// [`Error::Failed`](crate::error::Error::Failed) where it cannot be written as text.
pub fn csv(figure: &Figure) -> Result<String> {
    let mut rows = Vec::new();
    for (index, mark) in figure.marks.iter().enumerate() {
        let series = plain(&series(figure, mark));
        for Point { x, y, low, high, value } in points(figure, mark) {
            let [x, y, low, high, value] = [x, y, low, high, value].map(number);
            rows.push((index, kind(&mark.shape), x, y, low, high, value, series.clone()));
        }
    }
    in_csv(COLUMNS.iter().map(|column| column.0), rows)
}

/// The points of a mark; a line through them, or a rule across the figure, shows it.
pub fn points(figure: &Figure, mark: &Mark) -> Vec<Point> {
    let (x, y) = (&figure.x, &figure.y);
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
            let point = |p: &crate::figure::Estimate| Point {
                low: p.low,
                high: p.high,
                ..Point::at((p.x, p.y))
            };
            return points.iter().map(point).collect();
        }
        Shape::Cells(cells) => {
            let middle = |axis: &crate::figure::Axis, edges: &[f64], at: usize| {
                let shares = [axis.share(edges[at]), axis.share(edges[at + 1])];
                axis.value(f64::midpoint(shares[0], shares[1]))
            };
            let point = |(column, row): (usize, usize)| {
                let (one, other) = (cells.rows[row], cells.rows[row + 1]);
                Point {
                    x: middle(x, &cells.columns, column),
                    y: middle(y, &cells.rows, row),
                    low: one.min(other),
                    high: one.max(other),
                    value: cells.get(column, row).map_or(f64::NAN, |cell| cell.value),
                }
            };
            return cells.places().map(point).collect();
        }
    };
    pairs.into_iter().map(Point::at).collect()
}

/// The name of the series of a mark: its own, or that of another mark of the same series; for
/// words the words; empty where there is none.
pub fn series(figure: &Figure, mark: &Mark) -> String {
    if let Shape::Text { text, .. } = &mark.shape {
        return text.clone();
    }
    let same = |other: &&Mark| matches!(mark.role, Role::Series(_)) && other.role == mark.role;
    let others = figure.marks.iter().filter(same).find_map(|other| other.name.clone());
    mark.name.clone().or(others).unwrap_or_default()
}

/// Words without what ends a cell of a table, or commands TeX where it reads one.
fn plain(words: &str) -> String {
    let sign = |sign: char| match sign {
        ',' => ";".to_owned(),
        '#' => "No. ".to_owned(),
        '\\' => "/".to_owned(),
        '{' => "(".to_owned(),
        '}' => ")".to_owned(),
        _ if sign.is_control() => " ".to_owned(),
        _ => sign.to_string(),
    };
    words.chars().map(sign).collect()
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

/// A number with all its digits; `nan`, `inf` and `-inf` in small letters.
pub(super) fn number(value: f64) -> String {
    if value.is_nan() { "nan".to_owned() } else { format!("{value:?}") }
}
