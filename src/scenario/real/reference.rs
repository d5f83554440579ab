//! The fit of a real task to all its rows, which stands where a drawn task has its population.

use nalgebra::{DMatrix, DVector};

use super::feature_map::{FeatureMap, inverse};
use crate::dataset::{DatasetTask, TaskKind};
use crate::math::linalg;
use crate::task::{PopulationTask, Response};

/// What is added to the correlations before θ is fitted, so that constant or duplicated features do
/// no harm.
const RIDGE: f64 = 1e-6;
/// Times that θ is fitted to what is left, so that only directions without variance are shrunk.
const ROUNDS: usize = 4;

/// The weakest ridge penalty that is tried, as a power of ten of the mean eigenvalue of `XᵀX`.
pub const WEAKEST_PENALTY: f64 = -4.0;
/// An eigenvalue of the correlations below this counts as zero.
const NO_VARIANCE: f64 = 1e-9;

/// A real task fitted to all its rows.
#[derive(Debug)]
pub(super) struct Reference {
    /// The covariance of the rows and θ.
    pub(super) population: PopulationTask,
    /// The variance of the labels about the fit, as on rows that took no part in it.
    pub(super) noise: f64,
    /// Number of rows.
    pub(super) rows: f64,
    /// The same variance on the test rows, if the files give them.
    pub(super) on_test_rows: Option<f64>,
    /// The excess risk of a fit with the weakest penalty to endless rows.
    pub(super) penalised: f64,
    /// True if a feature is constant, or others determine it.
    pub(super) repeats: bool,
}

/// The covariance of the features of all rows of a task, and θ fitted to them.
pub(super) fn fit(task: &DatasetTask, map: &FeatureMap) -> Reference {
    let (rows, covariance, product, variance) = match &task.moments {
        Some(all) => {
            let m = all.rows as f64;
            (m, &all.xx / m, &all.xy / m, all.yy / m)
        }
        None => of_rows(task),
    };
    let (covariance, product) = (map.covariance(covariance), map.product(product));
    let d = covariance.nrows();
    let theta = theta(&covariance, &product);
    let (values, axes) = linalg::eigen(&covariance);
    let weakest = 10_f64.powf(WEAKEST_PENALTY) * values.mean();
    let bias = |(value, along): (&f64, &f64)| {
        value * (along * weakest / (value + weakest).max(f64::MIN_POSITIVE)).powi(2)
    };
    let penalised = values.iter().zip(&axes.tr_mul(&theta)).map(bias).sum();
    let deviations = values.map(|value| value.max(0.0).sqrt());
    let factor = &axes * DMatrix::from_diagonal(&deviations) * axes.transpose();
    let response = match task.kind {
        TaskKind::Regression => Response::Linear,
        TaskKind::Classification => Response::Sign,
    };
    let freedom = rows - d as f64 - 1.0;
    let noise = (variance - theta.dot(&product)).max(0.0) * rows / freedom.max(1.0);
    let on_test_rows =
        task.split.given.then(|| residual(task, &map.of_rows(&theta), &task.split.test));
    let repeats = repeats(&covariance);
    let population = PopulationTask { theta, factor: factor.into(), response };
    Reference { population, noise, rows, on_test_rows, penalised, repeats }
}

/// θ (d) for the covariance of the features (d × d) and their covariances with the labels (d),
/// whatever the scales of the features.
fn theta(covariance: &DMatrix<f64>, product: &DVector<f64>) -> DVector<f64> {
    let scales = inverse(&covariance.diagonal());
    let correlations = covariance.component_mul(&(&scales * scales.transpose()));
    let product = product.component_mul(&scales);
    let lifted = &correlations + DMatrix::identity(scales.len(), scales.len()) * RIDGE;
    let mut theta = DVector::zeros(scales.len());
    for _ in 0..ROUNDS {
        theta += linalg::solve(&lifted, &(&product - &correlations * &theta));
    }
    theta.component_mul(&scales)
}

/// Returns true if a feature with this covariance (d × d) is constant, or others determine it.
fn repeats(covariance: &DMatrix<f64>) -> bool {
    let scales = covariance.diagonal().map(|variance| variance.max(0.0).sqrt());
    let correlations = covariance.component_div(&(&scales * scales.transpose()));
    let is_constant = scales.iter().any(|scale| *scale <= 0.0);
    is_constant || linalg::eigen(&correlations).0.iter().any(|value| *value < NO_VARIANCE)
}

/// The variance of `y − ⟨x, θ⟩` over some rows.
fn residual(task: &DatasetTask, theta: &DVector<f64>, rows: &[usize]) -> f64 {
    let left = |&row: &usize| task.y[row] - (task.x.row(row) * theta)[0];
    DVector::from_iterator(rows.len(), rows.iter().map(left)).variance()
}

/// m, `XᵀX / m`, `Xᵀy / m` and `yᵀy / m` of the rows of a task, which are all there are, less their
/// means.
fn of_rows(task: &DatasetTask) -> (f64, DMatrix<f64>, DVector<f64>, f64) {
    let rows: Vec<usize> = (0..task.y.len()).filter(|&i| task.y[i].is_finite()).collect();
    let x = task.x.select_rows(&rows);
    let y = DVector::from_iterator(rows.len(), rows.iter().map(|&i| task.y[i]));
    let m = rows.len() as f64;
    let x = centred(x);
    let y = y.add_scalar(-y.mean());
    (m, x.transpose() * &x / m, x.transpose() * &y / m, y.norm_squared() / m)
}

/// X (m × d) less the mean of every column.
fn centred(mut x: DMatrix<f64>) -> DMatrix<f64> {
    for mut column in x.column_iter_mut() {
        let mean = column.mean();
        column.add_scalar_mut(-mean);
    }
    x
}
