//! Covariance alignment, compared with the ridge baseline.

use crate::cancel::Cancel;
use crate::claims::check::{ClaimCheck, Expectation};
use crate::claims::claim::{Measured, PaperClaim, Standing, setting};
use crate::math::stats::{self, Interval};
use crate::method::Method;
use crate::study::measure::measure;
use crate::transfer::Outcome;

pub(super) const MILD: PaperClaim = PaperClaim {
    id: "alignment-mild",
    statement: "Aligning covariances improves on joint training",
    source: "section 2.3, Algorithm 1",
    setting: "d 20, distortions of condition 3, cos 0.99, m 30 and 1000, σ 0.5, 200 validation rows",
    standing: Standing::OnlyIf(
        "training is stopped early on validation rows; the optimum is single-task training",
    ),
    trials: 30,
    measure: |trials, cancel| {
        rows("alignment", [0.46, 0.19, 0.13, 0.26], [0.12, 0.04, 0.03, 0.04], trials, cancel)
    },
};

pub(super) const STRONG: PaperClaim = PaperClaim {
    id: "alignment-strong",
    statement: "Aligning covariances repairs joint training that hurts",
    source: "section 2.3, Algorithm 1",
    setting: "as alignment-mild, distortions of condition 10, m 60",
    standing: Standing::OnlyIf(
        "the baseline is joint training; ridge on the target alone does as well",
    ),
    trials: 30,
    measure: |trials, cancel| {
        rows("alignment-ridge", [0.12, 0.49, 0.10, 0.10], [0.02, 0.08, 0.02, 0.02], trials, cancel)
    },
};

/// Mean excess risks of the target: alone, joint, aligned and ridge.
fn rows(
    preset: &str,
    values: [f64; 4],
    halves: [f64; 4],
    trials: usize,
    cancel: &Cancel,
) -> Measured {
    let scenario = setting(preset, &[], trials)?;
    let approaches: Vec<_> = [Method::Align, Method::Joint, Method::Ridge]
        .map(|method| crate::method::Approach { method, ..scenario.approach() })
        .to_vec();
    let Some(found) = measure(&scenario, &approaches, cancel, |_| {}) else { return Ok(None) };
    let targets: Vec<Outcome> = found.approaches.iter().map(|measured| measured.targets).collect();
    let interval = |mean: stats::Mean| {
        let half = mean.half_width(trials);
        Interval { mean: mean.mean, low: mean.mean - half, high: mean.mean + half }
    };
    let measured = [
        ("alone", interval(targets[0].single)),
        ("joint", interval(targets[1].multi)),
        ("aligned", interval(targets[0].multi)),
        ("ridge", interval(targets[2].multi)),
    ];
    let mut checks: Vec<ClaimCheck> = measured
        .into_iter()
        .zip(values.into_iter().zip(halves))
        .map(|((name, measured), (value, half))| ClaimCheck {
            what: format!("error of the target, {name}"),
            expected: Expectation::About { value, half },
            measured,
            trials,
        })
        .collect();
    let over_joint = found.approaches[1].beside_first;
    if let Some(gain) = over_joint.gain {
        checks.push(ClaimCheck::below("gain of joint over aligned", gain, 0.0).of(trials));
    }
    Ok(Some(checks))
}
