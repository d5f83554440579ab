//! Helpers for several test files: presets with a knob set, random tasks, comparison of numbers.

use super::once::Once;
use nalgebra::{DMatrix, DVector};
use rand::RngExt;
use taskscope::cancel::Cancel;
use taskscope::math::linalg;
use taskscope::math::seed::Seed;
use taskscope::model::{LeastSquares, two_tasks};
use taskscope::scenario::{Handle, Preset, Scenario};
use taskscope::study::measure;
use taskscope::study::prediction::{POPULATIONS, predict};
use taskscope::task::{Moments, PopulationTask, Response};
use taskscope::transfer::{Outcome, Prediction, Risks};

pub(crate) fn preset(name: &str) -> Scenario {
    Preset::find(name).expect(name).scenario().expect(name)
}

/// The scenario with the knob at a path set to a value.
pub(crate) fn set(scenario: &Scenario, knob: &str, value: f64) -> Scenario {
    let handle = Handle::find(scenario.draft(), knob).unwrap();
    scenario.with(handle, value).unwrap()
}

pub(crate) fn with_trials(scenario: &Scenario, trials: usize) -> Scenario {
    let mut draft = scenario.draft().clone();
    draft.trials = trials as f64;
    Scenario::check(draft).unwrap()
}

/// The outcome of a scenario for its target, over all trials; measured once for all tests.
pub(crate) fn outcome(scenario: &Scenario) -> Outcome {
    static KNOWN: Once<Outcome> = Once::new();
    KNOWN.get(&scenario.draft().to_json().unwrap(), || {
        let approaches = scenario.beside_baseline();
        let measured = measure::measure(scenario, &approaches, &Cancel::new(), |_| {}).unwrap();
        assert!(measured.is_complete());
        measured.own().targets
    })
}

pub(crate) fn prediction(scenario: &Scenario) -> Prediction {
    predict(scenario, POPULATIONS).unwrap()
}

/// A random θ, and rows whose standard deviations along random axes are evenly spaced in the
/// logarithm between 1 and `condition`.
pub(crate) fn random_task(d: usize, condition: f64, seed: Seed) -> PopulationTask {
    let rng = &mut seed.child("deviations", 0).rng();
    let deviations = DVector::from_fn(d, |_, _| condition.powf(rng.random()));
    let axes = linalg::orthonormal(d, &mut seed.child("axes", 0).rng());
    PopulationTask {
        theta: linalg::unit_vector(d, &mut seed.child("theta", 0).rng()),
        factor: (DMatrix::from_diagonal(&deviations) * axes).into(),
        response: Response::Linear,
    }
}

/// Both risks of the first of two tasks on fresh data, at the exact optima.
pub(crate) fn risks_of_first(
    tasks: &[PopulationTask; 2],
    samples: [u64; 2],
    noise: [f64; 2],
    weights: [f64; 2],
    seed: Seed,
) -> Risks {
    let data = (0..2)
        .map(|i| Moments::draw(&tasks[i], samples[i], noise[i], seed.child("data", i as u64)))
        .collect();
    let objective = LeastSquares { data, weights: weights.to_vec() };
    let joint = two_tasks::one_unit(&objective);
    Risks {
        single: tasks[0].linear_excess_risk(&objective.data[0].least_squares()),
        multi: tasks[0].linear_excess_risk(&joint.estimate(0)),
    }
}

/// Largest difference of the entries, relative to the largest expected entry or to `floor` if that
/// is larger.
pub(crate) fn difference(found: &[f64], expected: &[f64], floor: f64) -> f64 {
    assert_eq!(found.len(), expected.len());
    let scale = expected.iter().fold(floor, |scale, e| scale.max(e.abs()));
    assert!(found.iter().chain(expected).all(|value| value.is_finite()), "{found:?}");
    found.iter().zip(expected).map(|(f, e)| (f - e).abs()).fold(0.0, f64::max) / scale
}

pub(crate) fn matrix_difference(found: &DMatrix<f64>, expected: &DMatrix<f64>) -> f64 {
    assert_eq!(found.shape(), expected.shape());
    difference(found.as_slice(), expected.as_slice(), f64::MIN_POSITIVE)
}

pub(crate) fn vector_difference(found: &DVector<f64>, expected: &DVector<f64>) -> f64 {
    difference(found.as_slice(), expected.as_slice(), f64::MIN_POSITIVE)
}
