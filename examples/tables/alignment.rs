//! Effect of covariance alignment: two tasks whose θs have a cosine of 0.99 in the coordinates in
//! which their rows are isotropic, 1,000 source rows, 200 held-out rows. Prints the mean excess
//! risk of the target and the share of trials in which it is below that of joint training.
//!
//! `cargo run --release --example tables -- alignment`

use nalgebra::{DMatrix, DVector};
use rayon::prelude::*;
use taskscope::math::linalg;
use taskscope::math::seed::Seed;
use taskscope::method::input::MethodInput;
use taskscope::method::{METHODS, Method};
use taskscope::model::{LeastSquares, Optimum, OptimumKind, two_tasks};
use taskscope::task::{Moments, PopulationTask, Response};

const SEEDS: u64 = 20;
const DIMENSION: usize = 20;
const NOISE: f64 = 0.5;

pub(crate) fn print() {
    println!("{:>9}{:>6}{:>22}{:>10}{:>14}", "condition", "rows", "method", "risk", "beats joint");
    for (condition, rows) in [(3.0, 30), (10.0, 60)] {
        let trials: Vec<Vec<f64>> = (0..SEEDS)
            .into_par_iter()
            .map(|seed| trial(condition, rows, Seed::new(seed)))
            .collect();
        let labels = METHODS.iter().map(|method| method.label);
        for (i, label) in labels.chain(["whitened, true Σ", "alone"]).enumerate() {
            let mean = trials.iter().map(|risks| risks[i]).sum::<f64>() / SEEDS as f64;
            let better = trials.iter().filter(|risks| risks[i] < risks[0]).count();
            let better = format!("{} %", 100 * better / SEEDS as usize);
            println!("{condition:>9}{rows:>6}{label:>22}{mean:>10.3}{better:>14}");
        }
    }
}

/// Excess risks of the target: for every method, whitened with the true covariances, and alone.
fn trial(condition: f64, rows: u64, seed: Seed) -> Vec<f64> {
    let tasks = populations(condition, seed);
    let draw = |samples: [u64; 2], label| {
        let one =
            |i: usize| Moments::draw(&tasks[i], samples[i], NOISE, seed.child(label, i as u64));
        vec![one(0), one(1)]
    };
    let training = LeastSquares { data: draw([rows, 1000], "rows"), weights: vec![1.0; 2] };
    let validation = draw([200, 200], "held out");
    let fit = |objective: &LeastSquares| Optimum {
        model: two_tasks::one_unit(objective),
        kind: OptimumKind::Exact,
    };
    let joint = fit(&training);
    let truth: Vec<DMatrix<f64>> = tasks.iter().map(PopulationTask::covariance).collect();
    let risk = |method: Method, covariances| {
        let (training, validation, joint, fit) = (&training, &validation, &joint, &fit);
        let problem = MethodInput { training, validation, covariances, joint, targets: &[0], fit };
        tasks[0].linear_excess_risk(&method.train(&problem).model.estimate(0))
    };
    let mut risks: Vec<f64> = METHODS.iter().map(|m| risk(m.method, None)).collect();
    risks.push(risk(Method::Whiten, Some(&truth)));
    risks.push(tasks[0].linear_excess_risk(&training.data[0].least_squares()));
    risks
}

/// Rows `x = zM_i`, labels `⟨z, θ_i⟩ + ε`. The symmetric M_i have random axes and eigenvalues in
/// geometric progression from `condition` to 1.
fn populations(condition: f64, seed: Seed) -> [PopulationTask; 2] {
    let unit = |i| linalg::unit_vector(DIMENSION, &mut seed.child("theta", i).rng());
    let (first, other) = (unit(0), unit(1));
    let across = (&other - &first * first.dot(&other)).normalize();
    let second = &first * 0.99 + across * (1.0 - 0.99_f64 * 0.99).sqrt();
    let population = |i: u64, theta: DVector<f64>| {
        let axes = linalg::orthonormal(DIMENSION, &mut seed.child("axes", i).rng());
        let share = |j: usize| 1.0 - j as f64 / (DIMENSION - 1) as f64;
        let spread = DVector::from_fn(DIMENSION, |j, _| condition.powf(share(j)));
        let factor = &axes * DMatrix::from_diagonal(&spread) * axes.transpose();
        PopulationTask {
            theta: linalg::solve(&factor, &theta),
            factor: factor.into(),
            response: Response::Linear,
        }
    };
    [population(0, first), population(1, second)]
}
