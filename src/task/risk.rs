//! Risk of a predictor on new rows, in closed form for Gaussian rows.

use nalgebra::{DMatrix, DVector};

use super::held_out::{HeldOut, right};
use super::labels::{Activation, Response};
use super::population::PopulationTask;
use super::rows::TestRows;
use crate::math::kernel;

/// The prediction of a trained model for a row x: `g(x U) a + b`.
#[derive(Debug, Clone, PartialEq)]
pub struct Predictor {
    /// U (d × r): one column per unit.
    pub units: DMatrix<f64>,
    /// a (r): the head.
    pub head: DVector<f64>,
    /// The activation g.
    pub activation: Activation,
    /// The intercept b; 0 for none.
    pub intercept: f64,
}

impl Predictor {
    /// The linear predictor `⟨x, θ̂⟩`.
    pub fn linear(estimate: &DVector<f64>) -> Self {
        Self {
            units: DMatrix::from_columns(std::slice::from_ref(estimate)),
            head: DVector::from_element(1, 1.0),
            activation: Activation::Linear,
            intercept: 0.0,
        }
    }

    /// The predictions (m) for rows X (m × d).
    pub fn predict(&self, x: &DMatrix<f64>) -> DVector<f64> {
        let f = (x * &self.units).map(|t| self.activation.at(t)) * &self.head;
        f.add_scalar(self.intercept)
    }

    /// Mean squared error on rows.
    pub fn squared_error(&self, test: &TestRows) -> f64 {
        let errors = self.predict(&test.rows.x).add_scalar(test.label_mean) - &test.rows.y;
        errors.norm_squared() / errors.len() as f64
    }

    /// Performance on rows with labels ±1.
    pub fn held_out(&self, test: &TestRows) -> HeldOut {
        HeldOut::of(&self.predict(&test.rows.x).add_scalar(test.label_mean), &test.rows.y)
    }

    /// The terms of the predictor: coefficient and direction of each unit.
    fn terms(&self) -> Vec<Term> {
        let term = |j: usize| Term {
            coefficient: self.head[j],
            direction: self.units.column(j).into_owned(),
            activation: self.activation,
        };
        match self.activation {
            Activation::Linear => vec![Term::linear(&self.units * &self.head)],
            Activation::Relu => (0..self.head.len()).map(term).collect(),
        }
    }
}

impl PopulationTask {
    /// Excess risk of a predictor: its expected squared distance on new rows from the label
    /// without noise, `E(f(x) − E[y|x])²`, in closed form. ReLU terms use the arc-cosine kernel of
    /// degree 1 (Cho & Saul 2009). The intercept does not count. Values at rounding level count as
    /// zero. Not meant for labels ±1: use [`PopulationTask::misplaced`].
    pub fn excess_risk(&self, predictor: &Predictor) -> f64 {
        let activation = match self.response {
            Response::Relu => Activation::Relu,
            Response::Linear | Response::Sign => Activation::Linear,
        };
        if activation == Activation::Linear && predictor.activation == Activation::Linear {
            return self.linear_excess_risk(&(&predictor.units * &predictor.head));
        }
        let mut terms = predictor.terms();
        terms.push(Term { coefficient: -1.0, direction: self.theta.clone(), activation });
        let rounding = if terms.len() > 2 { 1e-15 } else { 1e-18 };
        let risk = expected_square(&self.factor, &terms);
        if risk > rounding * self.signal() { risk } else { 0.0 }
    }

    /// `θᵀΣθ`: the risk of predicting zero.
    pub fn signal(&self) -> f64 {
        kernel::times(&self.factor, &self.theta).norm_squared()
    }

    /// `(θ̂ − θ)ᵀ Σ (θ̂ − θ)`: excess risk of a linear predictor of linear labels. Values at
    /// rounding level count as zero.
    pub fn linear_excess_risk(&self, estimate: &DVector<f64>) -> f64 {
        let scale = self.signal();
        let risk = kernel::times(&self.factor, &(estimate - &self.theta)).norm_squared();
        if risk > 1e-20 * scale { risk } else { 0.0 }
    }

    /// Share of the rows X (m × d) on which the sign of the prediction is not that of `⟨x, θ⟩`.
    /// The excess error rate is this share times `1 − 2 · flips`.
    pub fn misplaced(&self, predictor: &Predictor, x: &DMatrix<f64>) -> f64 {
        let sides = x * &self.theta;
        let predicted = predictor.predict(x);
        let rows = sides.iter().zip(&predicted);
        1.0 - rows.map(|(side, f)| right(side * f)).sum::<f64>() / x.nrows() as f64
    }
}

/// One term `c · g(⟨x, u⟩)` of a function of Gaussian rows.
struct Term {
    coefficient: f64,
    direction: DVector<f64>,
    activation: Activation,
}

impl Term {
    fn linear(direction: DVector<f64>) -> Self {
        Self { coefficient: 1.0, direction, activation: Activation::Linear }
    }
}

/// `E(Σ_j c_j g_j(⟨x, u_j⟩))²` over rows of covariance `CᵀC`; never negative.
///
/// With `l` and `u_j` the images under C of the linear terms together and of each ReLU term,
/// `‖l + ½Σ c_j u_j‖² + ¼‖Σ c_j u_j‖² + Σ_ij c_i c_j ‖u_i‖‖u_j‖ (sin φ − φ cos φ)/2π`, where φ is the
/// angle of `u_i` and `u_j`: differences of vectors, not of kernels, so that small squares keep
/// their digits.
fn expected_square(factor: &DMatrix<f64>, terms: &[Term]) -> f64 {
    let image = |activation: Activation| {
        let own = terms.iter().filter(|term| term.activation == activation);
        let sum = own.fold(DVector::zeros(factor.ncols()), |sum: DVector<f64>, term| {
            sum + &term.direction * term.coefficient
        });
        kernel::times(factor, &sum)
    };
    let (linear, relu) = (image(Activation::Linear), image(Activation::Relu));
    let units: Vec<(f64, DVector<f64>)> = terms
        .iter()
        .filter(|term| term.activation == Activation::Relu)
        .map(|term| (term.coefficient, kernel::times(factor, &term.direction)))
        .collect();
    let mut bends = 0.0;
    for (i, (one, u)) in units.iter().enumerate() {
        for (other, v) in &units[..i] {
            bends += one * other * bend(u, v);
        }
    }
    ((linear + &relu / 2.0).norm_squared() + relu.norm_squared() / 4.0 + 2.0 * bends).max(0.0)
}

/// `‖u‖‖v‖ (sin φ − φ cos φ)/2π`, φ the angle of u and v.
fn bend(u: &DVector<f64>, v: &DVector<f64>) -> f64 {
    let (a, b) = (u.norm(), v.norm());
    if a == 0.0 || b == 0.0 {
        return 0.0;
    }
    let (u, v) = (u / a, v / b);
    let angle = 2.0 * (&u - &v).norm().atan2((&u + &v).norm());
    let bend = if angle < 0.1 {
        let square = angle * angle;
        angle * square * (1.0 / 3.0 - square * (1.0 / 30.0 - square * (1.0 / 840.0)))
    } else {
        angle.sin() - angle * angle.cos()
    };
    a * b * bend / (2.0 * std::f64::consts::PI)
}
