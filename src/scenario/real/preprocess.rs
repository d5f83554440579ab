//! Standardisation and principal components, fitted to the training rows of all tasks.
//!
//! Standardisation alone is fitted anew to the training rows of every trial, so that the parts may
//! be drawn anew too. Components are fitted once, and the parts stay as they are.

use std::sync::Arc;

use nalgebra::{DMatrix, DVector};

use crate::dataset::{Dataset, DatasetTask};
use crate::math::linalg;
use crate::scenario::draft::DatasetDraft;

/// A data set with the components that a scenario asks for, of standardised features if it asks for
/// those too. They are fitted to the pooled training rows; the parts then stay fixed, so that no test
/// row takes part in the fit. Without components it stays as it is.
pub fn applied(mut dataset: Dataset, place: &DatasetDraft) -> Dataset {
    let Some(kept) = place.components else { return dataset };
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
    let axes = linalg::eigen(&scaled).1;
    let kept = kept.clamp(1, d);
    dataset.features = (1..=kept).map(|i| format!("component {i}")).collect();
    let map = DMatrix::from_diagonal(&scales) * axes.columns(0, kept);
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

/// The number by which every feature is multiplied so that its standard deviation over some rows of
/// all tasks is one (d); 1 for a constant feature. `rows` has those of each task; of tasks with one
/// X, those of the first count.
pub(super) fn scales(tasks: &[DatasetTask], rows: &[&[usize]]) -> DVector<f64> {
    let own = |i: usize| !tasks[..i].iter().any(|other| Arc::ptr_eq(&other.x, &tasks[i].x));
    let pooled: Vec<_> =
        (0..tasks.len()).filter(|&i| own(i)).map(|i| (&tasks[i].x, rows[i])).collect();
    let count = pooled.iter().map(|(_, rows)| rows.len()).sum::<usize>().max(1) as f64;
    let d = tasks.first().map_or(0, |task| task.x.ncols());
    DVector::from_fn(d, |j, _| {
        let values = || pooled.iter().flat_map(|(x, rows)| rows.iter().map(move |&i| x[(i, j)]));
        let mean = values().sum::<f64>() / count;
        let variance = values().map(|value| (value - mean).powi(2)).sum::<f64>() / count;
        if variance > 0.0 { 1.0 / variance.sqrt() } else { 1.0 }
    })
}
