//! The point of a sweep under the mouse.

use crate::app::studies::{Cursor, Studies, reading};
use crate::figure::axis::Axis;
use crate::figure::words;

/// The cursor on the point of the sweep nearest to a position in its chart, given as shares of the
/// axes.
pub(in crate::app) fn cursor_at(studies: &Studies, at: (f64, f64)) -> Option<Cursor> {
    let run = studies.shown_sweep()?;
    let study = &run.results.study;
    let here = studies.cursor.inside(study);
    let line = here.line(study)?;
    let figure = studies.chart(run)?;
    let nearest = |values: &[f64], axis: &Axis, share: f64| {
        let far = |v: &f64| (axis.share(*v) - share).abs();
        let places = values.iter().enumerate();
        places.min_by(|a, b| far(a.1).total_cmp(&far(b.1))).map(|(place, _)| place)
    };
    let column = nearest(&line.x.values, &figure.x, at.0)?;
    let row = match &line.y {
        Some(y) => nearest(&y.values, &figure.y, at.1)?,
        None => here.row,
    };
    Some(Cursor { column, row, ..here }.inside(study))
}

/// The point of the sweep nearest to a position in its chart, in words.
pub(in crate::app) fn words_at(studies: &Studies, at: (f64, f64)) -> Option<String> {
    let run = studies.shown_sweep()?;
    let study = &run.results.study;
    let cursor = cursor_at(studies, at)?;
    let line = cursor.line(study)?;
    let x = words::value_of(line.x.handle, line.x.values[cursor.column]);
    let mut place = format!("{} {x}", line.x.path);
    if let Some(y) = &line.y {
        place += &format!(", {} {}", y.path, words::value_of(y.handle, y.values[cursor.row]));
    }
    Some(reading(&place, run.results.outcome(cursor.cell(study)?, cursor.method)))
}
