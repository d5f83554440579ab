//! Features that say what a label is.

use super::fault::{counted, listed};
use super::types::{Dataset, DatasetTask};
use super::words::IGNORE;

/// The size of the correlation from which on a feature is a copy of a label.
const COPY: f64 = 0.999_999;
/// Rows that are looked at first.
const FIRST: usize = 256;
/// The size of the correlation in the first rows below which there can be no copy.
const LIKELY: f64 = 0.999;

/// A note for every task that has the same labels as some feature, but for their unit and sign.
pub(super) fn notes(dataset: &Dataset) -> impl Iterator<Item = String> {
    dataset.tasks.iter().filter_map(|task| {
        let features = dataset.features.iter().enumerate();
        let copies = features.filter(|(at, _)| is_copy(task, *at)).map(|(_, name)| name);
        let copies: Vec<&String> = copies.collect();
        let (are, them) = match copies.len() {
            0 => return None,
            1 => ("is a copy", "it"),
            _ => ("are copies", "them"),
        };
        let noun = counted(copies.len(), "feature");
        let noun = noun.trim_start_matches("1 ");
        let names = listed(&copies);
        Some(format!(
            "{noun} {names} {are} of the label of task {}; leave {them} out ({IGNORE}).",
            task.name
        ))
    })
}

/// Returns true if a feature is a copy of the labels, at another scale or with another sign.
fn is_copy(task: &DatasetTask, feature: usize) -> bool {
    let column = task.x.column(feature);
    let pairs = || column.iter().copied().zip(task.y.iter().copied()).filter(|(_, y)| !y.is_nan());
    correlation(pairs().take(FIRST)).is_none_or(|found| found.abs() > LIKELY)
        && correlation(pairs()).is_some_and(|found| found.abs() > COPY)
}

/// The correlation of pairs of numbers; `None` if either is constant.
fn correlation(pairs: impl Iterator<Item = (f64, f64)>) -> Option<f64> {
    let (mut count, mut means, mut sums) = (0.0, [0.0; 2], [0.0; 3]);
    for (x, y) in pairs {
        count += 1.0;
        let before = [x - means[0], y - means[1]];
        means = [means[0] + before[0] / count, means[1] + before[1] / count];
        let after = [x - means[0], y - means[1]];
        sums[0] += before[0] * after[0];
        sums[1] += before[0] * after[1];
        sums[2] += before[1] * after[1];
    }
    let size = sums[0].sqrt() * sums[2].sqrt();
    (size > 0.0).then(|| sums[1] / size)
}
