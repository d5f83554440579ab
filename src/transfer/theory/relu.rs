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
/// The largest error of a target alone, as a share of `θᵀΣθ`.
const MOST_ERROR: f64 = 0.15;
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
        let alone: Vec<Result<Fit, &'static str>> = targets
            .iter()
            .map(|&target| self.fit_alone(setting, target, signals[target]))
            .collect();
        let gaps: Vec<_> = alone.iter().map(|alone| alone.err()).collect();
        if let Some(gaps) = gaps.iter().copied().collect::<Option<Vec<_>>>() {
            return gaps.into_iter().map(Err).collect();
        }
        let Some(balance) = Balance::of(self, setting, &signals) else {
            return vec![Err(MUCH_NOISE); targets.len()];
        };
        let Balance { heads, fits, .. } = &balance;
        let keeps_the_same = |i: usize| {
            let Fit { length, overlap, .. } = fits[i];
            heads[i] * heads[0] > 0.0 && overlap >= COSINE * (signals[i] * length).sqrt()
        };
        if !(0..fits.len()).all(keeps_the_same) {
            return vec![Err(OTHER_ROWS); targets.len()];
        }
        let linear = balance.theory.predict_without(&balance.setting, targets, gaps);
        let of_target = |((&target, alone), linear): ((&usize, Result<Fit, _>), Result<_, _>)| {
            of_fits(signals[target], [alone?, fits[target]], linear?)
        };
        targets.iter().zip(alone).zip(linear).map(of_target).collect()
    }

    /// The fit of a target alone, or the reason why there is no prediction for it. What linear tasks
    /// lack is judged by half of the rows.
    fn fit_alone(
        &self,
        setting: &TheorySetting,
        target: usize,
        signal: f64,
    ) -> Result<Fit, &'static str> {
        let (samples, d) = (setting.samples[target], self.dimension());
        if samples < ROWS * d {
            return Err(FEW_ROWS);
        }
        let alone = balance::alone(signal, samples, d, setting.noise[target]);
        let is_moderate = |fit: &Fit| {
            fit.choice <= CHOICE && risk(signal, fit.length, fit.overlap) <= MOST_ERROR * signal
        };
        let alone = alone.filter(is_moderate).ok_or(MUCH_NOISE)?;
        let samples = setting.samples.iter().map(|rows| 0.5 * rows).collect();
        let half = TheorySetting { samples, ..setting.clone() };
        self.gap(&half, target).map_or(Ok(alone), Err)
    }
}

/// The prediction from the fits of a target alone and together, and that for its linear task.
fn of_fits(
    signal: f64,
    [alone, fit]: [Fit; 2],
    linear: Prediction,
) -> Result<Prediction, &'static str> {
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
