//! The squared loss on rows as a function of the module alone.

use nalgebra::{DMatrix, DMatrixView, DVector};

use super::on_rows::OnRows;
use super::shared::SharedModel;
use super::weights::Fit;
use crate::math::factor::Factor;
use crate::math::kernel::PackedRows;
use crate::math::multistart::Smooth;
use crate::math::{kernel, linalg};
use crate::task::{Activation, Moments, Rows};

/// The squared loss on rows with the best heads for every module: variable projection (Golub &
/// Pereyra 1973). A point is B (d × r), column by column.
pub(super) struct Projected<'a> {
    objective: &'a OnRows,
    moments: &'a [Moments],
    packed: &'a [PackedRows<f64>],
}

impl<'a> Projected<'a> {
    /// Creates the loss of an objective for modules of `width` units; `moments` are the moments of
    /// its rows, one per task.
    pub(super) fn new(objective: &'a OnRows, moments: &'a [Moments], width: usize) -> Self {
        Self { objective, moments, packed: objective.data.packed(width) }
    }

    fn heads(&self, module: DMatrixView<'_, f64>) -> Vec<DVector<f64>> {
        let best = |(task, data): (usize, &Rows)| {
            self.best_head(task, module, &self.outputs(task, module), &data.y)
        };
        self.objective.data.iter().enumerate().map(best).collect()
    }

    /// The best head of minimum norm of a task for the outputs (m × r) of the units.
    fn best_head(
        &self,
        task: usize,
        module: DMatrixView<'_, f64>,
        outputs: &DMatrix<f64>,
        y: &DVector<f64>,
    ) -> DVector<f64> {
        let mut h = kernel::gram(outputs);
        let penalty = self.objective.penalty(task);
        if penalty != 0.0 {
            let units = module.column_iter().enumerate();
            units.for_each(|(j, unit)| h[(j, j)] += penalty * unit.norm_squared());
        }
        linalg::solve_small(h, &outputs.tr_mul(y))
    }

    /// The outputs (m × r) of the units for the rows of a task.
    fn outputs(&self, task: usize, module: DMatrixView<'_, f64>) -> DMatrix<f64> {
        let mut outputs = self.packed[task].project(module);
        if self.objective.activation == Activation::Relu {
            outputs.apply(|t| *t = t.max(0.0));
        }
        outputs
    }

    fn view<'b>(&self, point: &'b DVector<f64>) -> DMatrixView<'b, f64> {
        let d = self.objective.data[0].x.ncols();
        DMatrixView::from_slice(point.as_slice(), d, point.len() / d)
    }
}

impl Fit for Projected<'_> {
    fn model(&self, point: &DVector<f64>) -> SharedModel {
        let module = self.view(point);
        SharedModel::new(module.into_owned(), self.heads(module))
    }

    fn point(&self, model: &SharedModel) -> DVector<f64> {
        DVector::from_column_slice(model.module.as_slice())
    }
}

impl Smooth for Projected<'_> {
    fn value(&mut self, point: &DVector<f64>, gradient: &mut DVector<f64>) -> f64 {
        let module = self.view(point);
        let d = module.nrows();
        let mut loss = 0.0;
        gradient.fill(0.0);
        let tasks = self.objective.data.iter().zip(&self.objective.weights).enumerate();
        for (task, (data, &weight)) in tasks {
            let mut slopes = self.outputs(task, module);
            let head = self.best_head(task, module, &slopes, &data.y);
            let residual = &slopes * &head - &data.y;
            loss += weight * residual.norm_squared();
            let is_relu = self.objective.activation == Activation::Relu;
            for (mut slopes, a) in slopes.column_iter_mut().zip(&head) {
                let scale = 2.0 * weight * a;
                slopes.zip_apply(&residual, |o, e| {
                    *o = if is_relu && *o <= 0.0 { 0.0 } else { scale * e };
                });
            }
            let back = self.packed[task].back(slopes.as_view());
            gradient.iter_mut().zip(&back).for_each(|(sum, own)| *sum += own);
            let penalty = weight * self.objective.penalty(task);
            if penalty != 0.0 {
                for (j, unit) in module.column_iter().enumerate() {
                    let square = penalty * head[j] * head[j];
                    loss += square * unit.norm_squared();
                    gradient.rows_mut(j * d, d).axpy(2.0 * square, &unit, 1.0);
                }
            }
        }
        loss
    }

    /// `Σ α_i A_iA_iᵀ ⊗ (H_i + 2λ_iI)`: the curvature at fixed heads if every unit is active on
    /// half of the rows.
    fn curvature(&self, point: &DVector<f64>) -> Option<Factor> {
        let heads = self.heads(self.view(point));
        let n = point.len();
        let mut sum = DMatrix::zeros(n, n);
        let tasks = self.moments.iter().zip(&self.objective.weights);
        for (task, ((data, &weight), head)) in tasks.zip(&heads).enumerate() {
            let outer = head * head.transpose() * weight;
            sum += match self.objective.penalty(task) {
                0.0 => outer.kronecker(&data.h),
                penalty => outer.kronecker(&data.with_ridge(2.0 * penalty).h),
            };
        }
        let ridge = 1e-6 * sum.trace() / n as f64;
        Factor::of(sum + DMatrix::identity(n, n) * ridge)
    }
}
