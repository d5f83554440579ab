//! Remedies for misaligned tasks: task weights and covariance alignment.

pub mod alignment;
pub mod approach;
pub mod weighting;

pub use alignment::Method;
pub use approach::Approach;
pub use weighting::Weighting;
