//! Task weights of the least predicted error.

use crate::cancel::Cancel;
use crate::claims::check::{ClaimCheck, Expectation};
use crate::claims::claim::{Measured, PaperClaim, Standing, setting};
use crate::method::{Approach, Weighting};
use crate::study::measure::measure;

pub(super) const BEST_WEIGHTS: PaperClaim = PaperClaim {
    id: "best-weights",
    statement: "Task weights of the least predicted error lower that of the target",
    source: "not in the paper; minimum of the theory line over α",
    setting: "two tasks, d 20, 40 target and 400 source rows, noise 0.5, θs at 15°, 40° and 90°",
    standing: Standing::OnlyIf(
        "Σ, θ and σ are known; estimates from 40 rows of the target save about half as much",
    ),
    trials: 30,
    measure: error_saved,
};

/// The angle, the scheme, and the share of the error under uniform weights that it should save. With
/// known Σ, θ and σ as much as the best of fixed weights in an independent simulation of 400 trials.
const PLACES: [(f64, Weighting, Expectation); 5] = [
    (15.0, Weighting::Oracle, Expectation::About { value: 0.157, half: 0.013 }),
    (40.0, Weighting::Oracle, Expectation::About { value: 0.547, half: 0.018 }),
    (40.0, Weighting::PlugIn, Expectation::Above(0.1)),
    (90.0, Weighting::Oracle, Expectation::About { value: 0.748, half: 0.013 }),
    (90.0, Weighting::PlugIn, Expectation::Above(0.2)),
];

fn error_saved(trials: usize, cancel: &Cancel) -> Measured {
    let mut checks = Vec::new();
    for (angle, weighting, expected) in PLACES {
        let scenario = setting("two-tasks", &[("source.angle", angle)], trials)?;
        let own = scenario.approach();
        let approaches = [own, Approach { weighting, ..own }];
        let Some(found) = measure(&scenario, &approaches, cancel, |_| ()) else { return Ok(None) };
        let Some(measured) = found.approaches[1].beside_first.gain else { return Ok(None) };
        let what = format!("error saved over uniform, {} at {angle}°", weighting.name());
        checks.push(ClaimCheck { what, expected, measured, trials });
    }
    Ok(Some(checks))
}
