//! One ReLU unit: near its optimum it is a linear unit that sees about half of the rows.
//!
//! A row with Gaussian entries has `Bᵀx > 0` with chance one half, and such rows have the second
//! moments Σ_i of all rows. Where the unit keeps the same rows as the labels `max(θ_iᵀx, 0)`, both are
//! linear there. So a task is about a linear one with m_i/2 rows. How many rows, which θ and how much
//! noise it has exactly, in the limit of many rows and features, is a fixed point: the unit chooses
//! the rows that it keeps, and so follows noise a little more, and θs that keep other rows pull it
//! a little less (see `balance`, and for the means over rows `rows`). The equations are those of
//! state evolution for a loss that is not convex, and hold while few rows lie between keeping and
//! letting go.
//!
//! The risk of a unit with the lengths `n² = θᵀΣθ` and `l² = θ̂ᵀΣθ̂` and the angle φ between both in the
//! metric Σ is (Cho & Saul, NeurIPS 2009)
//!
//! ```text
//! ½ (n² + l²) − nl (sin φ + (π − φ) cos φ)/π
//! ```
//!
//! Bias is the risk of the mean fit, and the variance adds to l². The head is that of the linear tasks,
//! halved.

mod balance;
mod rows;

use std::f64::consts::PI;

use super::{Prediction, Theory, TheorySetting};
use balance::{Balance, Fit};

/// The least cosine of φ_i at the optimum, for every task; all heads have the same sign.
const COSINE: f64 = 0.8;
/// Fewest rows of a target for every feature.
const ROWS: f64 = 4.0;
/// The largest `choice` of a task.
const CHOICE: f64 = 0.02;
/// How far predicted risks are off, as a share: in any case, and for each unit of `choice`.
const DOUBT: f64 = 0.02;
const DOUBT_BY_CHOICE: f64 = 2.0;

impl Theory {
    /// The prediction for each of some tasks with one ReLU unit and labels `max(θᵀx, 0)` plus noise,
    /// or the reason why there is none.
    pub fn predict_each_relu(
        &self,
        setting: &TheorySetting,
        targets: &[usize],
    ) -> Vec<Result<Prediction, &'static str>> {
        let signals: Vec<f64> = self.alone.iter().map(|alone| alone.signal()).collect();
        if targets.iter().all(|&target| setting.samples[target] < ROWS * self.dimension()) {
            return vec![Err(FEW_ROWS); targets.len()];
        }
        let Some(balance) = Balance::of(self, setting, &signals) else {
            return vec![Err("with ReLU it needs more rows, or less noise"); targets.len()];
        };
        let Balance { heads, fits, .. } = &balance;
        let keeps_the_same = |i: usize| {
            let Fit { length, overlap, .. } = fits[i];
            heads[i] * heads[0] > 0.0 && overlap >= COSINE * (signals[i] * length).sqrt()
        };
        if !(0..fits.len()).all(keeps_the_same) {
            return vec![Err(OTHER_ROWS); targets.len()];
        }
        let linear = balance.theory.predict_each(&balance.setting, targets);
        let of_target = |(&target, linear): (&usize, Result<Prediction, _>)| {
            self.relu(setting, target, signals[target], (fits[target], linear?))
        };
        targets.iter().zip(linear).map(of_target).collect()
    }

    /// The prediction for a target from its fit and that for its linear task.
    fn relu(
        &self,
        setting: &TheorySetting,
        target: usize,
        signal: f64,
        (fit, linear): (Fit, Prediction),
    ) -> Result<Prediction, &'static str> {
        let (samples, noise) = (setting.samples[target], setting.noise[target]);
        if samples < ROWS * self.dimension() {
            return Err(FEW_ROWS);
        }
        let alone = balance::alone(signal, samples, self.dimension(), noise).ok_or(MUCH_NOISE)?;
        let choice = alone.choice.max(fit.choice);
        if choice > CHOICE {
            return Err(MUCH_NOISE);
        }
        let single = risk(signal, alone.length, alone.overlap);
        let bias = risk(signal, fit.length, fit.overlap);
        let variance = risk(signal, fit.length + linear.variance, fit.overlap) - bias;
        let found = Prediction::new(single, bias, variance, 0.5 * linear.head);
        let share = DOUBT + DOUBT_BY_CHOICE * choice;
        Ok(found.within((0.5 * linear.doubt).hypot(share * found.multi)))
    }
}

const FEW_ROWS: &str = "with ReLU it needs four rows of the target for every feature";
const MUCH_NOISE: &str = "with ReLU it needs labels of the target with less noise, or more rows";
const OTHER_ROWS: &str = "with ReLU the unit and the θ of every task must keep about the same rows";

/// The excess risk of a ReLU unit from `θᵀΣθ`, `θ̂ᵀΣθ̂` and `θ̂ᵀΣθ`.
fn risk(signal: f64, length: f64, overlap: f64) -> f64 {
    let both = (signal * length).sqrt();
    0.5 * (signal + length) - both * kernel((overlap / both).min(1.0))
}

/// The mean product of two ReLU functions of unit length, twice, with this cosine of their angle.
fn kernel(cosine: f64) -> f64 {
    let angle = cosine.acos();
    (angle.sin() + (PI - angle) * cosine) / PI
}
