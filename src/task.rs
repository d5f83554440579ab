//! Tasks: their specification, their population and the data drawn from it.

mod bartlett;
pub mod data;
pub mod held_out;
pub mod labels;
pub mod moments;
pub mod population;
pub mod risk;
mod row_sums;
pub mod rows;
pub mod sample;
pub mod spec;

pub use data::Data;
pub use held_out::HeldOut;
pub use labels::{Activation, Labels, Response};
pub use moments::{Moments, Noise};
pub use population::{Population, PopulationTask};
pub use risk::Predictor;
pub use rows::{Rows, TestRows};
pub use spec::{Axes, Covariance, Space, Spectrum, TaskSpec, Theta, ThetaDifference};
