//! Effect of task weights: ten tasks on the same rows whose θs share three dimensions, half of them
//! with worse labels. The error is 1 − cos² of the angle between B A_i and θ_i. Changes are mean
//! ratios of errors over seeds, with the share of seeds in which the error falls.
//!
//! `cargo run --release --example tables -- weights`

use nalgebra::{DMatrix, DVector};
use rayon::prelude::*;
use taskscope::math::seed::Seed;
use taskscope::math::{linalg, roots};
use taskscope::method::weighting::{SCHEMES, Weighting, WeightingInput, random};
use taskscope::model::{LeastSquares, Objective, SharedModel};
use taskscope::task::Moments;

const SEEDS: u64 = 50;
const TASKS: usize = 10;
const CLEAN: usize = 5;
const DIMENSION: usize = 20;
const ROWS: usize = 100;
const WIDTH: usize = 3;

/// The fault in the labels of the tasks that are not clean.
#[derive(Clone, Copy)]
enum Fault {
    /// Four times the noise.
    Noise,
    /// A fifth of the labels are random.
    RandomLabels,
}

/// Mean errors of the clean tasks and of all tasks.
type Errors = [f64; 2];

pub(crate) fn print() {
    for (fault, noise, title) in [
        (Fault::Noise, 0.5, "five tasks with four times the noise, σ = 0.5"),
        (Fault::RandomLabels, 0.7, "five tasks with 20 % random labels, σ = 0.7"),
    ] {
        let trials: Vec<Vec<Errors>> =
            (0..SEEDS).into_par_iter().map(|seed| trial(fault, noise, Seed::new(seed))).collect();
        println!("{title}");
        println!(
            "{:<26}{:>12}{:>15}{:>15}{:>12}{:>15}{:>15}",
            "", "clean tasks", "to uniform", "to scaled", "all tasks", "to uniform", "to scaled"
        );
        let names = SCHEMES.iter().filter(|s| s.weighting != Weighting::Manual).map(|s| s.label);
        for (scheme, name) in ["uniform, scaled labels"].into_iter().chain(names).enumerate() {
            let columns = [0, 1].map(|group| {
                let error = trials.iter().map(|t| t[scheme][group]).sum::<f64>() / SEEDS as f64;
                let [uniform, scaled] = [1, 0].map(|other| change(&trials, scheme, other, group));
                format!("{error:>12.4}{uniform:>15}{scaled:>15}")
            });
            println!("{name:<26}{}", columns.concat());
        }
        println!();
    }
}

/// Errors of uniform weights on labels of unit RMS, then of every scheme except the manual one.
fn trial(fault: Fault, noise: f64, seed: Seed) -> Vec<Errors> {
    let (data, thetas) = draw(fault, noise, seed);
    let train = |weights: Vec<f64>| same_rows(&LeastSquares { data: data.clone(), weights });
    let fit = |weights: &[f64]| {
        let objective = LeastSquares { data: data.clone(), weights: weights.to_vec() };
        objective.task_losses(&same_rows(&objective))
    };
    let tasks =
        WeightingInput { data: &data, manual: &[], width: WIDTH, fit: &fit, best: &|_| None };
    let scaled = train(data.iter().map(|task| ROWS as f64 / task.s).collect());
    let schemes = SCHEMES.iter().map(|scheme| scheme.weighting);
    let models = schemes.filter(|scheme| *scheme != Weighting::Manual).map(|scheme| match scheme {
        Weighting::Random => random::train(&data, WIDTH, seed).model,
        other => train(other.weights(&tasks)),
    });
    std::iter::once(scaled).chain(models).map(|model| errors(&model, &thetas)).collect()
}

fn draw(fault: Fault, noise: f64, seed: Seed) -> (Vec<Moments>, Vec<DVector<f64>>) {
    let normal = |label, i, n| linalg::normal_vector(n, &mut seed.child(label, i).rng());
    let x = linalg::normal_matrix(ROWS, DIMENSION, &mut seed.child("x", 0).rng());
    let shared = linalg::orthonormal(DIMENSION, &mut seed.child("shared", 0).rng());
    let shared = shared.columns(0, WIDTH);
    let task = |i: u64| {
        let theta = shared * normal("head", i, WIDTH).normalize();
        let faulty = i >= CLEAN as u64;
        let deviation = if faulty && matches!(fault, Fault::Noise) { 4.0 * noise } else { noise };
        let mut y = &x * &theta + normal("noise", i, ROWS) * deviation;
        if faulty && matches!(fault, Fault::RandomLabels) {
            let rms = y.norm() / (ROWS as f64).sqrt();
            y.rows_mut(0, ROWS / 5).copy_from(&(normal("random", i, ROWS / 5) * rms));
        }
        (Moments::of(&x, &y), theta)
    };
    (0..TASKS as u64).map(task).unzip()
}

/// The global optimum for tasks on the same rows (Proposition 3): the leading directions of the
/// weighted single-task solutions in coordinates in which the rows are white.
fn same_rows(objective: &LeastSquares) -> SharedModel {
    let whiten = roots::inverse_root(&objective.data[0].h);
    let white: Vec<_> = objective.data.iter().map(|task| &whiten * &task.c).collect();
    let weighted: Vec<_> =
        white.iter().zip(&objective.weights).map(|(theta, alpha)| theta * alpha.sqrt()).collect();
    let u = DMatrix::from_columns(&weighted).svd(true, false).u.unwrap_or_default();
    let u = u.columns(0, WIDTH);
    SharedModel::new(&whiten * u, white.iter().map(|theta| u.transpose() * theta).collect())
}

fn errors(model: &SharedModel, thetas: &[DVector<f64>]) -> Errors {
    let error = |i: usize| {
        let estimate = model.estimate(i);
        1.0 - (estimate.dot(&thetas[i]) / (estimate.norm() * thetas[i].norm())).powi(2)
    };
    [CLEAN, TASKS].map(|n| (0..n).map(error).sum::<f64>() / n as f64)
}

/// Change of the error relative to another scheme, and the share of seeds in which it falls.
fn change(trials: &[Vec<Errors>], scheme: usize, other: usize, group: usize) -> String {
    if scheme == other {
        return "–".to_owned();
    }
    let ratios = trials.iter().map(|errors| errors[scheme][group] / errors[other][group]);
    let mean = ratios.clone().sum::<f64>() / trials.len() as f64 - 1.0;
    let better = ratios.filter(|ratio| *ratio < 1.0 - 1e-9).count() * 100 / trials.len();
    format!("{:+.0} % ({better} %)", (100.0 * mean).round() + 0.0)
}
