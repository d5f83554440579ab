//! The pair of tasks under the mouse.

use crate::app::studies::{Studies, reading};
use crate::figure::affinity;

/// The pair of tasks at a position in the matrix, given as shares of its axes.
pub(in crate::app) fn pair_at(studies: &Studies, at: (f64, f64)) -> Option<(usize, usize)> {
    let run = studies.shown_affinity()?;
    let figure = affinity::matrix(&run.results)?;
    let position = (figure.x.value(at.0), figure.y.value(at.1));
    let (column, row) = figure.cells()?.find(position)?;
    Some((row, column))
}

/// The gain of a task with another one at a position in the matrix, in words.
pub(in crate::app) fn words_at(studies: &Studies, at: (f64, f64)) -> Option<String> {
    let (task, partner) = pair_at(studies, at)?;
    let results = &studies.shown_affinity()?.results;
    let names = results.tasks();
    let outcome = match partner == names.len() {
        true => results.together(task),
        false => results.pair(task, partner),
    };
    let with = names.get(partner).map_or("all", String::as_str);
    Some(reading(&format!("{} with {with}", names.get(task)?), outcome))
}
