//! Capacity: the best width of the shared module.

use crate::cancel::Cancel;
use crate::claims::check::{Expectation, gain};
use crate::claims::claim::{Measured, PaperClaim, Standing, setting};

pub(super) const CAPACITY: PaperClaim = PaperClaim {
    id: "capacity",
    statement: "With fewer units than tasks, an intermediate width transfers best",
    source: "section 2.2, Proposition 1",
    setting: "five tasks near a plane, isotropic rows, d 20, m 60, σ 0.7",
    standing: Standing::OnlyIf("there are about 3d to 5d rows; with very few, width 1 wins"),
    trials: 24,
    measure,
};

/// Mean gains measured with an independent reference (24 seeds): about −.50, .59, .33, .14, 0.
fn measure(trials: usize, cancel: &Cancel) -> Measured {
    let expected = [
        Expectation::About { value: -0.50, half: 0.1 },
        Expectation::About { value: 0.59, half: 0.03 },
        Expectation::About { value: 0.33, half: 0.03 },
        Expectation::About { value: 0.14, half: 0.03 },
        Expectation::About { value: 0.0, half: 1e-6 },
    ];
    let mut checks = Vec::new();
    for (i, expected) in expected.into_iter().enumerate() {
        let width = i + 1;
        let scenario = setting("capacity", &[("model.width", width as f64)], trials)?;
        let Some(check) = gain(format!("gain at width {width}"), &scenario, expected, cancel)?
        else {
            return Ok(None);
        };
        checks.push(check);
    }
    Ok(Some(checks))
}
