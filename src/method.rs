//! What can be done about misaligned tasks: task weights and covariance alignment.

pub mod alignment;
pub mod weighting;

pub use alignment::Method;
pub use weighting::Weighting;
