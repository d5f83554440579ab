//! The objective of one shared unit in the first trial (eq. 4), in the plane of the pair of tasks.

use nalgebra::Vector2;

use crate::model::OptimumKind;
use crate::scenario::Scenario;
use crate::study::trial::Trial;
use crate::task::Response;
use crate::transfer::landscape::Summit;
use crate::transfer::{Landscape, Plane};

/// h over the directions in the plane of two θs, and the squared labels it explains a share of.
#[derive(Debug, Clone, PartialEq)]
pub struct ObjectiveLandscape {
    /// h of the data of the first trial.
    pub data: Landscape,
    /// `Σ_i α_i ‖y_i‖²`.
    pub labels: f64,
    /// h of its population, with as many rows and no noise, and its expected squared labels
    /// `Σ_i α_i m_i (θ_iᵀΣ_iθ_i + σ_i²)`. `None` if labels are not linear plus noise.
    pub population: Option<(Landscape, f64)>,
    /// All local maxima of h of the data, the highest first.
    pub summits: Vec<Summit>,
    /// Directions of the θs of the pair in `[0, π)`; the first is 0.
    pub thetas: [f64; 2],
    /// The trained unit; `None` for several units, for other methods, and if no optimum is
    /// claimed.
    pub unit: Option<TrainedUnit>,
    /// Number of units of the model.
    pub width: usize,
}

/// The trained unit in the plane.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TrainedUnit {
    /// Its direction in `[0, π)`.
    pub angle: f64,
    /// The share of its squared length that lies in the plane.
    pub inside: f64,
    /// Its kind of optimum.
    pub kind: OptimumKind,
}

/// Returns the reason why a scenario has no landscape; `None` if it has one.
pub fn no_landscape(scenario: &Scenario) -> Option<&'static str> {
    if !scenario.is_linear() || scenario.classifies() {
        Some("eq. 4 is for the linear model with squared loss and real-valued labels")
    } else if scenario.tasks().len() < 2 {
        Some("it takes two tasks to span a plane")
    } else {
        None
    }
}

/// Returns true if every label is known to be `⟨x, θ⟩` plus noise.
pub(super) fn labels_are_linear(scenario: &Scenario) -> bool {
    let mut tasks = scenario.tasks().iter();
    scenario.real().is_none()
        && tasks.all(|task| task.labels.response == Response::Linear && task.labels.random == 0.0)
}

impl ObjectiveLandscape {
    /// Computes the landscape of a trial; the scenario must have one, see [`no_landscape`].
    pub fn of(scenario: &Scenario, trial: &Trial) -> Self {
        let pair = scenario.pair();
        let plane = Plane::of(&trial.population, pair);
        let fit = &trial.fits[0];
        let moments = trial.training.moments();
        let samples: Vec<f64> = scenario.tasks().iter().map(|task| task.samples as f64).collect();
        let data = Landscape::of_data(plane.basis(), &moments, &fit.weights);
        let tasks = &trial.population.tasks;
        let population = labels_are_linear(scenario).then(|| {
            let landscape = Landscape::of_population(plane.basis(), tasks, &samples, &fit.weights);
            let labels = scenario.tasks().iter().zip(tasks).map(|(spec, task)| {
                (&*task.factor * &task.theta).norm_squared() + spec.labels.noise.powi(2)
            });
            let rows = samples.iter().zip(&fit.weights).map(|(m, weight)| m * weight);
            (landscape, rows.zip(labels).map(|(rows, label)| rows * label).sum())
        });
        let claimed = matches!(fit.optimum.kind, OptimumKind::Exact | OptimumKind::Multistart(_));
        let module = &fit.optimum.model.module;
        let direction = plane.direction(module).filter(|_| claimed);
        Self {
            summits: data.summits(),
            labels: moments.iter().zip(&fit.weights).map(|(data, weight)| weight * data.s).sum(),
            thetas: plane.thetas.map(|theta| half_turn(&theta)),
            unit: direction.filter(|b| b.norm() > 0.0).map(|b| TrainedUnit {
                angle: half_turn(&b),
                inside: b.norm_squared().min(1.0),
                kind: fit.optimum.kind,
            }),
            width: scenario.width(),
            data,
            population,
        }
    }

    /// Returns h of the data at an angle in radians, as a share of `Σ_i α_i ‖y_i‖²`.
    pub fn share(&self, angle: f64) -> f64 {
        self.data.at(angle) / self.labels
    }

    /// Returns h of the population at an angle, as a share of its expected squared labels.
    pub fn expected_share(&self, angle: f64) -> Option<f64> {
        let (landscape, labels) = self.population.as_ref()?;
        Some(landscape.at(angle) / labels)
    }
}

/// The direction of a vector up to its sign, in `[0, π)`.
fn half_turn(v: &Vector2<f64>) -> f64 {
    let angle = v.y.atan2(v.x).rem_euclid(std::f64::consts::PI);
    if std::f64::consts::PI - angle < 1e-9 { 0.0 } else { angle }
}
