//! The theory of one population: what every method with a prediction needs, computed when asked.

use std::sync::OnceLock;

use nalgebra::{DMatrix, DVector};

use super::penalty::joint::{Excess, PenalisedTasks};
use super::penalty::ridge;
use crate::method::Method;
use crate::scenario::Scenario;
use crate::task::{Activation, Population};
use crate::transfer::Prediction;
use crate::transfer::theory::{
    Merged, Merging, Shrinkage, ShrinkageSetting, Shrunk, Theory, TheorySetting, shrinkage,
    single_task_risk,
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

/// The expected excess risk of least squares on the rows of a task; `None` without more than d + 1.
fn least_squares_risk(scenario: &Scenario, task: usize) -> Option<f64> {
    let TheorySetting { samples, noise, .. } = setting(scenario);
    single_task_risk(scenario.dimension(), samples[task], noise[task])
}

/// The same for a target.
fn alone(scenario: &Scenario, target: usize) -> Result<f64, &'static str> {
    least_squares_risk(scenario, target).ok_or("it needs more than d + 1 rows of the target")
}

/// How far predicted errors are off for data from files, as a share: their rows are not Gaussian.
/// Measured.
const DOUBT_OF_DATA: f64 = 0.03;

/// The largest share of the error of joint training of data from files that its penalties may remove,
/// which the theory leaves out: about `v²/(v + s)` of the excess v, with the signal `s = θᵀΣθ`, as the
/// best factor that shrinks θ̂ would.
pub(super) const MOST_SHRUNK: f64 = 0.03;

/// How far the change by penalties is off, as a share. Measured.
const DOUBT_OF_CHANGE: f64 = 0.5;

/// The reason where they remove more.
const PENALTIES_COUNT: &str = "for data from files it needs more training rows: with so few, the \
    penalties of the models count";

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
    fine_tuning: [OnceLock<Shrinkage>; 2],
    /// One for each task.
    ridge: Vec<OnceLock<Shrinkage>>,
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
            ridge: population.tasks.iter().map(|_| OnceLock::new()).collect(),
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
        let each = |of_target: &dyn Fn(usize) -> Result<Prediction, &'static str>| {
            mean(targets.iter().map(|&target| of_target(target)))
        };
        match scenario.approach().method {
            _ if scenario.real().is_some() => {
                let setting = setting(scenario);
                let change = self.change_by_penalties(scenario, &setting)?;
                let found = self.joint().predict_each(&setting, &targets).into_iter();
                let of_target = |(found, &target): (Result<Prediction, _>, &usize)| {
                    self.on_data(scenario, &setting, (target, change[target]), found?)
                };
                mean(found.zip(&targets).map(of_target))
            }
            Method::Merge => each(&|target| Ok(self.merged(scenario, target)?.prediction)),
            Method::FineTune => each(&|target| {
                let single = alone(scenario, target)?;
                Ok(self.fine_tuned(scenario, target)?.prediction(single))
            }),
            Method::Ridge => each(&|target| {
                let single = alone(scenario, target)?;
                Ok(self.ridge(scenario, target, &shrinkage::of_ridge())?.prediction(single))
            }),
            _ if scenario.activation() == Activation::Relu => {
                mean(self.joint().predict_each_relu(&setting(scenario), &targets))
            }
            _ => mean(self.joint().predict_each(&setting(scenario), &targets)),
        }
    }

    /// What the penalties of joint training of data from files change in the error of every task.
    fn change_by_penalties(
        &self,
        scenario: &Scenario,
        setting: &TheorySetting,
    ) -> Result<Vec<Excess>, &'static str> {
        let multiples: Vec<f64> = ridge::multiples().collect();
        let penalty = |task: usize| -> Result<f64, &'static str> {
            let sigma = &self.covariances[task];
            let unit = setting.samples[task] * sigma.trace() / sigma.nrows() as f64;
            Ok(unit * self.ridge(scenario, task, &multiples)?.lambda)
        };
        let penalties = (0..self.thetas.len()).map(penalty).collect::<Result<Vec<f64>, _>>()?;
        let (covariances, thetas) = (&self.covariances, &self.thetas);
        Ok(PenalisedTasks { covariances, thetas, setting, penalties: &penalties }.change())
    }

    /// The prediction for the errors of a target on its test rows, from that of joint training without
    /// penalties and what they change: alone it is ridge regression.
    fn on_data(
        &self,
        scenario: &Scenario,
        setting: &TheorySetting,
        (target, change): (usize, Excess),
        joint: Prediction,
    ) -> Result<Prediction, &'static str> {
        let noise = setting.noise[target].powi(2);
        let signal = scenario.population(0).tasks[target].signal();
        let excess = joint.variance.powi(2) / (joint.variance + signal);
        let joint = joint.changed(change.bias, change.variance).on_test_rows(noise);
        let share = excess / joint.multi;
        if share > MOST_SHRUNK {
            return Err(PENALTIES_COUNT);
        }
        let lambdas: Vec<f64> = ridge::multiples().collect();
        let alone = self.ridge(scenario, target, &lambdas)?;
        let joint = joint.against(alone.chosen + noise).with_intercept(setting.samples[target]);
        let doubts = [
            (DOUBT_OF_DATA + share) * joint.multi,
            DOUBT_OF_CHANGE * (change.bias + change.variance),
        ];
        Ok(joint.within(doubts.into_iter().fold(joint.doubt, f64::hypot)))
    }

    /// The best merged model of a target.
    pub fn merged(&self, scenario: &Scenario, target: usize) -> Result<Merged, &'static str> {
        let merging = self.merging.get_or_init(|| Merging::new(&self.covariances, &self.thetas));
        merging.merge(&setting(scenario), target)
    }

    /// Fine-tuning of a target from the only other task.
    pub fn fine_tuned(&self, scenario: &Scenario, target: usize) -> Result<Shrunk, &'static str> {
        let pair = [target, 1 - target];
        let theory = self.fine_tuning[target].get_or_init(|| {
            let (covariances, thetas) =
                (pair.map(|i| &self.covariances[i]), pair.map(|i| &self.thetas[i]));
            Shrinkage::towards_source(covariances, thetas)
        });
        let source = least_squares_risk(scenario, 1 - target)
            .ok_or("it needs more than d + 1 rows of the source")?;
        let lambdas = shrinkage::of_fine_tuning();
        theory.predict(&Self::shrinkage(scenario, target, &lambdas), source)
    }

    fn shrinkage<'a>(
        scenario: &Scenario,
        target: usize,
        lambdas: &'a [f64],
    ) -> ShrinkageSetting<'a> {
        let TheorySetting { samples, noise, .. } = setting(scenario);
        let validation = match scenario.real() {
            Some(real) => real.held_out_rows(scenario)[target] as f64,
            None => scenario.held_out_rows() as f64,
        };
        let validation = if validation > 0.0 { validation } else { f64::INFINITY };
        ShrinkageSetting { samples: samples[target], noise: noise[target], validation, lambdas }
    }

    /// Ridge regression of a target, with penalties λ to try as multiples of `m tr(Σ)/d`.
    pub fn ridge(
        &self,
        scenario: &Scenario,
        target: usize,
        lambdas: &[f64],
    ) -> Result<Shrunk, &'static str> {
        let new = || Shrinkage::towards_zero(&self.covariances[target], &self.thetas[target]);
        let theory = self.ridge[target].get_or_init(new);
        theory.predict(&Self::shrinkage(scenario, target, lambdas), 0.0)
    }
}

/// The mean of the predictions for several targets; an error if one of them has none.
fn mean(
    found: impl IntoIterator<Item = Result<Prediction, &'static str>>,
) -> Result<Prediction, &'static str> {
    let found: Result<Vec<Prediction>, _> = found.into_iter().collect();
    Prediction::average(&found?).ok_or("there is no target")
}
