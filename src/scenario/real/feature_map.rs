//! Standardisation and principal components of features, fitted to the training rows of all tasks.
//!
//! They are fitted anew to the training rows of every trial, so that every trial may draw its own
//! parts, and no test row takes part in a fit.

use std::sync::Arc;

use nalgebra::{DMatrix, DVector};

use crate::dataset::DatasetTask;
use crate::math::{kernel, linalg};
use crate::scenario::draft::DatasetDraft;

/// What becomes of features from which their means have been subtracted.
#[derive(Debug, Clone)]
pub(crate) enum FeatureMap {
    /// They stay.
    Same,
    /// Each is multiplied by a number (d).
    Scales(DVector<f64>),
    /// They are replaced by others: `x ↦ Mᵀx` with M (d × number of components).
    Components(Arc<DMatrix<f64>>),
}

impl FeatureMap {
    /// Fits what the scenario asks for to some rows of all tasks: `rows` has those of each. Of tasks
    /// with one X, those of the first count. A constant feature has the scale 1.
    pub(super) fn fit(tasks: &[DatasetTask], rows: &[&[usize]], place: &DatasetDraft) -> Self {
        if !place.standardise && place.components.is_none() {
            return Self::Same;
        }
        let Some(kept) = place.components else {
            return Self::Scales(inverse(&variances(tasks, rows)));
        };
        let covariance = covariance(tasks, rows);
        let scales = match place.standardise {
            true => inverse(&covariance.diagonal()),
            false => DVector::from_element(covariance.nrows(), 1.0),
        };
        let scaled = covariance.component_mul(&(&scales * scales.transpose()));
        let axes = linalg::eigen(&scaled).1;
        let kept = kept.clamp(1, scales.len().max(1));
        Self::Components(Arc::new(DMatrix::from_diagonal(&scales) * axes.columns(0, kept)))
    }

    /// The features (m × number of them) of rows X (m × d) less their means.
    pub(in crate::scenario) fn features(&self, mut x: DMatrix<f64>) -> DMatrix<f64> {
        match self {
            Self::Same => x,
            Self::Scales(scales) => {
                for (mut column, scale) in x.column_iter_mut().zip(scales.iter()) {
                    column *= *scale;
                }
                x
            }
            Self::Components(map) => x * map.as_ref(),
        }
    }

    /// The covariance of the features, from that of the rows (d × d).
    pub(super) fn covariance(&self, of_rows: DMatrix<f64>) -> DMatrix<f64> {
        match self {
            Self::Same => of_rows,
            Self::Scales(scales) => of_rows.component_mul(&(scales * scales.transpose())),
            Self::Components(map) => map.tr_mul(&of_rows) * map.as_ref(),
        }
    }

    /// The covariances of the features with the labels, from those of the rows (d).
    pub(super) fn product(&self, of_rows: DVector<f64>) -> DVector<f64> {
        match self {
            Self::Same => of_rows,
            Self::Scales(scales) => of_rows.component_mul(scales),
            Self::Components(map) => map.tr_mul(&of_rows),
        }
    }

    /// The coefficients (d) of the rows that predict the same as θ does of the features.
    pub(super) fn of_rows(&self, theta: &DVector<f64>) -> DVector<f64> {
        match self {
            Self::Same => theta.clone(),
            Self::Scales(scales) => theta.component_mul(scales),
            Self::Components(map) => map.as_ref() * theta,
        }
    }
}

/// What divides numbers with these variances by their deviations; 1 where there is no variance.
pub(super) fn inverse(variances: &DVector<f64>) -> DVector<f64> {
    variances.map(|variance| if variance > 0.0 { 1.0 / variance.sqrt() } else { 1.0 })
}

/// The X of every task with the rows that count; a shared X counts once.
fn pooled<'a>(
    tasks: &'a [DatasetTask],
    rows: &'a [&[usize]],
) -> impl Iterator<Item = (&'a DMatrix<f64>, &'a [usize])> + Clone {
    let own = |i: &usize| !tasks[..*i].iter().any(|other| Arc::ptr_eq(&other.x, &tasks[*i].x));
    (0..tasks.len()).filter(own).map(|i| (tasks[i].x.as_ref(), rows[i]))
}

/// The standard deviations of the features over all rows of all tasks (d).
pub(super) fn deviations(tasks: &[DatasetTask]) -> DVector<f64> {
    let rows: Vec<Vec<usize>> = tasks.iter().map(|task| (0..task.x.nrows()).collect()).collect();
    let rows: Vec<&[usize]> = rows.iter().map(|rows| &rows[..]).collect();
    variances(tasks, &rows).map(f64::sqrt)
}

/// The variances of the features over some rows of all tasks (d).
fn variances(tasks: &[DatasetTask], rows: &[&[usize]]) -> DVector<f64> {
    let count = pooled(tasks, rows).map(|(_, rows)| rows.len()).sum::<usize>().max(1) as f64;
    let d = tasks.first().map_or(0, |task| task.x.ncols());
    DVector::from_fn(d, |j, _| {
        let values =
            || pooled(tasks, rows).flat_map(|(x, rows)| rows.iter().map(move |&i| x[(i, j)]));
        let mean = values().sum::<f64>() / count;
        values().map(|value| (value - mean).powi(2)).sum::<f64>() / count
    })
}

/// The covariance of the features (d × d).
fn covariance(tasks: &[DatasetTask], rows: &[&[usize]]) -> DMatrix<f64> {
    let d = tasks.first().map_or(0, |task| task.x.ncols());
    let (mut count, mut sum, mut squares) = (0.0, DVector::zeros(d), DMatrix::zeros(d, d));
    for (x, rows) in pooled(tasks, rows) {
        let x = x.select_rows(rows);
        count += x.nrows() as f64;
        sum += x.row_sum_tr();
        squares += kernel::gram(&x);
    }
    let count = f64::max(count, 1.0);
    let means = sum / count;
    squares / count - &means * means.transpose()
}
