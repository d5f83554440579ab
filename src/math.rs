//! Randomness, linear algebra, statistics: everything that knows nothing of tasks.

pub mod linalg;
pub mod minimize;
pub mod quasi_newton;
pub mod reduced_rank;
pub mod seed;
pub mod stats;
