//! Errors of the models of a trial, with bounds on their rounding error.

use super::training::Training;
use crate::math::kernel;
use crate::method::{Approach, Method, Weighting};
use crate::model::deviation::{self, EstimateDeviation};
use crate::model::{Optimum, OptimumKind, SingleTask};
use crate::scenario::Scenario;
use crate::study::fit::{Errors, JointFit};
use crate::task::{Population, Predictor, Response, TestRows};

/// Relative precision of θ̂ at optima of the linear model, in the norm of the rows: the digits of
/// the objective do not locate its minimum any better.
const LINEAR: f64 = 1e-9;
/// The same for ReLU units: searches from other starts that end in the same minimum differ by less
/// in nine of ten trials, unless a task has few rows for its dimension.
const SEARCHED: f64 = 1e-6;
/// If the bound on rounding is above this share of an effect, both errors are computed from
/// deviations from θ.
const ENOUGH: f64 = 1e-6;
/// Risks that differ by less than this share count as equal.
const EQUAL: f64 = 1e-9;
/// The same for errors on test rows, of models whose penalties are chosen by search.
const EQUAL_ON_ROWS: f64 = 1e-6;

/// The population, models and held-out rows for the evaluation of a trial.
pub(super) struct Evaluator<'a> {
    population: &'a Population,
    training: &'a Training,
    /// The test rows of every task, for labels ±1 and for real tasks.
    held_out: Vec<TestRows>,
    /// True if the tasks are real: their risks are measured, not known.
    is_real: bool,
}

/// The errors of a model on one task.
#[derive(Debug, Clone, Copy)]
pub(super) struct Evaluated {
    pub(super) errors: Errors,
    /// Bound on the rounding error of the risk.
    bound: f64,
}

impl Evaluated {
    /// Returns true if two risks are equal up to rounding of their last digits.
    fn is_equal(&self, other: &Self) -> bool {
        self.is_within(EQUAL, other)
    }

    /// Returns true if two risks differ by no more than a share.
    fn is_within(&self, share: f64, other: &Self) -> bool {
        let (one, other) = (self.errors.risk, other.errors.risk);
        (one - other).abs() <= share * one.max(other)
    }

    /// Returns false if the predictions of classes have another loss. Classifiers with the same
    /// error may rank the rows differently.
    fn predicts_as(&self, other: &Self) -> bool {
        match (&self.errors.held_out, &other.errors.held_out) {
            (Some(one), Some(other)) => {
                let (one, other) = (one.logistic_loss, other.logistic_loss);
                (one - other).abs() <= EQUAL_ON_ROWS * one.max(other)
            }
            _ => true,
        }
    }

    /// Returns true if rounding may change the difference of two risks by more than a share of it.
    fn is_rounded(&self, other: &Self, share: f64) -> bool {
        let effect = (self.errors.risk - other.errors.risk).abs();
        !self.is_equal(other) && self.bound + other.bound > share * effect
    }
}

impl<'a> Evaluator<'a> {
    pub(super) fn new(
        scenario: &Scenario,
        population: &'a Population,
        training: &'a Training,
        held_out: Vec<TestRows>,
    ) -> Self {
        Self { population, training, held_out, is_real: scenario.real().is_some() }
    }

    /// The errors of every task trained alone.
    pub(super) fn alone(&self) -> Vec<Evaluated> {
        let of_task = |task: usize| {
            let linear = self.training.is_linear();
            let moments = &self.training.data[task].moments;
            let alone = linear.then(|| SingleTask::of(moments));
            match alone.as_ref().and_then(|alone| alone.deviation.as_ref()) {
                Some(deviation) => self.by_deviation(task, deviation),
                None => self.by_prediction(task, &self.training.predictor_alone(task)),
            }
        };
        (0..self.training.alone.len()).map(of_task).collect()
    }

    /// Evaluates joint training. If rounding may be as large as the difference from training
    /// alone, the difference is set to zero. A model tuned on validation rows may well be that of
    /// training alone; where an optimum is claimed, the claim is given up.
    pub(super) fn fit(
        &self,
        approach: Approach,
        weights: Vec<f64>,
        mut optimum: Optimum,
        alone: &[Evaluated],
        targets: &[usize],
    ) -> JointFit {
        let mut found = self.together(&optimum, alone);
        if self.is_real {
            for (together, alone) in found.iter_mut().zip(alone) {
                if together.is_within(EQUAL_ON_ROWS, alone) && together.predicts_as(alone) {
                    *together = *alone;
                }
            }
        }
        let doubted = |found: &[Evaluated]| {
            found.iter().zip(alone).any(|(together, alone)| together.is_rounded(alone, ENOUGH))
        };
        let is_optimum =
            approach.method == Method::Joint && approach.weighting != Weighting::Random;
        if self.training.is_linear() && is_optimum && doubted(&found) {
            let objective = self.training.least_squares(weights.clone());
            let deviations = deviation::joint(&objective, &optimum.model).unwrap_or_default();
            for (task, deviation) in deviations.iter().enumerate() {
                let again = self.by_deviation(task, deviation);
                if again.bound < found[task].bound {
                    found[task] = again;
                }
            }
        }
        for (task, (together, alone)) in found.iter_mut().zip(alone).enumerate() {
            let is_nothing = together.errors.risk.max(alone.errors.risk) == 0.0;
            let is_unseen = is_nothing && !self.training.is_linear() && together.bound > 0.0;
            if is_unseen || together.is_rounded(alone, 1.0) {
                together.errors.risk = alone.errors.risk;
                let by_design = matches!(optimum.kind, OptimumKind::Tuned | OptimumKind::PlugIn);
                if targets.contains(&task) && !by_design {
                    optimum.kind = OptimumKind::Rounding;
                }
            }
        }
        let errors = found.into_iter().map(|found| found.errors).collect();
        JointFit { approach, weights, optimum, errors }
    }

    /// The errors of a model of all tasks; the single-task errors if the estimates are equal.
    fn together(&self, optimum: &Optimum, alone: &[Evaluated]) -> Vec<Evaluated> {
        let model = &optimum.model;
        let of_task = |(task, found): (usize, &Evaluated)| {
            let same = self.training.is_linear()
                && model.estimate(task) == self.training.alone[task].model.estimate(0);
            match same {
                true => *found,
                false => self.by_prediction(task, &self.training.predictor(model, task)),
            }
        };
        alone.iter().enumerate().map(of_task).collect()
    }

    fn by_prediction(&self, task: usize, predictor: &Predictor) -> Evaluated {
        let population = &self.population.tasks[task];
        if let Some(test) = self.held_out.get(task) {
            let errors = match (population.response, self.is_real) {
                (Response::Sign, false) => Errors {
                    risk: population.misplaced(predictor, &test.rows.x),
                    held_out: Some(predictor.held_out(test)),
                },
                (Response::Sign, true) => {
                    let held_out = predictor.held_out(test);
                    Errors { risk: 1.0 - held_out.accuracy, held_out: Some(held_out) }
                }
                _ => Errors { risk: predictor.squared_error(test), held_out: None },
            };
            return Evaluated { errors, bound: 0.0 };
        }
        let risk = population.excess_risk(predictor);
        let share = if self.training.is_linear() { LINEAR } else { SEARCHED };
        let off = share * population.signal().sqrt();
        Evaluated {
            errors: Errors { risk, held_out: None },
            bound: off * (2.0 * risk.sqrt() + off),
        }
    }

    fn by_deviation(&self, task: usize, deviation: &EstimateDeviation) -> Evaluated {
        let risk =
            kernel::times(&self.population.tasks[task].factor, &deviation.vector).norm_squared();
        Evaluated {
            errors: Errors { risk, held_out: None },
            bound: risk * deviation.error * (2.0 + deviation.error),
        }
    }
}
