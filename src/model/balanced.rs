//! Labels of very different size, brought to one size for the search.

use nalgebra::DVector;

use super::least_squares::LeastSquares;
use super::optimum::Optimum;
use crate::math::linalg;
use crate::task::Moments;

/// Labels whose sizes differ by less than this factor are left as they are.
const FACTOR: f64 = 1e3;

/// An equivalent objective with labels `y_i/σ_i` and weights `α_iσ_i²`, where σ_i is the
/// root-mean-square label: its heads are `A_i/σ_i`.
///
/// With uniform weights the objective of labels in very different units is that of the largest
/// ones to all digits, and says nothing about the other heads. After the search every head is
/// therefore the best one for the module.
pub(super) struct Balanced {
    /// The objective with balanced labels.
    pub(super) objective: LeastSquares,
    /// The single-task solutions (d each), divided by σ_i.
    pub(super) alone: Vec<DVector<f64>>,
    sizes: Vec<f64>,
}

impl Balanced {
    /// The balanced objective; `None` if the labels have about the same size, or if `width` units
    /// share nothing.
    pub(super) fn of(
        objective: &LeastSquares,
        width: usize,
        alone: &[DVector<f64>],
    ) -> Option<Self> {
        if width >= alone.len() {
            return None;
        }
        let size = |data: &Moments| (data.s / data.samples.max(1) as f64).sqrt();
        let mut sizes: Vec<f64> = objective.data.iter().map(size).collect();
        let usable = |size: &&f64| size.is_normal();
        let largest = sizes.iter().filter(usable).copied().fold(0.0, f64::max);
        let least = sizes.iter().filter(usable).copied().fold(f64::INFINITY, f64::min);
        if !(largest.is_finite() && largest > FACTOR * least) {
            return None;
        }
        sizes.iter_mut().filter(|size| !size.is_normal()).for_each(|size| *size = largest);
        let data = objective
            .data
            .iter()
            .zip(&sizes)
            .map(|(data, size)| data.with_scaled_labels(1.0 / size));
        let weights = objective.weights.iter().zip(&sizes).map(|(a, size)| a * size * size);
        Some(Self {
            objective: LeastSquares { data: data.collect(), weights: weights.collect() },
            alone: alone.iter().zip(&sizes).map(|(theta, size)| theta / *size).collect(),
            sizes,
        })
    }

    /// The optimum of the balanced objective near that of the original one.
    pub(super) fn near(&self, near: &Optimum) -> Optimum {
        let mut near = near.clone();
        let heads = near.model.heads.iter_mut().zip(&self.sizes);
        heads.for_each(|(head, size)| *head /= *size);
        near
    }

    /// The optimum of the original objective.
    pub(super) fn original(&self, mut found: Optimum) -> Optimum {
        let model = &mut found.model;
        for ((head, size), data) in
            model.heads.iter_mut().zip(&self.sizes).zip(&self.objective.data)
        {
            let curvature = model.module.tr_mul(&(&data.h * &model.module));
            let best = linalg::solve_small(curvature, &model.module.tr_mul(&data.c));
            *head = best * *size;
        }
        found
    }
}
