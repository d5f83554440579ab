//! One ReLU unit: near its optimum it is a linear unit that sees half of the rows.
//!
//! A row with Gaussian entries has `Bᵀx > 0` with chance one half, and such rows have the second
//! moments Σ_i of all rows. Where the unit keeps the same rows as the labels `max(θ_iᵀx, 0)`, both are
//! linear there, so that the task is a linear one with m_i/2 rows, and half of its risk counts:
//!
//! ```text
//! risk_i(m_1 … m_k) = ½ risk_i^linear(m_1/2 … m_k/2)
//! ```
//!
//! with two changes: the bias is that of ReLU functions (Cho & Saul, NeurIPS 2009), with the lengths
//! `n² = θ_iᵀΣ_iθ_i` and `l² = θ̂_iᵀΣ_iθ̂_i`, and the angle φ_i between both in the metric Σ_i:
//!
//! ```text
//! bias_i = n² + l² − 2nl (sin φ_i + (π − φ_i) cos φ_i)/π
//! ```
//!
//! and noise costs more, because the unit chooses the rows that it keeps: a model whose risk is e turns
//! by about `φ = √(e/n²)`, and so decides on a share φ/π of the rows. Variance, and the risk alone,
//! grow by that share, which is a rule found by measuring. That the θs pull the unit less where they
//! keep other rows is left out. The approximation is our own; its limits below are measured.

use std::f64::consts::PI;

use super::{Prediction, Theory, TheorySetting};

/// The least cosine of φ_i at the optimum, for every task; all heads have the same sign.
const COSINE: f64 = 0.95;
/// The largest risk of a target alone, as a share of `θᵀΣθ`.
const NOISE: f64 = 0.3;
/// Fewest rows of a target for every feature.
const ROWS: f64 = 4.0;
/// How far predicted risks are off, as a share, in any case.
const DOUBT: f64 = 0.03;
/// The same for each unit of the difference between the angles of joint and single-task models.
const DOUBT_BY_ANGLE: f64 = 0.15;
/// The same if a task has fewer than 2d rows.
const DOUBT_OF_FEW: f64 = 0.12;

impl Theory {
    /// The prediction for each of some tasks with one ReLU unit and labels `max(θᵀx, 0)` plus noise,
    /// or the reason why there is none.
    pub fn predict_each_relu(
        &self,
        setting: &TheorySetting,
        targets: &[usize],
    ) -> Vec<Result<Prediction, &'static str>> {
        let samples = setting.samples.iter().map(|rows| 0.5 * rows).collect();
        let half = TheorySetting { samples, ..setting.clone() };
        let found = self.predict_each(&half, targets);
        if found.iter().all(Result::is_err) {
            return found;
        }
        let (heads, _) = self.best_heads(&half);
        let point = self.at(&half, &heads);
        let signal = |i: usize| point.bias[i] + 2.0 * point.overlap[i] - point.length[i];
        let cosine = |i: usize| point.overlap[i] / (point.length[i] * signal(i)).sqrt();
        let is_alike = |i: usize| heads[i] * heads[0] > 0.0 && cosine(i) >= COSINE;
        let keep_the_same = (0..setting.samples.len()).all(is_alike);
        let bias = |i: usize| {
            let lengths = (signal(i) * point.length[i]).sqrt();
            signal(i) + point.length[i] - 2.0 * lengths * kernel(cosine(i).min(1.0))
        };
        let of_target = |(&target, found): (&usize, Result<Prediction, &'static str>)| {
            let linear = found?;
            let features = self.alone[target].dimension() as f64;
            if setting.samples[target] < ROWS * features {
                Err("with ReLU it needs four rows of the target for every feature")
            } else if linear.single > NOISE * signal(target) {
                Err("with ReLU it needs labels of the target with less noise")
            } else if !keep_the_same {
                Err("with ReLU the unit and the θ of every task must keep about the same rows")
            } else {
                let few = setting.samples.iter().any(|rows| *rows < 2.0 * features);
                Ok(halved(Prediction { bias: bias(target), ..linear }, signal(target), few))
            }
        };
        targets.iter().zip(found).map(of_target).collect()
    }
}

/// The mean product of two ReLU functions of unit length, twice, with this cosine of their angle.
fn kernel(cosine: f64) -> f64 {
    let angle = cosine.acos();
    (angle.sin() + (PI - angle) * cosine) / PI
}

/// Half of the risks of a linear unit, with the doubt of the approximation.
fn halved(linear: Prediction, signal: f64, few: bool) -> Prediction {
    let angle = |risk: f64| (risk / signal).sqrt();
    let chosen = |risk: f64| 1.0 + angle(risk) / PI;
    let [alone, together] = [chosen(linear.single), chosen(linear.multi)];
    let by_angle = DOUBT_BY_ANGLE * (angle(linear.multi) - angle(linear.single)).abs();
    let share = DOUBT + by_angle + if few { DOUBT_OF_FEW } else { 0.0 };
    let doubt = linear.doubt.hypot(share * linear.multi);
    let variance = together * linear.variance;
    let [single, bias, variance, head, doubt] =
        [alone * linear.single, linear.bias, variance, linear.head, doubt].map(|risk| 0.5 * risk);
    Prediction::new(single, bias, variance, head).within(doubt)
}
