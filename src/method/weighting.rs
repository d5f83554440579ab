//! Task weights α_i: how much each task's loss counts in joint training.

use serde::{Deserialize, Serialize};

/// A scheme that gives every task its weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Weighting {
    /// `α_i = 1`: every row counts the same (eq. 1 of the paper).
    #[default]
    Uniform,
    /// `α_i = 1/m_i`: every task counts the same, however many rows it has.
    BySize,
    /// Given numbers.
    Manual,
}

impl Weighting {
    /// The names of all schemes, in the order of their numbers.
    pub const NAMES: &'static [&'static str] = &["uniform", "by-size", "manual"];

    /// The scheme with a number, as sliders count them.
    pub fn from_index(index: usize) -> Self {
        [Self::Uniform, Self::BySize, Self::Manual][index.min(2)]
    }

    /// The number of the scheme, as sliders count them.
    pub fn index(self) -> usize {
        self as usize
    }

    /// The name of the scheme.
    pub fn name(self) -> &'static str {
        Self::NAMES[self.index()]
    }

    /// The weights α_i of tasks with the given numbers of rows.
    pub fn weights(self, samples: &[u64]) -> Vec<f64> {
        samples
            .iter()
            .map(|&m| match self {
                Self::Uniform => 1.0,
                Self::BySize => 1.0 / m as f64,
                Self::Manual => 1.0,
            })
            .collect()
    }
}
