//! The linear tasks that one ReLU unit amounts to.
//!
//! In the limit of many rows and features the unit depends on the rows of a task through three means
//! over rows (see `rows`): how hard they hold the unit, how hard θ_i pulls it, and how much the pulls
//! fluctuate. A linear task with other numbers has the same three:
//!
//! ```text
//! rows   m_i κ_i         κ_i = −(1+δ_i) E ∂g_i/∂t
//! labels s_i θ_i         s_i = (1+δ_i) E ∂g_i/∂u / κ_i
//! noise  τ_i²            κ_i (τ_i² + bias_i + var_i) = (1+δ_i)² E g_i²
//! ```
//!
//! The slope of the training loss in the heads is the same as well, so that the best heads are those
//! of the linear tasks. κ, s and τ depend on the fit, and the fit on them: a fixed point.

use nalgebra::{DMatrix, DVector};

use super::rows::{Means, Row};
use crate::transfer::theory::{Tasks, Theory, TheoryPoint, TheorySetting};

/// Most steps to a fixed point, and the change of a share at which they end.
const STEPS: usize = 60;
const ARRIVED: f64 = 1e-5;
/// Most times that the heads are sought, and the distance between unit heads at which they stay.
const SEARCHES: usize = 12;
const SETTLED: f64 = 1e-3;

/// The linear tasks, one value for each in every list.
#[derive(Debug, Clone)]
pub(super) struct LinearTasks {
    /// κ_i.
    kept: Vec<f64>,
    /// s_i.
    factor: Vec<f64>,
    /// τ_i².
    noise: Vec<f64>,
}

/// The fit of a task by one ReLU unit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fit {
    /// `θ̂ᵀΣθ̂`.
    pub(super) length: f64,
    /// `θ̂ᵀΣθ`.
    pub(super) overlap: f64,
    /// δ times the share of rows between keeping and letting go, about.
    pub(super) choice: f64,
}

/// The fixed point for k tasks.
#[derive(Debug)]
pub(super) struct Balance {
    /// The theory of the linear tasks, and their setting.
    pub(super) theory: Theory,
    pub(super) setting: TheorySetting,
    /// The heads of the tasks (k × 1).
    pub(super) heads: DMatrix<f64>,
    /// The mean fit of every task.
    pub(super) fits: Vec<Fit>,
}

impl Balance {
    /// The balance of tasks with signals `θᵀΣθ`; `None` if none is reached.
    pub(super) fn of(theory: &Theory, setting: &TheorySetting, signals: &[f64]) -> Option<Self> {
        let noise: Vec<f64> = setting.noise.iter().map(|sigma| sigma * sigma).collect();
        let k = signals.len();
        let mut tasks = LinearTasks { kept: vec![0.5; k], factor: vec![1.0; k], noise };
        let (mut of_tasks, mut of_rows) = tasks.problem(theory, setting);
        let (mut heads, _) = of_tasks.best_heads(&of_rows);
        for _ in 0..SEARCHES {
            let fits = tasks.settle(theory, setting, signals, &heads)?;
            (of_tasks, of_rows) = tasks.problem(theory, setting);
            let (next, _) = of_tasks.best_heads(&of_rows);
            let turned = if next.dot(&heads) < 0.0 { -next } else { next };
            let moved = (&turned - &heads).norm();
            heads = turned;
            if moved < SETTLED {
                return Some(Self { theory: of_tasks, setting: of_rows, heads, fits });
            }
        }
        None
    }
}

impl LinearTasks {
    /// The linear tasks, for the theory.
    fn problem(&self, theory: &Theory, setting: &TheorySetting) -> (Theory, TheorySetting) {
        let samples = setting.samples.iter().zip(&self.kept).map(|(rows, kept)| rows * kept);
        let setting = TheorySetting {
            samples: samples.collect(),
            noise: self.noise.iter().map(|square| square.sqrt()).collect(),
            ..setting.clone()
        };
        let factors = DVector::from_column_slice(&self.factor);
        let tasks = match &theory.tasks {
            Tasks::Two(tasks) => Tasks::Two(tasks.scaled(&factors)),
            Tasks::Many(tasks) => Tasks::Many(tasks.scaled(&factors)),
            Tasks::Dense(tasks) => Tasks::Dense(tasks.scaled(&factors)),
        };
        (Theory { tasks, alone: theory.alone.clone() }, setting)
    }

    /// Steps to the fixed point at some heads.
    fn settle(
        &mut self,
        theory: &Theory,
        setting: &TheorySetting,
        signals: &[f64],
        heads: &DMatrix<f64>,
    ) -> Option<Vec<Fit>> {
        for _ in 0..STEPS {
            let (of_tasks, of_rows) = self.problem(theory, setting);
            let at = of_tasks.at(&of_rows, heads);
            let mut moved: f64 = 0.0;
            let mut fits = Vec::with_capacity(signals.len());
            for (i, signal) in signals.iter().enumerate() {
                let (fit, by) = self.step(i, &at, *signal, setting.noise[i], theory.dimension());
                moved = moved.max(by);
                fits.push(fit);
            }
            if !moved.is_finite() {
                return None;
            }
            if moved < ARRIVED {
                return Some(fits);
            }
        }
        None
    }

    /// One step for task i: its fit, and how far its linear task moved.
    fn step(&mut self, i: usize, at: &TheoryPoint, signal: f64, noise: f64, d: f64) -> (Fit, f64) {
        let variance = at.variance[i] / (1.0 - at.delta[i] / d);
        let overlap = at.overlap[i] / self.factor[i];
        let row = Row {
            signal,
            length: at.length[i] + variance,
            overlap,
            noise: noise * noise,
            delta: at.delta[i],
        };
        let Means { kept, agreeing, square } = row.means();
        let factor = agreeing / kept;
        let moved = (kept - self.kept[i]).abs().max((factor - self.factor[i]).abs());
        self.kept[i] = kept;
        self.factor[i] = factor;
        self.noise[i] = (square / kept - at.bias[i] - variance).max(0.0);
        let choice = at.delta[i] * (0.5 - kept);
        (Fit { length: at.length[i], overlap, choice }, moved)
    }
}

/// The fit of a task with m rows and d features that is trained alone, its variance included; `None`
/// with too few rows.
pub(super) fn alone(signal: f64, samples: f64, d: f64, noise: f64) -> Option<Fit> {
    let (mut kept, mut factor, mut square) = (0.5, 1.0, noise * noise);
    for _ in 0..STEPS {
        let delta = d / (samples * kept - d);
        let left = 1.0 - delta / d;
        if delta <= 0.0 || left <= 0.0 {
            return None;
        }
        let variance = d * square / (samples * kept * kept * left);
        let (length, overlap) = (factor * factor * signal + variance, factor * signal);
        let row = Row { signal, length, overlap, noise: noise * noise, delta };
        let means = row.means();
        let moved = (means.kept - kept).abs();
        (kept, factor, square) = (means.kept, means.agreeing / means.kept, means.square);
        if moved < ARRIVED {
            return Some(Fit { length, overlap, choice: delta * (0.5 - kept) });
        }
    }
    None
}
