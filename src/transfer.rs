//! Transfer: single-task beside multi-task risk, the verdict, and the theory that predicts it.

pub mod outcome;
pub mod plane;
pub mod theory;

pub use outcome::{Outcome, Risks, Verdict};
pub use plane::Plane;
pub use theory::{Prediction, Theory};
