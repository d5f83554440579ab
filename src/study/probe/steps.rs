//! What descent of the joint model shows: whether tasks pull the shared module the same way, and
//! what a step for one task does to the loss of another.

use nalgebra::DMatrix;

use crate::method::Weighting;
use crate::method::weighting::Tasks;
use crate::model::{Descent, Objective, Rule, SharedModel};
use crate::scenario::Scenario;
use crate::study::training::Training;
use crate::task::Moments;

/// What some steps of gradient descent show about every ordered pair of tasks.
pub(super) struct Steps {
    /// `cos(∇_B L_a, ∇_B L_b)` after the last step (k × k); 0 where a gradient is zero.
    pub(super) cosines: DMatrix<f64>,
    /// `1 − L_a(B − ηα_b ∇_B L_b, A_a)/L_a(B, A_a)` averaged over the steps (k × k), η the rate of
    /// each step and α_b the weight of the task.
    pub(super) look_ahead: DMatrix<f64>,
}

impl Steps {
    /// At most so many `steps` from random weights, fewer where descent arrives, with the task
    /// weights of the scenario, or 1 where these come only of training. The rate is found by
    /// backtracking, so that the joint loss falls always.
    pub(super) fn of(
        scenario: &Scenario,
        training: &Training,
        moments: &[Moments],
        steps: usize,
    ) -> Self {
        let (tasks, seed) = (moments.len(), training.seed().child("initial", 0));
        let start = SharedModel::random(scenario.dimension(), training.width(), tasks, seed);
        Self::from(training, weights(scenario, moments), start, steps)
    }

    fn from(training: &Training, weights: Vec<f64>, start: SharedModel, steps: usize) -> Self {
        let parts: Vec<Part> = (0..weights.len()).map(|task| Part::of(training, task)).collect();
        let joint = training.objective(weights.clone());
        let mut descent = Descent::by(Rule::Gradient, None, joint.as_ref(), start);
        let mut sum = DMatrix::zeros(parts.len(), parts.len());
        let mut gradients = gradients(&parts, &descent.model);
        for _ in 0..steps {
            let before = descent.model.clone();
            descent.advance(joint.as_ref());
            if descent.finished {
                break;
            }
            sum += look_ahead(&parts, &before, &gradients, descent.rate, &weights);
            gradients = self::gradients(&parts, &descent.model);
        }
        Self { cosines: cosines(&gradients), look_ahead: sum / descent.step.max(1) as f64 }
    }
}

/// The task weights, where they are known without joint training; else 1.
fn weights(scenario: &Scenario, moments: &[Moments]) -> Vec<f64> {
    match scenario.approach().weighting {
        Weighting::Uncertainty | Weighting::Random => vec![1.0; moments.len()],
        weighting => weighting.weights(&Tasks {
            data: moments,
            manual: &scenario.manual_weights(),
            width: scenario.width(),
            fit: &|weights| vec![1.0; weights.len()],
        }),
    }
}

/// One task of the joint model, with a weight of 1.
struct Part {
    task: usize,
    objective: Box<dyn Objective>,
}

impl Part {
    fn of(training: &Training, task: usize) -> Self {
        Self { task, objective: training.only(task).objective(vec![1.0]) }
    }

    /// `∇_B L` (d × r).
    fn gradient(&self, model: &SharedModel) -> DMatrix<f64> {
        self.objective.gradient(&self.own(model, model.module.clone())).1.module
    }

    /// L with another module (d × r) in the place of the model's.
    fn loss(&self, model: &SharedModel, module: DMatrix<f64>) -> f64 {
        self.objective.loss(&self.own(model, module))
    }

    fn own(&self, model: &SharedModel, module: DMatrix<f64>) -> SharedModel {
        SharedModel::new(module, vec![model.heads[self.task].clone()])
    }
}

fn gradients(parts: &[Part], model: &SharedModel) -> Vec<DMatrix<f64>> {
    parts.iter().map(|part| part.gradient(model)).collect()
}

fn look_ahead(
    parts: &[Part],
    model: &SharedModel,
    gradients: &[DMatrix<f64>],
    rate: f64,
    weights: &[f64],
) -> DMatrix<f64> {
    let moved: Vec<DMatrix<f64>> = gradients
        .iter()
        .zip(weights)
        .map(|(gradient, weight)| &model.module - gradient * (rate * weight))
        .collect();
    let mut shares = DMatrix::zeros(parts.len(), parts.len());
    for (a, part) in parts.iter().enumerate() {
        let here = part.loss(model, model.module.clone());
        for (b, module) in moved.iter().enumerate() {
            let ahead = part.loss(model, module.clone());
            shares[(a, b)] = if here > 0.0 { 1.0 - ahead / here } else { 0.0 };
        }
    }
    shares
}

fn cosines(gradients: &[DMatrix<f64>]) -> DMatrix<f64> {
    DMatrix::from_fn(gradients.len(), gradients.len(), |a, b| {
        let lengths = gradients[a].norm() * gradients[b].norm();
        let cosine = gradients[a].dot(&gradients[b]) / lengths;
        if lengths > 0.0 { cosine.clamp(-1.0, 1.0) } else { 0.0 }
    })
}
