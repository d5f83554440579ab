//! Single-task ridge regression: the baseline of every alignment, tuned on the same held-out rows.

use nalgebra::{DMatrix, DVector};

use crate::math::linalg;
use crate::method::input::MethodInput;
use crate::model::SharedModel;
use crate::task::Moments;

/// Penalties to try, strongest first, five per power of ten, as multiples of the mean eigenvalue of
/// XᵀX.
pub fn penalties() -> impl Iterator<Item = f64> {
    (-30..=15).rev().map(|fifth| 10f64.powf(f64::from(fifth) / 5.0))
}

/// Computes `θ̂ = (H + λI)⁻¹c` for every task. λ is chosen on its held-out rows: 0, which gives the
/// minimum-norm least-squares solution, or one of 46 values from 10⁻⁶ to 10³ times the mean
/// eigenvalue of H. One eigendecomposition serves all λ. Data that have a penalty already keep it:
/// it was chosen on the same rows.
pub fn train(problem: &MethodInput) -> SharedModel {
    let tasks = &problem.training.data;
    let estimate = |task: usize| match tasks[task].ridge > 0.0 {
        true => tasks[task].least_squares(),
        false => towards(problem, task, None),
    };
    let estimates: Vec<DVector<f64>> = (0..tasks.len()).map(estimate).collect();
    let head = |i| DVector::from_fn(tasks.len(), |j, _| if i == j { 1.0 } else { 0.0 });
    SharedModel::new(DMatrix::from_columns(&estimates), (0..tasks.len()).map(head).collect())
}

/// The estimate (d) with the least error on the held-out rows of a task, shrunk towards zero or
/// towards a centre: `θ̂ = centre + (H + λI)⁻¹(c − H centre)`. With a centre, λ = ∞ is tried too, and
/// λ takes the place of a penalty that H has already.
pub(super) fn towards(
    problem: &MethodInput,
    task: usize,
    centre: Option<&DVector<f64>>,
) -> DVector<f64> {
    let data: &Moments = &problem.training.data[task];
    let (mut values, axes) = linalg::eigen(&data.h);
    let mut rest = data.c.clone();
    if let Some(centre) = centre {
        values.add_scalar_mut(-data.ridge);
        rest -= &*data.h * centre - centre * data.ridge;
    }
    let correlations = axes.tr_mul(&rest);
    let mean = values.mean();
    let shrunk = |share: f64| {
        let lambda = share * mean;
        let coordinates = correlations.zip_map(&values, |c, h| c / (h.max(0.0) + lambda));
        let moved = &axes * coordinates;
        centre.map_or_else(|| moved.clone(), |centre| centre + &moved)
    };
    let start = data.least_squares();
    let error = problem.held_out(task, &start);
    let tried = penalties().filter(|_| mean > 0.0).map(shrunk);
    centre
        .cloned()
        .into_iter()
        .chain(tried)
        .map(|estimate| (problem.held_out(task, &estimate), estimate))
        .fold((error, start), |best, next| if next.0 < best.0 { next } else { best })
        .1
}
