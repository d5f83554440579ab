//! The fit of a real task to all its rows, which stands where a drawn task has its population.

use nalgebra::{DMatrix, DVector};

use crate::dataset::{DatasetTask, TaskKind};
use crate::math::linalg;
use crate::task::{PopulationTask, Response};

/// Share of the mean variance that is added to the covariance before θ is fitted, so that constant
/// or duplicated features do no harm.
const RIDGE: f64 = 1e-6;

/// The covariance of all rows of a task, and θ fitted to them, with every feature multiplied by its
/// scale.
pub(super) fn population(task: &DatasetTask, scales: Option<&DVector<f64>>) -> PopulationTask {
    let (mut covariance, mut product) = match &task.moments {
        Some(all) => (&all.xx / all.rows as f64, &all.xy / all.rows as f64),
        None => of_rows(task),
    };
    let d = covariance.nrows();
    if let Some(scales) = scales {
        covariance.component_mul_assign(&(scales * scales.transpose()));
        product.component_mul_assign(scales);
    }
    let lift = RIDGE * covariance.trace() / d as f64;
    let theta = linalg::solve(&(&covariance + DMatrix::identity(d, d) * lift), &product);
    let (values, axes) = linalg::eigen(&covariance);
    let deviations = values.map(|value| value.max(0.0).sqrt());
    let factor = &axes * DMatrix::from_diagonal(&deviations) * axes.transpose();
    let response = match task.kind {
        TaskKind::Regression => Response::Linear,
        TaskKind::Classification => Response::Sign,
    };
    PopulationTask { theta, factor: factor.into(), response }
}

/// `XᵀX / m` and `Xᵀy / m` of the rows of a task, which are all there are, less their means.
fn of_rows(task: &DatasetTask) -> (DMatrix<f64>, DVector<f64>) {
    let rows: Vec<usize> = (0..task.y.len()).filter(|&i| task.y[i].is_finite()).collect();
    let x = task.x.select_rows(&rows);
    let y = DVector::from_iterator(rows.len(), rows.iter().map(|&i| task.y[i]));
    let m = rows.len() as f64;
    let x = centred(x);
    let y = y.add_scalar(-y.mean());
    (x.transpose() * &x / m, x.transpose() * &y / m)
}

/// X (m × d) less the mean of every column.
fn centred(mut x: DMatrix<f64>) -> DMatrix<f64> {
    for mut column in x.column_iter_mut() {
        let mean = column.mean();
        column.add_scalar_mut(-mean);
    }
    x
}
