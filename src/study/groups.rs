//! The groups of tasks that an affinity study trains.

use crate::error::Invalid;
use crate::scenario::Scenario;
use crate::study::cell::{CellPosition, StudyCell};
use std::sync::Arc;

/// Default size of the largest groups that are trained.
pub const GROUPS: usize = 2;
/// The smallest number of tasks in an affinity study.
const FEWEST: usize = 2;

/// Returns the cells of an affinity study: first all tasks together (with the proxies), then every
/// pair, then every group of up to `groups` tasks.
///
/// # Errors
///
/// Returns an error for fewer than two tasks, for entries that stand for several tasks, and for a
/// number of `groups` or `steps` out of range.
pub fn cells(base: &Arc<Scenario>, groups: usize, steps: usize) -> Result<Vec<StudyCell>, Invalid> {
    let tasks = &base.draft().tasks;
    let k = tasks.len();
    if let Some(i) = tasks.iter().position(|task| task.count.unwrap_or(1.0) != 1.0) {
        let found = tasks[i].count.unwrap_or(1.0);
        let allowed = "1: affinity compares single tasks";
        return Err(Invalid::new(format!("tasks[{i}].count"), found, allowed));
    }
    if k < FEWEST {
        let allowed = format!("at least {FEWEST}: affinity compares tasks");
        return Err(Invalid::new("tasks", format!("{k} task"), allowed));
    }
    if !(2..=k).contains(&groups) {
        let allowed = format!("a number from 2 to {k}, the number of tasks");
        return Err(Invalid::new("--groups", groups, allowed));
    }
    if !(1..=10_000).contains(&steps) {
        return Err(Invalid::new("--steps", steps, "a whole number from 1 to 10000"));
    }
    let all: Vec<usize> = (0..k).collect();
    let mut cells = vec![cell(base, &all, Some(steps), 0)?];
    for size in 2..=groups {
        for group in subsets(k, size).filter(|group| group.len() < k || size == 2) {
            cells.push(cell(base, &group, None, size as u32 - 2)?);
        }
    }
    Ok(cells)
}

pub(super) fn cell(
    base: &Arc<Scenario>,
    group: &[usize],
    steps: Option<usize>,
    level: u32,
) -> Result<StudyCell, Invalid> {
    let scenario = base.training_only(group)?;
    Ok(StudyCell {
        approaches: vec![scenario.approach()],
        scenario: Arc::new(scenario),
        steps,
        level,
        place: CellPosition::Group(group.to_vec()),
    })
}

/// All groups of `size` out of k tasks, in ascending order.
pub(super) fn subsets(k: usize, size: usize) -> impl Iterator<Item = Vec<usize>> {
    let mut next = (size <= k).then(|| (0..size).collect::<Vec<usize>>());
    std::iter::from_fn(move || {
        let current = next.take()?;
        let mut following = current.clone();
        if let Some(i) = (0..size).rev().find(|&i| following[i] < k - size + i) {
            following[i] += 1;
            for j in i + 1..size {
                following[j] = following[j - 1] + 1;
            }
            next = Some(following);
        }
        Some(current)
    })
}

/// Returns all ordered pairs of k tasks; the task that learns comes first.
pub fn pairs(k: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..k).flat_map(move |a| (0..k).filter(move |b| *b != a).map(move |b| (a, b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_groups_of_a_size_come_once_each_in_rising_order() {
        let found: Vec<_> = subsets(4, 2).collect();
        assert_eq!(found, [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]]);
        for (k, size, count) in [(6, 3, 20), (8, 4, 70), (5, 5, 1), (3, 4, 0)] {
            assert_eq!(subsets(k, size).count(), count);
        }
    }
}
