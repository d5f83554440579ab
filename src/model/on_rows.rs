//! The objective computed from rows: any activation, squared or logistic loss.

use nalgebra::DVector;
use serde::{Deserialize, Serialize};

use super::objective::Objective;
use super::shared::SharedModel;
use crate::task::risk::softplus;
use crate::task::{Activation, Rows};

/// The loss of one row with prediction f and label y.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Loss {
    /// `(f − y)²`.
    #[default]
    Squared,
    /// `ln(1 + exp(−y f))`, labels ±1.
    Logistic,
}

impl Loss {
    /// The names of all losses, in order.
    pub const NAMES: &'static [&'static str] = &["squared", "logistic"];

    /// The name.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    /// The value.
    pub fn at(self, f: f64, y: f64) -> f64 {
        match self {
            Self::Squared => (f - y) * (f - y),
            Self::Logistic => softplus(-y * f),
        }
    }

    /// The derivative with respect to f.
    pub fn slope(self, f: f64, y: f64) -> f64 {
        match self {
            Self::Squared => 2.0 * (f - y),
            Self::Logistic => -y / (1.0 + (y * f).exp()),
        }
    }
}

/// `f = Σ_i α_i Σ_rows ℓ(g(x R_i B) A_i, y)`.
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
            let f = model.predictor(i, self.activation).predict(&data.x);
            f.iter().zip(&data.y).map(|(f, y)| self.loss.at(*f, *y)).sum()
        };
        self.data.iter().enumerate().map(of_task).collect()
    }

    /// With projections `P = X U`, `U = R B`, and slopes `s` of the loss: `∂A = g(P)ᵀ s`,
    /// `∂U = Xᵀ (s Aᵀ ⊙ g′(P))`, `∂B = Rᵀ ∂U`, `∂R = ∂U Bᵀ`.
    fn gradient(&self, model: &SharedModel) -> (f64, SharedModel) {
        let mut loss = 0.0;
        let mut gradient = model.with_parameters(std::iter::repeat(0.0));
        for (i, (data, &weight)) in self.data.iter().zip(&self.weights).enumerate() {
            let head = &model.heads[i];
            let mut slopes_of_units = &data.x * model.units(i);
            let outputs = slopes_of_units.map(|t| self.activation.at(t));
            let f = &outputs * head;
            loss += weight * f.iter().zip(&data.y).map(|(f, y)| self.loss.at(*f, *y)).sum::<f64>();
            let slopes: DVector<f64> = f.zip_map(&data.y, |f, y| weight * self.loss.slope(f, y));
            gradient.heads[i] = outputs.tr_mul(&slopes);
            for (mut unit, &a) in slopes_of_units.column_iter_mut().zip(head.iter()) {
                unit.zip_apply(&slopes, |t, s| *t = a * s * self.activation.slope(*t));
            }
            let back = data.x.tr_mul(&slopes_of_units);
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
