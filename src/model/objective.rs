//! The training objective (eq. 2 of the paper) and its gradient.

use super::shared::SharedModel;

/// A weighted sum of task losses, `f(B, A, R) = Σ_i α_i L_i`. L_i is a sum over rows, without ½ or
/// 1/m.
pub trait Objective: std::fmt::Debug + Send + Sync {
    /// Number of tasks k.
    fn tasks(&self) -> usize {
        self.weights().len()
    }

    /// Number of features d.
    fn dimension(&self) -> usize;

    /// The task weights α_i.
    fn weights(&self) -> &[f64];

    /// Number of rows of a task.
    fn samples(&self, task: usize) -> u64;

    /// The unweighted losses L_i.
    fn task_losses(&self, model: &SharedModel) -> Vec<f64>;

    /// The weighted loss and its derivatives with respect to B (d × r), every A_i (r) and, if the
    /// model has alignments, every R_i (d × d), in the shape of the model.
    fn gradient(&self, model: &SharedModel) -> (f64, SharedModel);

    /// The weighted sum of the task losses.
    fn loss(&self, model: &SharedModel) -> f64 {
        self.task_losses(model).iter().zip(self.weights()).map(|(l, a)| l * a).sum()
    }
}
