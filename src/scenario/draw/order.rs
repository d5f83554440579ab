//! The order in which a trial takes the training rows of a real task.

use rand::RngExt;
use rand::seq::SliceRandom;

use crate::dataset::{DatasetTask, TaskKind};
use crate::math::seed::Seed;

/// The training rows of a task in the order in which a trial takes them, so that fewer rows are
/// the first of more. For classification both classes are spread evenly, in the shares of all
/// training rows, if `stratified`.
pub(super) fn order(
    task: &DatasetTask,
    train: &[usize],
    stratified: bool,
    seed: Seed,
) -> Vec<usize> {
    let mut rng = seed.child("order", 0).rng();
    let mut order = train.to_vec();
    order.shuffle(&mut rng);
    if !stratified || task.kind != TaskKind::Classification {
        return order;
    }
    let (plus, minus): (Vec<usize>, Vec<usize>) =
        order.into_iter().partition(|&row| task.y[row] > 0.0);
    let mut placed: Vec<(f64, usize)> = Vec::with_capacity(plus.len() + minus.len());
    for class in [plus, minus] {
        let count = class.len() as f64;
        let start: f64 = rng.random();
        placed.extend(class.iter().enumerate().map(|(i, &row)| ((i as f64 + start) / count, row)));
    }
    placed.sort_by(|one, other| one.0.total_cmp(&other.0));
    placed.into_iter().map(|(_, row)| row).collect()
}
