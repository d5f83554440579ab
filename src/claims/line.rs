//! The theory line: transfer predicted without training.

use crate::cancel::Cancel;
use crate::claims::check::{ClaimCheck, outcome};
use crate::claims::claim::{Measured, PaperClaim, Standing, setting};
use crate::study::prediction::{POPULATIONS, predict};

pub(super) const THEORY_LINE: PaperClaim = PaperClaim {
    id: "theory-line",
    statement: "The gain can be predicted without training",
    source: "not in the paper",
    setting: "six presets at three values each; theory averaged over the trials' populations",
    standing: Standing::OnlyIf(
        "the rows are Gaussian, the model is linear and there are enough rows",
    ),
    trials: 60,
    measure,
};

/// Presets with a knob, its values, and the tolerance of the theory at this size.
const PLACES: &[(&str, &str, [f64; 3], f64)] = &[
    ("two-tasks", "source.angle", [0.0, 15.0, 45.0], 0.06),
    ("turning-data", "source.rotation", [0.0, 30.0, 90.0], 0.02),
    ("fig3-task2", "source.samples", [20.0, 400.0, 1e6], 0.01),
    ("fig3-task3", "source.samples", [20.0, 400.0, 1e6], 0.01),
    ("fig3-task4", "source.samples", [20.0, 400.0, 1e6], 0.01),
    ("capacity", "task.samples", [60.0, 100.0, 1000.0], 0.04),
];

fn measure(trials: usize, cancel: &Cancel) -> Measured {
    let mut checks = Vec::new();
    for (preset, knob, values, tolerance) in PLACES {
        for &value in values {
            let scenario = setting(preset, &[(knob, value)], trials)?;
            let Ok(prediction) = predict(&scenario, POPULATIONS) else { return Ok(None) };
            let Some(outcome) = outcome(&scenario, cancel)? else { return Ok(None) };
            let Some(gain) = outcome.gain else { return Ok(None) };
            let at = crate::math::digits::shown(value);
            let what = format!("gain, {preset} at {knob} {at}");
            checks.push(
                ClaimCheck::about(what, gain, prediction.gain, *tolerance).of(outcome.trials),
            );
        }
    }
    Ok(Some(checks))
}
