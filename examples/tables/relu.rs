//! Two tasks with ReLU labels that share one ReLU unit: excess risk of the target alone and with
//! sources of increasing size.
//!
//! `cargo run --release --example tables -- relu`

use nalgebra::DMatrix;
use taskscope::math::linalg;
use taskscope::math::seed::Seed;
use taskscope::model::nonlinear::{optimum_on_rows, single, single_on_rows};
use taskscope::model::{Loss, OnRows, OptimumKind};
use taskscope::task::{Activation, Labels, PopulationTask, Response, Rows};

const TRIALS: u64 = 20;
const D: usize = 10;

pub(crate) fn print() {
    println!("d = {D}, 60 rows of the target, noise 0.5, {TRIALS} trials, excess risk × 1000");
    println!("{:>6}{:>13}{:>9}{:>10}{:>16}", "angle", "source rows", "alone", "together", "how");
    for angle in [0.0, 30.0, 60.0] {
        for rows in [60, 240] {
            let (mut alone, mut together, mut claim) = (0.0, 0.0, OptimumKind::Exact);
            for trial in 0..TRIALS {
                let (single, multi, how) = risks(f64::to_radians(angle), rows, Seed::new(trial));
                alone += 1e3 * single / TRIALS as f64;
                together += 1e3 * multi / TRIALS as f64;
                claim = claim.max(how);
            }
            println!("{angle:>5}°{rows:>13}{alone:>9.1}{together:>10.1}{:>16}", claim.to_string());
        }
    }
}

/// Excess risk of the target alone and together with the source, and the kind of optimum.
fn risks(angle: f64, source_rows: u64, seed: Seed) -> (f64, f64, OptimumKind) {
    let axes = linalg::orthonormal(D, &mut seed.child("axes", 0).rng());
    let task = |angle: f64| PopulationTask {
        theta: axes.column(0) * angle.cos() + axes.column(1) * angle.sin(),
        factor: DMatrix::identity(D, D).into(),
        response: Response::Relu,
    };
    let labels = Labels { response: Response::Relu, noise: 0.5, ..Labels::default() };
    let target = task(0.0);
    let data = vec![
        Rows::draw(&target, 60, &labels, seed.child("task", 0)),
        Rows::draw(&task(angle), source_rows, &labels, seed.child("task", 1)),
    ];
    let (activation, loss) = (Activation::Relu, Loss::Squared);
    let objective = |rows: &Rows| single(rows.clone(), 0.0, activation, loss);
    let alone: Vec<_> =
        data.iter().map(|rows| single_on_rows(&objective(rows), seed.child("alone", 0))).collect();
    let moments: Vec<_> = data.iter().map(Rows::moments).collect();
    let objective =
        OnRows { weights: vec![1.0; 2], data: data.clone().into(), ..objective(&data[0]) };
    let joint = optimum_on_rows(&objective, 1, &alone, &moments, seed.child("joint", 0));
    (
        target.excess_risk(&alone[0].model.predictor(0, activation)),
        target.excess_risk(&joint.model.predictor(0, activation)),
        joint.kind,
    )
}
