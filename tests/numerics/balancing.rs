//! Balancing of tasks during training: where each way comes to rest.

use nalgebra::DMatrix;
use taskscope::math::linalg;
use taskscope::math::seed::Seed;
use taskscope::method::Method;
use taskscope::method::input::MethodInput;
use taskscope::model::{LeastSquares, Objective, Optimum, OptimumKind, exact, search};
use taskscope::task::{Moments, PopulationTask, Response};

const D: usize = 6;

/// Three tasks whose θs differ.
fn objective(seed: u64) -> LeastSquares {
    let seed = Seed::new(seed);
    let task = |i: u64| {
        let common = linalg::unit_vector(D, &mut seed.child("common", 0).rng());
        let own = linalg::unit_vector(D, &mut seed.child("own", i).rng());
        let population = PopulationTask {
            theta: common + own * 0.4,
            factor: DMatrix::identity(D, D).into(),
            response: Response::Linear,
        };
        Moments::draw(&population, 40 * (i + 1), 0.5, seed.child("data", i))
    };
    LeastSquares { data: (0..3).map(task).collect(), weights: vec![1.0; 3] }
}

fn fit(objective: &LeastSquares) -> Optimum {
    search::optimum(objective, 1, &exact::single_task(objective), Seed::new(1))
}

fn train(method: Method, objective: &LeastSquares) -> Optimum {
    method.train(&MethodInput {
        training: objective,
        validation: &[],
        covariances: None,
        joint: &fit(objective),
        targets: &[0],
        fit: &fit,
    })
}

/// The gradient of the module for every task at the best heads.
fn gradients(objective: &LeastSquares, found: &Optimum) -> Vec<DMatrix<f64>> {
    let alone = |i: usize| LeastSquares {
        weights: (0..3).map(|j| if i == j { 1.0 } else { 0.0 }).collect(),
        data: objective.data.clone(),
    };
    (0..3).map(|i| alone(i).gradient(&found.model).1.module).collect()
}

#[test]
fn weights_by_the_speed_of_the_losses_end_at_the_optimum_of_uniform_weights() {
    for seed in 1..4 {
        let objective = objective(seed);
        let found = train(Method::Dwa, &objective);
        assert_eq!(found.kind, OptimumKind::BestFound);
        let (loss, least) = (objective.loss(&found.model), objective.loss(&fit(&objective).model));
        assert!(loss < least * (1.0 + 1e-6), "{loss} {least}");
    }
}

#[test]
fn some_combination_of_the_gradients_vanishes_where_least_norms_and_projections_rest() {
    for method in [Method::Mgda, Method::PcGrad, Method::Famo] {
        for seed in 1..4 {
            let objective = objective(seed);
            let gradients = gradients(&objective, &train(method, &objective));
            let largest = gradients.iter().map(DMatrix::norm).fold(0.0, f64::max);
            let share = |i: usize| f64::from(u8::try_from(i).unwrap()) / 50.0;
            let sums = (0..=50).flat_map(|i| (0..=50 - i).map(move |j| (i, j)));
            let least = sums
                .map(|(i, j)| {
                    let shares = [share(i), share(j), share(50 - i - j)];
                    gradients.iter().zip(shares).map(|(g, s)| g * s).sum::<DMatrix<f64>>().norm()
                })
                .fold(f64::INFINITY, f64::min);
            assert!(least < 0.02 * largest, "{method:?} {seed}: {least} {largest}");
        }
    }
}

#[test]
fn weights_for_the_worst_case_lower_the_largest_excess_over_training_alone() {
    for seed in 1..4 {
        let objective = objective(seed);
        let worst = |found: &Optimum| {
            let losses = objective.task_losses(&found.model);
            let excess = objective.data.iter().zip(losses).map(|(task, loss)| {
                (loss - task.loss(&task.least_squares())) / task.samples as f64
            });
            excess.fold(0.0, f64::max)
        };
        let (found, joint) = (train(Method::DoReMi, &objective), fit(&objective));
        assert!(worst(&found) < worst(&joint), "{} {}", worst(&found), worst(&joint));
    }
}
