//! The model: one module shared by all tasks and one head per task.

use nalgebra::{DMatrix, DVector};

use crate::math::linalg;
use crate::math::seed::Seed;
use crate::task::{Activation, Predictor};

/// A shared module with one head and, optionally, one alignment per task. The prediction for task
/// i is `g(X_i R_i B) A_i`.
///
/// B and the A_i are defined only up to an invertible r × r matrix. Compare models through
/// [`SharedModel::estimate`].
#[derive(Debug, Clone, PartialEq)]
pub struct SharedModel {
    /// The shared module B (d × r).
    pub module: DMatrix<f64>,
    /// The heads A_i (r), one per task.
    pub heads: Vec<DVector<f64>>,
    /// The alignments R_i (d × d), one per task; empty if every R_i is the identity.
    pub alignments: Vec<DMatrix<f64>>,
}

impl SharedModel {
    /// A model without alignments.
    pub fn new(module: DMatrix<f64>, heads: Vec<DVector<f64>>) -> Self {
        Self { module, heads, alignments: Vec::new() }
    }

    /// Random initial weights for descent: entries of B have variance 1/d, those of heads 1/r.
    pub fn random(d: usize, width: usize, tasks: usize, seed: Seed) -> Self {
        let module = linalg::normal_matrix(d, width, &mut seed.child("module", 0).rng());
        let head = |i| linalg::normal_vector(width, &mut seed.child("head", i as u64).rng());
        Self::new(
            module / (d as f64).sqrt(),
            (0..tasks).map(|i| head(i) / (width as f64).sqrt()).collect(),
        )
    }

    /// The same weights with identity alignments, ready to be learned.
    pub fn with_alignments(mut self) -> Self {
        let d = self.module.nrows();
        self.alignments = vec![DMatrix::identity(d, d); self.heads.len()];
        self
    }

    /// The units of task i, `R_i B` (d × r).
    pub fn units(&self, task: usize) -> DMatrix<f64> {
        match self.alignments.get(task) {
            Some(alignment) => alignment * &self.module,
            None => self.module.clone(),
        }
    }

    /// The estimate `R_i B A_i` (d) of a linear model for task i.
    pub fn estimate(&self, task: usize) -> DVector<f64> {
        let shared = &self.module * &self.heads[task];
        match self.alignments.get(task) {
            Some(alignment) => alignment * shared,
            None => shared,
        }
    }

    /// The predictor of task i, without an intercept.
    pub fn predictor(&self, task: usize, activation: Activation) -> Predictor {
        let (units, head) = (self.units(task), self.heads[task].clone());
        Predictor { units, head, activation, intercept: 0.0 }
    }

    /// Returns true if every weight is finite.
    pub fn is_finite(&self) -> bool {
        self.parameters().all(|value| value.is_finite())
    }

    /// All weights: B column by column, the heads, the alignments.
    pub fn parameters(&self) -> impl Iterator<Item = f64> + '_ {
        let heads = self.heads.iter().flat_map(|head| head.iter());
        let alignments = self.alignments.iter().flat_map(|alignment| alignment.iter());
        self.module.iter().chain(heads).chain(alignments).copied()
    }

    /// A model of this shape whose weights are all zero.
    pub fn zeros(&self) -> Self {
        let zero = |matrix: &DMatrix<f64>| DMatrix::zeros(matrix.nrows(), matrix.ncols());
        Self {
            module: zero(&self.module),
            heads: self.heads.iter().map(|head| DVector::zeros(head.len())).collect(),
            alignments: self.alignments.iter().map(zero).collect(),
        }
    }

    /// A model of this shape with other weights, in the order of [`SharedModel::parameters`].
    pub fn with_parameters(&self, values: impl IntoIterator<Item = f64>) -> Self {
        let mut values = values.into_iter();
        let mut model = self.clone();
        let heads = model.heads.iter_mut().flat_map(|head| head.iter_mut());
        let alignments = model.alignments.iter_mut().flat_map(|alignment| alignment.iter_mut());
        for (place, value) in
            model.module.iter_mut().chain(heads).chain(alignments).zip(&mut values)
        {
            *place = value;
        }
        model
    }

    /// `self + step · direction`, weight by weight.
    pub fn moved(&self, direction: &Self, step: f64) -> Self {
        let mut model = self.clone();
        let by = |a: &mut f64, b: f64| *a += step * b;
        model.module.zip_apply(&direction.module, by);
        for (head, other) in model.heads.iter_mut().zip(&direction.heads) {
            head.zip_apply(other, by);
        }
        for (alignment, other) in model.alignments.iter_mut().zip(&direction.alignments) {
            alignment.zip_apply(other, by);
        }
        model
    }
}
