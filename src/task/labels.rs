//! What the labels of a task are: a function of the projection on θ, with noise of its kind.

use serde::{Deserialize, Serialize};

/// The function between a projection and what is made of it, in labels and in models.
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
    /// The names of all activations, in the order of their numbers.
    pub const NAMES: &'static [&'static str] = &["linear", "relu"];

    /// Its name.
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

/// How labels follow from the projection `t = ⟨x, θ⟩`.
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
    /// The names of all responses, in the order of their numbers.
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
    /// How they follow from the projection on θ.
    pub response: Response,
    /// Standard deviation σ of the noise ε, added before the sign is taken.
    pub noise: f64,
    /// Share of the rows whose sign is turned; only for [`Response::Sign`].
    pub flips: f64,
    /// Share of the rows with labels that have nothing to do with x: of the same mean and
    /// variance as the others, or a random sign.
    pub random: f64,
}

impl Labels {
    /// `⟨x, θ⟩ + ε` with standard deviation `noise`.
    pub fn linear(noise: f64) -> Self {
        Self { noise, ..Self::default() }
    }

    /// How many of `samples` rows have random labels.
    pub fn random_rows(&self, samples: u64) -> u64 {
        (self.random * samples as f64).round() as u64
    }
}
