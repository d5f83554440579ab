//! The specification of a task: how many rows, how noisy, how its rows spread, what it asks for.

use serde::{Deserialize, Serialize};

use super::labels::Labels;

/// A task: Gaussian rows of covariance `Σ = CᵀC`, and labels that follow from `⟨x, θ⟩`.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskSpec {
    /// The name, unique among the tasks of a scenario.
    pub name: String,
    /// Number of rows m.
    pub samples: u64,
    /// What its labels are.
    pub labels: Labels,
    /// How the rows spread.
    pub covariance: Covariance,
    /// The vector θ (d) that generates the labels.
    pub theta: Theta,
    /// The coordinates in which θ is given.
    pub space: Space,
}

/// The coordinates in which the θs of tasks are given and related to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Space {
    /// Those of the rows: labels follow from `⟨x, θ⟩`.
    #[default]
    Raw,
    /// Those in which the rows of every task are white: labels follow from `⟨z, θ⟩`, with
    /// `x = zΣ^½`. Seen from the rows, tasks with the same θ differ.
    Whitened,
}

impl Space {
    /// The names of both, in the order of their numbers.
    pub const NAMES: &'static [&'static str] = &["raw", "whitened"];
}

/// Row covariance `Σ = Q D² Qᵀ`: spectrum D along the axes Q.
#[derive(Debug, Clone, PartialEq)]
pub struct Covariance {
    /// The standard deviations D.
    pub spectrum: Spectrum,
    /// Where the axes point before they are turned.
    pub axes: Axes,
    /// Degrees by which axis i is turned towards axis d − 1 − i, for every i < d/2: at 90 the
    /// loudest and the quietest axes have changed places.
    pub rotation: f64,
}

/// Standard deviations of the rows along their axes, loudest first; the quietest is 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Spectrum {
    /// The first `size` axes have standard deviation `condition`, the others 1.
    Block {
        /// Number of loud axes.
        size: usize,
        /// Standard deviation along them: the condition number κ of the data.
        condition: f64,
    },
    /// A geometric decay from `condition` to 1.
    Decay {
        /// The largest standard deviation: the condition number κ of the data.
        condition: f64,
    },
}

impl Spectrum {
    /// The condition number κ: the ratio of the largest to the smallest standard deviation.
    pub fn condition(self) -> f64 {
        match self {
            Self::Block { condition, .. } | Self::Decay { condition } => condition,
        }
    }

    /// Standard deviations along the d axes, loudest first.
    pub fn deviations(self, d: usize) -> Vec<f64> {
        match self {
            Self::Block { size, condition } => {
                (0..d).map(|i| if i < size { condition } else { 1.0 }).collect()
            }
            Self::Decay { condition } => {
                (0..d).map(|i| condition.powf(1.0 - i as f64 / (d.max(2) - 1) as f64)).collect()
            }
        }
    }

    /// How many of the first axes count as loud.
    pub fn loud_axes(self, d: usize) -> usize {
        match self {
            Self::Block { size, .. } => size,
            Self::Decay { .. } => (d / 10).max(1),
        }
    }
}

/// Where the axes of a covariance point before they are turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Axes {
    /// The axes all tasks share. A rotation common to all tasks changes no risk, so these are
    /// the coordinate axes.
    Shared,
    /// Random axes of the task's own.
    Random,
    /// Random axes of the task's own, reflected so that its loudest axis is the direction in
    /// which its θ differs from the one it refers to.
    Difference,
}

/// How the vector θ of a task comes about. Of unit length in its own coordinates.
#[derive(Debug, Clone, PartialEq)]
pub enum Theta {
    /// Random, the same in all directions.
    Random,
    /// Near a random subspace that all such tasks share: `U a + spread · e`, with U (d × rank)
    /// orthonormal and random unit vectors a and e.
    Latent {
        /// Dimension of the subspace.
        rank: usize,
        /// How far θ stands off it.
        spread: f64,
    },
    /// At an angle to the θ of another task.
    Relative {
        /// Index of the task referred to, whose θ is random.
        to: usize,
        /// The angle in degrees.
        angle: f64,
        /// Where the difference of the two lies.
        difference: ThetaDifference,
    },
}

/// Where the difference between two tasks' θ lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ThetaDifference {
    /// Anywhere: the pair is as random as its angle allows.
    Generic,
    /// Along a random direction among the loud axes of the task with this index.
    Loud(usize),
    /// Along a random direction among the axes that the loud ones of the task with this index
    /// reach when turned by 90 degrees: the quiet end of its spectrum.
    Opposite(usize),
}
