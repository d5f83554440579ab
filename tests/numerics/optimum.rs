//! The exact optimum of joint training: stationary, unbeaten, equivariant, finite.

use crate::support::common::{difference, random_task};
use nalgebra::{DMatrix, DVector};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use taskscope::math::linalg;
use taskscope::math::seed::Seed;
use taskscope::model::{Descent, LeastSquares, Objective, OptimumKind, SharedModel, exact, search};
use taskscope::task::Moments;

/// Condition number of the rows: large enough for competing minima, small enough that the scans
/// below miss none.
const CONDITION: f64 = 20.0;

/// Rows and labels of two tasks, and their weights.
#[derive(Debug, Clone)]
struct Problem {
    rows: [(DMatrix<f64>, DVector<f64>); 2],
    weights: [f64; 2],
    seed: Seed,
}

impl Problem {
    fn draw(d: usize, samples: [usize; 2], noise: [f64; 2], weights: [f64; 2], seed: u64) -> Self {
        let seed = Seed::new(seed);
        let rows = [0, 1].map(|i| {
            let own = seed.child("task", i as u64);
            let task = random_task(d, CONDITION, own);
            let rng = &mut own.child("rows", 0).rng();
            let x = linalg::normal_matrix(samples[i], d, rng) * &*task.factor;
            let y = &x * &task.theta + noise[i] * linalg::normal_vector(samples[i], rng);
            (x, y)
        });
        Self { rows, weights, seed }
    }

    fn objective(&self) -> LeastSquares {
        let data = self.rows.iter().map(|(x, y)| Moments::of(x, y)).collect();
        LeastSquares { data, weights: self.weights.to_vec() }
    }

    /// The loss of predicting zero, which is the scale of all losses.
    fn labels(&self) -> f64 {
        self.rows.iter().zip(self.weights).map(|((_, y), a)| a * y.norm_squared()).sum()
    }

    /// The module of smallest norm among the best ones for given heads, by SVD.
    fn module_at_heads(&self, heads: [f64; 2]) -> DVector<f64> {
        let (stacked, labels) = self.stacked(heads);
        stacked.svd(true, true).solve(&labels, 1e-10).unwrap()
    }

    /// The loss of that module.
    fn loss_at_heads(&self, heads: [f64; 2]) -> f64 {
        let (stacked, labels) = self.stacked(heads);
        (stacked * self.module_at_heads(heads) - labels).norm_squared()
    }

    /// Rows of both tasks times head and square root of the weight; labels times square root of the
    /// weight.
    fn stacked(&self, heads: [f64; 2]) -> (DMatrix<f64>, DVector<f64>) {
        let [(x, y), (z, t)] = &self.rows;
        let [a, b] = self.weights.map(f64::sqrt);
        let mut stacked = DMatrix::zeros(x.nrows() + z.nrows(), x.ncols());
        stacked.rows_mut(0, x.nrows()).copy_from(&(x * (a * heads[0])));
        stacked.rows_mut(x.nrows(), z.nrows()).copy_from(&(z * (b * heads[1])));
        let labels = DVector::from_iterator(
            y.len() + t.len(),
            y.iter().map(|y| a * y).chain(t.iter().map(|t| b * t)),
        );
        (stacked, labels)
    }
}

fn optimum(objective: &LeastSquares) -> SharedModel {
    let found = search::optimum(objective, 1, &exact::single_task(objective), Seed::new(1));
    assert_eq!(found.kind, OptimumKind::Exact);
    found.model
}

/// Largest difference of entries, relative to the length 1 of θ or to larger entries.
fn apart(found: &DVector<f64>, expected: &DVector<f64>) -> f64 {
    difference(found.as_slice(), expected.as_slice(), 1.0)
}

/// Enough rows that the optimum is unique.
fn determined() -> impl Strategy<Value = Problem> {
    (2_usize..=6, [2_usize..=30, 2..=30], [0.1..2.0, 0.1..2.0], [0.1..3.0, 0.1..3.0], any::<u64>())
        .prop_map(|(d, extra, noise, weights, seed)| {
            Problem::draw(d, extra.map(|extra| d + extra), noise, weights, seed)
        })
}

/// Any number of rows from one, and any noise from zero.
fn any_rank() -> impl Strategy<Value = Problem> {
    let noise = || prop_oneof![Just(0.0), 0.1..2.0];
    (1_usize..=8, [1_usize..=10, 1..=10], [noise(), noise()], any::<u64>())
        .prop_map(|(d, samples, noise, seed)| Problem::draw(d, samples, noise, [1.0, 1.0], seed))
}

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(1),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn the_gradient_vanishes_at_the_optimum(problem in determined()) {
        let objective = problem.objective();
        let joint = optimum(&objective);
        let (_, gradient) = objective.gradient(&joint);
        let length = joint.module.norm();
        let pull = objective.data.iter().zip(problem.weights).map(|(data, a)| a * data.c.norm());
        let pull = 2.0 * pull.sum::<f64>();
        prop_assert!(gradient.module.norm() < 1e-8 * pull);
        for slope in &gradient.heads {
            prop_assert!(slope.norm() < 1e-8 * pull * length);
        }
    }

    #[test]
    fn no_heads_on_a_fine_scan_do_better(problem in determined()) {
        let loss = problem.objective().loss(&optimum(&problem.objective()));
        let scale = problem.labels();
        let best = (-160..=160)
            .flat_map(|i| [1.0, -1.0].map(|sign| sign * (f64::from(i) / 20.0).exp()))
            .map(|ratio| problem.loss_at_heads([1.0, ratio]))
            .fold(f64::INFINITY, f64::min);
        prop_assert!(loss <= best + 1e-10 * scale, "{loss} above {best}");
        prop_assert!(loss >= best - 1e-3 * scale, "{loss} is below what any heads reach, {best}");
    }

    #[test]
    fn the_loss_left_is_that_of_the_heads_found(problem in determined()) {
        let objective = problem.objective();
        let joint = optimum(&objective);
        let heads = [joint.heads[0][0], joint.heads[1][0]];
        let again = problem.loss_at_heads(heads);
        prop_assert!((objective.loss(&joint) - again).abs() < 1e-10 * problem.labels());
    }

    #[test]
    fn a_common_rotation_of_the_features_rotates_the_estimates(problem in determined()) {
        let d = problem.rows[0].0.ncols();
        let q = linalg::orthonormal(d, &mut problem.seed.child("rotation", 0).rng());
        let turned = Problem { rows: problem.rows.clone().map(|(x, y)| (x * &q, y)), ..problem };
        let (before, after) = (optimum(&problem.objective()), optimum(&turned.objective()));
        for i in 0..2 {
            prop_assert!(apart(&(&q * after.estimate(i)), &before.estimate(i)) < 1e-6);
        }
    }

    #[test]
    fn the_order_of_the_tasks_does_not_matter(problem in determined()) {
        let objective = problem.objective();
        let mut swapped = objective.clone();
        swapped.data.reverse();
        swapped.weights.reverse();
        let (before, after) = (optimum(&objective), optimum(&swapped));
        for i in 0..2 {
            prop_assert!(apart(&after.estimate(1 - i), &before.estimate(i)) < 1e-6);
        }
    }

    #[test]
    fn only_the_ratio_of_the_weights_matters(problem in determined(), factor in 1e-3..1e3) {
        let scaled = Problem { weights: problem.weights.map(|a| a * factor), ..problem.clone() };
        let (before, after) = (optimum(&problem.objective()), optimum(&scaled.objective()));
        for i in 0..2 {
            prop_assert!(apart(&after.estimate(i), &before.estimate(i)) < 1e-6);
        }
    }

    #[test]
    fn the_sign_of_one_tasks_labels_does_not_matter(problem in determined()) {
        let [first, (x, y)] = problem.rows.clone();
        let opposed = Problem { rows: [first, (x, -y)], ..problem.clone() };
        let (before, after) = (optimum(&problem.objective()), optimum(&opposed.objective()));
        prop_assert!(apart(&after.estimate(0), &before.estimate(0)) < 1e-6);
        prop_assert!(apart(&-after.estimate(1), &before.estimate(1)) < 1e-6);
    }

    #[test]
    fn a_unit_for_each_task_changes_nothing(problem in any_rank(), width in 2_usize..=4) {
        let objective = problem.objective();
        let alone = exact::single_task(&objective);
        let joint = exact::optimum(&objective, width, &alone).unwrap();
        prop_assert_eq!(joint.module.ncols(), width);
        for (i, theta) in alone.iter().enumerate() {
            prop_assert_eq!(&joint.estimate(i), theta);
        }
    }

    #[test]
    fn too_few_rows_give_finite_weights_and_no_more_than_the_labels_as_loss(problem in any_rank()) {
        let objective = problem.objective();
        let joint = optimum(&objective);
        prop_assert!(joint.is_finite());
        prop_assert!(objective.loss(&joint) <= problem.labels() * (1.0 + 1e-9));
        for (data, (x, y)) in objective.data.iter().zip(&problem.rows) {
            let theta = data.least_squares();
            let reference = x.clone().svd(true, true).solve(y, 1e-6).unwrap();
            let gap = (x * theta - y).norm_squared() - (x * reference - y).norm_squared();
            prop_assert!(gap < 1e-6 * y.norm_squared());
        }
    }

    #[test]
    fn of_heads_that_all_fit_every_row_those_with_the_least_module_are_taken(
        first in 1_usize..=4,
        second in 1_usize..=4,
        spare in 0_usize..=4,
        seed in any::<u64>(),
    ) {
        let samples = [first, second];
        let problem = Problem::draw(first + second + spare, samples, [1.0, 1.0], [1.0, 1.0], seed);
        let objective = problem.objective();
        let joint = optimum(&objective);
        prop_assert!(objective.loss(&joint) < 1e-6 * problem.labels());
        for angle in 1..180 {
            let (sin, cos) = f64::from(angle).to_radians().sin_cos();
            if angle != 90 {
                let least = problem.module_at_heads([cos, sin]).norm();
                prop_assert!(joint.module.norm() < least * (1.0 + 1e-4), "at {angle}°");
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn no_descent_from_a_random_start_goes_lower(problem in determined()) {
        let objective = problem.objective();
        let d = problem.rows[0].0.ncols();
        let least = objective.loss(&optimum(&objective));
        let reached: Vec<f64> = (0..12)
            .map(|start| {
                let model = SharedModel::random(d, 1, 2, problem.seed.child("start", start));
                let mut descent = Descent::new(&objective, model);
                for _ in 0..2000 {
                    let before = descent.loss;
                    descent.advance(&objective);
                    assert!(descent.loss <= before);
                }
                descent.loss
            })
            .collect();
        let lowest = reached.iter().copied().fold(f64::INFINITY, f64::min);
        prop_assert!(least <= lowest + 1e-10 * problem.labels());
        prop_assert!(lowest <= least + 1e-2 * problem.labels(), "no start came near: {lowest}");
    }
}

#[test]
fn data_without_a_trace_of_signal_give_zero_and_not_nan() {
    let data = Moments::of(&DMatrix::zeros(3, 4), &DVector::zeros(3));
    let objective = LeastSquares { data: vec![data.clone(), data], weights: vec![1.0, 1.0] };
    let joint = optimum(&objective);
    assert!(joint.is_finite());
    assert_eq!(joint.estimate(0), DVector::zeros(4));
    assert_eq!(objective.loss(&joint), 0.0);
}

#[test]
fn the_same_data_twice_give_the_single_task_solution() {
    let problem = Problem::draw(5, [12, 12], [0.5, 0.5], [1.0, 1.0], 3);
    let data = problem.objective().data[0].clone();
    let alone = data.least_squares();
    let objective = LeastSquares { data: vec![data.clone(), data], weights: vec![1.0, 2.5] };
    for i in 0..2 {
        assert!(apart(&optimum(&objective).estimate(i), &alone) < 1e-6);
    }
}

#[test]
fn one_row_short_of_the_dimension_the_solution_of_least_norm_is_found_in_every_draw() {
    for seed in 0..1000 {
        let rng = &mut Seed::new(seed).rng();
        let (x, y) = (linalg::normal_matrix(9, 10, rng), linalg::normal_vector(9, rng));
        let reference = x.clone().svd(true, true).solve(&y, 1e-9).unwrap();
        let found = Moments::of(&x, &y).least_squares();
        assert!(apart(&found, &reference) < 1e-6, "seed {seed}");
    }
}
