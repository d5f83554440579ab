//! Gradient descent, one step at a time, for watching.

use super::objective::Objective;
use super::shared::SharedModel;

/// Where gradient descent stands.
///
/// The step size is found by backtracking (Armijo's rule), so the loss falls at every step and
/// no scenario diverges. Verdicts never come from here: unfinished descent is not an optimum.
#[derive(Debug, Clone, PartialEq)]
pub struct Descent {
    /// The present weights.
    pub model: SharedModel,
    /// Number of steps made.
    pub step: u64,
    /// The present loss.
    pub loss: f64,
    /// The size of the last step.
    pub rate: f64,
    /// Whether no step lowers the loss any more.
    pub finished: bool,
}

impl Descent {
    /// Stands at `model` before the first step.
    pub fn new(objective: &dyn Objective, model: SharedModel) -> Self {
        Self { loss: objective.loss(&model), model, step: 0, rate: 1.0, finished: false }
    }

    /// Makes one step: a move against the gradient that lowers the loss by at least a quarter of
    /// what the slope promises. Cost O(k d²) per try, whatever the number of rows.
    pub fn advance(&mut self, objective: &dyn Objective) {
        if self.finished {
            return;
        }
        let (_, gradient) = objective.gradient(&self.model);
        let slope: f64 = gradient.parameters().map(|g| g * g).sum();
        let mut rate = self.rate * 1.5;
        while rate * slope > f64::EPSILON * self.loss {
            let candidate = self.model.moved(&gradient, -rate);
            let loss = objective.loss(&candidate);
            if loss <= self.loss - 0.25 * rate * slope {
                self.model = candidate;
                self.loss = loss;
                self.rate = rate;
                self.step += 1;
                return;
            }
            rate /= 2.0;
        }
        self.finished = true;
    }
}
