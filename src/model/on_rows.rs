//! The objective computed from rows: any activation, squared or logistic loss.

use nalgebra::{DMatrix, DVector};

use super::loss::Loss;
use super::objective::Objective;
use super::shared::SharedModel;
use super::slopes::{Slopes, Task};
use super::task_rows::{PackedTask, TaskRows};
use crate::math::kernel::{Number, Units};
use crate::task::{Activation, Predictor, Rows};

/// `f = Σ_i α_i (Σ_rows ℓ(g(x U_i) A_i, y) + λ_i p(U_i, A_i))` with the units `U_i = R_i B`.
///
/// The ridge penalty p of linear units is `‖U_i A_i‖²`, that of the estimate; that of ReLU units is
/// `Σ_j ‖u_ij‖² a_ij²`. Neither changes with the scale of a unit if the heads make up for it.
#[derive(Debug, Clone)]
pub struct OnRows {
    /// The data of every task.
    pub data: TaskRows,
    /// The task weights α_i.
    pub weights: Vec<f64>,
    /// The activation g.
    pub activation: Activation,
    /// The loss ℓ.
    pub loss: Loss,
    /// The ridge penalties λ_i; empty if there are none.
    pub penalties: Vec<f64>,
    /// True if every task has an intercept b_i without a penalty, which is added to its
    /// predictions and always at its optimum for the other weights.
    pub intercepts: bool,
}

impl OnRows {
    /// The ridge penalty λ of a task; 0 for none.
    pub fn penalty(&self, task: usize) -> f64 {
        self.penalties.get(task).copied().unwrap_or(0.0)
    }

    /// The predictor of a task with its intercept.
    pub fn predictor(&self, model: &SharedModel, task: usize) -> Predictor {
        let mut predictor = model.predictor(task, self.activation);
        predictor.intercept = self.intercept(task, &predictor.units, &predictor.head);
        predictor
    }

    /// The predictions (m) of the rows of a task, without an intercept.
    fn predict(&self, task: usize, units: &DMatrix<f64>, head: &DVector<f64>) -> DVector<f64> {
        let mut outputs = self.data.packed(units.ncols())[task].x.project(units.as_view());
        outputs.apply(|t| *t = self.activation.at(*t));
        outputs * head
    }

    /// The intercept of a task for its units (d × r) and its head (r); 0 for none.
    fn intercept(&self, task: usize, units: &DMatrix<f64>, head: &DVector<f64>) -> f64 {
        if !self.intercepts {
            return 0.0;
        }
        self.loss.intercept(&self.predict(task, units, head), &self.data[task].y)
    }

    /// Returns true if every task has a penalty: the optimum is then finite.
    pub(super) fn is_penalised(&self) -> bool {
        (0..self.data.len()).all(|task| self.penalty(task) > 0.0)
    }

    /// Adds the penalty of a task, times `scale`, to the derivatives with respect to its units
    /// (d × r) and its head (r), and returns it.
    fn penalise(
        &self,
        scale: f64,
        units: &DMatrix<f64>,
        head: &DVector<f64>,
        slope_of_units: &mut DMatrix<f64>,
        slope_of_head: &mut DVector<f64>,
    ) -> f64 {
        match self.activation {
            Activation::Linear => {
                let estimate = units * head;
                slope_of_units.ger(2.0 * scale, &estimate, head, 1.0);
                slope_of_head.gemv_tr(2.0 * scale, units, &estimate, 1.0);
            }
            Activation::Relu => {
                for (j, unit) in units.column_iter().enumerate() {
                    slope_of_head[j] += 2.0 * scale * unit.norm_squared() * head[j];
                    slope_of_units.column_mut(j).axpy(2.0 * scale * head[j] * head[j], &unit, 1.0);
                }
            }
        }
        scale * self.activation.ridge(units, head)
    }
}

impl Objective for OnRows {
    fn dimension(&self) -> usize {
        self.data.first().map_or(0, |data| data.x.ncols())
    }

    fn weights(&self) -> &[f64] {
        &self.weights
    }

    fn samples(&self, task: usize) -> u64 {
        self.data[task].y.len() as u64
    }

    fn task_losses(&self, model: &SharedModel) -> Vec<f64> {
        let of_task = |(i, data): (usize, &Rows)| {
            let (units, head) = (model.units(i), &model.heads[i]);
            let mut f = self.predict(i, &units, head);
            if self.intercepts {
                f.add_scalar_mut(self.loss.intercept(&f, &data.y));
            }
            let loss: f64 = f.iter().zip(&data.y).map(|(f, y)| self.loss.at(*f, *y)).sum();
            match self.penalty(i) {
                0.0 => loss,
                penalty => loss + penalty * self.activation.ridge(&units, head),
            }
        };
        self.data.iter().enumerate().map(of_task).collect()
    }

    fn gradient(&self, model: &SharedModel) -> (f64, SharedModel) {
        let packed = self.data.packed(model.module.ncols());
        self.gradient_on(packed, model, |parts, part| (0..parts).map(part).collect())
    }
}

/// The loss of some rows of a task with its derivatives.
#[derive(Debug, Clone)]
pub struct Part {
    task: usize,
    loss: f64,
    of_units: DMatrix<f64>,
    of_head: DVector<f64>,
}

impl OnRows {
    /// [`Objective::gradient`] on packed rows, as a sum of parts. `map` applies the function to
    /// `0..parts`, on several threads if it likes, and returns the results in this order. The sum is
    /// the same for any number of threads.
    ///
    /// With projections `P = X U`, `U = R B`, and slopes `s` of the loss: `∂A = g(P)ᵀ s`,
    /// `∂U = Xᵀ (s Aᵀ ⊙ g′(P))`, both with the derivatives of the penalty, `∂B = Rᵀ ∂U`,
    /// `∂R = ∂U Bᵀ`.
    pub fn gradient_on<T: Number>(
        &self,
        packed: &[PackedTask<T>],
        model: &SharedModel,
        map: impl FnOnce(usize, &(dyn Fn(usize) -> Part + Sync)) -> Vec<Part>,
    ) -> (f64, SharedModel) {
        let units: Vec<_> = (0..packed.len()).map(|task| model.units(task)).collect();
        let tasks: Vec<_> =
            (0..packed.len()).map(|i| self.task(&packed[i], i, &units[i], model)).collect();
        let packed_units: Vec<_> = units.iter().map(|own| Units::new(own.as_view())).collect();
        let parts: Vec<(usize, usize)> = packed
            .iter()
            .enumerate()
            .flat_map(|(i, own)| (0..own.x.chunks()).map(move |c| (i, c)))
            .collect();
        let part = |index: usize| {
            let (task, chunk) = parts[index];
            let mut slopes = Slopes::new(tasks[task], &model.heads[task]);
            let of_units = packed[task].x.chunk(chunk, &packed_units[task], &mut slopes);
            Part { task, loss: slopes.loss, of_units, of_head: slopes.of_head }
        };
        self.sum(model, &units, map(parts.len(), &part))
    }

    fn task<'a, T>(
        &self,
        packed: &'a PackedTask<T>,
        task: usize,
        units: &DMatrix<f64>,
        model: &SharedModel,
    ) -> Task<'a, T> {
        Task {
            y: &packed.y,
            weight: self.weights[task],
            intercept: self.intercept(task, units, &model.heads[task]),
            activation: self.activation,
            loss: self.loss,
        }
    }

    /// The sum of the parts and the penalties. `units` are those of every task (d × r).
    fn sum(
        &self,
        model: &SharedModel,
        units: &[DMatrix<f64>],
        parts: Vec<Part>,
    ) -> (f64, SharedModel) {
        let mut loss = 0.0;
        let mut gradient = model.zeros();
        let (d, width) = model.module.shape();
        let mut of_units = vec![DMatrix::zeros(d, width); units.len()];
        for part in parts {
            loss += part.loss;
            of_units[part.task] += part.of_units;
            gradient.heads[part.task] += part.of_head;
        }
        for (i, mut back) in of_units.into_iter().enumerate() {
            if self.penalty(i) != 0.0 {
                let scale = self.weights[i] * self.penalty(i);
                let own = &mut gradient.heads[i];
                loss += self.penalise(scale, &units[i], &model.heads[i], &mut back, own);
            }
            match model.alignments.get(i) {
                Some(alignment) => {
                    gradient.module += alignment.transpose() * &back;
                    gradient.alignments[i] = back * model.module.transpose();
                }
                None => gradient.module += back,
            }
        }
        (loss, gradient)
    }
}
