//! Theorem 2: a bound on the error of the target, given enough source rows.

use nalgebra::{DMatrix, DVector};
use rayon::prelude::*;

use crate::cancel::Cancel;
use crate::claims::check::{ClaimCheck, Expectation};
use crate::claims::claim::{Measured, PaperClaim, Standing};
use crate::math::seed::Seed;
use crate::math::{linalg, stats};
use crate::model::{LeastSquares, two_tasks};
use crate::task::{Moments, PopulationTask, Response, Rows};
use crate::transfer::bound::{Bound, relative_error};

pub(super) const THEOREM_2: PaperClaim = PaperClaim {
    id: "theorem-2",
    statement: "With enough source rows the error of the target stays below 6c + ‖ε‖/((1 − 3c)‖Xθ‖)",
    source: "Theorem 2",
    setting: "d 10, sin 0.02; target: m 20, κ(X) 1.5, σ 0.1; source: σ 3, κ(Σ) 100",
    standing: Standing::OnlyIf("c is below about 0.1, else the bound says nothing; it is loose"),
    trials: 100,
    measure,
};

const DIMENSION: usize = 10;
/// Numbers of source rows, and the share of trials expected to be within the bound.
const PLACES: [(u64, f64); 5] = [(20, 0.0), (50, 0.05), (100, 0.2), (1000, 0.95), (10_000, 1.0)];

fn measure(trials: usize, cancel: &Cancel) -> Measured {
    let draws: Option<Vec<Trial>> = (0..trials as u64)
        .into_par_iter()
        .map(|trial| (!cancel.is_cancelled()).then(|| run(trial)))
        .collect();
    let Some(draws) = draws else { return Ok(None) };
    let bounds: Vec<f64> = draws.iter().map(|trial| trial.bound).collect();
    let bound = stats::interval(&bounds);
    let mut checks = vec![ClaimCheck::about("the bound", bound, 0.265, 0.01).of(trials)];
    for (place, (rows, share)) in PLACES.into_iter().enumerate() {
        let holds: Vec<f64> =
            draws.iter().map(|trial| f64::from(u8::from(trial.holds[place]))).collect();
        checks.push(ClaimCheck {
            what: format!("share of trials within it at {rows} source rows"),
            expected: Expectation::About { value: share, half: 0.1 },
            measured: stats::interval(&holds),
            trials,
        });
    }
    Ok(Some(checks))
}

struct Trial {
    bound: f64,
    holds: [bool; PLACES.len()],
}

fn run(trial: u64) -> Trial {
    let seed = Seed::new(2).child("theorem 2", trial);
    let first = linalg::unit_vector(DIMENSION, &mut seed.child("θ", 0).rng());
    let across = linalg::unit_vector(DIMENSION, &mut seed.child("across", 0).rng());
    let across = (&across - &first * first.dot(&across)).normalize();
    let sine: f64 = 0.02;
    let second = &first * (1.0 - sine * sine).sqrt() + across * sine;
    let target =
        Rows { x: with_condition(20, 1.5, seed.child("target", 0)), y: DVector::zeros(20) };
    let noise = 0.1 * linalg::normal_vector(20, &mut seed.child("noise", 0).rng());
    let target = Rows { y: &target.x * &second + noise, ..target }.moments();
    let bound = Bound::of(&target, &first, &second).bound.unwrap_or(f64::INFINITY);
    let axes = linalg::orthonormal(DIMENSION, &mut seed.child("axes", 0).rng());
    let deviations = geometric(10.0);
    let source = PopulationTask {
        theta: first,
        factor: (DMatrix::from_diagonal(&deviations) * axes).into(),
        response: Response::Linear,
    };
    let holds = PLACES.map(|(rows, _)| {
        let data = vec![Moments::draw(&source, rows, 3.0, seed.child("rows", 0)), target.clone()];
        let joint = two_tasks::one_unit(&LeastSquares { data, weights: vec![1.0; 2] });
        relative_error(&joint.estimate(1), &second) <= bound
    });
    Trial { bound, holds }
}

/// Rows (m × d) whose singular values fall geometrically from `condition` to 1, times √m.
fn with_condition(rows: usize, condition: f64, seed: Seed) -> DMatrix<f64> {
    let svd = linalg::normal_matrix(rows, DIMENSION, &mut seed.rng()).svd(true, true);
    let values = DMatrix::from_diagonal(&geometric(condition)) * (rows as f64).sqrt();
    match (svd.u, svd.v_t) {
        (Some(u), Some(v)) => u * values * v,
        _ => DMatrix::zeros(rows, DIMENSION),
    }
}

fn geometric(condition: f64) -> DVector<f64> {
    DVector::from_fn(DIMENSION, |i, _| condition.powf(1.0 - i as f64 / (DIMENSION - 1) as f64))
}
