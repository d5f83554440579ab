//! The optimum of several linear tasks: stationary, unbeaten by random restarts, equivariant,
//! finite with any number of rows, and the same on any number of threads.

use crate::support::common::difference;
use crate::support::restarts::{Shape, lowest_at_random, nothing, on_moments, problem};
use nalgebra::{DMatrix, DVector};
use rayon::prelude::*;
use taskscope::math::linalg;
use taskscope::math::seed::Seed;
use taskscope::model::{
    LeastSquares, Loss, Objective, Optimum, OptimumKind, SharedModel, exact, search, two_tasks,
};
use taskscope::task::{Activation, Moments, Rows};

fn rows(shape: Shape, seed: u64) -> Vec<Rows> {
    problem(shape, Activation::Linear, Loss::Squared, Seed::new(seed)).data.to_vec()
}

fn of(rows: &[Rows]) -> LeastSquares {
    LeastSquares { data: rows.iter().map(Rows::moments).collect(), weights: vec![1.0; rows.len()] }
}

fn optimum(objective: &LeastSquares, width: usize) -> Optimum {
    search::optimum(objective, width, &exact::single_task(objective), Seed::new(1))
}

fn alone(objective: &LeastSquares) -> f64 {
    let losses = objective.data.iter().map(|data| data.loss(&data.least_squares()));
    losses.zip(&objective.weights).map(|(loss, weight)| loss * weight).sum()
}

/// Shapes with fewer units than tasks and features.
fn shapes() -> Vec<(Shape, usize)> {
    let mut shapes = Vec::new();
    for (tasks, width) in [(3, 1), (3, 2), (4, 1), (4, 2), (4, 3), (5, 1), (5, 2), (5, 3)] {
        for condition in [3.0, 30.0] {
            let d = 3 + width;
            let samples = d + 4;
            shapes.push((Shape { d, tasks, samples, condition, noise: 0.7 }, width));
        }
    }
    shapes
}

fn estimates_apart(one: &SharedModel, other: &SharedModel, order: &[usize]) -> f64 {
    let gap = |(i, &j): (usize, &usize)| {
        difference(one.estimate(j).as_slice(), other.estimate(i).as_slice(), 1.0)
    };
    order.iter().enumerate().map(gap).fold(0.0, f64::max)
}

#[test]
fn the_gradient_vanishes_at_every_optimum() {
    for (seed, (shape, width)) in (0..).zip(shapes()) {
        let objective = of(&rows(shape, seed));
        let found = optimum(&objective, width);
        assert!(matches!(found.kind, OptimumKind::Multistart(n) if n > 10));
        let (_, gradient) = objective.gradient(&found.model);
        let pull: f64 = objective.data.iter().map(|data| 2.0 * data.c.norm()).sum();
        assert!(gradient.module.norm() < 1e-7 * pull, "{shape:?}");
        for slope in &gradient.heads {
            assert!(slope.norm() < 1e-7 * pull * found.model.module.norm(), "{shape:?}");
        }
    }
}

#[test]
fn none_of_200_random_restarts_goes_lower() {
    shapes().into_par_iter().enumerate().for_each(|(seed, (shape, width))| {
        let objective = of(&rows(shape, seed as u64));
        let loss = objective.loss(&optimum(&objective, width).model);
        let lowest = lowest_at_random(&objective, width, 200, Seed::new(seed as u64));
        let scale = nothing(&objective, width);
        assert!(loss <= lowest * (1.0 + 1e-6), "{shape:?}, {width}: {loss} above {lowest}");
        assert!(lowest <= loss + 1e-4 * scale, "{shape:?}, {width}: no start came near {loss}");
    });
}

#[test]
fn none_of_12_random_restarts_of_many_weights_goes_lower() {
    for (seed, condition) in [(1, 1.0), (2, 30.0)] {
        let shape = Shape { d: 60, tasks: 6, samples: 150, condition, noise: 0.7 };
        let objective = of(&rows(shape, seed));
        let loss = objective.loss(&optimum(&objective, 4).model);
        let lowest = lowest_at_random(&objective, 4, 12, Seed::new(seed));
        assert!(loss <= lowest * (1.0 + 1e-6), "{shape:?}: {loss} above {lowest}");
    }
}

#[test]
fn the_search_finds_what_the_closed_forms_give() {
    let shape = Shape { d: 6, tasks: 2, samples: 12, condition: 20.0, noise: 0.7 };
    for seed in 0..20 {
        let objective = of(&rows(shape, seed));
        let exact = objective.loss(&two_tasks::one_unit(&objective));
        let theta = exact::single_task(&objective);
        let found = search::best_of_many(&objective, 1, &theta, Seed::new(2));
        let loss = objective.loss(&found.model);
        assert!((loss - exact).abs() < 1e-9 * nothing(&objective, 1), "{loss}, not {exact}");
    }
    for seed in 0..20 {
        let objective = proportional(seed, 10);
        let theta = exact::single_task(&objective);
        let exact = exact::shared_covariance(&objective, 2, &theta).unwrap();
        let found = search::best_of_many(&objective, 2, &theta, Seed::new(2));
        let (loss, exact) = (objective.loss(&found.model), objective.loss(&exact));
        assert!((loss - exact).abs() < 1e-9 * nothing(&objective, 2), "{loss}, not {exact}");
    }
}

/// The same rows with the labels of the second task in another unit.
fn in_unit(rows: &[Rows], unit: f64) -> LeastSquares {
    let mut rows = rows.to_vec();
    rows[1].y *= unit;
    of(&rows)
}

#[test]
fn a_unit_of_labels_whose_weight_makes_up_for_it_changes_nothing_but_the_heads() {
    for (tasks, width) in [(2, 1), (4, 2)] {
        let shape = Shape { d: 6, tasks, samples: 30, condition: 5.0, noise: 0.7 };
        let rows = rows(shape, 3);
        let plain = optimum(&of(&rows), width).model;
        for unit in [1e-9, 1e-5, 1e9, 1e20] {
            let mut objective = in_unit(&rows, unit);
            objective.weights[1] = unit.powi(-2);
            let found = optimum(&objective, width).model;
            for task in 0..tasks {
                let times = if task == 1 { unit } else { 1.0 };
                let apart = (found.estimate(task) / times - plain.estimate(task)).norm();
                assert!(apart < 1e-3 * plain.estimate(task).norm(), "{tasks} {unit:e}: {apart:e}");
            }
        }
    }
}

#[test]
fn equal_tasks_in_very_different_units_have_the_same_direction() {
    let shape = Shape { d: 6, tasks: 1, samples: 200, condition: 2.0, noise: 0.5 };
    let (one, other) = (rows(shape, 1).remove(0), rows(shape, 2).remove(0));
    let other = Rows { y: &other.x * DVector::repeat(6, 0.4), ..other };
    let one = Rows { y: &one.x * DVector::repeat(6, 0.4), ..one };
    let third = Rows { y: one.y.map(|y| y + 0.1), ..one.clone() };
    for unit in [1e5, 1e7, 1e9, 1e20] {
        for (rows, width) in [
            (vec![one.clone(), other.clone()], 1),
            (vec![one.clone(), other.clone(), third.clone()], 1),
        ] {
            let found = optimum(&in_unit(&rows, unit), width).model;
            let first = found.estimate(0);
            let apart = (&first - DVector::repeat(6, 0.4)).norm();
            assert!(apart < 1e-3, "{unit:e}: {apart:e}");
        }
    }
}

/// Four tasks on the same six features up to scale, with `samples` rows and different weights.
fn proportional(seed: u64, samples: usize) -> LeastSquares {
    let rng = &mut Seed::new(seed).rng();
    let x = linalg::normal_matrix(samples, 6, rng);
    let data = [1.0, 1.0, 0.3, 2.0].map(|times| {
        let y = linalg::normal_vector(samples, rng);
        Moments::of(&(&x * times), &y)
    });
    LeastSquares { data: data.to_vec(), weights: vec![1.0, 0.5, 2.0, 0.1] }
}

#[test]
fn proportional_moments_are_solved_exactly_even_with_few_rows() {
    for samples in [4, 6, 10] {
        let objective = proportional(5, samples);
        let found = optimum(&objective, 2);
        assert_eq!(found.kind, OptimumKind::Exact);
        let lowest = lowest_at_random(&objective, 2, 50, Seed::new(3));
        let (loss, scale) = (objective.loss(&found.model), nothing(&objective, 2));
        assert!(loss <= lowest + 1e-7 * scale);
        assert!(lowest <= loss + 1e-5 * scale);
    }
}

#[test]
fn single_task_solutions_that_the_units_span_are_kept() {
    let shape = Shape { d: 2, tasks: 5, samples: 9, condition: 5.0, noise: 0.5 };
    let objective = of(&rows(shape, 1));
    let found = optimum(&objective, 2);
    assert_eq!(found.kind, OptimumKind::Exact);
    assert!((objective.loss(&found.model) / alone(&objective) - 1.0).abs() < 1e-9);
}

#[test]
fn order_rotation_signs_and_scale_change_nothing_but_themselves() {
    let shape = Shape { d: 5, tasks: 4, samples: 9, condition: 5.0, noise: 0.5 };
    for (seed, width) in [(1, 1), (2, 2), (3, 3)] {
        let rows = rows(shape, seed);
        let before = optimum(&of(&rows), width).model;

        let order = [2, 0, 3, 1];
        let shuffled: Vec<Rows> = order.iter().map(|&i| rows[i].clone()).collect();
        let after = optimum(&of(&shuffled), width).model;
        assert!(estimates_apart(&before, &after, &order) < 1e-5);

        let q = linalg::orthonormal(5, &mut Seed::new(seed).child("rotation", 0).rng());
        let turn = |rows: &Rows| Rows { x: &rows.x * &q, y: rows.y.clone() };
        let mut after = optimum(&of(&rows.iter().map(turn).collect::<Vec<_>>()), width).model;
        after.module = &q * after.module;
        assert!(estimates_apart(&before, &after, &[0, 1, 2, 3]) < 1e-5);

        let mut opposed = rows.clone();
        opposed[1].y.neg_mut();
        let mut after = optimum(&of(&opposed), width).model;
        after.heads[1].neg_mut();
        assert!(estimates_apart(&before, &after, &[0, 1, 2, 3]) < 1e-5);

        let mut weighted = of(&rows);
        weighted.weights.iter_mut().for_each(|weight| *weight *= 1e3);
        let after = optimum(&weighted, width).model;
        assert!(estimates_apart(&before, &after, &[0, 1, 2, 3]) < 1e-5);
    }
}

#[test]
fn too_few_rows_are_fitted_with_little_weight() {
    for (tasks, width, samples) in [(3, 1, 2), (3, 2, 3), (5, 2, 2), (4, 3, 1), (5, 4, 3)] {
        let shape = Shape { d: 14, tasks, samples, condition: 3.0, noise: 0.5 };
        let objective = of(&rows(shape, 7));
        let (model, scale) = (optimum(&objective, width).model, nothing(&objective, width));
        assert!(model.is_finite());
        let loss = objective.loss(&model);
        assert!(loss <= alone(&objective) + 1e-6 * scale, "{shape:?}, {width}: {loss}");
        let size = |model: &SharedModel| -> f64 {
            (0..tasks).map(|i| model.estimate(i).norm_squared()).sum()
        };
        for start in 0..20 {
            let heads = SharedModel::random(1, width, tasks, Seed::new(start)).heads;
            let other = least_module(&objective, heads);
            assert!(size(&model) <= size(&other) * (1.0 + 1e-3), "{shape:?}, {width}");
        }
    }
}

/// The module of least norm that is best at given heads, with heads made orthonormal.
fn least_module(objective: &LeastSquares, heads: Vec<DVector<f64>>) -> SharedModel {
    let q = DMatrix::from_columns(&heads).transpose().qr().q();
    let heads: Vec<DVector<f64>> = q.row_iter().map(|head| head.transpose()).collect();
    let (d, width) = (objective.dimension(), heads[0].len());
    let mut system = DMatrix::zeros(d * width, d * width);
    let mut image = DMatrix::zeros(d, width);
    for (data, head) in objective.data.iter().zip(&heads) {
        system += (head * head.transpose()).kronecker(&data.h);
        image += &data.c * head.transpose();
    }
    let module = linalg::solve(&system, &DVector::from_column_slice(image.as_slice()));
    SharedModel::new(DMatrix::from_column_slice(d, width, module.as_slice()), heads)
}

#[test]
fn zero_columns_single_rows_and_no_signal_stay_finite() {
    let shape = Shape { d: 5, tasks: 3, samples: 8, condition: 5.0, noise: 0.5 };
    let mut zero = rows(shape, 4);
    zero.iter_mut().for_each(|rows| rows.x.column_mut(2).fill(0.0));
    let mut single = rows(shape, 4);
    single[0] = Rows { x: single[0].x.rows(0, 1).into(), y: single[0].y.rows(0, 1).into() };
    let mut twice = rows(shape, 4);
    twice.iter_mut().for_each(|rows| {
        let copy = rows.x.column(0).into_owned();
        rows.x.set_column(1, &copy);
    });
    let mut silent = rows(shape, 4);
    silent.iter_mut().for_each(|rows| rows.y.fill(0.0));
    for rows in [zero, single, twice, silent] {
        let objective = of(&rows);
        for width in 1..=3 {
            let found = optimum(&objective, width);
            let loss = objective.loss(&found.model);
            assert!(found.model.is_finite());
            assert!(loss <= nothing(&objective, width) * (1.0 + 1e-9));
            assert!(loss >= alone(&objective) * (1.0 - 1e-9) - 1e-9);
        }
    }
}

#[test]
fn optima_are_the_same_to_the_last_bit_on_any_number_of_threads() {
    let all = || -> Vec<Optimum> {
        let shapes = shapes();
        let one = |(seed, &(shape, width)): (usize, &(Shape, usize))| {
            let problem = problem(shape, Activation::Linear, Loss::Squared, Seed::new(seed as u64));
            optimum(&on_moments(&problem), width)
        };
        shapes.par_iter().enumerate().map(one).collect()
    };
    let on = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    assert_eq!(on(1).install(all), on(4).install(all));
}
