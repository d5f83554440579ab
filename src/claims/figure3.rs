//! Figure 3: sources with equal θ and different rows; and the reversed result.

use crate::cancel::Cancel;
use crate::claims::check::{ClaimCheck, Expectation, gain};
use crate::claims::claim::{Measured, PaperClaim, Standing, setting};

const SETTING: &str = "d 100, κ 100, cos 0.96, m₁ 400, σ 0.75, width 1";
const PLACED: &str =
    "there is noise and θ₂ − θ₁ lies where the source is loud and the target quiet";

pub(super) const SAME: PaperClaim = PaperClaim {
    id: "figure-3-task-2",
    statement: "A source with the covariance of the target helps from the first rows on",
    source: "Figure 3, task 2",
    setting: SETTING,
    standing: Standing::OnlyIf(PLACED),
    trials: 60,
    measure: |trials, cancel| {
        gains(
            "fig3-task2",
            &[(20.0, 0.056, 0.011), (400.0, 0.457, 0.02), (1e6, 0.572, 0.014)],
            trials,
            cancel,
        )
    },
};

pub(super) const LOUD: PaperClaim = PaperClaim {
    id: "figure-3-task-3",
    statement: "A source that is loud elsewhere hurts with few rows and helps with many",
    source: "Figure 3, task 3",
    setting: SETTING,
    standing: Standing::OnlyIf(PLACED),
    trials: 60,
    measure: |trials, cancel| {
        gains(
            "fig3-task3",
            &[(20.0, -0.273, 0.025), (400.0, 0.164, 0.026), (1e6, 0.52, 0.016)],
            trials,
            cancel,
        )
    },
};

pub(super) const OTHER_AXES: PaperClaim = PaperClaim {
    id: "figure-3-task-4",
    statement: "A source with the same spectrum on other axes hurts with few rows, helps with many",
    source: "Figure 3, task 4",
    setting: SETTING,
    standing: Standing::OnlyIf(PLACED),
    trials: 60,
    measure: |trials, cancel| {
        gains(
            "fig3-task4",
            &[(20.0, -0.281, 0.026), (400.0, 0.155, 0.023), (1e6, 0.51, 0.015)],
            trials,
            cancel,
        )
    },
};

pub(super) const REVERSED: PaperClaim = PaperClaim {
    id: "figure-3-reversed",
    statement: "With a random pair of θs of the same cosine, the result is reversed",
    source: "not in the paper",
    setting: "as Figure 3, σ 1, random θ₁ and θ₂",
    standing: Standing::Reproduced,
    trials: 40,
    measure: reversed,
};

/// Checks of the gain at numbers of source rows: rows, reference value and half-width.
fn gains(preset: &str, at: &[(f64, f64, f64)], trials: usize, cancel: &Cancel) -> Measured {
    let mut checks = Vec::new();
    for &(rows, value, half) in at {
        let scenario = setting(preset, &[("source.samples", rows)], trials)?;
        let what = format!("gain at {} source rows", crate::math::digits::shown(rows));
        let Some(check) = gain(what, &scenario, Expectation::About { value, half }, cancel)? else {
            return Ok(None);
        };
        checks.push(check);
    }
    Ok(Some(checks))
}

fn reversed(trials: usize, cancel: &Cancel) -> Measured {
    let same = gains("random-pair", &[(20.0, -2.8, 0.5), (400.0, -56.0, 9.0)], trials, cancel)?;
    let turned = gains(
        "random-pair-turned",
        &[(20.0, 0.10, 0.02), (400.0, 0.48, 0.03), (1e6, -9.0, 2.0)],
        trials,
        cancel,
    )?;
    let named = |checks: Vec<ClaimCheck>, source: &str| -> Vec<ClaimCheck> {
        checks
            .into_iter()
            .map(|check| ClaimCheck { what: format!("{source}: {}", check.what), ..check })
            .collect()
    };
    Ok(same.zip(turned).map(|(same, turned)| {
        [named(same, "same covariance"), named(turned, "loud elsewhere")].concat()
    }))
}
