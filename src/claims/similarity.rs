//! Covariance similarity (eq. 5) for the pairs of tasks in Figure 3.

use crate::cancel::Cancel;
use crate::claims::check::{ClaimCheck, Expectation};
use crate::claims::claim::{Measured, PaperClaim, Standing, setting};
use crate::math::stats;
use crate::transfer::similarity::{KEPT_SHARE, PrincipalSpread};

pub(super) const SELF_SCORES: PaperClaim = PaperClaim {
    id: "similarity",
    statement: "Covariance similarity is highest for equal covariances",
    source: "eq. 5",
    setting: "the populations of Figure 3, 99 % of the trace kept",
    standing: Standing::OnlyIf("it is normalised: raw self-scores are 1/√(effective rank)"),
    trials: 20,
    measure,
};

/// Expected raw and normalised scores of the target with each source, and their tolerance.
const PAIRS: [(&str, f64, f64, f64); 3] = [
    ("fig3-task2", 0.316, 1.0, 0.005),
    ("fig3-task3", 0.0, 0.0, 0.005),
    ("fig3-task4", 0.10, 0.31, 0.03),
];

fn measure(trials: usize, cancel: &Cancel) -> Measured {
    let mut checks = Vec::new();
    for (preset, raw, normalised, half) in PAIRS {
        let scenario = setting(preset, &[], trials)?;
        let mut scores = [Vec::new(), Vec::new()];
        for trial in 0..trials {
            if cancel.is_cancelled() {
                return Ok(None);
            }
            let population = scenario.population(trial);
            let spreads = scenario
                .pair()
                .map(|i| PrincipalSpread::of(&population.tasks[i].covariance(), KEPT_SHARE));
            let [Some(target), Some(source)] = spreads else { return Ok(None) };
            let found = target.similarity(&source);
            scores[0].push(found.score);
            scores[1].push(found.normalised);
        }
        let named = [("raw", raw), ("normalised", normalised)];
        for ((name, value), scores) in named.into_iter().zip(&scores) {
            checks.push(ClaimCheck {
                what: format!("{name} score of target and {preset}"),
                expected: Expectation::About { value, half },
                measured: stats::interval(scores),
                trials,
            });
        }
    }
    Ok(Some(checks))
}
