//! Random scenarios with knobs at the ends of what is allowed: every number is finite or withheld,
//! and no task is beaten by itself.

use rand::RngExt;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;
use taskscope::cancel::Cancel;
use taskscope::math::seed::Seed;
use taskscope::method::Method;
use taskscope::scenario::knob::{Knob, KnobScale};
use taskscope::scenario::{Handle, Scenario, ScenarioDraft};
use taskscope::study::measure::measure;
use taskscope::study::measurement::Measured;
use taskscope::study::prediction::predict;
use taskscope::transfer::{Outcome, Verdict};

use crate::support::common::preset;

const PRESETS: [&str; 10] = [
    "two-tasks",
    "turning-data",
    "three-tasks",
    "six-tasks",
    "svd-weights",
    "signs",
    "relu-same",
    "capacity",
    "random-pair",
    "alignment",
];

/// A value of a knob: an end of its track or of what is allowed, or one in between.
fn value(knob: &Knob, rng: &mut ChaCha8Rng) -> f64 {
    let (low, high) = knob.allowed;
    let most = match knob.name {
        "dimension" => 6.0,
        "samples" if rng.random::<f64>() < 0.8 => 40.0,
        "size" | "width" => 4.0,
        _ => high,
    };
    let (low, high) = (low.max(-1e12), most.min(high).min(1e12));
    let found = match (rng.random_range(0..6), knob.scale) {
        (0, _) => low,
        (1, _) => high,
        (2, _) => knob.track.0.clamp(low, high),
        (3, _) => knob.track.1.clamp(low, high),
        (_, KnobScale::Log(_)) => {
            let (low, high) = (low.max(1e-9).ln(), high.max(1e-9).ln());
            (low + (high - low) * rng.random::<f64>()).exp()
        }
        _ => low + (high - low) * rng.random::<f64>(),
    };
    if knob.whole { found.round() } else { found }
}

/// A scenario with random knobs, small enough to be computed at once.
fn random(rng: &mut ChaCha8Rng) -> Option<Scenario> {
    let mut draft: ScenarioDraft = preset(PRESETS.choose(rng)?).draft().clone();
    draft.trials = 3.0;
    draft.seed = f64::from(rng.random_range(0..1000));
    draft.compare.clear();
    draft.data.dimension = f64::from(rng.random_range(1..7));
    for task in &mut draft.tasks {
        task.covariance.size = None;
        task.samples = task.samples.min(30.0);
    }
    for handle in Handle::all(&draft) {
        if rng.random::<f64>() < 0.25 && handle.get(&draft).is_some() {
            let value = value(handle.knob, rng);
            let _ = handle.set(&mut draft, value);
        }
    }
    let rows: f64 = draft.tasks.iter().map(|task| task.samples).sum();
    let scenario = Scenario::check(draft).ok()?;
    let is_small = scenario.dimension() <= 8 && scenario.tasks().len() <= 8;
    (is_small && (rows <= 300.0 || scenario.is_linear())).then_some(scenario)
}

/// Returns the name of a number that is not finite.
fn not_finite(outcome: &Outcome) -> Option<&'static str> {
    let interval = |name, interval: Option<taskscope::math::stats::Interval>| {
        let found = interval?;
        [found.mean, found.low, found.high].iter().any(|n| !n.is_finite()).then_some(name)
    };
    let number = |name, number: f64| (!number.is_finite()).then_some(name);
    interval("gain", outcome.gain)
        .or_else(|| interval("log ratio", outcome.log_ratio))
        .or_else(|| number("alone", outcome.single.mean))
        .or_else(|| number("together", outcome.multi.mean))
        .or_else(|| number("helped", outcome.helped))
}

fn measured(scenario: &Scenario) -> Measured {
    let found = measure(scenario, &[scenario.approach()], &Cancel::new(), |_| {});
    found.unwrap().own().clone()
}

#[test]
fn every_number_of_a_random_scenario_is_finite_or_withheld() {
    let mut known = 0;
    for seed in 0..cases(300) {
        let Some(scenario) = random(&mut Seed::new(seed).rng()) else { continue };
        known += 1;
        let said = || format!("{seed}: {}", scenario.draft().to_json().unwrap());
        let found = measured(&scenario);
        for outcome in found.groups.iter().chain([&found.targets, &found.beside_first]) {
            let bad = not_finite(outcome);
            assert!(bad.is_none(), "{bad:?} {outcome:?} {}", said());
        }
        assert!(found.weights.iter().all(|weight| weight.is_finite()), "{}", said());
        if let Ok(predicted) = predict(&scenario, 4) {
            let numbers = [predicted.single, predicted.multi, predicted.doubt];
            assert!(numbers.iter().all(|number| number.is_finite()), "{predicted:?} {}", said());
            let is_withheld = predicted.single == 0.0;
            assert!(predicted.gain.is_finite() || is_withheld, "{predicted:?} {}", said());
        }
    }
    assert!(known > 20, "{known}");
}

#[test]
fn a_module_with_a_unit_for_every_task_neither_helps_nor_hurts() {
    let mut known = 0;
    for seed in 0..cases(300) {
        let Some(scenario) = random(&mut Seed::new(seed).child("wide", 0).rng()) else { continue };
        let mut draft = scenario.draft().clone();
        draft.model.width = scenario.tasks().len() as f64;
        draft.model.method = Method::default();
        let Ok(scenario) = Scenario::check(draft) else { continue };
        if !scenario.is_linear() {
            continue;
        }
        known += 1;
        let outcome = measured(&scenario).targets;
        let said = || format!("{seed}: {outcome:?} {}", scenario.draft().to_json().unwrap());
        assert!(!matches!(outcome.verdict, Verdict::Helps | Verdict::Hurts), "{}", said());
        if let Some(gain) = outcome.gain.filter(|_| outcome.verdict == Verdict::NoDifference) {
            assert!(gain.mean.abs() < 1e-5, "{}", said());
        }
    }
    assert!(known > 20, "{known}");
}

/// As many random scenarios as a test has time for; `EXTREMES` asks for more.
fn cases(few: u64) -> u64 {
    let asked = std::env::var("EXTREMES").ok().and_then(|text| text.parse().ok());
    asked.unwrap_or(few)
}
