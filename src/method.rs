//! What can be done about misaligned tasks.

pub mod approach;
mod stub;
pub mod weighting;

pub use approach::Approach;
pub use stub::Method;
pub use weighting::Weighting;
