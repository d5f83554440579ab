//! What can be done about misaligned tasks.

pub mod weighting;

pub use weighting::Weighting;
