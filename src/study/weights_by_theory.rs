//! Task weights for which the theory predicts the least error of the targets.

use nalgebra::{Cholesky, DMatrix, DVector};

use crate::math::minimize::brent;
use crate::method::weighting::Knowledge;
use crate::scenario::Scenario;
use crate::study::population_theory::PopulationTheory;
use crate::task::{Moments, Population};
use crate::transfer::theory::{Theory, TheorySetting};

/// Logarithms of the weights that are tried are at most as far from 0, for two tasks.
const FAR: f64 = 12.0;
/// The same for more tasks.
const NEAR: f64 = 6.0;
/// Steps of the scan of each logarithm.
const STEP: f64 = 0.75;
/// Sweeps over the logarithms of more than two tasks.
const SWEEPS: usize = 2;
/// Logarithm of the weights of all others where the target is better off alone.
const ALONE: f64 = -16.0;

/// The weights (k, with a mean of 1 in the logarithm of the first target) for one trial. `None` if
/// nothing can be predicted.
pub fn weights(
    scenario: &Scenario,
    population: &Population,
    moments: &[Moments],
    knowledge: Knowledge,
) -> Option<Vec<f64>> {
    let targets = scenario.targets();
    match knowledge {
        Knowledge::Population => {
            let tasks = scenario.tasks();
            let setting = TheorySetting {
                samples: tasks.iter().map(|task| task.samples as f64).collect(),
                noise: tasks.iter().map(|task| task.labels.noise).collect(),
                weights: Vec::new(),
            };
            best(PopulationTheory::of(population).joint(), setting, &targets)
        }
        Knowledge::Rows => {
            let (theory, setting) = estimated(moments)?;
            best(&theory, setting, &targets)
        }
    }
}

/// The weights with the least predicted mean error of the targets, found one after the other.
fn best(theory: &Theory, mut setting: TheorySetting, targets: &[usize]) -> Option<Vec<f64>> {
    let k = setting.samples.len();
    let first = *targets.first()?;
    let mut error = |logs: &[f64]| -> Option<(f64, f64)> {
        setting.weights = logs.iter().map(|log| log.exp()).collect();
        let predict = |&target: &usize| theory.predict(&setting, target).ok();
        let found: Option<Vec<_>> = targets.iter().map(predict).collect();
        let found = found?;
        let mean = |of: fn(&crate::transfer::Prediction) -> f64| {
            found.iter().map(of).sum::<f64>() / found.len() as f64
        };
        Some((mean(|one| one.multi), mean(|one| one.single)))
    };
    let (far, sweeps) = if k == 2 { (FAR, 1) } else { (NEAR, SWEEPS) };
    let mut logs = vec![0.0; k];
    let mut found: Option<(f64, f64)> = None;
    for task in (0..sweeps).flat_map(|_| (0..k).filter(|task| *task != first)) {
        let mut along = |log: f64| {
            let mut tried = logs.clone();
            tried[task] = log;
            error(&tried)
        };
        let count = (2.0 * far / STEP) as usize;
        let scanned = (0..=count).map(|i| i as f64 * STEP - far);
        let scanned = scanned.filter_map(|log| Some((along(log)?, log)));
        let Some((_, log)) = scanned.min_by(|a, b| a.0.0.total_cmp(&b.0.0)) else { continue };
        let (log, _) = brent(log - STEP, log + STEP, &mut |log| {
            along(log).map_or(f64::INFINITY, |(multi, _)| multi)
        });
        if let Some(at) = along(log) {
            (logs[task], found) = (log, Some(at));
        }
    }
    let (multi, single) = found?;
    if single < multi && targets.len() == 1 {
        logs = (0..k).map(|task| if task == first { 0.0 } else { ALONE }).collect();
    }
    Some(logs.into_iter().map(f64::exp).collect())
}

/// The theory of the tasks as they look from their rows alone. `None` if a task has no more rows
/// than features.
///
/// Estimates of equal θs differ by their noise. So the differences are shrunk: in coordinates in
/// which the noise of every estimate has unit variance, the best matrix of rank one is kept, and the
/// rest, of which `(k − 1)(d − 1)` is expected from noise alone, is reduced by as much.
fn estimated(moments: &[Moments]) -> Option<(Theory, TheorySetting)> {
    let (k, d) = (moments.len(), moments.first()?.c.len());
    let free = |task: &Moments| task.samples as f64 - d as f64 - 1.0;
    if moments.iter().any(|task| free(task) <= 0.0) {
        return None;
    }
    let thetas: Vec<DVector<f64>> = moments.iter().map(Moments::least_squares).collect();
    let tasks = moments.iter().zip(&thetas);
    let noise: Vec<f64> =
        tasks.map(|(task, theta)| (task.loss(theta) / (free(task) + 1.0)).sqrt()).collect();
    let rows: f64 = moments.iter().map(|task| task.samples as f64).sum();
    let pooled: DMatrix<f64> = moments.iter().map(|task| &*task.h / rows).sum();
    let root = Cholesky::new(pooled)?.l().transpose();
    let scales: Vec<f64> = moments
        .iter()
        .zip(&noise)
        .map(|(task, sigma)| free(task).sqrt() / sigma.max(f64::MIN_POSITIVE))
        .collect();
    let columns: Vec<DVector<f64>> =
        thetas.iter().zip(&scales).map(|(theta, scale)| &root * theta * *scale).collect();
    let all = DMatrix::from_columns(&columns);
    let svd = all.clone().svd(true, true);
    let leading = svd.u?.column(0) * svd.singular_values[0] * svd.v_t?.row(0);
    let rest = &all - &leading;
    let expected = ((k - 1) * (d - 1)) as f64;
    let kept = (1.0 - expected / rest.norm_squared()).max(0.0).sqrt();
    let shrunk = root.solve_upper_triangular(&(leading + rest * kept))?;
    let thetas: Vec<DVector<f64>> =
        shrunk.column_iter().zip(&scales).map(|(theta, scale)| theta / *scale).collect();
    let covariances: Vec<DMatrix<f64>> =
        moments.iter().map(|task| &*task.h / task.samples as f64).collect();
    let samples = moments.iter().map(|task| task.samples as f64).collect();
    let setting = TheorySetting { samples, noise, weights: Vec::new() };
    Some((Theory::new(&covariances, &thetas), setting))
}
