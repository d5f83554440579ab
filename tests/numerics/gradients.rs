//! Gradients of every model against central differences.

use nalgebra::{DMatrix, DVector};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use taskscope::math::linalg;
use taskscope::math::seed::Seed;
use taskscope::model::{LeastSquares, Loss, Objective, OnRows, SharedModel};
use taskscope::task::{Activation, Rows};

/// Smallest distance of the projections of rows from the kink of the ReLU.
const AWAY: f64 = 1e-2;

#[derive(Debug, Clone)]
struct Problem {
    objective: OnRows,
    model: SharedModel,
}

fn draw(
    (tasks, d, width): (usize, usize, usize),
    relu: bool,
    logistic: bool,
    aligned: bool,
    penalised: bool,
    intercepts: bool,
    seed: u64,
) -> Problem {
    let seed = Seed::new(seed);
    let activation = if relu { Activation::Relu } else { Activation::Linear };
    let loss = if logistic { Loss::Logistic } else { Loss::Squared };
    let mut model = SharedModel::random(d, width, tasks, seed.child("model", 0));
    if aligned {
        let tilt = |i| linalg::normal_matrix(d, d, &mut seed.child("align", i as u64).rng()) * 0.3;
        model.alignments = (0..tasks).map(|i| DMatrix::identity(d, d) + tilt(i)).collect();
    }
    let rows = |i: usize| {
        let rng = &mut seed.child("rows", i as u64).rng();
        let x = linalg::normal_matrix(5 + 2 * i, d, rng);
        let away = |row: usize| (x.row(row) * model.units(i)).iter().all(|t| t.abs() > AWAY);
        let kept: Vec<usize> = (0..x.nrows()).filter(|&row| away(row)).collect();
        let x = x.select_rows(&kept);
        let y = linalg::normal_vector(x.nrows(), rng);
        Rows { y: if logistic { y.map(f64::signum) } else { y }, x }
    };
    let data = (0..tasks).map(rows).collect();
    let weights = (0..tasks).map(|i| 0.5 + i as f64).collect();
    let penalties = (0..tasks).map(|i| if penalised { 0.3 + i as f64 } else { 0.0 }).collect();
    Problem { objective: OnRows { data, weights, activation, loss, penalties, intercepts }, model }
}

fn problems() -> impl Strategy<Value = Problem> {
    let shape = (1_usize..=4, 1_usize..=6, 1_usize..=4);
    (shape, any::<[bool; 5]>(), any::<u64>()).prop_map(
        |(shape, [relu, logistic, aligned, penalised, intercepts], seed)| {
            draw(shape, relu, logistic, aligned, penalised, intercepts, seed)
        },
    )
}

/// Largest difference between the gradient and central differences, relative to the gradient.
fn gap(objective: &dyn Objective, model: &SharedModel) -> f64 {
    let step = 1e-5;
    let (_, gradient) = objective.gradient(model);
    let gradient = DVector::from_vec(gradient.parameters().collect());
    let moved = |j: usize, by: f64| {
        let shifted = model.parameters().enumerate();
        let model = model.with_parameters(
            shifted.map(|(i, value)| if i == j { value + by } else { value }).collect::<Vec<_>>(),
        );
        objective.loss(&model)
    };
    let slope = |j: usize| (moved(j, step) - moved(j, -step)) / (2.0 * step);
    let differences = DVector::from_fn(gradient.len(), |j, _| slope(j));
    (&gradient - differences).amax() / gradient.amax().max(1.0)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 300,
        rng_seed: RngSeed::Fixed(1),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn every_gradient_is_the_limit_of_differences(problem in problems()) {
        prop_assert!(gap(&problem.objective, &problem.model) < 1e-6);
    }

    #[test]
    fn on_moments_too(problem in problems()) {
        let OnRows { data, weights, .. } = problem.objective;
        let data = data.iter().map(Rows::moments).collect();
        let objective = LeastSquares { data, weights };
        prop_assert!(gap(&objective, &problem.model) < 1e-6);
    }
}
