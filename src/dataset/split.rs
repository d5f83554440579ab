//! Drawing the parts of the rows.
//!
//! Every row, or every group of rows, has a random key. Rows with the same labels form a stratum,
//! and each stratum is divided by the shares to within one row. Tasks with the same X are divided
//! together, so that no row is in the training part of one and in the test part of another.

use std::collections::BTreeMap;
use std::sync::Arc;

use rand::Rng;

use super::types::{Dataset, DatasetTask, Shares, Split, TaskKind};
use crate::math::seed::Seed;

impl Split {
    /// Draws the parts of one task: by strata of its labels for classification, and whole groups if
    /// rows have groups. Rows without a label are in no part. The same seed draws the same parts.
    pub fn draw(task: &DatasetTask, shares: Shares, seed: Seed) -> Self {
        labelled(task, &draw_rows(&[task], shares, seed))
    }
}

impl Dataset {
    /// Draws parts for every task, in order; parts that the files give stay as they are. Tasks with
    /// the same X get the same parts, apart from rows that lack a label.
    pub fn draw_splits(&self, shares: Shares, seed: Seed) -> Vec<Split> {
        draw_splits(&self.tasks, shares, seed)
    }
}

/// Draws parts for every task, in order, unless they are given.
pub(super) fn draw_splits(tasks: &[DatasetTask], shares: Shares, seed: Seed) -> Vec<Split> {
    let mut splits: Vec<Option<Split>> = vec![None; tasks.len()];
    for first in 0..tasks.len() {
        if splits[first].is_some() {
            continue;
        }
        if tasks[first].split.given {
            splits[first] = Some(tasks[first].split.clone());
            continue;
        }
        let together: Vec<usize> = (first..tasks.len())
            .filter(|other| Arc::ptr_eq(&tasks[*other].x, &tasks[first].x))
            .filter(|other| !tasks[*other].split.given)
            .filter(|other| tasks[*other].groups == tasks[first].groups)
            .collect();
        let members: Vec<&DatasetTask> = together.iter().map(|task| &tasks[*task]).collect();
        let parts = draw_rows(&members, shares, seed.child("split", first as u64));
        for task in together {
            splits[task] = Some(labelled(&tasks[task], &parts));
        }
    }
    splits.into_iter().map(Option::unwrap_or_default).collect()
}

/// The parts of a task: the rows that have a label.
fn labelled(task: &DatasetTask, parts: &[Vec<usize>; 3]) -> Split {
    let [train, validation, test] = parts.each_ref().map(|rows| {
        let mut rows: Vec<usize> = rows
            .iter()
            .copied()
            .filter(|row| task.y.get(*row).is_some_and(|y| !y.is_nan()))
            .collect();
        rows.sort_unstable();
        rows
    });
    Split { train, validation, test, given: false }
}

/// Divides the rows that have a label in at least one of the tasks, which share one X.
fn draw_rows(tasks: &[&DatasetTask], shares: Shares, seed: Seed) -> [Vec<usize>; 3] {
    let Some(first) = tasks.first() else { return Default::default() };
    let shares = shares.fractions();
    let mut rng = seed.rng();
    let strata = strata(tasks);
    match &first.groups {
        None => {
            let mut keyed: Vec<(usize, u64, usize)> = strata
                .iter()
                .enumerate()
                .map(|(row, stratum)| (*stratum, rng.next_u64(), row))
                .filter_map(|(stratum, key, row)| Some((stratum?, key, row)))
                .collect();
            keyed.sort_unstable();
            divide_rows(&keyed, shares)
        }
        Some(groups) => {
            let mut members: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
            for ((row, stratum), group) in strata.iter().enumerate().zip(groups) {
                if let Some(stratum) = stratum {
                    members.entry(*group).or_default().push((*stratum, row));
                }
            }
            let mut keyed: Vec<_> =
                members.into_values().map(|rows| (rows.len(), rng.next_u64(), rows)).collect();
            keyed.sort_unstable_by_key(|(size, key, _)| (std::cmp::Reverse(*size), *key));
            let groups: Vec<_> = keyed.into_iter().map(|(_, _, rows)| rows).collect();
            divide_groups(&groups, shares)
        }
    }
}

/// The stratum of every row: rows with the same classes share one. `None` if no task has a label.
fn strata(tasks: &[&DatasetTask]) -> Vec<Option<usize>> {
    let rows = tasks.iter().map(|task| task.y.len()).min().unwrap_or_default();
    let mut known: BTreeMap<Vec<u8>, usize> = BTreeMap::new();
    let stratum = |row: usize| {
        let class = |task: &&DatasetTask| match task.kind {
            _ if task.y[row].is_nan() => 0,
            TaskKind::Classification if task.y[row] < 0.0 => 1,
            TaskKind::Regression | TaskKind::Classification => 2,
        };
        let classes: Vec<u8> = tasks.iter().map(class).collect();
        let labelled = classes.iter().any(|class| *class > 0);
        let next = known.len();
        labelled.then(|| *known.entry(classes).or_insert(next))
    };
    (0..rows).map(stratum).collect()
}

/// Divides each stratum: every part gets its share rounded down or up. Rows left over go to the
/// parts that are furthest behind.
fn divide_rows(keyed: &[(usize, u64, usize)], shares: [f64; 3]) -> [Vec<usize>; 3] {
    let mut parts: [Vec<usize>; 3] = Default::default();
    let mut passed = 0.0;
    for stratum in keyed.chunk_by(|one, other| one.0 == other.0) {
        let size = stratum.len() as f64;
        passed += size;
        // A share that is a whole number of rows must not lose one to rounding.
        let mut counts = shares.map(|share| (size * share + 1e-9).floor() as usize);
        let given: usize = counts.iter().sum();
        let behind =
            |part: usize| passed * shares[part] - (parts[part].len() + counts[part]) as f64;
        let mut order = [0, 1, 2].map(|part| (behind(part), part));
        order.sort_by(|one, other| other.0.total_cmp(&one.0));
        let open = order.iter().filter(|(_, part)| shares[*part] > 0.0).cycle();
        for (_, part) in open.take(stratum.len().saturating_sub(given)) {
            counts[*part] += 1;
        }
        let mut rows = stratum.iter().map(|(_, _, row)| *row);
        for (part, count) in parts.iter_mut().zip(counts) {
            part.extend(rows.by_ref().take(count));
        }
    }
    parts
}

/// Gives every group, largest first, to the part whose strata need its rows most.
fn divide_groups(groups: &[Vec<(usize, usize)>], shares: [f64; 3]) -> [Vec<usize>; 3] {
    let strata = groups.iter().flatten().map(|(stratum, _)| stratum + 1).max().unwrap_or_default();
    let mut missing = shares.map(|_| vec![0.0; strata]);
    for (part, share) in missing.iter_mut().zip(shares) {
        for (stratum, _) in groups.iter().flatten() {
            part[*stratum] += share;
        }
    }
    let mut parts: [Vec<usize>; 3] = Default::default();
    for group in groups {
        let need =
            |part: usize| -> f64 { group.iter().map(|(stratum, _)| missing[part][*stratum]).sum() };
        let open = [0, 1, 2].into_iter().filter(|part| shares[*part] > 0.0);
        let best =
            open.max_by(|one, other| need(*one).total_cmp(&need(*other)).then(other.cmp(one)));
        let best = best.unwrap_or_default();
        for (stratum, row) in group {
            missing[best][*stratum] -= 1.0;
            parts[best].push(*row);
        }
    }
    parts
}
