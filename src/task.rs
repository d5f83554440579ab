//! What a task is: its specification, its population, and data drawn from it.

pub mod moments;
pub mod population;
pub mod spec;

pub use moments::Moments;
pub use population::{Population, PopulationTask};
pub use spec::{Axes, Covariance, Difference, Spectrum, TaskSpec, Theta};
