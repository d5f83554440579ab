//! The groups of tasks that an affinity study trains.

use rand::RngExt;
use rand::seq::SliceRandom;

use crate::error::Invalid;
use crate::math::seed::Seed;
use crate::scenario::Scenario;
use crate::study::caution::OTHER_ROWS;
use crate::study::cell::{CellPosition, StudyCell};
use crate::study::draft::Question;
use crate::study::probe::STEPS;
use std::sync::Arc;

/// Default size of the largest groups that are trained.
pub const GROUPS: usize = 2;
/// Default for the largest number of models in a suggested plan.
pub const MODELS: usize = 3;
/// The most groups that are drawn at random.
pub const MOST_SUBSETS: usize = 1000;
/// The question of an affinity study with so many random groups, otherwise as usual.
pub fn question(subsets: usize) -> Question {
    Question::Affinity { groups: GROUPS, subsets, steps: STEPS, models: MODELS }
}

/// The usual number of random groups for k tasks: a surrogate has as many numbers for every task as
/// there are tasks, and a task is in about half of the groups.
pub fn subsets(k: usize) -> usize {
    4 * k
}

/// Draws for every group, most of which find a new one unless there are few.
const ATTEMPTS: usize = 20;
/// The smallest number of tasks in an affinity study.
const FEWEST: usize = 2;

/// Returns the cells of an affinity study of the tasks that take part: first all together (with the
/// proxies), then every pair, then every group of up to `groups` tasks, then `subsets` larger groups
/// drawn at random, or as many as there are.
///
/// # Errors
///
/// Returns an error for fewer than two tasks, for entries that stand for several tasks, where every
/// trial is the same, and for a number of `groups`, `subsets` or `steps` out of range.
pub fn cells(
    base: &Arc<Scenario>,
    groups: usize,
    subsets: usize,
    steps: usize,
) -> Result<Vec<StudyCell>, Invalid> {
    let tasks = &base.draft().tasks;
    let partners = base.partners();
    let k = partners.len();
    let several = |entry: &&usize| tasks[**entry].count.unwrap_or(1.0) != 1.0;
    if let Some(&i) = partners.iter().find(several) {
        let found = tasks[i].count.unwrap_or(1.0);
        let allowed = "1: affinity compares single tasks";
        return Err(Invalid::new(format!("tasks[{i}].count"), found, allowed));
    }
    if k < FEWEST {
        let allowed = format!("at least {FEWEST}: affinity compares tasks");
        return Err(Invalid::new("tasks", format!("{k} task"), allowed));
    }
    if base.repeats_rows() {
        return Err(Invalid::new("affinity", "trials that are all the same", OTHER_ROWS));
    }
    if !(2..=k).contains(&groups) {
        let allowed = format!("a number from 2 to {k}, the number of tasks");
        return Err(Invalid::new("--groups", groups, allowed));
    }
    if subsets > 0 && k <= groups + 1 {
        let allowed = format!("0, because {k} tasks have no larger groups but all together");
        return Err(Invalid::new("--subsets", subsets, allowed));
    }
    if subsets > MOST_SUBSETS {
        let allowed = format!("a whole number from 0 to {MOST_SUBSETS}");
        return Err(Invalid::new("--subsets", subsets, allowed));
    }
    if !(1..=10_000).contains(&steps) {
        return Err(Invalid::new("--steps", steps, "a whole number from 1 to 10000"));
    }
    let all: Vec<usize> = (0..k).collect();
    let mut cells = vec![cell(base, &all, Some(steps), 0)?];
    for size in 2..=groups {
        for group in all_of_size(k, size).filter(|group| group.len() < k || size == 2) {
            cells.push(cell(base, &group, None, size as u32 - 2)?);
        }
    }
    for group in at_random(k, groups + 1, subsets, Seed::new(base.draft().seed as u64)) {
        cells.push(cell(base, &group, None, groups as u32 - 1)?);
    }
    Ok(cells)
}

/// The cell of a group of the tasks that take part, by their places among these.
fn cell(
    base: &Arc<Scenario>,
    group: &[usize],
    steps: Option<usize>,
    level: u32,
) -> Result<StudyCell, Invalid> {
    let partners = base.partners();
    let entries: Vec<usize> = group.iter().map(|&task| partners[task]).collect();
    let scenario = base.training_only(&entries)?;
    Ok(StudyCell {
        approaches: vec![scenario.approach()],
        scenario: Arc::new(scenario),
        steps,
        level,
        place: CellPosition::Group(group.to_vec()),
    })
}

/// `count` different groups of `smallest` to k − 1 of k tasks, or all of them, in ascending order.
/// Every size is equally likely, then every group of that size.
fn at_random(k: usize, smallest: usize, count: usize, seed: Seed) -> Vec<Vec<usize>> {
    let sizes = smallest..k;
    if sizes.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<Vec<usize>> = Vec::new();
    for attempt in 0..(ATTEMPTS * count) as u64 {
        if found.len() == count {
            break;
        }
        let rng = &mut seed.child("group", attempt).rng();
        let size = rng.random_range(sizes.clone());
        let mut tasks: Vec<usize> = (0..k).collect();
        let mut group = tasks.partial_shuffle(rng, size).0.to_vec();
        group.sort_unstable();
        if !found.contains(&group) {
            found.push(group);
        }
    }
    found
}

/// All groups of `size` out of k tasks, in ascending order.
pub(super) fn all_of_size(k: usize, size: usize) -> impl Iterator<Item = Vec<usize>> {
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
    fn random_groups_differ_and_end_where_there_are_no_more() {
        for (k, count, wanted) in [(6, 12, 12), (5, 100, 15), (3, 10, 0), (10, 40, 40)] {
            let found = at_random(k, 3, count, Seed::new(4));
            assert_eq!(found.len(), wanted, "{k} tasks");
            for (i, group) in found.iter().enumerate() {
                assert!((3..k).contains(&group.len()) && group.is_sorted(), "{group:?}");
                assert!(!found[..i].contains(group), "{group:?} twice");
            }
        }
    }

    #[test]
    fn all_groups_of_a_size_come_once_each_in_rising_order() {
        let found: Vec<_> = all_of_size(4, 2).collect();
        assert_eq!(found, [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]]);
        for (k, size, count) in [(6, 3, 20), (8, 4, 70), (5, 5, 1), (3, 4, 0)] {
            assert_eq!(all_of_size(k, size).count(), count);
        }
    }
}
