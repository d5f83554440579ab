//! Ridge penalties of models that need the rows: gradients, optima, limits.

use nalgebra::{DMatrix, DVector};
use taskscope::math::seed::Seed;
use taskscope::model::nonlinear::{near_on_rows, optimum_on_rows, single, single_on_rows};
use taskscope::model::{Loss, Objective, OnRows, Optimum, OptimumKind, SharedModel};
use taskscope::task::{Activation, Rows};

use crate::support::restarts::{Shape, lowest_at_random, moments, only, problem};

/// All pairs of an activation and a loss that need the rows.
const MODELS: [(Activation, Loss); 3] = [
    (Activation::Linear, Loss::Logistic),
    (Activation::Relu, Loss::Squared),
    (Activation::Relu, Loss::Logistic),
];

fn penalised(activation: Activation, loss: Loss, tasks: usize, penalty: f64) -> OnRows {
    let shape = Shape { d: 5, tasks, samples: 30, condition: 3.0, noise: 0.7 };
    let penalties = (0..tasks).map(|i| penalty * (1.0 + i as f64)).collect();
    let weights = (0..tasks).map(|i| 0.5 + i as f64).collect();
    OnRows { penalties, weights, ..problem(shape, activation, loss, Seed::new(7)) }
}

fn alone(objective: &OnRows) -> Vec<Optimum> {
    let of_task = |task| single_on_rows(&only(objective, task), Seed::new(3));
    (0..objective.data.len()).map(of_task).collect()
}

fn joint(objective: &OnRows, width: usize) -> Optimum {
    optimum_on_rows(objective, width, &alone(objective), &moments(objective), Seed::new(4))
}

/// 24 rows of small fractions, with labels that no hyperplane separates or that one does.
fn few(separable: bool) -> Rows {
    let entry = |i: usize, j: usize| {
        let number = (7 * i * i + 11 * j * j + 5 * i * j + 3 * i) % 23;
        (number as f64 - 11.0) / 7.0
    };
    let x = DMatrix::from_fn(24, 5, entry);
    let side = &x * DVector::from_vec(vec![1.0, -2.0, 0.5, 0.0, 1.0]);
    let y = DVector::from_fn(24, |i, _| match separable {
        true => (side[i] + 1e-9).signum(),
        false if (5 * i * i + 2 * i) % 11 < 5 => 1.0,
        false => -1.0,
    });
    Rows { x, y }
}

#[test]
fn a_logistic_model_alone_is_that_of_scikit_learn() {
    // scikit-learn 1.9.1, LogisticRegression(C=1/(2λ), fit_intercept=False, tol=1e-13,
    // solver="newton-cholesky"); the last number is the objective.
    let expected: [(bool, f64, [f64; 5], f64); 4] = [
        (
            false,
            0.05,
            [-0.7520460609, 0.1394772642, -0.72723604, 0.5516215443, -0.0439778918],
            13.9946753012,
        ),
        (
            false,
            5.0,
            [-0.165255876, 0.0481957113, -0.1892650749, 0.2106918089, 0.0146196216],
            15.7776597357,
        ),
        (
            true,
            0.05,
            [2.1740021903, -4.1546985675, 0.4747276956, 0.4599678493, 2.5137703341],
            4.3301815851,
        ),
        (
            true,
            5.0,
            [0.2644463789, -0.4934755735, 0.0570482756, 0.0794070435, 0.2143438226],
            13.8454902662,
        ),
    ];
    for (separable, penalty, theta, value) in expected {
        let objective = single(few(separable), penalty, Activation::Linear, Loss::Logistic);
        let found = single_on_rows(&objective, Seed::new(1));
        assert_eq!(found.kind, OptimumKind::Exact, "{separable} {penalty}");
        let theta = DVector::from_row_slice(&theta);
        let apart = (found.model.estimate(0) - &theta).norm();
        assert!(apart < 1e-6 * theta.norm(), "{separable} {penalty}: {apart}");
        assert!((objective.loss(&found.model) - value).abs() < 1e-8);
    }
}

#[test]
fn a_logistic_model_with_an_intercept_is_that_of_scikit_learn() {
    // As above, with fit_intercept=True; the intercept comes after the objective.
    let expected: [(bool, f64, [f64; 5], f64, f64); 3] = [
        (
            false,
            0.05,
            [-0.8306470729, 0.0972417806, -0.700024148, 0.6060157741, -0.0107612347],
            13.858038147,
            -0.2686171233,
        ),
        (
            false,
            5.0,
            [-0.1767892079, 0.039093652, -0.171051467, 0.2187118196, 0.0167599257],
            15.6968204857,
            -0.1720992309,
        ),
        (
            true,
            0.05,
            [2.1041216013, -4.508013171, 0.6886136676, 0.6519954868, 2.4538490751],
            3.9473503864,
            -0.7536181206,
        ),
    ];
    for (separable, penalty, theta, value, intercept) in expected {
        let rows = few(separable);
        let objective = OnRows {
            intercepts: true,
            ..single(rows.clone(), penalty, Activation::Linear, Loss::Logistic)
        };
        let far = DVector::from_element(5, 3.0);
        let far = Optimum {
            model: SharedModel::new(DMatrix::from_columns(&[far]), vec![DVector::repeat(1, 1.0)]),
            kind: OptimumKind::Exact,
        };
        let near = near_on_rows(&objective, &far, &moments(&objective), Seed::new(1));
        for found in [single_on_rows(&objective, Seed::new(1)), near] {
            assert_eq!(found.kind, OptimumKind::Exact, "{separable} {penalty}");
            let apart = (found.model.estimate(0) - DVector::from_row_slice(&theta)).norm();
            assert!(apart < 1e-6, "{separable} {penalty}: {apart}");
            assert!((objective.loss(&found.model) - value).abs() < 1e-8);
            let predictor = objective.predictor(&found.model, 0);
            assert!((predictor.intercept - intercept).abs() < 1e-6, "{}", predictor.intercept);
        }
    }
}

#[test]
fn joint_logistic_models_with_intercepts_do_not_change_if_the_features_are_shifted() {
    let mut objective =
        OnRows { intercepts: true, ..penalised(Activation::Linear, Loss::Logistic, 3, 0.4) };
    let before = objective.loss(&joint(&objective, 1).model);
    let shift = DVector::from_fn(5, |j, _| 0.3 * j as f64 - 0.5).transpose();
    let mut data = objective.data.to_vec();
    for rows in &mut data {
        rows.x.row_iter_mut().for_each(|mut row| row += &shift);
    }
    objective.data = data.into();
    let after = objective.loss(&joint(&objective, 1).model);
    assert!((after - before).abs() < 1e-6 * before, "{before} {after}");
}

#[test]
fn labels_of_one_class_are_predicted_with_certainty_by_the_intercept() {
    for class in [-1.0, 1.0] {
        let rows = Rows { y: DVector::repeat(24, class), ..few(false) };
        let objective = OnRows {
            intercepts: true,
            ..single(rows.clone(), 1.0, Activation::Linear, Loss::Logistic)
        };
        let found = single_on_rows(&objective, Seed::new(1));
        assert!(objective.loss(&found.model) < 1e-9);
        let predicted = objective.predictor(&found.model, 0).predict(&rows.x);
        assert!(predicted.iter().all(|f| f * class > 20.0));
    }
}

#[test]
fn the_loss_of_a_task_counts_its_penalty_as_the_gradient_does() {
    for (activation, loss) in MODELS {
        let objective = penalised(activation, loss, 3, 0.4);
        let model = SharedModel::random(5, 2, 3, Seed::new(9));
        let plain = OnRows { penalties: Vec::new(), ..objective.clone() };
        let tasks = objective.task_losses(&model).into_iter().zip(plain.task_losses(&model));
        for (i, (with, without)) in tasks.enumerate() {
            let head = &model.heads[i];
            let penalty = match activation {
                Activation::Linear => (&model.module * head).norm_squared(),
                Activation::Relu => {
                    (0..2).map(|j| (model.module.column(j) * head[j]).norm_squared()).sum()
                }
            };
            assert!((with - without - objective.penalties[i] * penalty).abs() < 1e-12 * with);
        }
        let (value, _) = objective.gradient(&model);
        assert!((value - objective.loss(&model)).abs() < 1e-12 * value);
    }
}

#[test]
fn no_model_changes_its_penalty_if_a_unit_grows_and_its_heads_shrink() {
    for (activation, loss) in MODELS {
        let objective = penalised(activation, loss, 2, 0.4);
        let mut model = SharedModel::random(5, 2, 2, Seed::new(9));
        let before = objective.loss(&model);
        model.module.column_mut(1).scale_mut(30.0);
        model.heads.iter_mut().for_each(|head| head[1] /= 30.0);
        assert!((objective.loss(&model) - before).abs() < 1e-12 * before);
    }
}

#[test]
fn logistic_models_with_as_many_units_as_tasks_are_those_alone() {
    let objective = penalised(Activation::Linear, Loss::Logistic, 3, 0.4);
    let together = joint(&objective, 3);
    assert_eq!(together.kind, OptimumKind::Exact);
    for (i, alone) in alone(&objective).iter().enumerate() {
        assert_eq!(together.model.estimate(i), alone.model.estimate(0));
    }
}

#[test]
fn a_joint_model_is_as_low_as_the_best_of_random_starts_and_stationary() {
    for (activation, loss) in MODELS {
        let objective = penalised(activation, loss, 3, 0.4);
        let found = joint(&objective, 1);
        let value = objective.loss(&found.model);
        let lowest = lowest_at_random(&objective, 1, 30, Seed::new(5));
        assert!(value <= lowest * (1.0 + 1e-3), "{activation:?} {loss:?}: {value} {lowest}");
        if activation == Activation::Linear {
            let (_, gradient) = objective.gradient(&found.model);
            assert!(gradient.parameters().all(|slope| slope.abs() < 1e-4 * value));
        }
    }
}

#[test]
fn a_penalty_beyond_all_bounds_leaves_nothing() {
    for (activation, loss) in MODELS {
        for width in [1, 2] {
            let weak = penalised(activation, loss, 2, 1e-3);
            let strong = OnRows { penalties: vec![1e9; 2], ..weak.clone() };
            let output = |objective: &OnRows, model: &SharedModel| -> f64 {
                let of_task = |(i, rows): (usize, &Rows)| {
                    model.predictor(i, activation).predict(&rows.x).amax()
                };
                objective.data.iter().enumerate().map(of_task).fold(0.0, f64::max)
            };
            let free = output(&weak, &joint(&weak, width).model);
            let bound = output(&strong, &joint(&strong, width).model);
            assert!(bound < 1e-5 * free, "{activation:?} {loss:?} {width}: {bound} {free}");
        }
    }
}

#[test]
fn from_the_optimum_of_another_penalty_the_same_minimum_is_reached() {
    for (activation, loss) in MODELS {
        for (tasks, width) in [(1, 1), (3, 1), (3, 2)] {
            let one = penalised(activation, loss, tasks, 0.4);
            let other = penalised(activation, loss, tasks, 1.6);
            let data = moments(&other);
            let from = match tasks {
                1 => alone(&one).remove(0),
                _ => joint(&one, width),
            };
            let near = near_on_rows(&other, &from, &data, Seed::new(4));
            let anew = match tasks {
                1 => alone(&other).remove(0),
                _ => joint(&other, width),
            };
            let [near, anew] = [near, anew].map(|found| other.loss(&found.model));
            assert!(near <= anew * (1.0 + 2e-3), "{activation:?} {loss:?}: {near} {anew}");
        }
    }
}
