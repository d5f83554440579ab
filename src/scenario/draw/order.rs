//! The order in which a trial takes the training rows of a real task.

use rand::RngExt;
use rand::seq::SliceRandom;

use crate::dataset::{DatasetTask, TaskKind};
use crate::math::seed::Seed;

/// The first `samples` training rows of a task in the order in which a trial takes them, so that
/// fewer rows are the first of more. For classification both classes are spread evenly, in the
/// shares of all training rows, if `stratified`.
pub(super) fn first(
    task: &DatasetTask,
    train: &[usize],
    samples: usize,
    stratified: bool,
    seed: Seed,
) -> Vec<usize> {
    let mut rng = seed.child("order", 0).rng();
    let mut order = train.to_vec();
    order.shuffle(&mut rng);
    if !stratified || task.kind != TaskKind::Classification {
        order.truncate(samples);
        return order;
    }
    let (plus, minus): (Vec<usize>, Vec<usize>) =
        order.into_iter().partition(|&row| task.y[row] > 0.0);
    let [mut plus, mut minus] = [plus, minus].map(|class| {
        let (count, start): (f64, f64) = (class.len() as f64, rng.random());
        let place = move |(i, row)| ((i as f64 + start) / count, row);
        class.into_iter().enumerate().map(place).peekable()
    });
    let next = || match (plus.peek(), minus.peek()) {
        (Some(one), Some(other)) if other.0 < one.0 => minus.next(),
        (None, _) => minus.next(),
        _ => plus.next(),
    };
    std::iter::from_fn(next).take(samples).map(|(_, row)| row).collect()
}
