//! Starts for the search for a shared module: combinations of the single-task solutions.

use nalgebra::{DMatrix, DVector};
use rand::RngExt;

use crate::math::linalg;
use crate::math::seed::Seed;

/// Up to this number of tasks, all relative signs are tried.
const ALL_SIGNS: usize = 7;
/// Number of random sign patterns, of random combinations and of random modules.
const AT_RANDOM: u64 = 6;

/// Initial modules (d × r). `alone` are the single-task solutions (d each) in coordinates in which
/// all features have the same spread; `shares` are the weights of the tasks. The starts are
/// combinations `Θ N` and random modules. N (k × r) comes from the singular vectors with all signs
/// of the tasks (for many tasks, single flips and random signs), selects tasks, or is random.
pub(super) fn modules(
    alone: &[DVector<f64>],
    shares: &[f64],
    width: usize,
    seed: Seed,
) -> Vec<DMatrix<f64>> {
    let columns: Vec<_> = alone.iter().zip(shares).map(|(a, share)| a * share.sqrt()).collect();
    let theta = DMatrix::from_columns(&columns);
    let (d, k) = theta.shape();
    let leading = linalg::leading_eigenvectors(&theta.tr_mul(&theta), width);
    let signed = |signs: Vec<f64>| DMatrix::from_fn(k, width, |i, j| leading[(i, j)] * signs[i]);
    let mut combinations: Vec<DMatrix<f64>> =
        signs(k, seed.child("signs", 0)).into_iter().map(signed).collect();
    combinations.extend((0..k).map(|first| picked(k, width, first)));
    combinations.extend(
        (0..AT_RANDOM)
            .map(|i| linalg::normal_matrix(k, width, &mut seed.child("combination", i).rng())),
    );
    let random =
        (0..AT_RANDOM).map(|i| linalg::normal_matrix(d, width, &mut seed.child("module", i).rng()));
    combinations.iter().map(|n| &theta * n).chain(random).collect()
}

/// Sign patterns of k tasks, up to a common sign; the first is all positive.
fn signs(k: usize, seed: Seed) -> Vec<Vec<f64>> {
    let sign = |negative: bool| if negative { -1.0 } else { 1.0 };
    if k <= ALL_SIGNS {
        let pattern = |p: usize| (0..k).map(|i| sign(p >> i & 1 == 1)).collect();
        return (0..1 << (k - 1)).map(pattern).collect();
    }
    let mut rng = seed.rng();
    let mut patterns = vec![vec![1.0; k]];
    patterns.extend((0..k).map(|flip| (0..k).map(|i| sign(i == flip)).collect()));
    patterns.extend((0..AT_RANDOM).map(|_| (0..k).map(|_| sign(rng.random())).collect()));
    patterns
}

/// Selects `width` tasks from `first` on, cyclically (k × width).
fn picked(k: usize, width: usize, first: usize) -> DMatrix<f64> {
    DMatrix::from_fn(k, width, |i, j| if i == (first + j) % k { 1.0 } else { 0.0 })
}
