//! The objective computed from rows: any activation, squared or logistic loss.

use nalgebra::{DMatrix, DVector};

use super::loss::Loss;
use super::objective::Objective;
use super::shared::SharedModel;
use crate::task::{Activation, Predictor, Rows};

/// `f = Σ_i α_i (Σ_rows ℓ(g(x U_i) A_i, y) + λ_i p(U_i, A_i))` with the units `U_i = R_i B`.
///
/// The ridge penalty p of linear units is `‖U_i A_i‖²`, that of the estimate; that of ReLU units is
/// `Σ_j ‖u_ij‖² a_ij²`. Neither changes with the scale of a unit if the heads make up for it.
#[derive(Debug, Clone)]
pub struct OnRows {
    /// The data of every task.
    pub data: Vec<Rows>,
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
        predictor.intercept = self.intercept(task, &predictor.predict(&self.data[task].x));
        predictor
    }

    /// The intercept of a task for the predictions f (m) of its rows; 0 for none.
    fn intercept(&self, task: usize, f: &DVector<f64>) -> f64 {
        if self.intercepts { self.loss.intercept(f, &self.data[task].y) } else { 0.0 }
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
            let f = self.predictor(model, i).predict(&data.x);
            let loss: f64 = f.iter().zip(&data.y).map(|(f, y)| self.loss.at(*f, *y)).sum();
            match self.penalty(i) {
                0.0 => loss,
                penalty => loss + penalty * self.activation.ridge(&model.units(i), &model.heads[i]),
            }
        };
        self.data.iter().enumerate().map(of_task).collect()
    }

    /// With projections `P = X U`, `U = R B`, and slopes `s` of the loss: `∂A = g(P)ᵀ s`,
    /// `∂U = Xᵀ (s Aᵀ ⊙ g′(P))`, both with the derivatives of the penalty, `∂B = Rᵀ ∂U`,
    /// `∂R = ∂U Bᵀ`.
    fn gradient(&self, model: &SharedModel) -> (f64, SharedModel) {
        let mut loss = 0.0;
        let mut gradient = model.with_parameters(std::iter::repeat(0.0));
        for (i, (data, &weight)) in self.data.iter().zip(&self.weights).enumerate() {
            let head = &model.heads[i];
            let mut slopes_of_units = &data.x * model.units(i);
            let outputs = slopes_of_units.map(|t| self.activation.at(t));
            let mut f = &outputs * head;
            f.add_scalar_mut(self.intercept(i, &f));
            loss += weight * f.iter().zip(&data.y).map(|(f, y)| self.loss.at(*f, *y)).sum::<f64>();
            let slopes: DVector<f64> = f.zip_map(&data.y, |f, y| weight * self.loss.slope(f, y));
            gradient.heads[i] = outputs.tr_mul(&slopes);
            for (mut unit, &a) in slopes_of_units.column_iter_mut().zip(head.iter()) {
                unit.zip_apply(&slopes, |t, s| *t = a * s * self.activation.slope(*t));
            }
            let mut back = data.x.tr_mul(&slopes_of_units);
            if self.penalty(i) != 0.0 {
                let scale = weight * self.penalty(i);
                let own = &mut gradient.heads[i];
                loss += self.penalise(scale, &model.units(i), head, &mut back, own);
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
