//! The model itself: one module shared by all tasks, one head for each.

use nalgebra::{DMatrix, DVector};

use crate::math::linalg;
use crate::math::seed::Seed;

/// A linear shared module with one head per task; task i is predicted by `X_i B A_i`.
///
/// B and the A_i are defined only up to an invertible r × r matrix: compare models through
/// [`SharedModel::estimate`].
#[derive(Debug, Clone, PartialEq)]
pub struct SharedModel {
    /// The shared module B (d × r).
    pub module: DMatrix<f64>,
    /// The heads A_i (r), one per task.
    pub heads: Vec<DVector<f64>>,
}

impl SharedModel {
    /// Random weights with which descent begins: B has entries of variance 1/d, heads of 1/r.
    pub fn random(d: usize, width: usize, tasks: usize, seed: Seed) -> Self {
        let module = linalg::normal_matrix(d, width, &mut seed.child("module", 0).rng());
        let head = |i| linalg::normal_vector(width, &mut seed.child("head", i as u64).rng());
        Self {
            module: module / (d as f64).sqrt(),
            heads: (0..tasks).map(|i| head(i) / (width as f64).sqrt()).collect(),
        }
    }

    /// The vector `B A_i` (d) by which task i is predicted.
    pub fn estimate(&self, task: usize) -> DVector<f64> {
        &self.module * &self.heads[task]
    }

    /// Whether every weight is a finite number.
    pub fn is_finite(&self) -> bool {
        let all = |mut values: std::slice::Iter<'_, f64>| values.all(|v| v.is_finite());
        all(self.module.as_slice().iter()) && self.heads.iter().all(|h| all(h.as_slice().iter()))
    }
}
