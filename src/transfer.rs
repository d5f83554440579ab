//! Transfer: single-task and multi-task risk, the verdict, the theory that predicts it, and the
//! quantities of the paper that it depends on.

pub mod bound;
pub mod landscape;
pub mod outcome;
pub mod plane;
pub mod proposition;
pub mod similarity;
pub mod sums;
pub mod theory;
pub mod words;

pub use bound::Bound;
pub use landscape::Landscape;
pub use outcome::{Outcome, Risks, Verdict};
pub use plane::Plane;
pub use sums::RiskSums;
pub use theory::{Prediction, Theory};
