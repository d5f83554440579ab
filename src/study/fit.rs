//! A joint fit of all tasks, and the errors of a model.

use crate::method::Approach;
use crate::model::Optimum;
use crate::task::HeldOut;

/// One training of all tasks together.
#[derive(Debug, Clone)]
pub struct JointFit {
    /// The weighting scheme and method.
    pub approach: Approach,
    /// The task weights α (k).
    pub weights: Vec<f64>,
    /// The model and its kind of optimum.
    pub optimum: Optimum,
    /// Errors of every task.
    pub errors: Vec<Errors>,
}

/// The errors of a model on one task.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Errors {
    /// Excess risk on new rows; for labels ±1, the share of misclassified held-out rows; for other
    /// labels of real tasks, the mean squared error on the test rows.
    pub risk: f64,
    /// Performance on held-out rows, for labels ±1.
    pub held_out: Option<HeldOut>,
}
