//! One trial: a population, its data, both trainings at their exact optima, the risks of both.

use nalgebra::DVector;

use crate::model::{LeastSquares, SharedModel, exact, search};
use crate::scenario::Scenario;
use crate::task::Population;
use crate::transfer::Risks;

/// All that came about in one trial.
#[derive(Debug, Clone)]
pub struct Trial {
    /// The population drawn.
    pub population: Population,
    /// The training objective on the data drawn.
    pub objective: LeastSquares,
    /// Single-task least-squares solutions.
    pub alone: Vec<DVector<f64>>,
    /// The global optimum of joint training.
    pub joint: SharedModel,
    /// Excess risks of every task.
    pub risks: Vec<Risks>,
}

impl Trial {
    /// Runs trial number `trial` of a scenario. Equal numbers give equal trials, whatever else
    /// has been run, in whatever order.
    pub fn run(scenario: &Scenario, trial: usize) -> Self {
        let population = scenario.population(trial);
        let objective =
            LeastSquares { data: scenario.data(&population, trial), weights: scenario.weights() };
        let alone = exact::single_task(&objective);
        let joint = search::optimum(
            &objective,
            scenario.width(),
            &alone,
            scenario.trial_seed(trial).child("search", 0),
        )
        .model;
        let risks = population
            .tasks
            .iter()
            .enumerate()
            .map(|(i, task)| Risks {
                single: task.linear_excess_risk(&alone[i]),
                multi: task.linear_excess_risk(&joint.estimate(i)),
            })
            .collect();
        Self { population, objective, alone, joint, risks }
    }
}
