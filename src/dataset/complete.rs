//! The last step of every reader: parts are drawn where files give none, and the whole is checked.

use std::collections::HashSet;

use super::check::check_grouped;
use super::options::ReadOptions;
use super::split::draw_splits;
use super::types::{Dataset, Shares};
use crate::error::Result;
use crate::math::seed::Seed;

/// Draws the parts that are not given, and checks the data set.
pub(super) fn complete(mut dataset: Dataset, options: &ReadOptions) -> Result<Dataset> {
    let splits = draw_splits(&dataset.tasks, Shares::default(), Seed::new(options.seed));
    for (task, split) in dataset.tasks.iter_mut().zip(splits) {
        task.split = split;
    }
    check_grouped(&mut dataset, options.group_column.as_deref())?;
    let mut seen = HashSet::new();
    dataset.notes.retain(|note| seen.insert(note.clone()));
    Ok(dataset)
}
