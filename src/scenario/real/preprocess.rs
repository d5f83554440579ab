//! Standardisation and principal components, fitted to the training rows of all tasks.

use std::sync::Arc;

use nalgebra::{DMatrix, DVector};

use crate::dataset::Dataset;
use crate::math::linalg;
use crate::scenario::draft::DatasetDraft;

/// A data set with the features that a scenario asks for. Scales and components are fitted to the
/// pooled training rows; the parts then stay fixed, so that no test row takes part in the fit.
pub fn applied(mut dataset: Dataset, place: &DatasetDraft) -> Dataset {
    if !place.standardise && place.components.is_none() {
        return dataset;
    }
    let (means, covariance) = pooled(&dataset);
    let d = means.len();
    let scales = match place.standardise {
        true => DVector::from_fn(d, |j, _| match covariance[(j, j)].sqrt() {
            deviation if deviation > 0.0 => 1.0 / deviation,
            _ => 1.0,
        }),
        false => DVector::from_element(d, 1.0),
    };
    let scaled = DMatrix::from_fn(d, d, |i, j| covariance[(i, j)] * scales[i] * scales[j]);
    let map = match place.components {
        Some(kept) => {
            let axes = linalg::eigen(&scaled).1;
            let kept = kept.clamp(1, d);
            dataset.features = (1..=kept).map(|i| format!("component {i}")).collect();
            DMatrix::from_diagonal(&scales) * axes.columns(0, kept)
        }
        None => DMatrix::from_diagonal(&scales),
    };
    let mut done: Vec<[Arc<DMatrix<f64>>; 2]> = Vec::new();
    for task in &mut dataset.tasks {
        let known = done.iter().find(|[from, _]| Arc::ptr_eq(from, &task.x));
        let made = match known {
            Some([_, made]) => made.clone(),
            None => {
                let mut x = task.x.as_ref().clone();
                for (mut column, mean) in x.column_iter_mut().zip(means.iter()) {
                    column.add_scalar_mut(-mean);
                }
                let made = Arc::new(x * &map);
                done.push([task.x.clone(), made.clone()]);
                made
            }
        };
        task.x = made;
        task.moments = task.moments.take().map(|all| Arc::new(all.mapped(&means, &map)));
        task.split.given = true;
    }
    dataset
}

/// Mean (d) and covariance (d × d) of the training rows of all tasks; a shared X counts once.
fn pooled(dataset: &Dataset) -> (DVector<f64>, DMatrix<f64>) {
    let d = dataset.tasks.first().map_or(0, |task| task.x.ncols());
    let (mut count, mut sum, mut squares) = (0.0, DVector::zeros(d), DMatrix::zeros(d, d));
    for (i, task) in dataset.tasks.iter().enumerate() {
        if dataset.tasks[..i].iter().any(|other| Arc::ptr_eq(&other.x, &task.x)) {
            continue;
        }
        let x = task.x.select_rows(&task.split.train);
        count += x.nrows() as f64;
        sum += x.row_sum_tr();
        squares += x.transpose() * &x;
    }
    let count = f64::max(count, 1.0);
    let means = sum / count;
    let covariance = squares / count - &means * means.transpose();
    (means, covariance)
}
