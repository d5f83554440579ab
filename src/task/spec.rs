//! The specification of a task: number of rows, labels, covariance and θ.

use serde::{Deserialize, Serialize};

use super::labels::Labels;

/// A task: Gaussian rows with covariance `Σ = CᵀC`, and labels made from `⟨x, θ⟩`.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskSpec {
    /// The name, unique among the tasks of a scenario.
    pub name: String,
    /// Number of rows m.
    pub samples: u64,
    /// The labels.
    pub labels: Labels,
    /// The covariance of the rows.
    pub covariance: Covariance,
    /// The vector θ (d) that generates the labels.
    pub theta: Theta,
    /// The coordinates in which θ is given.
    pub space: Space,
}

impl TaskSpec {
    /// Returns true if another specification draws the same populations.
    pub fn same_population(&self, other: &Self) -> bool {
        self.covariance == other.covariance
            && self.theta == other.theta
            && self.space == other.space
            && self.labels.response == other.labels.response
    }
}

/// The coordinates in which the θs of tasks are given and compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Space {
    /// Those of the rows: labels are made from `⟨x, θ⟩`.
    #[default]
    Raw,
    /// Those in which the rows of every task are white: labels are made from `⟨z, θ⟩`, with
    /// `x = zΣ^½`. In the coordinates of the rows, tasks with the same θ differ.
    Whitened,
}

impl Space {
    /// The names of both, in order.
    pub const NAMES: &'static [&'static str] = &["raw", "whitened"];
}

/// Row covariance `Σ = Q D² Qᵀ`: spectrum D along the axes Q.
#[derive(Debug, Clone, PartialEq)]
pub struct Covariance {
    /// The standard deviations D.
    pub spectrum: Spectrum,
    /// The axes before they are turned.
    pub axes: Axes,
    /// Degrees by which axis i is turned towards axis d − 1 − i, for every i < d/2. At 90 the
    /// loudest and the quietest axes have swapped places.
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

    /// The number of loud axes; they come first.
    pub fn loud_axes(self, d: usize) -> usize {
        match self {
            Self::Block { size, .. } => size,
            Self::Decay { .. } => (d / 10).max(1),
        }
    }
}

/// The axes of a covariance before they are turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Axes {
    /// The axes all tasks share. A rotation common to all tasks changes no risk, so these are
    /// the coordinate axes.
    Shared,
    /// Random axes of the task's own.
    Random,
    /// Random axes of the task's own, reflected so that the loudest axis is the direction in which
    /// its θ differs from its reference.
    Difference,
}

/// The way to draw the vector θ of a task. It has unit length in its own coordinates.
#[derive(Debug, Clone, PartialEq)]
pub enum Theta {
    /// Random, uniform over all directions.
    Random,
    /// Near a random subspace that all such tasks share: `U a + spread · e`, with U (d × rank)
    /// orthonormal and random unit vectors a and e.
    Latent {
        /// Dimension of the subspace.
        rank: usize,
        /// Distance of θ from it.
        spread: f64,
    },
    /// At an angle to the θ of another task.
    Relative {
        /// Index of the reference task, whose θ is random.
        to: usize,
        /// The angle in degrees.
        angle: f64,
        /// The direction of the difference between the two.
        difference: ThetaDifference,
    },
}

/// The direction of the difference between the θs of two tasks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ThetaDifference {
    /// Any direction: the pair is as random as its angle allows.
    Generic,
    /// Along a random direction among the loud axes of the task with this index.
    Loud(usize),
    /// Along a random direction among the axes that the loud axes of the task with this index
    /// reach when turned by 90 degrees: the quiet end of its spectrum.
    Opposite(usize),
}
