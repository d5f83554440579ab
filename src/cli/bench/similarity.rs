//! θ, SVD weights and similarity scores of many tasks.

use crate::cli::bench::report::{Bench, Case, ROWS, Report};
use crate::cli::bench::{clock, rows};
use crate::method::weighting::svd;
use crate::task::{Moments, Rows};
use crate::transfer::similarity::{KEPT_SHARE, PrincipalSpread};

/// Number of tasks.
const TASKS: usize = 10;

pub(super) fn svd(args: &Bench) -> Report {
    let d = usize::from(args.features());
    let of_task = |task: usize| {
        let x = rows::features(task, ROWS, d);
        Rows { y: &x * rows::vector(task, d), x }
    };
    let tasks: Vec<Rows> = (0..TASKS).map(of_task).collect();
    let mut check = 0.0;
    let timed = clock::time(args.steps, || check = scores(&tasks));
    let shape =
        format!("θ, SVD weights and similarity of {TASKS} tasks × {ROWS} rows × {d} features");
    Report::new(args, Case::Svd, shape, timed, check)
}

/// The sum of everything computed, as a check.
fn scores(tasks: &[Rows]) -> f64 {
    let data: Vec<Moments> = tasks.iter().map(Rows::moments).collect();
    let thetas: f64 = data.iter().map(|data| data.least_squares().norm()).sum();
    let weights: f64 = svd::standardised(&data, 1).iter().sum();
    let spreads: Vec<PrincipalSpread> =
        data.iter().filter_map(|data| PrincipalSpread::of(&data.h, KEPT_SHARE)).collect();
    let pairs = spreads.iter().enumerate();
    let similar: f64 = pairs
        .flat_map(|(i, one)| spreads[i + 1..].iter().map(|other| one.similarity(other).score))
        .sum();
    thetas + weights + similar
}
