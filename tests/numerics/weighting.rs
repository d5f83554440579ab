//! Task weights: the properties of each scheme, and both versions of Algorithm 2.

use crate::support::common::{difference, random_task, vector_difference};
use nalgebra::{DMatrix, DVector};
use taskscope::math::seed::Seed;
use taskscope::math::{linalg, roots};
use taskscope::method::weighting::{self, SCHEMES, Weighting, WeightingInput, random, svd};
use taskscope::model::{LeastSquares, Objective, OptimumKind, SharedModel, exact};
use taskscope::task::{Moments, PopulationTask};

/// Two tasks with the same θ and separate rows, and four times the noise in the second.
fn two_tasks(samples: [u64; 2], seed: u64) -> Vec<Moments> {
    let seed = Seed::new(seed);
    let theta = random_task(8, 4.0, seed).theta;
    let one = |i: usize| {
        let seed = seed.child("task", i as u64);
        let task = PopulationTask { theta: theta.clone(), ..random_task(8, 4.0, seed) };
        Moments::draw(&task, samples[i], [0.5, 2.0][i], seed.child("data", 0))
    };
    vec![one(0), one(1)]
}

fn objective(data: &[Moments], weights: &[f64]) -> LeastSquares {
    LeastSquares { data: data.to_vec(), weights: weights.to_vec() }
}

fn joint(data: &[Moments], weights: &[f64], width: usize) -> SharedModel {
    let objective = objective(data, weights);
    exact::optimum(&objective, width, &exact::single_task(&objective)).unwrap()
}

fn weights(scheme: Weighting, data: &[Moments], width: usize) -> Vec<f64> {
    let fit = |weights: &[f64]| objective(data, weights).task_losses(&joint(data, weights, width));
    scheme.weights(&WeightingInput { data, manual: &[3.0, 1.0], width, fit: &fit, best: &|_| None })
}

#[test]
fn the_table_holds_every_scheme_at_its_number_under_its_name() {
    for (i, scheme) in SCHEMES.iter().enumerate() {
        assert_eq!((scheme.weighting.index(), Weighting::from_index(i)), (i, scheme.weighting));
        assert_eq!(Weighting::NAMES[i], scheme.weighting.name());
        let json = serde_json::to_value(scheme.weighting).unwrap();
        assert_eq!(json, scheme.name);
        assert_eq!(serde_json::from_value::<Weighting>(json).unwrap(), scheme.weighting);
        assert!(!scheme.help.is_empty() && !scheme.citation.is_empty());
    }
    assert_eq!(Weighting::from_index(99).index(), SCHEMES.len() - 1);
    assert_eq!(Weighting::default(), Weighting::Uniform);
}

#[test]
fn weights_that_look_at_no_data_are_known_before_there_are_any() {
    let data = two_tasks([20, 40], 1);
    for (scheme, expected) in [
        (Weighting::Uniform, vec![1.0, 1.0]),
        (Weighting::BySize, vec![0.05, 0.025]),
        (Weighting::Manual, vec![3.0, 1.0]),
    ] {
        assert_eq!(scheme.before_data(&[20, 40], &[3.0, 1.0]), Some(expected.clone()));
        assert_eq!(weights(scheme, &data, 1), expected);
    }
    assert_eq!(Weighting::Svd.before_data(&[20, 40], &[]), None);
    assert_eq!(weights(Weighting::Random, &data, 1), [1.0, 1.0]);
}

#[test]
fn weights_are_shown_with_mean_one() {
    assert_eq!(weighting::with_mean_one(&[3.0, 1.0]), [1.5, 0.5]);
    assert_eq!(weighting::with_mean_one(&[0.0, 0.0]), [0.0, 0.0]);
}

#[test]
fn no_scheme_changes_anything_where_the_module_is_as_wide_as_there_are_tasks() {
    let data = two_tasks([20, 40], 2);
    let alone: Vec<_> = data.iter().map(Moments::least_squares).collect();
    for scheme in SCHEMES.iter().map(|scheme| scheme.weighting) {
        let found = joint(&data, &weights(scheme, &data, 2), 2);
        (0..2).for_each(|i| assert_eq!(found.estimate(i), alone[i], "{}", scheme.name()));
    }
    let random = random::train(&data, 2, Seed::new(1)).model;
    (0..2).for_each(|i| assert!(vector_difference(&random.estimate(i), &alone[i]) < 1e-9));
}

#[test]
fn every_scheme_gives_positive_weights_even_where_the_rows_are_fewer_than_the_features() {
    for samples in [[3, 4], [6, 40], [1, 1]] {
        let data = two_tasks(samples, 3);
        for scheme in SCHEMES.iter().map(|scheme| scheme.weighting) {
            let found = weights(scheme, &data, 1);
            let sound = found.iter().all(|weight| weight.is_finite() && *weight > 0.0);
            assert!(sound, "{} at {samples:?}: {found:?}", scheme.name());
        }
        assert!(random::train(&data, 1, Seed::new(1)).model.is_finite());
    }
}

#[test]
fn uncertainty_weights_are_one_over_the_mean_squared_errors_at_their_own_optimum() {
    let data = two_tasks([60, 200], 4);
    let found = weights(Weighting::Uncertainty, &data, 1);
    let losses = objective(&data, &found).task_losses(&joint(&data, &found, 1));
    let expected = [60.0 / losses[0], 200.0 / losses[1]];
    assert!(difference(&found, &expected, 0.0) < 1e-5);
    assert!((8.0..32.0).contains(&(found[0] / found[1])), "noise 1 : 4 gave {found:?}");
}

#[test]
fn standardised_svd_weights_do_not_depend_on_the_unit_of_a_label_and_printed_ones_do() {
    let data = two_tasks([60, 60], 5);
    let mut louder = data.clone();
    (louder[1].c, louder[1].s) = (&data[1].c * 10.0, data[1].s * 100.0);
    let found = svd::standardised(&louder, 1);
    let expected = svd::standardised(&data, 1);
    assert!(difference(&found, &[expected[0], expected[1] / 100.0], 0.0) < 1e-12);
    let model = joint(&data, &expected, 1);
    let scaled = joint(&louder, &found, 1);
    assert!(vector_difference(&scaled.estimate(0), &model.estimate(0)) < 1e-6);
    assert!(svd::printed(&louder, 1)[1] > 5.0 * svd::printed(&data, 1)[1]);
}

#[test]
fn random_weights_settle_near_the_uniform_optimum_and_claim_no_optimum() {
    for seed in 0..5 {
        let data = two_tasks([40, 80], 10 + seed);
        let trained = random::train(&data, 1, Seed::new(seed));
        assert_eq!(trained.kind, OptimumKind::BestFound);
        assert_eq!(trained, random::train(&data, 1, Seed::new(seed)));
        let uniform = objective(&data, &[1.0, 1.0]);
        let least = uniform.loss(&joint(&data, &[1.0, 1.0], 1));
        let excess = uniform.loss(&trained.model) / least - 1.0;
        assert!((-1e-9..0.002).contains(&excess), "seed {seed}: {excess}");
    }
}

/// Ten tasks on the same hundred rows in twenty dimensions whose θs share three; four times the
/// noise in the last five.
fn ten_tasks(noise: f64, seed: Seed) -> (Vec<Moments>, Vec<DVector<f64>>) {
    let normal = |label, i, n| linalg::normal_vector(n, &mut seed.child(label, i).rng());
    let x = linalg::normal_matrix(100, 20, &mut seed.child("x", 0).rng());
    let shared = linalg::orthonormal(20, &mut seed.child("shared", 0).rng());
    let task = |i: u64| {
        let theta = shared.columns(0, 3) * normal("head", i, 3).normalize();
        let deviation = if i < 5 { noise } else { 4.0 * noise };
        (Moments::of(&x, &(&x * &theta + normal("noise", i, 100) * deviation)), theta)
    };
    (0..10).map(task).unzip()
}

/// The optimum for tasks on the same rows (Proposition 3).
fn same_rows(data: &[Moments], weights: &[f64], width: usize) -> SharedModel {
    let whiten = roots::inverse_root(&data[0].h);
    let white: Vec<_> = data.iter().map(|task| &whiten * &task.c).collect();
    let weighted: Vec<_> = white.iter().zip(weights).map(|(t, alpha)| t * alpha.sqrt()).collect();
    let u = DMatrix::from_columns(&weighted).svd(true, false).u.unwrap();
    let u = u.columns(0, width);
    SharedModel::new(&whiten * u, white.iter().map(|theta| u.transpose() * theta).collect())
}

/// Mean of 1 − cos² between estimate and θ over the clean tasks.
fn error_of_clean(model: &SharedModel, thetas: &[DVector<f64>]) -> f64 {
    let cosine = |i: usize| model.estimate(i).normalize().dot(&thetas[i].normalize());
    (0..5).map(|i| 1.0 - cosine(i).powi(2)).sum::<f64>() / 5.0
}

#[test]
fn algorithm_2_helps_on_standardised_labels_and_hurts_as_printed() {
    const SEEDS: u64 = 20;
    let mut errors = [0.0; 4];
    for seed in 0..SEEDS {
        let (data, thetas) = ten_tasks(0.5, Seed::new(seed));
        let scaled = data.iter().map(|task| 100.0 / task.s).collect();
        let schemes = [vec![1.0; 10], scaled, svd::standardised(&data, 3), svd::printed(&data, 3)];
        for (error, weights) in errors.iter_mut().zip(schemes) {
            *error += error_of_clean(&same_rows(&data, &weights, 3), &thetas) / SEEDS as f64;
        }
    }
    let [uniform, scaled, standardised, printed] = errors;
    assert!(standardised < 0.9 * scaled, "{errors:?}");
    assert!(standardised < 0.4 * uniform, "{errors:?}");
    assert!(printed > 1.1 * uniform, "{errors:?}");
}

#[test]
fn the_spectrum_falls_off_at_the_width_the_tasks_share() {
    let (data, _) = ten_tasks(0.01, Seed::new(3));
    for standardised in [false, true] {
        let values = svd::spectrum(&data, standardised);
        assert_eq!(values.len(), 10);
        assert!(values.is_sorted_by(|a, b| a >= b));
        assert!(values[2] > 3.0 * values[3], "{values:?}");
    }
}
