//! One trial of real tasks: the training rows, every task alone, and any model of several tasks.

use crate::dataset::TaskKind;
use crate::method::weighting::WeightingInput;
use crate::scenario::Scenario;
use crate::study::Training;
use crate::task::{Predictor, TestRows};

use super::plan::PlannedModel;

/// The rows on which errors are measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Those on which plans are chosen.
    Validation,
    /// Those on which the chosen plan is confirmed.
    Test,
}

/// One trial.
pub(super) struct AdviceTrial {
    training: Training,
    rows: Vec<TestRows>,
    kinds: Vec<TaskKind>,
    /// The variance of the labels of every task in these rows.
    variances: Vec<f64>,
    part: Part,
}

impl AdviceTrial {
    /// Draws a trial of all tasks of a scenario of real tasks, and trains every task alone.
    pub(super) fn new(scenario: &Scenario, trial: usize, part: Part) -> Self {
        let population = scenario.population(trial);
        let drawn = scenario.trial_rows(&population, trial);
        let training = Training::on(scenario, &drawn, trial);
        let rows = match part {
            Part::Validation => drawn.validation,
            Part::Test => drawn.test,
        };
        let kinds = scenario.real().map_or_else(Vec::new, |real| real.kinds(scenario.addresses()));
        let variances = rows.iter().map(|task| task.rows.y.variance()).collect();
        Self { training, rows, kinds, variances, part }
    }

    /// The error of every task alone.
    pub(super) fn alone(&self) -> Vec<f64> {
        let all = 0..self.rows.len();
        all.map(|task| {
            self.error(task, &self.training.alone[task].model.predictor(0, self.activation()))
        })
        .collect()
    }

    /// The errors of the tasks of a model, in its order.
    pub(super) fn errors(&self, model: &PlannedModel) -> Vec<f64> {
        if let [only] = model.tasks.as_slice() {
            let alone = &self.training.alone[*only].model;
            return vec![self.error(*only, &alone.predictor(0, self.activation()))];
        }
        let training = self.training.part(&model.tasks, model.width);
        let moments = training.moments();
        let weights = model.weights.weights(&WeightingInput {
            data: &moments,
            manual: &vec![1.0; model.tasks.len()],
            width: model.width,
            fit: &|weights| training.losses(weights),
            best: &|_| None,
        });
        let optimum = training.joint(weights).or_nothing();
        let of_task = |(place, &task): (usize, &usize)| {
            self.error(task, &optimum.model.predictor(place, self.activation()))
        };
        model.tasks.iter().enumerate().map(of_task).collect()
    }

    /// The error of a predictor. On test rows: the share of misclassified rows, or the mean squared
    /// error over the variance of the labels, `1 − R²`. On validation rows always the latter,
    /// because few rows tell more by it.
    fn error(&self, task: usize, predictor: &Predictor) -> f64 {
        let rows = &self.rows[task];
        if self.kinds[task] == TaskKind::Classification && self.part == Part::Test {
            return 1.0 - predictor.held_out(rows).accuracy;
        }
        predictor.squared_error(rows) / self.variances[task].max(f64::MIN_POSITIVE)
    }

    fn activation(&self) -> crate::task::Activation {
        self.training.activation()
    }
}
