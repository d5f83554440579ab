//! Task weights for which the theory predicts the least error of the targets.

use nalgebra::{Cholesky, DMatrix, DVector};

use crate::method::weighting::Knowledge;
use crate::scenario::Scenario;
use crate::study::population_theory::{PopulationTheory, setting};
use crate::task::{Moments, Population};
use crate::transfer::Prediction;
use crate::transfer::theory::{Theory, TheorySetting};

/// Logarithms of the weight of the other task that are tried are at most as far from 0.
const FAR: f64 = 12.0;
/// Steps of the scan.
const STEP: f64 = 0.75;
/// Times that the step is halved around the best value.
const HALVINGS: usize = 4;
/// Logarithm of the weight of the other task where the target is better off alone.
const ALONE: f64 = -30.0;
/// Standard deviations of the difference between the tasks that the rows leave open.
const OPEN: f64 = 2.0;

/// The weights (k = 2) for one trial; that of the first target is 1. `None` if nothing can be
/// predicted for uniform weights.
///
/// With the rows alone, how much the tasks differ is uncertain. The weights are those whose error is
/// the smallest share of that of uniform weights, both for the smallest and for the largest
/// difference that the rows leave open, whichever share is larger. So they are chosen only where they
/// promise less error in both cases.
pub fn weights(
    scenario: &Scenario,
    population: &Population,
    moments: &[Moments],
    knowledge: Knowledge,
) -> Option<Vec<f64>> {
    let targets = scenario.targets();
    match knowledge {
        Knowledge::Population => {
            best(&[PopulationTheory::of(population).joint()], setting(scenario), &targets)
        }
        Knowledge::Rows => {
            let (theories, setting) = estimated(moments)?;
            best(&theories.each_ref(), setting, &targets)
        }
    }
}

/// The weights of two tasks for which the predicted mean error of the targets is the smallest share
/// of that with uniform weights, in the worst case of all theories.
fn best(theories: &[&Theory], mut setting: TheorySetting, targets: &[usize]) -> Option<Vec<f64>> {
    let first = *targets.first()?;
    setting.weights = vec![1.0; setting.samples.len()];
    let uniform: Vec<Prediction> = theories
        .iter()
        .map(|theory| predicted(theory, &setting, targets))
        .collect::<Option<_>>()?;
    let tasks = setting.samples.len();
    let weights = |log: f64| -> Vec<f64> {
        (0..tasks).map(|task| if task == first { 1.0 } else { log.exp() }).collect()
    };
    let mut found = (1.0, 0.0);
    let consider = |log: f64, found: &mut (f64, f64)| {
        let setting = TheorySetting { weights: weights(log), ..setting.clone() };
        let of = |(theory, uniform): (&&Theory, &Prediction)| {
            predicted(theory, &setting, targets).map_or(f64::INFINITY, |p| p.multi / uniform.multi)
        };
        let share = theories.iter().zip(&uniform).map(of).fold(0.0, f64::max);
        if share < found.0 {
            *found = (share, log);
        }
    };
    let count = (2.0 * FAR / STEP) as usize;
    (0..=count).for_each(|i| consider(i as f64 * STEP - FAR, &mut found));
    let mut step = STEP;
    for _ in 0..HALVINGS {
        step *= 0.5;
        let at = found.1;
        [at - step, at + step].into_iter().for_each(|log| consider(log, &mut found));
    }
    let alone = uniform.iter().map(|p| p.single / p.multi).fold(0.0, f64::max);
    Some(weights(if alone < found.0 && targets.len() == 1 { ALONE } else { found.1 }))
}

/// The prediction for the mean error of the targets.
fn predicted(theory: &Theory, setting: &TheorySetting, targets: &[usize]) -> Option<Prediction> {
    let found = theory.predict_each(setting, targets).into_iter();
    Prediction::average(&found.collect::<Result<Vec<_>, _>>().ok()?)
}

/// The theories of the tasks as they look from their rows alone, with the smallest and the largest
/// difference between them that the rows leave open. `None` if a task has no more rows than features.
///
/// Estimates of equal θs differ by their noise. So the differences are shrunk: in coordinates in
/// which the noise of every estimate has unit variance, the best matrix of rank one is kept. Of the
/// squared length of the rest, n = (k − 1)(d − 1) is expected from noise alone; what is left has the
/// standard deviation √(2n + 4 · what is left).
fn estimated(moments: &[Moments]) -> Option<([Theory; 2], TheorySetting)> {
    let (k, d) = (moments.len(), moments.first()?.c.len());
    let free = |task: &Moments| task.samples as f64 - d as f64 - 1.0;
    if moments.iter().any(|task| free(task) <= 0.0) {
        return None;
    }
    let thetas: Vec<DVector<f64>> = moments.iter().map(Moments::least_squares).collect();
    // Where the rows are fitted, nothing is known of a noise below rounding.
    let noise = |(task, theta): (&Moments, &DVector<f64>)| {
        let seen = (task.loss(theta).max(0.0) / (free(task) + 1.0)).sqrt();
        let length = (task.s / task.samples as f64).sqrt();
        seen.max(f64::EPSILON * if length > 0.0 { length } else { 1.0 })
    };
    let noise: Vec<f64> = moments.iter().zip(&thetas).map(noise).collect();
    let rows: f64 = moments.iter().map(|task| task.samples as f64).sum();
    let pooled: DMatrix<f64> = moments.iter().map(|task| &*task.h / rows).sum();
    let root = Cholesky::new(pooled)?.l().transpose();
    let scales: Vec<f64> =
        moments.iter().zip(&noise).map(|(task, sigma)| free(task).sqrt() / sigma).collect();
    let columns: Vec<DVector<f64>> =
        thetas.iter().zip(&scales).map(|(theta, scale)| &root * theta * *scale).collect();
    let all = DMatrix::from_columns(&columns);
    let svd = all.clone().svd(true, true);
    let leading = svd.u?.column(0) * svd.singular_values[0] * svd.v_t?.row(0);
    let rest = &all - &leading;
    let expected = ((k - 1) * (d - 1)) as f64;
    let length = rest.norm_squared();
    let left = length - expected;
    let open = OPEN * (2.0 * expected + 4.0 * left.max(0.0)).sqrt();
    let covariances: Vec<DMatrix<f64>> =
        moments.iter().map(|task| &*task.h / task.samples as f64).collect();
    let theory = |left: f64| -> Option<Theory> {
        let kept = if length > 0.0 { (left.max(0.0) / length).sqrt() } else { 0.0 };
        let shrunk = root.solve_upper_triangular(&(&leading + &rest * kept))?;
        let columns = shrunk.column_iter().zip(&scales);
        let thetas: Vec<DVector<f64>> = columns.map(|(theta, scale)| theta / *scale).collect();
        Some(Theory::new(&covariances, &thetas))
    };
    let theories = [theory(left - open)?, theory(left + open)?];
    let samples = moments.iter().map(|task| task.samples as f64).collect();
    Some((
        theories,
        TheorySetting { width: 1, samples, noise, weights: Vec::new(), scatter: Vec::new() },
    ))
}
