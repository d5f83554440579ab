//! Optima of models on rows: ReLU units and logistic loss.

use std::f64::consts::LN_2;

use crate::support::restarts::{
    Shape, lowest_at_random, moments, nothing, on_moments, only, problem,
};
use nalgebra::{DMatrix, DVector};
use rayon::prelude::*;
use taskscope::math::linalg;
use taskscope::math::seed::Seed;
use taskscope::model::nonlinear::{optimum_on_rows, single_on_rows};
use taskscope::model::{Loss, Objective, OnRows, Optimum, OptimumKind, exact, search};
use taskscope::task::{Activation, Rows};

fn alone(objective: &OnRows) -> Vec<Optimum> {
    let of_task = |task| single_on_rows(&only(objective, task), Seed::new(3));
    (0..objective.data.len()).map(of_task).collect()
}

fn optimum(objective: &OnRows, width: usize) -> Optimum {
    optimum_on_rows(objective, width, &alone(objective), &moments(objective), Seed::new(4))
}

/// Sum of the single-task losses.
fn apart(objective: &OnRows) -> f64 {
    let loss = |(i, alone): (usize, &Optimum)| only(objective, i).loss(&alone.model);
    alone(objective).iter().enumerate().map(loss).sum()
}

#[test]
fn one_relu_unit_is_fitted_as_well_as_by_the_best_of_50_random_starts() {
    let seeds = 20;
    for condition in [1.0, 10.0] {
        let shape = Shape { d: 8, tasks: 2, samples: 120, condition, noise: 0.5 };
        let reached: usize = (0..seeds)
            .into_par_iter()
            .map(|seed| {
                let seed = Seed::new(seed);
                let objective = problem(shape, Activation::Relu, Loss::Squared, seed);
                let found = optimum(&objective, 1);
                assert!(matches!(found.kind, OptimumKind::Multistart(_)));
                let lowest = lowest_at_random(&objective, 1, 50, seed.child("restarts", 0));
                usize::from(objective.loss(&found.model) <= lowest * (1.0 + 1e-3))
            })
            .sum();
        assert!(reached as f64 >= 0.95 * seeds as f64, "κ = {condition}: {reached} of {seeds}");
    }
}

/// Most of the searches end in the same minimum, whatever the random starts; the last digits of
/// its loss do not say where it is, so the models are compared.
#[test]
fn searches_that_end_in_the_same_minimum_find_the_same_model() {
    let shape = Shape { d: 8, tasks: 2, samples: 120, condition: 10.0, noise: 0.5 };
    let mut off: Vec<f64> = (0..20)
        .map(|seed| {
            let objective = problem(shape, Activation::Relu, Loss::Squared, Seed::new(seed));
            let (alone, moments) = (alone(&objective), moments(&objective));
            let [one, other] = [4, 5].map(|seed| {
                let found = optimum_on_rows(&objective, 1, &alone, &moments, Seed::new(seed));
                found.model.module.column(0) * found.model.heads[0][0]
            });
            (&one - &other).norm() / one.norm()
        })
        .collect();
    off.sort_by(f64::total_cmp);
    assert!(off[15] < 1e-7, "{off:?}");
}

#[test]
fn one_relu_unit_alone_is_fitted_as_well_and_its_head_has_the_sign_of_the_labels() {
    let shape = Shape { d: 8, tasks: 2, samples: 100, condition: 5.0, noise: 0.3 };
    let reached = |seed: u64| -> usize {
        let objective = problem(shape, Activation::Relu, Loss::Squared, Seed::new(seed));
        let fitted = |(i, alone): (usize, &Optimum)| {
            let one = only(&objective, i);
            assert!(alone.model.heads[0][0] * one.data[0].y.sum() > 0.0);
            let lowest = lowest_at_random(&one, 1, 30, Seed::new(seed));
            usize::from(one.loss(&alone.model) <= lowest * (1.0 + 1e-3))
        };
        alone(&objective).iter().enumerate().map(fitted).sum()
    };
    let reached: usize = (0..20).into_par_iter().map(reached).sum();
    assert!(reached >= 38, "{reached} of 40");
}

#[test]
fn a_relu_teacher_without_noise_is_found() {
    let shape = Shape { d: 6, tasks: 1, samples: 60, condition: 5.0, noise: 0.0 };
    for seed in 0..10 {
        let objective = problem(shape, Activation::Relu, Loss::Squared, Seed::new(seed));
        let found = &alone(&objective)[0];
        assert!(objective.loss(&found.model) < 1e-5 * nothing(&objective, 1));
    }
}

#[test]
fn more_relu_units_fit_no_worse_and_no_optimum_is_claimed() {
    let shape = Shape { d: 5, tasks: 2, samples: 40, condition: 3.0, noise: 0.5 };
    for seed in 0..4 {
        let objective = problem(shape, Activation::Relu, Loss::Squared, Seed::new(seed));
        let mut last = objective.loss(&optimum(&objective, 1).model);
        for width in 2..=3 {
            let found = optimum(&objective, width);
            assert_eq!((found.kind, found.model.module.ncols()), (OptimumKind::BestFound, width));
            let loss = objective.loss(&found.model);
            assert!(loss <= last * (1.0 + 1e-3), "{width} units: {loss} above {last}");
            assert!(loss <= apart(&objective) * (1.0 + 1e-6));
            last = loss;
        }
    }
}

#[test]
fn a_linear_model_with_squared_loss_has_the_optimum_on_moments() {
    let shape = Shape { d: 4, tasks: 3, samples: 12, condition: 5.0, noise: 0.5 };
    let objective = problem(shape, Activation::Linear, Loss::Squared, Seed::new(1));
    let on_moments = on_moments(&objective);
    let theta = exact::single_task(&on_moments);
    for (alone, theta) in alone(&objective).iter().zip(&theta) {
        assert_eq!((alone.kind, &alone.model.estimate(0)), (OptimumKind::Exact, theta));
    }
    for width in 1..=3 {
        let expected = search::optimum(&on_moments, width, &theta, Seed::new(4));
        assert_eq!(optimum(&objective, width), expected);
    }
}

fn classification(tasks: usize, condition: f64, seed: u64) -> OnRows {
    let shape = Shape { d: 4, tasks, samples: 60, condition, noise: 0.7 };
    problem(shape, Activation::Linear, Loss::Logistic, Seed::new(seed))
}

#[test]
fn a_classifier_alone_is_the_minimum_of_a_convex_function() {
    for (seed, condition) in [(1, 1.0), (2, 10.0), (3, 100.0)] {
        let objective = classification(2, condition, seed);
        for (i, alone) in alone(&objective).iter().enumerate() {
            let (one, rows) = (only(&objective, i), &objective.data[i]);
            assert_eq!(alone.kind, OptimumKind::Exact);
            let (_, gradient) = one.gradient(&alone.model);
            let length = alone.model.module.norm();
            assert!(gradient.module.norm() * length < 1e-6 * nothing(&one, 1));
            let theta = newton(rows);
            assert!((theta - alone.model.estimate(0)).norm() < 1e-4 * length);
        }
    }
}

/// Newton's method for one classifier.
fn newton(Rows { x, y }: &Rows) -> DVector<f64> {
    let mut theta = DVector::zeros(x.ncols());
    for _ in 0..30 {
        let share = (x * &theta).component_mul(y).map(|margin| 1.0 / (1.0 + margin.exp()));
        let slope = x.tr_mul(&share.component_mul(y));
        let curvature = x.tr_mul(&DMatrix::from_diagonal(&share.map(|s| s * (1.0 - s)))) * x;
        theta += linalg::solve(&curvature, &slope);
    }
    theta
}

#[test]
fn classifiers_that_share_a_module_are_not_beaten_by_random_restarts() {
    for (seed, (tasks, width)) in [(2, 1), (3, 1), (3, 2), (4, 2)].into_iter().enumerate() {
        for condition in [1.0, 10.0] {
            let objective = classification(tasks, condition, seed as u64);
            let found = optimum(&objective, width);
            assert!(matches!(found.kind, OptimumKind::Multistart(_)), "{:?}", found.kind);
            let loss = objective.loss(&found.model);
            let lowest = lowest_at_random(&objective, width, 40, Seed::new(9));
            assert!(loss <= lowest * (1.0 + 1e-6), "{loss} above {lowest}");
            assert!(loss >= apart(&objective) * (1.0 - 1e-9));
        }
    }
}

#[test]
fn a_unit_for_each_classifier_changes_nothing() {
    let objective = classification(2, 5.0, 1);
    let found = optimum(&objective, 3);
    assert_eq!(found.kind, OptimumKind::Exact);
    for (i, alone) in alone(&objective).iter().enumerate() {
        assert_eq!(found.model.estimate(i), alone.model.estimate(0));
    }
}

#[test]
fn labels_that_a_plane_separates_are_separated_and_no_optimum_is_claimed() {
    let shape = Shape { d: 5, tasks: 2, samples: 8, condition: 2.0, noise: 0.0 };
    for seed in 0..5 {
        let objective = problem(shape, Activation::Linear, Loss::Logistic, Seed::new(seed));
        for (rows, alone) in objective.data.iter().zip(alone(&objective)) {
            assert_eq!(alone.kind, OptimumKind::BestFound);
            let margins = (&rows.x * alone.model.estimate(0)).component_mul(&rows.y);
            assert!(margins.min() > 0.0 && alone.model.is_finite());
        }
        let found = optimum(&objective, 1);
        assert!(found.model.is_finite());
        if objective.task_losses(&found.model).iter().any(|loss| *loss < LN_2) {
            assert_eq!(found.kind, OptimumKind::BestFound);
        }
    }
}

#[test]
fn rows_without_a_trace_of_signal_stay_finite() {
    for activation in [Activation::Linear, Activation::Relu] {
        for loss in [Loss::Squared, Loss::Logistic] {
            let silent = Rows { x: DMatrix::zeros(6, 3), y: DVector::repeat(6, 1.0) };
            let few = Rows { x: DMatrix::repeat(1, 3, 0.5), y: DVector::repeat(1, -1.0) };
            let data = vec![silent, few.clone(), few];
            let objective = OnRows {
                data: data.into(),
                weights: vec![1.0; 3],
                activation,
                loss,
                penalties: Vec::new(),
                intercepts: false,
            };
            for width in 1..=3 {
                let found = optimum(&objective, width);
                assert!(found.model.is_finite());
                let labels = nothing(&objective, width);
                assert!(objective.loss(&found.model) <= labels * (1.0 + 1e-9));
            }
        }
    }
}

#[test]
fn optima_are_the_same_to_the_last_bit_on_any_number_of_threads() {
    let cases = [
        (Activation::Relu, Loss::Squared, 1),
        (Activation::Relu, Loss::Squared, 2),
        (Activation::Linear, Loss::Logistic, 1),
        (Activation::Relu, Loss::Logistic, 1),
    ];
    let all = || -> Vec<Optimum> {
        let one = |&(activation, loss, width): &(Activation, Loss, usize)| {
            let shape = Shape { d: 4, tasks: 3, samples: 20, condition: 5.0, noise: 0.5 };
            optimum(&problem(shape, activation, loss, Seed::new(1)), width)
        };
        cases.par_iter().map(one).collect()
    };
    let on = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    assert_eq!(on(1).install(all), on(4).install(all));
}
