//! Random draws: moments against rows, very many rows, common random numbers, exact cosines.

use crate::support::common::{
    difference, matrix_difference, preset, random_task, set, vector_difference,
};
use nalgebra::DVector;
use rayon::prelude::*;
use taskscope::math::linalg;
use taskscope::math::seed::Seed;
use taskscope::scenario::Scenario;
use taskscope::task::{
    Axes, Covariance, Labels, Moments, Population, PopulationTask, Space, Spectrum, TaskSpec,
    Theta, ThetaDifference,
};

type Draw = fn(&PopulationTask, u64, f64, Seed) -> Moments;

const NOISE: f64 = 0.7;
const DRAWS: usize = 2000;

/// Statistics that together cover a draw: spread, one variance, one correlation, the labels, the
/// noise alone, the residuals and the error of least squares.
fn statistics(task: &PopulationTask, data: &Moments) -> Vec<(&'static str, f64)> {
    let d = task.theta.len();
    let along = DVector::from_fn(d, |i, _| ((i + 1) as f64).sin());
    let estimate = data.least_squares();
    let mut found = vec![
        ("trace of H", data.h.trace()),
        ("first variance", data.h[(0, 0)]),
        ("last variance", data.h[(d - 1, d - 1)]),
        ("covariance", data.h[(0, d - 1)]),
        ("c along a direction", data.c.dot(&along)),
        ("s", data.s),
        ("noise", data.loss(&task.theta)),
        ("risk of least squares", task.linear_excess_risk(&estimate)),
        ("length of least squares", estimate.norm()),
    ];
    if data.samples > d as u64 {
        found.push(("residuals", data.loss(&estimate)));
    }
    found
}

/// Every statistic in `DRAWS` draws, sorted.
fn samples(
    draw: Draw,
    task: &PopulationTask,
    rows: u64,
    seed: Seed,
) -> Vec<(&'static str, Vec<f64>)> {
    let draws: Vec<_> = (0..DRAWS)
        .into_par_iter()
        .map(|i| statistics(task, &draw(task, rows, NOISE, seed.child("draw", i as u64))))
        .collect();
    (0..draws[0].len())
        .map(|which| {
            let mut values: Vec<f64> = draws.iter().map(|found| found[which].1).collect();
            values.sort_by(f64::total_cmp);
            (draws[0][which].0, values)
        })
        .collect()
}

/// Kolmogorov–Smirnov distance of two sorted samples of equal size.
fn distance(first: &[f64], second: &[f64]) -> f64 {
    let n = first.len() as f64;
    let below = |sorted: &[f64], value: f64| sorted.partition_point(|&v| v <= value) as f64 / n;
    first
        .iter()
        .chain(second)
        .map(|&value| (below(first, value) - below(second, value)).abs())
        .fold(0.0, f64::max)
}

/// The distance that two samples of this size from one distribution exceed with probability 0.001.
fn threshold(n: usize) -> f64 {
    (-0.5 * (0.5e-3_f64).ln()).sqrt() * (2.0 / n as f64).sqrt()
}

fn same_distribution(d: usize, rows: u64, seed: u64) {
    let seed = Seed::new(seed);
    let task = random_task(d, 5.0, seed);
    let direct = samples(Moments::draw, &task, rows, seed.child("direct", 0));
    let by_rows = samples(Moments::draw_by_rows, &task, rows, seed.child("rows", 0));
    for ((name, a), (_, b)) in direct.iter().zip(&by_rows) {
        let distance = distance(a, b);
        assert!(distance < threshold(DRAWS), "{name} at m = {rows}, d = {d}: {distance}");
    }
}

#[test]
fn the_distance_tells_apart_what_differs_and_only_that() {
    let normals = |seed: u64, shift: f64| {
        let mut values = linalg::normal_vector(DRAWS, &mut Seed::new(seed).rng()).add_scalar(shift);
        values.as_mut_slice().sort_by(f64::total_cmp);
        values.as_slice().to_vec()
    };
    assert!(distance(&normals(1, 0.0), &normals(2, 0.0)) < threshold(DRAWS));
    assert!(distance(&normals(1, 0.0), &normals(2, 0.2)) > threshold(DRAWS));
    assert_eq!(distance(&[0.0, 1.0], &[2.0, 3.0]), 1.0);
    assert_eq!(distance(&[0.0, 1.0], &[0.0, 1.0]), 0.0);
}

#[test]
fn a_single_row_is_drawn_from_the_distribution_of_rows() {
    same_distribution(5, 1, 1);
}

#[test]
fn fewer_rows_than_features_are_drawn_from_the_distribution_of_rows() {
    same_distribution(6, 4, 2);
}

#[test]
fn one_row_fewer_than_features_is_drawn_from_the_distribution_of_rows() {
    same_distribution(6, 5, 3);
}

#[test]
fn as_many_rows_as_features_are_drawn_from_the_distribution_of_rows() {
    same_distribution(6, 6, 4);
}

#[test]
fn slightly_more_rows_than_features_are_drawn_from_the_distribution_of_rows() {
    same_distribution(6, 7, 5);
    same_distribution(6, 9, 6);
}

#[test]
fn many_rows_are_drawn_from_the_distribution_of_rows() {
    same_distribution(5, 300, 7);
}

#[test]
fn a_thousand_million_rows_have_the_moments_of_the_population() {
    let task = random_task(20, 10.0, Seed::new(8));
    let rows = 1_000_000_000;
    let data = Moments::draw(&task, rows, NOISE, Seed::new(9));
    let covariance = task.covariance();
    let (m, signal) = (rows as f64, &covariance * &task.theta);
    assert!(matrix_difference(&(&*data.h / m), &covariance) < 3e-4);
    assert!(vector_difference(&(&data.c / m), &signal) < 3e-4);
    assert!((data.s / m / (task.theta.dot(&signal) + NOISE * NOISE) - 1.0).abs() < 3e-4);
    let expected = NOISE * NOISE * 20.0 / m;
    let risk = task.linear_excess_risk(&data.least_squares());
    assert!(risk > 0.2 * expected && risk < 3.0 * expected, "{risk:e}");
}

/// Largest relative change of H, c and s of both tasks in one trial.
fn change(before: &Scenario, after: &Scenario, trial: usize) -> f64 {
    let draw = |scenario: &Scenario| scenario.data(&scenario.population(trial), trial);
    let changes = draw(before).into_iter().zip(draw(after)).map(|(a, b)| {
        matrix_difference(&b.moments.h, &a.moments.h)
            .max(vector_difference(&b.moments.c, &a.moments.c))
            .max(difference(&[b.moments.s], &[a.moments.s], 0.0))
    });
    changes.fold(0.0, f64::max)
}

#[test]
fn a_small_turn_of_a_knob_moves_the_same_draw_a_little() {
    let knobs: [(&str, &str, &[f64]); 9] = [
        ("two-tasks", "source.angle", &[0.0, 1.0, 15.0, 90.0, 179.0]),
        ("two-tasks", "source.noise", &[0.0, 0.5, 3.0]),
        ("two-tasks", "source.condition", &[1.0, 10.0]),
        ("turning-data", "source.rotation", &[0.0, 45.0, 89.9]),
        ("turning-data", "source.condition", &[1.0, 10.0, 500.0]),
        ("turning-data", "target.noise", &[0.0, 1.05]),
        ("turning-data", "source.angle", &[1.0, 16.26, 120.0]),
        ("fig3-task4", "source.angle", &[1.0, 16.26]),
        ("fig3-task4", "source.rotation", &[0.0, 30.0]),
    ];
    for (name, knob, values) in knobs {
        for &value in values {
            for trial in 0..2 {
                let here = set(&preset(name), knob, value);
                for step in [1e-3, 1e-6] {
                    let change = change(&here, &set(&here, knob, value + step), trial);
                    assert!(change > 0.0, "{name}: {knob} = {value} moves nothing");
                    assert!(change < 10.0 * step, "{name}: {knob} = {value} moves {change:e}");
                }
            }
        }
    }
}

#[test]
fn one_row_more_moves_the_same_draw_a_little() {
    for (rows, near) in [(1e4, 1e-3), (1e6, 1e-5)] {
        let here = set(&preset("two-tasks"), "source.samples", rows);
        let next = set(&here, "source.samples", rows + 1.0);
        let far = set(&here, "source.samples", 2.0 * rows);
        for trial in 0..50 {
            assert!(change(&here, &next, trial) < near, "m = {rows}, trial {trial}");
            assert!(change(&here, &far, trial) > 0.5);
        }
    }
}

#[test]
fn a_knob_of_one_task_leaves_the_data_of_the_other_alone() {
    let here = preset("two-tasks");
    for (knob, value) in [("source.samples", 1234.0), ("source.noise", 2.0), ("source.angle", 80.0)]
    {
        let there = set(&here, knob, value);
        let data = |s: &Scenario| s.data(&s.population(3), 3);
        assert_eq!(data(&here)[0], data(&there)[0]);
        assert_ne!(data(&here)[1], data(&there)[1]);
    }
}

const LOUD: f64 = 7.0;

/// A target, and a source at an angle to it whose axes are rotated by `rotation`.
fn pair(
    d: usize,
    angle: f64,
    difference: ThetaDifference,
    axes: [Axes; 2],
    rotation: f64,
    seed: u64,
) -> Population {
    let spectrum = Spectrum::Block { size: (d / 5).max(1), condition: LOUD };
    let spec = |theta, axes, rotation| TaskSpec {
        name: "task".into(),
        samples: 10,
        labels: Labels::linear(1.0),
        covariance: Covariance { spectrum, axes, rotation },
        theta,
        space: Space::Raw,
    };
    let relative = Theta::Relative { to: 0, angle, difference };
    let specs = [spec(Theta::Random, axes[0], 0.0), spec(relative, axes[1], rotation)];
    Population::draw(&specs, d, Seed::new(seed))
}

#[test]
fn every_angle_is_met_exactly_between_two_unit_vectors() {
    let differences =
        [ThetaDifference::Generic, ThetaDifference::Loud(0), ThetaDifference::Opposite(0)];
    for d in [2, 3, 20, 51] {
        for difference in differences {
            for axes in [Axes::Shared, Axes::Random, Axes::Difference] {
                for (seed, angle) in (0..).zip([0.0, 0.5, 16.26, 45.0, 90.0, 135.0, 179.5, 180.0]) {
                    let population = pair(d, angle, difference, [Axes::Random, axes], 33.0, seed);
                    let [a, b] = [0, 1].map(|i| &population.tasks[i].theta);
                    assert!((a.norm() - 1.0).abs() < 1e-12);
                    assert!((b.norm() - 1.0).abs() < 1e-12);
                    let cosine = angle.to_radians().cos();
                    assert!((a.dot(b) - cosine).abs() < 1e-12, "{difference:?}, {angle}°, d = {d}");
                }
            }
        }
    }
}

#[test]
fn a_placed_difference_lies_where_it_was_placed() {
    for (difference, deviation) in
        [(ThetaDifference::Loud(0), LOUD), (ThetaDifference::Opposite(0), 1.0)]
    {
        let population = pair(20, 30.0, difference, [Axes::Random, Axes::Shared], 0.0, 5);
        let [a, b] = [0, 1].map(|i| &population.tasks[i]);
        let w = (&b.theta - &a.theta).normalize();
        assert!(((&*a.factor * &w).norm() - deviation).abs() < 1e-12);
    }
}

#[test]
fn axes_along_the_difference_are_loudest_there() {
    for difference in [ThetaDifference::Generic, ThetaDifference::Opposite(0)] {
        let population = pair(20, 20.0, difference, [Axes::Shared, Axes::Difference], 0.0, 6);
        let [a, b] = [0, 1].map(|i| &population.tasks[i]);
        let w = (&b.theta - &a.theta).normalize();
        assert!(((&*b.factor * &w).norm() - LOUD).abs() < 1e-10);
    }
}
