//! The last step of every reader: parts are drawn where files give none, and the whole is checked.

use std::collections::HashSet;

use super::check::check_grouped;
use super::options::ReadOptions;
use super::split::draw_splits;
use super::types::{Dataset, Shares};
use crate::error::Result;
use crate::math::seed::Seed;

/// Start of the note on parts that were drawn.
pub(super) const DRAWN: &str = "Parts drawn with seed";

/// Draws the parts that are not given, and checks the data set.
pub(super) fn complete(mut dataset: Dataset, options: &ReadOptions) -> Result<Dataset> {
    let shares = Shares::default();
    let splits = draw_splits(&dataset.tasks, shares, Seed::new(options.seed));
    for (task, split) in dataset.tasks.iter_mut().zip(splits) {
        task.split = split;
    }
    if dataset.tasks.iter().any(|task| !task.split.given) {
        let [train, validation, test] = shares.fractions().map(|share| (share * 100.0).round());
        dataset.notes.push(format!(
            "{DRAWN} {}: {train} % train, {validation} % validation, {test} % test.",
            options.seed
        ));
    }
    check_grouped(&mut dataset, options.group_column.as_deref())?;
    let mut seen = HashSet::new();
    dataset.notes.retain(|note| seen.insert(note.clone()));
    Ok(dataset)
}
