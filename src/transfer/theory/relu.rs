//! One ReLU unit: a linear unit that sees half of the rows.
//!
//! A row with Gaussian entries has `Bᵀx > 0` with chance one half, and such rows have the second
//! moments Σ_i of all rows. On them the unit is linear, so that each task is a linear one with m_i/2
//! rows, and half of its risk counts. The labels `max(θ_iᵀx, 0)` are linear there as well if the unit
//! keeps the same rows. At an angle φ_i between θ_i and θ̂_i in the metric Σ_i it keeps other rows,
//! and what is linear in the labels of those that it keeps is
//!
//! ```text
//! θ_i* = (1 − φ_i/π) θ_i + (sin φ_i/π)(n/l) θ̂_i,   n² = θ_iᵀΣ_iθ_i,  l² = θ̂_iᵀΣ_iθ̂_i
//! ```
//!
//! (Stein's lemma). The rest of these labels counts as noise. Its variance is
//! `n² (π − φ_i + sin φ_i cos φ_i)/π − θ_i*ᵀΣ_iθ_i*`. The angles follow from the fit to the θ_i*, and the
//! θ_i* from the angles: a fixed point. The bias is that of ReLU functions (Cho & Saul, NeurIPS 2009),
//!
//! ```text
//! bias_i = n² + l² − 2nl (sin φ_i + (π − φ_i) cos φ_i)/π
//! ```
//!
//! and noise costs more, because the unit chooses the rows that it keeps: a model whose risk is e turns
//! by about `φ = √(e/n²)`, and so decides on a share φ/π of the rows. Variance, and the risk alone,
//! grow by that share, which is a rule found by measuring. The approximation is our own; its limits
//! below are measured.

use std::f64::consts::PI;

use nalgebra::{Const, DefaultAllocator, Dim, Dyn, OVector};

use super::equations::Equations;
use super::heads::Minimize;
use super::outlook::Outlook;
use super::sizes::Sizes;
use super::spectrum::Spectrum;
use super::{Prediction, Tasks, Theory, TheorySetting};

/// The least cosine of φ_i, for every task; all heads have the same sign.
const COSINE: f64 = 0.8;
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
/// Most rounds to the fixed point, and the change of an angle at which it is reached.
const ROUNDS: usize = 8;
const STILL: f64 = 1e-3;

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
        let gaps: Vec<_> = targets.iter().map(|&target| self.gap(&half, target)).collect();
        if let Some(gaps) = gaps.iter().copied().collect::<Option<Vec<_>>>() {
            return gaps.into_iter().map(Err).collect();
        }
        let (outlooks, units) = match &self.tasks {
            Tasks::Two(tasks) => fixed_point(tasks, &half, (Const::<2>, Const::<1>), targets),
            Tasks::Many(tasks) => {
                fixed_point(tasks, &half, (Dyn(samples_of(&half)), Dyn(1)), targets)
            }
            Tasks::Dense(tasks) => {
                fixed_point(tasks, &half, (Dyn(samples_of(&half)), Dyn(1)), targets)
            }
        };
        let of_target = |((&target, gap), outlook): ((&usize, Option<_>), Outlook)| {
            let signal = units[target].signal;
            let linear = match gap {
                Some(gap) => Err(gap),
                None => self.unless_doubted(&half, target, (outlook, signal)),
            }?;
            let features = self.alone[target].dimension() as f64;
            if setting.samples[target] < ROWS * features {
                Err("with ReLU it needs four rows of the target for every feature")
            } else if linear.single > NOISE * signal {
                Err("with ReLU it needs labels of the target with less noise")
            } else if units.iter().any(|unit| unit.is_opposed || unit.angle.cos() < COSINE) {
                Err("with ReLU the unit and the θ of every task must keep about the same rows")
            } else {
                let few = setting.samples.iter().any(|rows| *rows < 2.0 * features);
                Ok(halved(Prediction { bias: units[target].bias(), ..linear }, signal, few))
            }
        };
        targets.iter().zip(gaps).zip(outlooks).map(of_target).collect()
    }
}

fn samples_of(setting: &TheorySetting) -> usize {
    setting.samples.len()
}

/// How the unit and the labels of a task go together.
#[derive(Clone, Copy)]
struct Unit {
    /// n².
    signal: f64,
    /// l².
    length: f64,
    /// φ.
    angle: f64,
    /// True if the head has the other sign than that of the first task.
    is_opposed: bool,
}

impl Unit {
    /// The factors of θ and of θ̂ in θ*.
    fn pull(&self) -> [f64; 2] {
        [1.0 - self.angle / PI, self.angle.sin() / PI * (self.signal / self.length).sqrt()]
    }

    /// The variance of what is not linear in the labels of the rows that the unit keeps.
    fn rest(&self) -> f64 {
        let (sin, cos) = self.angle.sin_cos();
        let linear = (1.0 - self.angle / PI).powi(2)
            + 2.0 * (1.0 - self.angle / PI) * sin * cos / PI
            + (sin / PI).powi(2);
        (self.signal * ((PI - self.angle + sin * cos) / PI - linear)).max(0.0)
    }

    fn bias(&self) -> f64 {
        let (sin, cos) = self.angle.sin_cos();
        let product = (self.signal * self.length).sqrt();
        self.signal + self.length - 2.0 * product * (sin + (PI - self.angle) * cos) / PI
    }
}

/// The outlook of each target at the fixed point, and the unit for every task.
fn fixed_point<K: Dim, R: Dim, S: Spectrum<K, R> + Clone>(
    spectrum: &S,
    setting: &TheorySetting,
    (k, r): (K, R),
    targets: &[usize],
) -> (Vec<Outlook>, Vec<Unit>)
where
    DefaultAllocator: Sizes<K, R>,
    for<'a> Equations<'a, K, R, S>: Minimize<K, R>,
{
    let signals = spectrum.signals();
    let list = |of: &dyn Fn(usize) -> f64| OVector::from_fn_generic(k, Const::<1>, |i, _| of(i));
    let mut labels = spectrum.clone();
    let mut units: Vec<Unit> = Vec::new();
    for round in 1.. {
        let mut equations = setting.equations(&labels, k, r);
        units.iter().enumerate().for_each(|(i, unit)| equations.noise[i] += unit.rest());
        let minima = equations.minima();
        let point = equations.at(&minima.best);
        let unit = |i: usize| {
            let (signal, length) = (signals[(i, i)], point.length[i]);
            let [own, fitted] = units.get(i).map_or([1.0, 0.0], Unit::pull);
            let overlap = (point.overlap[i] - fitted * length) / own;
            let cosine = (overlap / (signal * length).sqrt()).clamp(-1.0, 1.0);
            let is_opposed = minima.best[(i, 0)] * minima.best[(0, 0)] < 0.0;
            Unit { signal, length, angle: cosine.acos(), is_opposed }
        };
        let next: Vec<Unit> = (0..setting.samples.len()).map(unit).collect();
        let moved = |(one, other): (&Unit, &Unit)| (one.angle - other.angle).abs() > STILL;
        let is_moving = units.is_empty() || units.iter().zip(&next).any(moved);
        if round == ROUNDS || !is_moving {
            let outlook = |&target: &usize| Outlook::of(&equations, target, &minima);
            return (targets.iter().map(outlook).collect(), next);
        }
        units = next;
        let [own, fitted] = [0, 1].map(|part| list(&|i| units[i].pull()[part]));
        labels = spectrum.relabelled(&labels, &equations.fit(&minima.best), &own, &fitted);
    }
    unreachable!("the last round returns")
}

/// Half of the risks of a linear unit, with the doubt of the approximation.
fn halved(linear: Prediction, signal: f64, few: bool) -> Prediction {
    let angle = |risk: f64| (risk / signal).sqrt();
    let chosen = |risk: f64| 1.0 + angle(risk) / PI;
    let multi = linear.bias + linear.variance + linear.head;
    let [alone, together] = [chosen(linear.single), chosen(multi)];
    let by_angle = DOUBT_BY_ANGLE * (angle(multi) - angle(linear.single)).abs();
    let share = DOUBT + by_angle + if few { DOUBT_OF_FEW } else { 0.0 };
    let doubt = linear.doubt.hypot(share * multi);
    let variance = together * linear.variance;
    let [single, bias, variance, head, doubt] =
        [alone * linear.single, linear.bias, variance, linear.head, doubt].map(|risk| 0.5 * risk);
    Prediction::new(single, bias, variance, head).within(doubt)
}
