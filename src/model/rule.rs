//! Rules of descent, which turn gradients into steps.

use nalgebra::DVector;
use serde::{Deserialize, Serialize};

/// Decay of past gradients per step, for momentum and Adam's mean.
const MOMENTUM: f64 = 0.9;
/// Decay of past squared gradients per step, for Adam.
const SQUARES: f64 = 0.999;
/// Adam's guard against division by zero.
const TINY: f64 = 1e-8;

/// A rule of descent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// Steps against the gradient.
    #[default]
    Gradient,
    /// Heavy ball (Polyak 1964): steps against a sum of gradients that decays by a tenth per step.
    Momentum,
    /// Adam (Kingma & Ba 2015): steps against the mean gradient over its root mean square, weight
    /// by weight.
    Adam,
}

/// A rule's memory of past gradients.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Memory {
    first: DVector<f64>,
    second: DVector<f64>,
    steps: i32,
}

impl Memory {
    /// Creates an empty memory for n weights.
    pub(super) fn new(n: usize) -> Self {
        Self { first: DVector::zeros(n), second: DVector::zeros(n), steps: 0 }
    }
}

impl Rule {
    /// The names of all rules, in order.
    pub const NAMES: &'static [&'static str] = &["gradient", "momentum", "adam"];

    /// The rule with an index; the last one beyond the end.
    pub fn from_index(index: usize) -> Self {
        match index {
            0 => Self::Gradient,
            1 => Self::Momentum,
            _ => Self::Adam,
        }
    }

    /// The index of the rule.
    pub fn index(self) -> usize {
        self as usize
    }

    /// The name of the rule.
    pub fn name(self) -> &'static str {
        Self::NAMES[self.index()]
    }

    /// The direction of the next step; the weights move by minus the rate times this.
    pub(super) fn direction(self, memory: &mut Memory, gradient: DVector<f64>) -> DVector<f64> {
        memory.steps = memory.steps.saturating_add(1);
        match self {
            Self::Gradient => gradient,
            Self::Momentum => {
                memory.first = &memory.first * MOMENTUM + gradient;
                memory.first.clone()
            }
            Self::Adam => {
                let squares = gradient.component_mul(&gradient);
                memory.first = &memory.first * MOMENTUM + gradient * (1.0 - MOMENTUM);
                memory.second = &memory.second * SQUARES + squares * (1.0 - SQUARES);
                let mean = &memory.first / (1.0 - MOMENTUM.powi(memory.steps));
                mean.component_div(&self.units(memory))
            }
        }
    }

    /// The unit in which the rule measures the gradient of each weight.
    pub(super) fn units(self, memory: &Memory) -> DVector<f64> {
        match self {
            Self::Adam => {
                let known = 1.0 - SQUARES.powi(memory.steps.max(1));
                memory.second.map(|square| (square / known).sqrt() + TINY)
            }
            _ => memory.second.map(|_| 1.0),
        }
    }

    /// The largest rate that does not diverge on a quadratic function whose largest curvature λ, in
    /// the rule's units, is `curvature`: `2/λ`, `2(1+β)/λ` with momentum β, and `2(1+β)/((1−β)λ)`
    /// for Adam (Cohen et al. 2022).
    pub fn stable_rate(self, curvature: f64) -> f64 {
        match self {
            Self::Gradient => 2.0 / curvature,
            Self::Momentum => 2.0 * (1.0 + MOMENTUM) / curvature,
            Self::Adam => 2.0 * (1.0 + MOMENTUM) / ((1.0 - MOMENTUM) * curvature),
        }
    }
}
