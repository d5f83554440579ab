//! One trial: a population, its data, single-task and joint training, and the errors of both.

use super::evaluator::Evaluator;
use super::training::Training;
use super::weights_by_theory;
use crate::method::input::MethodInput;
use crate::method::weighting::{WeightingInput, random};
use crate::method::{Approach, Method, Weighting};
use crate::model::{LeastSquares, Optimum, OptimumKind};
use crate::scenario::Scenario;
use crate::study::fit::{Errors, JointFit};
use crate::task::Population;

/// The results of one trial.
#[derive(Debug, Clone)]
pub struct Trial {
    /// The population drawn.
    pub population: Population,
    /// The data drawn, and the single-task optima.
    pub training: Training,
    /// Errors of every task trained alone.
    pub alone: Vec<Errors>,
    /// One joint fit per requested approach.
    pub fits: Vec<JointFit>,
}

impl Trial {
    /// Runs trial number `trial` of a scenario with the given approaches. The result depends only
    /// on the arguments.
    pub fn run(scenario: &Scenario, trial: usize, approaches: &[Approach]) -> Self {
        let population = scenario.population(trial);
        let rows = scenario.trial_rows(&population, trial);
        let training = Training::on(scenario, &rows, trial);
        let evaluator = Evaluator::new(scenario, &population, &training, rows.test);
        let alone = evaluator.alone();
        let fits = approaches
            .iter()
            .map(|&approach| {
                let (weights, optimum) = fit(scenario, &population, &training, trial, approach);
                evaluator.fit(approach, weights, optimum, &alone, &scenario.targets())
            })
            .collect();
        let alone = alone.into_iter().map(|alone| alone.errors).collect();
        Self { population, training, alone, fits }
    }

    /// Runs a trial with the scenario's own approach.
    pub fn own(scenario: &Scenario, trial: usize) -> Self {
        Self::run(scenario, trial, &[scenario.approach()])
    }

    /// Returns the kind of optimum of the single-task models: the weakest of them.
    pub fn kind_alone(&self) -> OptimumKind {
        self.training.alone.iter().map(|alone| alone.kind).max().unwrap_or(OptimumKind::Exact)
    }
}

fn fit(
    scenario: &Scenario,
    population: &Population,
    training: &Training,
    trial: usize,
    approach: Approach,
) -> (Vec<f64>, Optimum) {
    let moments = training.moments();
    let weights = approach.weighting.weights(&WeightingInput {
        data: &moments,
        manual: &scenario.manual_weights(),
        width: training.width(),
        fit: &|weights| training.losses(weights),
        best: &|knowledge| weights_by_theory::weights(scenario, population, &moments, knowledge),
    });
    let joint = match approach.weighting {
        Weighting::Random => random::train(&moments, training.width(), training.seed()),
        _ => training.joint(weights.clone()),
    };
    let validation = || match training.validation() {
        [] => scenario.validation(population, trial),
        real => real.to_vec(),
    };
    let optimum = match approach.method {
        Method::Joint => joint,
        method => method.train(&MethodInput {
            training: &LeastSquares { data: moments, weights: weights.clone() },
            validation: &validation(),
            covariances: None,
            joint: &joint,
            targets: &scenario.targets(),
            fit: &|other| training.joint_on(other),
        }),
    };
    (weights, optimum.or_nothing())
}
