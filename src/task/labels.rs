//! The labels of a task: a function of the projection on θ, with noise.

use nalgebra::{DMatrix, DVector};
use serde::{Deserialize, Serialize};

/// The function applied to a projection, in labels and in models.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Activation {
    /// The projection itself.
    #[default]
    Linear,
    /// `max(0, t)`, with slope 0 at 0.
    Relu,
}

impl Activation {
    /// The names of all activations, in order.
    pub const NAMES: &'static [&'static str] = &["linear", "relu"];

    /// The name.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    /// The value at `t`.
    pub fn at(self, t: f64) -> f64 {
        match self {
            Self::Linear => t,
            Self::Relu => t.max(0.0),
        }
    }

    /// The slope at `t`.
    pub fn slope(self, t: f64) -> f64 {
        match self {
            Self::Relu if t <= 0.0 => 0.0,
            _ => 1.0,
        }
    }
}

impl Activation {
    /// The ridge penalty of units U (d × r) with a head a (r): `‖U a‖²` of linear units,
    /// `Σ_j ‖u_j‖² a_j²` of ReLU units.
    pub fn ridge(self, units: &DMatrix<f64>, head: &DVector<f64>) -> f64 {
        match self {
            Self::Linear => (units * head).norm_squared(),
            Self::Relu => {
                let columns = units.column_iter().zip(head.iter());
                columns.map(|(unit, a)| unit.norm_squared() * a * a).sum()
            }
        }
    }
}

/// The rule that makes labels from the projection `t = ⟨x, θ⟩`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Response {
    /// `t + ε`.
    #[default]
    Linear,
    /// `max(0, t) + ε`.
    Relu,
    /// The sign of `t + ε`, ±1.
    Sign,
}

impl Response {
    /// The names of all responses, in order.
    pub const NAMES: &'static [&'static str] = &["linear", "relu", "sign"];

    /// The label without noise.
    pub fn at(self, t: f64) -> f64 {
        match self {
            Self::Linear => t,
            Self::Relu => t.max(0.0),
            Self::Sign if t < 0.0 => -1.0,
            Self::Sign => 1.0,
        }
    }
}

/// The labels of a task.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Labels {
    /// The rule that makes them from the projection on θ.
    pub response: Response,
    /// Standard deviation σ of the noise ε, added before the sign is taken.
    pub noise: f64,
    /// Share of the labels whose sign is flipped; only for [`Response::Sign`].
    pub flips: f64,
    /// Share of the rows whose labels do not depend on x. They have the same mean and variance as
    /// the others, or are random signs.
    pub random: f64,
}

impl Labels {
    /// Labels `⟨x, θ⟩ + ε`, where ε has standard deviation `noise`.
    pub fn linear(noise: f64) -> Self {
        Self { noise, ..Self::default() }
    }

    /// The number of rows with random labels among `samples` rows.
    pub fn random_rows(&self, samples: u64) -> u64 {
        (self.random * samples as f64).round() as u64
    }
}
