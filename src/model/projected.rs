//! The squared loss on rows as a function of the module alone.

use std::sync::Arc;

use nalgebra::{DMatrix, DMatrixView, DVector};

use super::objective::Objective;
use super::on_rows::OnRows;
use super::shared::SharedModel;
use super::task_rows::PackedTask;
use super::weights::Fit;
use super::whitened::LARGE;
use crate::math::factor::Factor;
use crate::math::linalg::CommonAxes;
use crate::math::multistart::Smooth;
use crate::math::{kernel, linalg};
use crate::task::{Activation, Moments, Rows};

/// The squared loss on rows with the best heads for every module: variable projection (Golub &
/// Pereyra 1973). A point is B (d × r), column by column.
pub(super) struct Projected<'a> {
    objective: &'a OnRows,
    moments: &'a [Moments],
    packed: &'a [PackedTask<f64>],
    /// For many weights.
    axes: Option<Axes>,
}

impl<'a> Projected<'a> {
    /// Creates the loss of an objective for modules of `width` units; `moments` are the moments of
    /// its rows, one per task.
    pub(super) fn new(objective: &'a OnRows, moments: &'a [Moments], width: usize) -> Self {
        let packed = objective.data.packed(width);
        let mut found = Self { objective, moments, packed, axes: None };
        if objective.dimension() * width > LARGE {
            let all = moments.iter().enumerate();
            let all: Vec<DMatrix<f64>> =
                all.map(|(i, data)| Arc::unwrap_or_clone(found.curvature_of(i, data))).collect();
            found.axes = CommonAxes::near(&all)
                .map(|axes| Axes { basis: Arc::new(axes.basis), shares: axes.shares });
        }
        found
    }

    /// `H_i + 2λ_iI` (d × d) of a task.
    fn curvature_of(&self, task: usize, data: &Moments) -> Arc<DMatrix<f64>> {
        match self.objective.penalty(task) {
            0.0 => data.h.clone(),
            penalty => data.with_ridge(2.0 * penalty).h,
        }
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
        let mut outputs = self.packed[task].x.project(module);
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
            let back = self.packed[task].x.back(slopes.as_view());
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

    /// `½ Σ α_i (A_iA_iᵀ + diag(A_i)²) ⊗ (H_i + 2λ_iI)`: the curvature at fixed heads if every unit
    /// is active on half of the rows, two units together on a quarter. Of many weights, only the
    /// blocks in axes in which the H_i are nearly diagonal.
    fn curvature(&self, point: &DVector<f64>) -> Option<Factor> {
        let heads = self.heads(self.view(point));
        let n = point.len();
        let of_task = |(head, weight): (&DVector<f64>, &f64)| {
            let own = DMatrix::from_diagonal(&head.component_mul(head));
            (head * head.transpose() + own) * (0.5 * weight)
        };
        let outer: Vec<DMatrix<f64>> =
            heads.iter().zip(&self.objective.weights).map(of_task).collect();
        if let Some(axes) = &self.axes {
            let (q, width) = (axes.shares.nrows(), outer[0].nrows());
            let whole: DMatrix<f64> = outer.iter().sum();
            let ridge = 1e-6 * whole.trace() / width as f64;
            let blocks = (0..q).map(|j| {
                let start = DMatrix::identity(width, width) * ridge;
                let tasks = outer.iter().enumerate();
                tasks.fold(start, |sum, (task, outer)| sum + outer * axes.shares[(j, task)])
            });
            return Factor::of_blocks(blocks).map(|own| own.in_axes(Arc::clone(&axes.basis)));
        }
        let mut sum = DMatrix::zeros(n, n);
        for (task, (data, outer)) in self.moments.iter().zip(&outer).enumerate() {
            sum += outer.kronecker(&self.curvature_of(task, data));
        }
        let ridge = 1e-6 * sum.trace() / n as f64;
        Factor::of(sum + DMatrix::identity(n, n) * ridge)
    }
}

/// Axes in which the curvature of every task is nearly diagonal.
struct Axes {
    /// W (d × q).
    basis: Arc<DMatrix<f64>>,
    /// The diagonals of `WᵀHW` of every task (q × k).
    shares: DMatrix<f64>,
}
