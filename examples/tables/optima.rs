//! Optima of several linear tasks: closed forms, the multistart search, and how often a single
//! random start finds a loss as low.
//!
//! `cargo run --release --example tables -- optima`

use nalgebra::{DMatrix, DVector};
use rand::RngExt;
use taskscope::math::lbfgs::{Lbfgs, StoppingRule};
use taskscope::math::linalg;
use taskscope::math::seed::Seed;
use taskscope::model::{LeastSquares, Objective, SharedModel, exact, search};
use taskscope::task::Moments;

const STARTS: u64 = 40;

pub(crate) fn print() {
    println!("loss above that of the tasks alone, and random starts that reach it");
    println!(
        "{:>3}{:>4}{:>3}{:>8}{:>12}{:>12}{:>16}{:>14}",
        "d", "k", "r", "stretch", "alone", "together", "how", "random starts"
    );
    for (d, k, width, same) in [
        (10, 2, 1, false),
        (10, 4, 2, true),
        (10, 4, 1, false),
        (10, 4, 2, false),
        (10, 4, 4, false),
    ] {
        for stretch in [1.0, 100.0] {
            let objective = draw(d, k, stretch, same);
            let alone = exact::single_task(&objective);
            let found = search::optimum(&objective, width, &alone, Seed::new(1));
            let loss = objective.loss(&found.model);
            let apart: f64 = objective.data.iter().zip(&alone).map(|(data, t)| data.loss(t)).sum();
            let as_low = random_losses(&objective, width).filter(|l| *l < loss * 1.001).count();
            println!(
                "{d:>3}{k:>4}{width:>3}{stretch:>8}{apart:>12.3}{loss:>12.3}{:>16}{:>14}",
                found.kind.to_string(),
                format!("{as_low} of {STARTS}")
            );
        }
    }
}

/// Tasks whose θs have a common part; rows stretched along random axes, either separate for each
/// task or the same for all.
fn draw(d: usize, k: usize, stretch: f64, same: bool) -> LeastSquares {
    let seed = Seed::new(5);
    let common = linalg::unit_vector(d, &mut seed.child("common", 0).rng());
    let data = (0..k).map(|i| {
        let own = seed.child("rows", if same { 0 } else { i as u64 });
        let rng = &mut own.rng();
        let deviations = DVector::from_fn(d, |_, _| f64::powf(stretch, rng.random()));
        let axes = linalg::orthonormal(d, rng);
        let x = linalg::normal_matrix(5 * d, d, rng) * DMatrix::from_diagonal(&deviations) * axes;
        let rng = &mut seed.child("labels", i as u64).rng();
        let theta = &common + linalg::unit_vector(d, rng);
        let y = &x * theta + linalg::normal_vector(5 * d, rng);
        Moments::of(&x, &y)
    });
    LeastSquares { data: data.collect(), weights: vec![1.0; k] }
}

/// The losses that L-BFGS on all weights reaches from random starts.
fn random_losses(objective: &LeastSquares, width: usize) -> impl Iterator<Item = f64> {
    let labels = objective.data.iter().map(|data| data.s).sum();
    (0..STARTS).map(move |start| {
        let (d, k) = (objective.dimension(), objective.tasks());
        let shape = SharedModel::random(d, width, k, Seed::new(9).child("start", start));
        let mut f = |point: &DVector<f64>, gradient: &mut DVector<f64>| {
            let (loss, slope) = objective.gradient(&shape.with_parameters(point.iter().copied()));
            gradient.iter_mut().zip(slope.parameters()).for_each(|(g, s)| *g = s);
            loss
        };
        let mut search = Lbfgs::new(DVector::from_vec(shape.parameters().collect()), &mut f);
        search.run(2000, &StoppingRule { progress: 1e-10, ..StoppingRule::rough(labels) }, &mut f);
        search.value
    })
}
