//! Rows of a task with their labels.

use nalgebra::{DMatrix, DVector};
use rand::RngExt;

use super::labels::{Labels, Response};
use super::moments::Moments;
use super::population::PopulationTask;
use crate::math::linalg;
use crate::math::seed::Seed;

/// X and y of one task.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows {
    /// X (m × d).
    pub x: DMatrix<f64>,
    /// y (m).
    pub y: DVector<f64>,
}

/// Rows on which the errors of a model are measured.
#[derive(Debug, Clone, PartialEq)]
pub struct TestRows {
    /// X and y.
    pub rows: Rows,
    /// The mean that the labels of the training rows lack, added to every prediction; 0 if these
    /// are not centred.
    pub label_mean: f64,
}

impl TestRows {
    /// The rows with labels less the mean of the training labels.
    pub fn centred(&self) -> Rows {
        Rows { x: self.rows.x.clone(), y: self.rows.y.add_scalar(-self.label_mean) }
    }
}

impl Rows {
    /// Draws `samples` rows with their labels.
    pub fn draw(task: &PopulationTask, samples: u64, labels: &Labels, seed: Seed) -> Self {
        let x = features(&task.factor, samples, seed);
        let y = labels_of(&x, task, labels, seed);
        Self { x, y }
    }

    /// The moments of these rows.
    pub fn moments(&self) -> Moments {
        Moments::of(&self.x, &self.y)
    }
}

/// Draws `samples` rows with covariance `CᵀC`, where `factor` is C (d × d).
pub fn features(factor: &DMatrix<f64>, samples: u64, seed: Seed) -> DMatrix<f64> {
    let mut rng = seed.child("rows", 0).rng();
    linalg::normal_matrix(samples as usize, factor.nrows(), &mut rng) * factor
}

/// Draws labels for given rows X (m × d). Random labels, if any, go to the first rows, because
/// rows are exchangeable.
pub fn labels_of(
    x: &DMatrix<f64>,
    task: &PopulationTask,
    labels: &Labels,
    seed: Seed,
) -> DVector<f64> {
    let m = x.nrows();
    let noise = linalg::normal_vector(m, &mut seed.child("noise", 0).rng());
    let projections = x * &task.theta;
    let at_random = labels.random_rows(m as u64) as usize;
    let mut rng = seed.child("labels", 0).rng();
    DVector::from_fn(m, |i, _| {
        let turned = rng.random::<f64>();
        if i < at_random {
            return task.random_label(labels, noise[i], turned);
        }
        match labels.response {
            Response::Sign => {
                let side = labels.response.at(projections[i] + labels.noise * noise[i]);
                if turned < labels.flips { -side } else { side }
            }
            response => response.at(projections[i]) + labels.noise * noise[i],
        }
    })
}
