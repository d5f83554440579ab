//! Results of the first trial for Propositions 1 and 3.

use crate::explanation::landscape::{ObjectiveLandscape, no_landscape};
use crate::model::{Optimum, OptimumKind};
use crate::scenario::Scenario;
use crate::study::trial::Trial;
use crate::transfer::proposition::{SharedRows, distance_from_alone};

/// Results of the first trial.
#[derive(Debug, Clone, PartialEq)]
pub struct FirstTrial {
    /// Kind of optimum of the joint model.
    pub kind: OptimumKind,
    /// Proposition 1: distance from single-task training; only with as many units as tasks.
    pub distance: Option<f64>,
    /// Proposition 3; only for tasks on the same rows.
    pub shared: Option<SharedLabels>,
    /// The landscape of one shared unit, or the reason why there is none.
    pub landscape: Result<ObjectiveLandscape, &'static str>,
}

/// The joint objective of tasks on the same rows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SharedLabels {
    /// `Σ_i α_i ‖y_i‖²`.
    pub labels: f64,
    /// The minimum of the objective.
    pub objective: f64,
}

impl FirstTrial {
    /// Runs the first trial of a scenario with its own approach.
    pub fn of(scenario: &Scenario) -> Self {
        let trial = Trial::own(scenario, 0);
        let fit = &trial.fits[0];
        let wide = scenario.width() >= scenario.tasks().len();
        let claimed = matches!(fit.optimum.kind, OptimumKind::Exact | OptimumKind::Multistart(_));
        let linear = scenario.is_linear();
        Self {
            kind: fit.optimum.kind,
            distance: (linear && wide && claimed && scenario.tasks().len() > 1).then(|| {
                distance_from_alone(&estimates(&trial.training.alone), &fit.optimum.model)
            }),
            shared: (linear && scenario.shares_rows() && claimed)
                .then(|| {
                    let moments = trial.training.moments();
                    let found = SharedRows::of(&moments, &fit.weights, scenario.width())?;
                    let labels = moments.iter().zip(&fit.weights).map(|(task, w)| w * task.s);
                    Some(SharedLabels { labels: labels.sum(), objective: found.objective })
                })
                .flatten(),
            landscape: match no_landscape(scenario) {
                Some(reason) => Err(reason),
                None => Ok(ObjectiveLandscape::of(scenario, &trial)),
            },
        }
    }
}

fn estimates(alone: &[Optimum]) -> Vec<nalgebra::DVector<f64>> {
    alone.iter().map(|optimum| optimum.model.estimate(0)).collect()
}
