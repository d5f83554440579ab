//! Randomness, linear algebra and statistics, independent of tasks.

pub mod digits;
pub mod exact;
pub mod factor;
pub mod kernel;
pub mod lbfgs;
pub mod linalg;
pub mod memo;
pub mod minimize;
pub mod multistart;
pub mod proportion;
pub mod reduced_rank;
pub mod roots;
pub mod seed;
pub mod stats;
pub mod sums;
