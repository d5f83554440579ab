//! Merging, fine-tuning and ridge regression: their predictions against simulation, and their invariants.

use crate::support::common::{preset, set, with_trials};
use nalgebra::{DMatrix, DVector};
use rand::RngExt;
use taskscope::cancel::Cancel;
use taskscope::math::linalg;
use taskscope::math::seed::Seed;
use taskscope::math::stats::Interval;
use taskscope::math::sums::PairSums;
use taskscope::method::{Approach, METHODS, Method, Weighting};
use taskscope::model::OptimumKind;
use taskscope::scenario::Scenario;
use taskscope::study::prediction::{POPULATIONS, predict, theory_gap};
use taskscope::study::{PopulationTheory, Trial, measure};
use taskscope::task::Population;

/// Two tasks of 20 features, with the knobs at paths set to values; every trial draws only data.
fn two(knobs: &[(&str, f64)]) -> Scenario {
    let start = set(&preset("two-tasks"), "data.redraw", 1.0);
    knobs.iter().fold(start, |scenario, (path, value)| set(&scenario, path, *value))
}

fn by(scenario: &Scenario, method: Method) -> Scenario {
    set(scenario, "model.method", method.index() as f64)
}

fn measured(scenario: &Scenario, methods: &[Method]) -> Vec<Interval> {
    let approach = |method: &Method| Approach { weighting: Weighting::Uniform, method: *method };
    let approaches: Vec<Approach> = methods.iter().map(approach).collect();
    let found = measure::measure(scenario, &approaches, &Cancel::new(), |_| {}).unwrap();
    found.approaches.iter().map(|measured| measured.targets.gain.unwrap()).collect()
}

fn gain(scenario: &Scenario) -> f64 {
    predict(scenario, POPULATIONS).unwrap().gain
}

/// The measured gain of merging with the best weights of the population.
fn merged_with_best_weights(scenario: &Scenario) -> Interval {
    let mut sums = PairSums::default();
    for trial in 0..scenario.trials() {
        let found = Trial::run(scenario, trial, &[]);
        let theory = PopulationTheory::of(&found.population);
        let weights = theory.merged(scenario, 0).unwrap().weights;
        let alone = found.training.alone.iter().map(|alone| alone.model.estimate(0));
        let merged: DVector<f64> = alone.zip(&weights).map(|(own, weight)| own * *weight).sum();
        let target = &found.population.tasks[0];
        sums.add(target.linear_excess_risk(&merged), found.alone[0].risk);
    }
    sums.one_minus_ratio().unwrap()
}

/// Returns true if a measured gain is as predicted, within three standard errors and a hundredth.
fn agrees(predicted: f64, found: &Interval) -> bool {
    (predicted - found.mean).abs() < 0.01 + 1.5 * found.half_width()
}

const SETTINGS: [&[(&str, f64)]; 4] = [
    &[("source.angle", 0.0)],
    &[("source.angle", 40.0), ("source.samples", 100.0)],
    &[
        ("source.angle", 25.0),
        ("target.condition", 8.0),
        ("target.samples", 60.0),
        ("source.noise", 1.0),
    ],
    &[("source.angle", 70.0), ("source.condition", 5.0), ("target.samples", 35.0)],
];

#[test]
fn merging_with_the_best_weights_gains_what_is_predicted() {
    for knobs in SETTINGS {
        let scenario = with_trials(&by(&two(knobs), Method::Merge), 400);
        let (predicted, found) = (gain(&scenario), merged_with_best_weights(&scenario));
        assert!(agrees(predicted, &found), "{knobs:?}: {predicted} and {found:?}");
    }
}

#[test]
fn weights_estimated_from_rows_cost_a_little_and_never_gain() {
    for knobs in SETTINGS {
        let scenario = with_trials(&two(knobs), 400);
        let best = merged_with_best_weights(&scenario);
        let found = measured(&scenario, &[Method::Merge])[0];
        let cost = best.mean - found.mean;
        assert!((-0.01..0.06).contains(&cost), "{knobs:?}: {cost}");
    }
}

#[test]
fn shrinkage_gains_what_is_predicted_with_the_cost_of_choosing_its_penalty() {
    let mut predictions = 0;
    let noisy = &[("target.noise", 2.0), ("target.samples", 60.0)][..];
    let of_ridge = [SETTINGS[2], noisy].map(|knobs| (knobs, Method::Ridge));
    let all = SETTINGS.map(|knobs| (knobs, Method::FineTune)).into_iter().chain(of_ridge);
    for (knobs, method) in all {
        for held_out in [40.0, 200.0, 2000.0] {
            let scenario = set(&by(&two(knobs), method), "data.validation", held_out);
            let scenario = with_trials(&scenario, 400);
            let Ok(predicted) = predict(&scenario, 1) else { continue };
            let (gain, found) = (predicted.gain, measured(&scenario, &[method])[0]);
            let near = (gain - found.mean).abs() < 0.02 + 1.5 * found.half_width();
            assert!(near, "{knobs:?}, {held_out} held out: {gain} and {found:?}");
            predictions += 1;
        }
    }
    assert!(predictions >= 12, "{predictions}");
}

/// The best fine-tuning of an isotropic target by its closed form: `σ²γ s(λ*)`, `γ = d/m`,
/// `λ* = σ²γ/‖θ_1 − θ̂_s‖²`.
fn isotropic(d: f64, rows: f64, sigma: f64, distance: f64) -> f64 {
    let gamma = d / rows;
    let lambda = sigma * sigma * gamma / distance;
    let b = 1.0 - gamma + lambda;
    let s = ((b * b + 4.0 * gamma * lambda).sqrt() - b) / (2.0 * gamma * lambda);
    sigma * sigma * gamma * s
}

#[test]
fn ridge_regression_is_fine_tuning_from_a_source_that_knows_nothing_but_zero() {
    let scenario =
        two(&[("target.samples", 200.0), ("target.noise", 3.0), ("source.samples", 1e9)]);
    let mut population = scenario.population(0);
    population.tasks[1].theta.fill(0.0);
    let theory = PopulationTheory::of(&population);
    let mut lambdas = taskscope::transfer::theory::shrinkage::of_ridge();
    lambdas.push(f64::INFINITY);
    let (one, other) = (theory.ridge(&scenario, 0, &lambdas), theory.fine_tuned(&scenario, 0));
    let (one, other) = (one.unwrap(), other.unwrap());
    assert!((one.chosen - other.chosen).abs() < 1e-6 * one.chosen, "{one:?} {other:?}");
    assert!(one.chosen < 0.6 * 9.0 * 20.0 / 179.0);
}

#[test]
fn with_isotropic_rows_the_best_penalty_has_the_closed_form() {
    let scenario = two(&[("data.dimension", 200.0), ("target.samples", 401.0)]);
    let scenario = set(&set(&scenario, "source.samples", 1000.0), "source.angle", 30.0);
    let theory = PopulationTheory::of(&scenario.population(0));
    let found = theory.fine_tuned(&scenario, 0).unwrap();
    let apart = 2.0 - 2.0 * 30_f64.to_radians().cos();
    let distance = apart + 0.25 * 200.0 / (1000.0 - 200.0 - 1.0);
    let expected = isotropic(200.0, 400.0, 0.5, distance);
    assert!((found.least / expected - 1.0).abs() < 0.003, "{} {expected}", found.least);
    let lambda = 0.25 * 200.0 / 400.0 / distance;
    assert!((found.lambda / lambda).log10().abs() < 0.11, "{} {lambda}", found.lambda);
}

#[test]
fn with_endless_rows_of_an_equal_source_nothing_is_left_to_learn() {
    let equal = two(&[("source.angle", 0.0), ("source.samples", 1e9)]);
    for method in [Method::Merge, Method::FineTune] {
        let found = predict(&by(&equal, method), 1).unwrap();
        assert!(found.gain > 0.99 && found.bias < 1e-9, "{}: {found:?}", method.name());
    }
    let theory = PopulationTheory::of(&equal.population(0));
    assert_eq!(theory.fine_tuned(&equal, 0).unwrap().lambda, f64::INFINITY);
    assert!(theory.merged(&equal, 0).unwrap().weights[1] > 0.999);
}

#[test]
fn a_useless_source_leaves_the_target_alone() {
    let useless = [("source.noise", 1e5), ("source.angle", 90.0), ("target.samples", 200.0)];
    let useless = two(&useless);
    let merged = PopulationTheory::of(&useless.population(0)).merged(&useless, 0).unwrap();
    assert!(merged.weights[1] < 1e-6 && merged.prediction.gain.abs() < 1e-6);
    let tuned = PopulationTheory::of(&useless.population(0)).fine_tuned(&useless, 0).unwrap();
    let single = 0.25 * 20.0 / (200.0 - 21.0);
    assert!(tuned.lambda < 1e-3 && (tuned.least / single - 1.0).abs() < 1e-3);
}

#[test]
fn with_equal_tasks_merging_weighs_models_by_their_precision() {
    let equal = two(&[("source.angle", 0.0)]);
    let merged = PopulationTheory::of(&equal.population(0)).merged(&equal, 0).unwrap();
    let [own, other] = [40.0, 400.0].map(|m| 0.25 * 20.0 / (m - 21.0));
    assert!((merged.prediction.multi - own * other / (own + other)).abs() < 1e-9);
    assert!(merged.prediction.bias.abs() < 1e-12);
}

#[test]
fn merging_is_never_predicted_to_hurt_and_does_not_depend_on_the_scale_of_the_rows() {
    for angle in [0.0, 30.0, 90.0, 180.0] {
        let scenario =
            by(&two(&[("source.angle", angle), ("source.condition", 6.0)]), Method::Merge);
        let here = gain(&scenario);
        assert!(here >= 0.0, "{angle}°");
        let population = scenario.population(0);
        let map = DMatrix::from_fn(20, 20, |i, j| f64::from(i == j) * (1.0 + i as f64));
        let tasks = population.tasks.iter().map(|task| {
            let mut task = task.clone();
            task.factor = (&*task.factor * &map).into();
            task.theta = linalg::solve(&map, &task.theta);
            task
        });
        let mapped = Population { tasks: tasks.collect() };
        let there = PopulationTheory::of(&mapped).predict(&scenario).unwrap().gain;
        assert!((here - there).abs() < 1e-9, "{angle}°");
    }
}

#[test]
fn several_sources_are_merged_by_the_linear_system() {
    let scenario = by(&preset("three-tasks"), Method::Merge);
    let scenario = with_trials(&set(&scenario, "data.redraw", 1.0), 300);
    let (predicted, found) = (gain(&scenario), merged_with_best_weights(&scenario));
    assert!(agrees(predicted, &found), "{predicted} and {found:?}");
    let fine = by(&preset("three-tasks"), Method::FineTune);
    assert_eq!(theory_gap(&fine), Some("it is for fine-tuning with one source"));
}

#[test]
fn without_more_rows_than_features_nothing_is_predicted() {
    for method in [Method::Merge, Method::FineTune] {
        let few = by(&two(&[("target.samples", 21.0)]), method);
        assert_eq!(predict(&few, 1), Err("it needs more than d + 1 rows of the target"));
        let logistic = by(&two(&[]), method).draft().clone();
        let mut draft = logistic;
        draft.model.activation = taskscope::task::Activation::Relu;
        let refused = Scenario::check(draft).unwrap_err().to_string();
        assert!(refused.contains("squared loss"), "{refused}");
    }
    let source = by(&two(&[("source.samples", 21.0)]), Method::FineTune);
    assert_eq!(predict(&source, 1), Err("it needs more than d + 1 rows of the source"));
    let left_out = by(&two(&[("source.samples", 21.0)]), Method::Merge);
    assert_eq!(gain(&left_out), 0.0);
}

#[test]
fn merging_is_plug_in_and_fine_tuning_is_tuned() {
    let scenario = two(&[]);
    for (method, kind) in
        [(Method::Merge, OptimumKind::PlugIn), (Method::FineTune, OptimumKind::Tuned)]
    {
        let fit = &Trial::own(&by(&scenario, method), 0).fits[0];
        assert_eq!(fit.optimum.kind, kind);
        let few = by(&two(&[("target.samples", 15.0)]), Method::Merge);
        let alone = Trial::own(&few, 0);
        assert_eq!(alone.fits[0].errors[0].risk, alone.alone[0].risk);
    }
    assert!(METHODS.iter().any(|method| method.name == "merge"));
}

/// A random pair of tasks with d ≥ 20, any angle, up to 2000 target rows, and rows of any spread.
fn random_pair(index: u64) -> Scenario {
    let rng = &mut Seed::new(17).child("pair", index).rng();
    let between =
        |low: f64, high: f64, rng: &mut _| low * (high / low).powf(RngExt::random::<f64>(rng));
    let d = f64::from(rng.random_range(20..=50));
    let own_axes = rng.random::<f64>() < 0.5;
    let knobs = [
        ("data.dimension", d),
        ("source.angle", 180.0 * rng.random::<f64>()),
        ("target.samples", between(d + 10.0, 2000.0, rng).round()),
        ("source.samples", between(d + 10.0, 5000.0, rng).round()),
        ("target.noise", between(0.1, 2.0, rng)),
        ("source.noise", between(0.1, 2.0, rng)),
        ("target.condition", between(1.0, 30.0, rng)),
        ("source.condition", between(1.0, 30.0, rng)),
        ("source.rotation", if own_axes { 90.0 * rng.random::<f64>() } else { 0.0 }),
    ];
    let mut draft = two(&knobs).draft().clone();
    draft.seed = index as f64 + 1.0;
    draft.trials = 400.0;
    Scenario::check(draft).unwrap()
}

/// Of merging with the best weights, of fine-tuning, and of merging with estimated weights: how many
/// gains of some random pairs are predicted, and how many of them within the larger of 0.03 and two
/// standard errors.
fn within(pairs: std::ops::Range<u64>) -> [(usize, usize); 3] {
    let mut counts = [(0, 0); 3];
    for index in pairs {
        let scenario = random_pair(index);
        let predicted = [Method::Merge, Method::FineTune].map(|m| predict(&by(&scenario, m), 1));
        let found = measured(&scenario, &[Method::Merge, Method::FineTune]);
        let best = merged_with_best_weights(&scenario);
        let known = [(&predicted[0], best), (&predicted[1], found[1]), (&predicted[0], found[0])];
        for (place, (predicted, found)) in known.into_iter().enumerate() {
            let Ok(predicted) = predicted else { continue };
            let off = predicted.gain - found.mean;
            let near = off.abs() < f64::max(0.03, found.half_width() * 2.0 / 1.96);
            counts[place].0 += 1;
            counts[place].1 += usize::from(near);
        }
    }
    counts
}

#[test]
fn random_pairs_gain_what_is_predicted() {
    let count = 12;
    let [best, tuned, _] = within(0..count);
    for (predicted, near) in [best, tuned] {
        assert!(predicted as u64 * 4 >= count * 3, "{predicted} of {count} predicted");
        assert!(near * 10 >= predicted * 9, "{near} of {predicted}");
    }
}
