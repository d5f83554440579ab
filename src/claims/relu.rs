//! Figure 3 with ReLU units and ReLU labels.

use crate::cancel::Cancel;
use crate::claims::check::{Expectation, gain};
use crate::claims::claim::{Measured, PaperClaim, Standing, setting};

pub(super) const RELU: PaperClaim = PaperClaim {
    id: "relu-figure-3",
    statement: "ReLU units too: few rows of a misaligned source hurt, many help",
    source: "section 2.3",
    setting: "d 50, κ 100, cos 0.96, m₁ 400, σ 0.65, width 1",
    standing: Standing::OnlyIf("there is noise and θ₂ − θ₁ is placed as in Figure 3"),
    trials: 16,
    measure,
};

fn measure(trials: usize, cancel: &Cancel) -> Measured {
    let points = [
        ("relu-turned", 20.0, Expectation::About { value: -0.38, half: 0.08 }),
        ("relu-turned", 1000.0, Expectation::About { value: 0.19, half: 0.08 }),
        ("relu-same", 200.0, Expectation::About { value: 0.29, half: 0.06 }),
    ];
    let mut checks = Vec::new();
    for (preset, rows, expected) in points {
        let scenario = setting(preset, &[("source.samples", rows)], trials)?;
        let what = format!("gain, {preset}, {rows} source rows");
        let Some(check) = gain(what, &scenario, expected, cancel)? else { return Ok(None) };
        checks.push(check);
    }
    Ok(Some(checks))
}
