//! The theory line: transfer predicted without a single training, and why.
//!
//! Deterministic equivalents for k = 2, r = 1, linear model, squared loss and independent
//! Gaussian rows (compare Tiomoko, Couillet & Tiomoko, ICLR 2021). For fixed heads
//! `(w₁, w₂)` and `u_i = α_i w_i²`:
//!
//! ```text
//! δ_i    = u_i tr(Σ_i Q),  Q = (Σ_j u_j m_j/(1+δ_j) Σ_j)⁻¹
//! B̄      = Q Σ_j α_j w_j m_j/(1+δ_j) Σ_j θ_j
//! bias_i = (θ_i − w_i B̄)ᵀ Σ_i (θ_i − w_i B̄)
//! var_i  = w_i² Σ_j tr(Σ_i Q Σ_j Q) c_j ρ_j,  c_j = m_j α_j² w_j²/(1+δ_j)²
//! ρ_i    = σ_i² + bias_i + var_i
//! F̄      = Σ_i α_i m_i ρ_i/(1+δ_i)²
//! ```
//!
//! The heads minimise the training loss F̄; their own fluctuation adds
//! `head_i = ρ_i/m_i · (g_j/(g_1+g_2))²` with `g_i = u_i m_i/(1+δ_i) B̄ᵀΣ_iB̄` and j the other task.

use nalgebra::{DMatrix, DVector};
use serde::Serialize;

use crate::math::linalg::Pencil;
use crate::math::minimize;

/// Two populations reduced to what the theory needs of them: groups of directions in which both
/// covariances are diagonal and alike.
#[derive(Debug, Clone)]
pub struct Theory {
    dimension: usize,
    groups: Vec<Group>,
}

/// Directions with the same share of both covariances.
#[derive(Debug, Clone)]
struct Group {
    /// How many directions.
    count: f64,
    /// Σ_1 and Σ_2 along them.
    spread: [f64; 2],
    /// Sums of θ_iθ_j over them: (1,1), (1,2), (2,2).
    theta: [f64; 3],
}

/// Samples, noise and weight of each of the two tasks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Setting {
    /// Numbers of rows m_i.
    pub samples: [f64; 2],
    /// Label noise σ_i.
    pub noise: [f64; 2],
    /// Task weights α_i.
    pub weights: [f64; 2],
}

/// The equivalents at fixed heads; every pair holds one value per task.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Training loss F̄.
    pub loss: f64,
    /// δ_i.
    pub delta: [f64; 2],
    /// ρ_i: the risk including the label noise.
    pub rho: [f64; 2],
    /// bias_i.
    pub bias: [f64; 2],
    /// var_i.
    pub variance: [f64; 2],
    /// head_i.
    pub head: [f64; 2],
}

/// The predicted transfer to the first task.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Prediction {
    /// Expected single-task excess risk `σ₁² d/(m₁ − d − 1)`.
    pub single: f64,
    /// Expected excess risk of joint training: bias + variance + head.
    pub multi: f64,
    /// The part of it due to the difference between the tasks.
    pub bias: f64,
    /// The part due to the noise in the shared module.
    pub variance: f64,
    /// The part due to the freedom of the ratio of the heads.
    pub head: f64,
    /// `1 − multi/single`; not a number where the single-task risk is zero.
    pub gain: f64,
}

impl Prediction {
    /// Sums up a prediction from its parts.
    pub fn new(single: f64, bias: f64, variance: f64, head: f64) -> Self {
        let multi = bias + variance + head;
        Self {
            single,
            multi,
            bias,
            variance,
            head,
            gain: if single > 0.0 { 1.0 - multi / single } else { f64::NAN },
        }
    }

    /// Variance saved by sharing, as a share of the single-task risk: `gain = saved − added`.
    pub fn variance_saved(&self) -> f64 {
        (self.single - self.variance - self.head) / self.single
    }

    /// Bias added by sharing, as a share of the single-task risk.
    pub fn bias_added(&self) -> f64 {
        self.bias / self.single
    }

    /// The average over populations, part by part. `None` for no prediction at all.
    pub fn average(predictions: &[Self]) -> Option<Self> {
        let n = predictions.len() as f64;
        let of = |part: fn(&Self) -> f64| predictions.iter().map(part).sum::<f64>() / n;
        (!predictions.is_empty()).then(|| {
            Self::new(of(|p| p.single), of(|p| p.bias), of(|p| p.variance), of(|p| p.head))
        })
    }
}

impl Theory {
    /// Prepares the prediction for two tasks with row covariances Σ_i (d × d) and θ_i (d).
    pub fn new(covariances: [&DMatrix<f64>; 2], thetas: [&DVector<f64>; 2]) -> Self {
        let pencil = Pencil::new(covariances[0], covariances[1]);
        let sum = covariances[0] + covariances[1];
        let coordinates = thetas.map(|theta| pencil.basis.transpose() * (&sum * theta));
        let mut order: Vec<usize> = (0..pencil.first.len()).collect();
        order.sort_by(|&i, &j| pencil.first[i].total_cmp(&pencil.first[j]));
        let mut groups: Vec<Group> = Vec::new();
        for i in order {
            let share = pencil.first[i];
            let (a, b) = (coordinates[0][i], coordinates[1][i]);
            match groups.last_mut() {
                Some(group) if same_share(group.spread[0], share) => {
                    group.count += 1.0;
                    group.theta[0] += a * a;
                    group.theta[1] += a * b;
                    group.theta[2] += b * b;
                }
                _ => groups.push(Group {
                    count: 1.0,
                    spread: [share, 1.0 - share],
                    theta: [a * a, a * b, b * b],
                }),
            }
        }
        Self { dimension: thetas[0].len(), groups }
    }

    /// The prediction for the first task. `None` for `m₁ ≤ d + 1`, where the expected single-task
    /// risk does not exist.
    pub fn predict(&self, setting: &Setting) -> Option<Prediction> {
        let single = single_task_risk(self.dimension, setting.samples[0], setting.noise[0])?;
        let (heads, _) = self.best_heads(setting);
        let point = self.at(setting, heads);
        Some(Prediction::new(single, point.bias[0], point.variance[0], point.head[0]))
    }

    /// The unit heads with the least training loss F̄, and that loss.
    pub fn best_heads(&self, setting: &Setting) -> ([f64; 2], f64) {
        let strength = |g: &Group, i: usize| setting.weights[i] * setting.samples[i] * g.spread[i];
        let logs = self.groups.iter().map(|g| 0.5 * (strength(g, 0) / strength(g, 1)).ln());
        let (low, high) = logs
            .filter(|log| log.is_finite())
            .fold((0.0_f64, 0.0_f64), |(low, high), log| (low.min(log), high.max(log)));
        minimize::over_two_heads(low - 5.0..=high + 5.0, |w| self.at(setting, w).loss)
    }

    /// The equivalents at given heads `(w₁, w₂)`.
    pub fn at(&self, setting: &Setting, w: [f64; 2]) -> Point {
        let Setting { samples, noise, weights } = *setting;
        let u = [weights[0] * w[0] * w[0], weights[1] * w[1] * w[1]];
        let delta = self.fixed_point(samples, u);
        let pull = [0, 1].map(|i| samples[i] / (1.0 + delta[i]));
        let strength = [0, 1].map(|i| u[i] * pull[i]);
        let traces = self.traces(strength);
        let (bias, shared) = self.bias(w, [0, 1].map(|i| weights[i] * w[i] * pull[i]), strength);
        let c = [0, 1].map(|j| weights[j] * u[j] * pull[j] / (1.0 + delta[j]));
        let coupling = |i: usize, j: usize| w[i] * w[i] * traces.second[i + j] * c[j];
        let rho = solve_two(
            [[1.0 - coupling(0, 0), -coupling(0, 1)], [-coupling(1, 0), 1.0 - coupling(1, 1)]],
            [0, 1].map(|i| noise[i] * noise[i] + bias[i]),
        );
        let variance = [0, 1].map(|i| coupling(i, 0) * rho[0] + coupling(i, 1) * rho[1]);
        let g = [0, 1].map(|i| strength[i] * shared[i]);
        let head = [0, 1].map(|i| rho[i] / samples[i] * (g[1 - i] / (g[0] + g[1])).powi(2));
        let loss = (0..2).map(|i| weights[i] * pull[i] * rho[i] / (1.0 + delta[i])).sum();
        Point { loss, delta, rho, bias, variance, head }
    }

    /// δ_i = u_i tr(Σ_i Q), from δ = 0: plain iteration, with a Newton step wherever that stays
    /// above the iterate (the map is increasing and its fixed point is approached from below).
    fn fixed_point(&self, samples: [f64; 2], u: [f64; 2]) -> [f64; 2] {
        let mut delta = [0.0; 2];
        for _ in 0..500 {
            let pull = [0, 1].map(|i| samples[i] / (1.0 + delta[i]));
            let traces = self.traces([u[0] * pull[0], u[1] * pull[1]]);
            let next = [0, 1].map(|i| u[i] * traces.first[i]);
            let gap = [next[0] - delta[0], next[1] - delta[1]];
            if (0..2).all(|i| gap[i].abs() <= 1e-13 * (1.0 + next[i])) {
                return next;
            }
            let slope = |i: usize, j: usize| {
                u[i] * u[j] * pull[j] / (1.0 + delta[j]) * traces.second[i + j]
            };
            let newton = solve_two(
                [[1.0 - slope(0, 0), -slope(0, 1)], [-slope(1, 0), 1.0 - slope(1, 1)]],
                gap,
            );
            let stable = slope(0, 0) + slope(1, 1) < 1.0
                && (0..2).all(|i| newton[i].is_finite() && delta[i] + newton[i] >= 0.0);
            delta = if stable { [delta[0] + newton[0], delta[1] + newton[1]] } else { next };
        }
        delta
    }

    /// Traces with `Q = (Σ_i strength_i Σ_i)⁻¹`.
    fn traces(&self, strength: [f64; 2]) -> Traces {
        let mut traces = Traces { first: [0.0; 2], second: [0.0; 3] };
        for g in &self.groups {
            let q = 1.0 / (strength[0] * g.spread[0] + strength[1] * g.spread[1]);
            let (a, b) = (g.spread[0] * q, g.spread[1] * q);
            traces.first[0] += g.count * a;
            traces.first[1] += g.count * b;
            traces.second[0] += g.count * a * a;
            traces.second[1] += g.count * a * b;
            traces.second[2] += g.count * b * b;
        }
        traces
    }

    /// bias_i and B̄ᵀΣ_iB̄, where `B̄ = Q Σ_j drive_j Σ_j θ_j`.
    fn bias(&self, w: [f64; 2], drive: [f64; 2], strength: [f64; 2]) -> ([f64; 2], [f64; 2]) {
        let (mut bias, mut shared) = ([0.0; 2], [0.0; 2]);
        for g in &self.groups {
            let q = 1.0 / (strength[0] * g.spread[0] + strength[1] * g.spread[1]);
            let p = [drive[0] * g.spread[0] * q, drive[1] * g.spread[1] * q];
            let form =
                |x: f64, y: f64| x * x * g.theta[0] + 2.0 * x * y * g.theta[1] + y * y * g.theta[2];
            bias[0] += g.spread[0] * form(1.0 - w[0] * p[0], -w[0] * p[1]);
            bias[1] += g.spread[1] * form(-w[1] * p[0], 1.0 - w[1] * p[1]);
            let length = form(p[0], p[1]);
            shared[0] += g.spread[0] * length;
            shared[1] += g.spread[1] * length;
        }
        (bias, shared)
    }
}

/// tr(Σ_i Q), and tr(Σ_i Q Σ_j Q) at index i + j.
struct Traces {
    first: [f64; 2],
    second: [f64; 3],
}

/// Expected excess risk of least squares on m Gaussian rows with m > d + 1: `σ² d/(m − d − 1)`.
pub fn single_task_risk(dimension: usize, samples: f64, noise: f64) -> Option<f64> {
    let freedom = samples - dimension as f64 - 1.0;
    (freedom > 0.0).then(|| noise * noise * dimension as f64 / freedom)
}

fn same_share(a: f64, b: f64) -> bool {
    let close = |x: f64, y: f64| (x - y).abs() <= 1e-9 * x.max(y);
    close(a, b) && close(1.0 - a, 1.0 - b)
}

/// Solves a 2 × 2 system given by rows.
fn solve_two(rows: [[f64; 2]; 2], right: [f64; 2]) -> [f64; 2] {
    let [[a, b], [c, d]] = rows;
    let determinant = a * d - b * c;
    [(d * right[0] - b * right[1]) / determinant, (a * right[1] - c * right[0]) / determinant]
}
