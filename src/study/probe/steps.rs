//! Proxies from descent of the joint model: gradient cosines between tasks, and the effect of a
//! step for one task on the loss of another.

use nalgebra::{DMatrix, DVector};

use crate::method::Weighting;
use crate::method::weighting::WeightingInput;
use crate::model::{Descent, Objective, SharedModel};
use crate::scenario::Scenario;
use crate::study::training::Training;
use crate::task::Moments;

/// Results of some steps of gradient descent for every ordered pair of tasks.
pub(super) struct Steps {
    /// `cos(∇_B L_a, ∇_B L_b)` after the last step (k × k); 0 if a gradient is zero.
    pub(super) cosines: DMatrix<f64>,
    /// `1 − L_a(B − ηα_b ∇_B L_b, A_a)/L_a(B, A_a)` averaged over the steps (k × k); η is the
    /// learning rate of each step and α_b the weight of task b.
    pub(super) look_ahead: DMatrix<f64>,
}

impl Steps {
    /// Runs at most `steps` steps from random weights, fewer if descent converges. Uses the task
    /// weights of the scenario, or 1 if those are known only after training. Backtracking sets the
    /// learning rate, so the joint loss never rises.
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
        let joint = training.objective(weights);
        let mut descent = Descent::new(joint.as_ref(), start);
        let mut sum = DMatrix::zeros(parts.len(), parts.len());
        let mut gradients = gradients(&parts, &descent.model);
        for _ in 0..steps {
            let before = descent.model.clone();
            descent.advance(joint.as_ref());
            if descent.finished {
                break;
            }
            sum += look_ahead(joint.as_ref(), before, &gradients, descent.rate);
            gradients = self::gradients(&parts, &descent.model);
        }
        Self { cosines: cosines(&gradients), look_ahead: sum / descent.step.max(1) as f64 }
    }
}

/// The task weights if they are known without joint training, else 1.
fn weights(scenario: &Scenario, moments: &[Moments]) -> Vec<f64> {
    match scenario.approach().weighting {
        Weighting::Uncertainty | Weighting::Random => vec![1.0; moments.len()],
        weighting => weighting.weights(&WeightingInput {
            data: moments,
            manual: &scenario.manual_weights(),
            width: scenario.width(),
            fit: &|weights| vec![1.0; weights.len()],
            best: &|_| None,
        }),
    }
}

/// One task of the joint model, with weight 1.
struct Part {
    task: usize,
    objective: Box<dyn Objective>,
}

impl Part {
    fn of(training: &Training, task: usize) -> Self {
        Self { task, objective: training.only(task).objective(vec![1.0]) }
    }

    /// `∇_B L` (d × r) of this task at a model of all tasks.
    fn gradient(&self, model: &SharedModel) -> DMatrix<f64> {
        let own = SharedModel::new(model.module.clone(), vec![model.heads[self.task].clone()]);
        self.objective.gradient(&own).1.module
    }
}

fn gradients(parts: &[Part], model: &SharedModel) -> Vec<DMatrix<f64>> {
    parts.iter().map(|part| part.gradient(model)).collect()
}

/// The share by which a step for one task alone (column) lowers the loss of another (row).
fn look_ahead(
    joint: &dyn Objective,
    model: SharedModel,
    gradients: &[DMatrix<f64>],
    rate: f64,
) -> DMatrix<f64> {
    let here = joint.task_losses(&model);
    let mut ahead = model.clone();
    let columns = gradients.iter().zip(joint.weights()).map(|(gradient, weight)| {
        ahead.module = &model.module - gradient * (rate * weight);
        let losses = joint.task_losses(&ahead).into_iter().zip(&here);
        let shares = losses.map(|(ahead, &here)| if here > 0.0 { 1.0 - ahead / here } else { 0.0 });
        DVector::from_iterator(here.len(), shares)
    });
    DMatrix::from_columns(&columns.collect::<Vec<_>>())
}

fn cosines(gradients: &[DMatrix<f64>]) -> DMatrix<f64> {
    DMatrix::from_fn(gradients.len(), gradients.len(), |a, b| {
        let lengths = gradients[a].norm() * gradients[b].norm();
        let cosine = gradients[a].dot(&gradients[b]) / lengths;
        if lengths > 0.0 { cosine.clamp(-1.0, 1.0) } else { 0.0 }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::seed::Seed;
    use crate::scenario::Scenario;

    /// Two tasks on the same noise-free rows, their θs at an angle, and a third task.
    fn training(angle: f64, model: &str) -> Training {
        let json = format!(
            r#"{{ "taskscope": 1, "data": {{ "dimension": 6, "rows": "shared" }},
                "model": {{ {model} }}, "tasks": [
                {{ "name": "a", "role": "target", "samples": 30, "noise": 0 }},
                {{ "name": "b", "role": "target", "samples": 30, "noise": 0,
                   "theta": {{ "from": "a", "angle": {angle} }} }},
                {{ "name": "c", "role": "target", "samples": 30, "noise": 0 }} ] }}"#
        );
        let scenario = Scenario::parse(&json, "test").unwrap();
        Training::new(&scenario, &scenario.population(0), 0)
    }

    /// Random weights; the second head is the first times a factor.
    fn start(width: usize, factor: f64) -> SharedModel {
        let mut model = SharedModel::random(6, width, 3, Seed::new(5));
        model.heads[1] = &model.heads[0] * factor;
        model
    }

    fn steps(training: &Training, factor: f64) -> Steps {
        Steps::from(training, vec![1.0; 3], start(training.width(), factor), 30)
    }

    #[test]
    fn the_gradient_of_every_task_is_that_of_central_differences() {
        for model in [r#""width": 2"#, r#""activation": "relu""#, r#""loss": "logistic""#] {
            let training = training(50.0, model);
            let model = start(training.width(), 0.3);
            let joint = training.objective(vec![1.0; 3]);
            for task in 0..3 {
                let gradient = Part::of(&training, task).gradient(&model);
                let loss = |place: usize, step: f64| {
                    let mut moved = model.clone();
                    moved.module[place] += step;
                    joint.task_losses(&moved)[task]
                };
                for place in 0..gradient.len() {
                    let slope = (loss(place, 1e-6) - loss(place, -1e-6)) / 2e-6;
                    assert!((gradient[place] - slope).abs() <= 1e-6 * (1.0 + gradient.norm()));
                }
            }
        }
    }

    #[test]
    fn identical_tasks_pull_the_same_way_and_a_step_for_either_helps_both_alike() {
        for model in [r#""width": 1"#, r#""width": 2"#, r#""activation": "relu""#] {
            let Steps { cosines, look_ahead } = steps(&training(0.0, model), 1.0);
            assert!((cosines[(0, 1)] - 1.0).abs() < 1e-9, "{cosines}");
            assert!(look_ahead[(0, 1)] > 0.0, "{look_ahead}");
            assert!((look_ahead[(0, 1)] - look_ahead[(0, 0)]).abs() < 1e-9, "{look_ahead}");
        }
    }

    #[test]
    fn opposed_tasks_pull_the_same_way_where_their_heads_are_opposed() {
        let Steps { cosines, look_ahead } = steps(&training(180.0, r#""width": 1"#), -1.0);
        assert!((cosines[(0, 1)] - 1.0).abs() < 1e-9, "{cosines}");
        assert!(look_ahead[(0, 1)] > 0.0, "{look_ahead}");
    }

    #[test]
    fn opposed_tasks_pull_apart_where_their_heads_are_equal() {
        let training = training(180.0, r#""width": 1"#);
        let mut model = start(1, 1.0);
        model.module *= 0.0;
        let joint = training.objective(vec![1.0; 3]);
        let parts: Vec<Part> = (0..3).map(|task| Part::of(&training, task)).collect();
        let gradients = gradients(&parts, &model);
        assert!((cosines(&gradients)[(0, 1)] + 1.0).abs() < 1e-9);
        let shares = look_ahead(joint.as_ref(), model, &gradients, 1e-4);
        assert!(shares[(0, 0)] > 0.0 && shares[(0, 1)] < 0.0, "{shares}");
    }

    #[test]
    fn a_short_step_for_all_lowers_a_loss_by_what_the_steps_for_each_do() {
        let training = training(70.0, r#""width": 2"#);
        let (model, weights) = (start(2, 0.5), vec![1.0, 3.0, 0.2]);
        let joint = training.objective(weights.clone());
        let parts: Vec<Part> = (0..3).map(|task| Part::of(&training, task)).collect();
        let gradients = gradients(&parts, &model);
        let rate = 1e-7;
        let shares = look_ahead(joint.as_ref(), model.clone(), &gradients, rate);
        let mut moved = model.clone();
        for (gradient, weight) in gradients.iter().zip(&weights) {
            moved.module -= gradient * (rate * weight);
        }
        let (here, ahead) = (joint.task_losses(&model), joint.task_losses(&moved));
        for task in 0..3 {
            let share = 1.0 - ahead[task] / here[task];
            assert!((shares.row(task).sum() - share).abs() < 1e-9, "{shares}");
        }
    }

    #[test]
    fn a_gradient_of_zero_pulls_no_way() {
        let gradients = [DMatrix::zeros(3, 1), DMatrix::from_element(3, 1, 1.0)];
        assert_eq!(cosines(&gradients)[(0, 1)], 0.0);
    }
}
