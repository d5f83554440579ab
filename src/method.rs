//! Ways of training tasks together: task weights, pretraining, covariance alignment, merging,
//! fine-tuning, balancing.

pub mod alignment;
pub mod approach;
pub mod balancing;
mod descent;
pub mod fine_tuning;
pub mod input;
pub mod merging;
pub mod pretraining;
pub mod ridge;
mod table;
pub mod weighting;

pub use approach::Approach;
pub use table::{Description, METHODS, Method};
pub use weighting::Weighting;
