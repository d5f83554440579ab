//! Randomness, linear algebra, statistics: everything that knows nothing of tasks.

pub mod linalg;
pub mod minimize;
pub mod roots;
pub mod seed;
pub mod stats;
