//! Merging models instead of training them together.

use crate::cancel::Cancel;
use crate::claims::check::{ClaimCheck, Expectation, gain};
use crate::claims::claim::{Measured, PaperClaim, Standing, setting};
use crate::method::{Approach, Method};

pub(super) const MERGING: PaperClaim = PaperClaim {
    id: "merging",
    statement: "Merging models uses a source as well as joint training does",
    source: "not in the paper; Ilharco et al., ICLR 2023",
    setting: "two tasks, d 20, 40 target and 400 source rows, noise 0.5, θs at 0°, 90° and 180°",
    standing: Standing::OnlyIf(
        "the θs point the same way; at 90° it does not hurt, at 180° it ignores the source",
    ),
    trials: 60,
    measure,
};

/// The angle, the method, and the expected gain.
const PLACES: &[(f64, Method, Expectation)] = &[
    (0.0, Method::Joint, Expectation::Above(0.85)),
    (0.0, Method::Merge, Expectation::Above(0.85)),
    (90.0, Method::Joint, Expectation::Below(-1.0)),
    (90.0, Method::Merge, Expectation::Above(-0.05)),
    (180.0, Method::Joint, Expectation::Above(0.85)),
    (180.0, Method::Merge, Expectation::Below(0.2)),
];

fn measure(trials: usize, cancel: &Cancel) -> Measured {
    let mut checks: Vec<ClaimCheck> = Vec::new();
    for &(angle, method, expected) in PLACES {
        let scenario = setting("two-tasks", &[("source.angle", angle)], trials)?;
        let scenario = scenario.trained_by(Approach { method, ..scenario.approach() })?;
        let what = format!("gain, {} at {angle}°", method.description().label);
        let Some(check) = gain(what, &scenario, expected, cancel)? else { return Ok(None) };
        checks.push(check);
    }
    Ok(Some(checks))
}
