//! The theory of one population: what every method with a prediction needs, computed when asked.

use std::sync::OnceLock;

use nalgebra::{DMatrix, DVector};

use crate::method::Method;
use crate::scenario::Scenario;
use crate::task::{Activation, Population};
use crate::transfer::Prediction;
use crate::transfer::theory::{
    FineTuned, FineTuning, Merged, Merging, Theory, TheorySetting, single_task_risk,
};

/// The task weights of a scenario if they are known before the data are drawn.
pub(super) fn weights(scenario: &Scenario) -> Option<Vec<f64>> {
    let samples: Vec<u64> = scenario.tasks().iter().map(|task| task.samples).collect();
    scenario.approach().weighting.before_data(&samples, &scenario.manual_weights())
}

/// Returns the samples, noise and weights of the tasks of a scenario, and its width.
pub fn setting(scenario: &Scenario) -> TheorySetting {
    TheorySetting {
        width: scenario.width().min(scenario.tasks().len()),
        samples: scenario.tasks().iter().map(|task| task.samples as f64).collect(),
        noise: match scenario.real() {
            Some(real) => real.noise(scenario).into_iter().map(f64::sqrt).collect(),
            None => scenario.tasks().iter().map(|task| task.labels.noise).collect(),
        },
        weights: weights(scenario).unwrap_or_default(),
        scatter: scenario.real().map_or_else(Vec::new, |real| real.scatter(scenario)),
    }
}

/// How far predicted errors are off for data from files, as a share: their rows are not Gaussian, and
/// the penalties of their models are left out. Measured.
const DOUBT_OF_DATA: f64 = 0.03;

/// The share of the error alone of a task of data from files that its ridge penalty removes, about:
/// one that shrinks θ̂ by the best factor lowers the excess v by `v²/(v + s)`, with the signal
/// `s = θᵀΣθ`. `None` for fewer than d + 2 rows.
pub(super) fn shrunk(scenario: &Scenario, target: usize) -> Option<f64> {
    let noise = scenario.real()?.noise(scenario)[target];
    let samples = scenario.tasks()[target].samples as f64;
    let excess = single_task_risk(scenario.dimension(), samples, noise.sqrt())?;
    let signal = scenario.population(0).tasks[target].signal();
    Some(excess * excess / (excess + signal) / (excess + noise))
}

/// The error that the weakest ridge penalty adds to a task of data from files, as a share of its
/// noise.
pub(super) fn penalised(scenario: &Scenario, target: usize) -> f64 {
    let Some(real) = scenario.real() else { return 0.0 };
    real.penalised(scenario)[target] / real.noise(scenario)[target].max(f64::MIN_POSITIVE)
}

/// The theories of one population.
#[derive(Debug)]
pub struct PopulationTheory {
    covariances: Vec<DMatrix<f64>>,
    thetas: Vec<DVector<f64>>,
    joint: OnceLock<Theory>,
    merging: OnceLock<Merging>,
    /// Of two tasks, one for each target.
    fine_tuning: [OnceLock<FineTuning>; 2],
}

impl PopulationTheory {
    /// The theories of a population; nothing is computed yet.
    pub fn of(population: &Population) -> Self {
        Self {
            covariances: population.tasks.iter().map(|task| task.covariance()).collect(),
            thetas: population.tasks.iter().map(|task| task.theta.clone()).collect(),
            joint: OnceLock::new(),
            merging: OnceLock::new(),
            fine_tuning: [OnceLock::new(), OnceLock::new()],
        }
    }

    /// The theory of joint training.
    pub fn joint(&self) -> &Theory {
        self.joint.get_or_init(|| Theory::new(&self.covariances, &self.thetas))
    }

    /// The prediction for the mean error of all targets of a scenario with this population, by its
    /// method; the theory must apply to it. That of data from files counts their noise.
    pub fn predict(&self, scenario: &Scenario) -> Result<Prediction, &'static str> {
        let targets = scenario.targets();
        if scenario.real().is_some() {
            let setting = setting(scenario);
            let found = self.joint().predict_each(&setting, &targets).into_iter();
            let of_target = |(found, &target): (Result<Prediction, _>, &usize)| {
                let found = found?.on_test_rows(setting.noise[target].powi(2));
                let share = DOUBT_OF_DATA + shrunk(scenario, target).unwrap_or(1.0);
                Ok(found.within(found.doubt.hypot(share * found.multi)))
            };
            return mean(found.zip(&targets).map(of_target));
        }
        match scenario.approach().method {
            Method::Merge => {
                mean(targets.iter().map(|&target| Ok(self.merged(scenario, target)?.prediction)))
            }
            Method::FineTune => mean(
                targets.iter().map(|&target| Ok(self.fine_tuned(scenario, target)?.prediction)),
            ),
            _ if scenario.activation() == Activation::Relu => {
                mean(self.joint().predict_each_relu(&setting(scenario), &targets))
            }
            _ => mean(self.joint().predict_each(&setting(scenario), &targets)),
        }
    }

    /// The best merged model of a target.
    pub fn merged(&self, scenario: &Scenario, target: usize) -> Result<Merged, &'static str> {
        let merging = self.merging.get_or_init(|| Merging::new(&self.covariances, &self.thetas));
        merging.merge(&setting(scenario), target)
    }

    /// Fine-tuning of a target from the only other task.
    pub fn fine_tuned(
        &self,
        scenario: &Scenario,
        target: usize,
    ) -> Result<FineTuned, &'static str> {
        let pair = [target, 1 - target];
        let theory = self.fine_tuning[target].get_or_init(|| {
            FineTuning::new(pair.map(|i| &self.covariances[i]), pair.map(|i| &self.thetas[i]))
        });
        theory.predict(&setting(scenario), pair, scenario.held_out_rows() as f64)
    }
}

/// The mean of the predictions for several targets; an error if one of them has none.
fn mean(
    found: impl IntoIterator<Item = Result<Prediction, &'static str>>,
) -> Result<Prediction, &'static str> {
    let found: Result<Vec<Prediction>, _> = found.into_iter().collect();
    Prediction::average(&found?).ok_or("there is no target")
}
