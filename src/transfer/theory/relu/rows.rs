//! What the rows of a task do to one ReLU unit.
//!
//! A row has the label `y = max(u, 0) + σz` with `u = θᵀx`, and the unit without that row predicts
//! `max(t, 0)` with `t = θ̂ᵀx`. With the row, t moves to
//!
//! ```text
//! argmin over τ of (τ − t)²/(2δ) + (y − max(τ, 0))²/2  =  t + δg
//! g = (y − t)/(1+δ)   if the unit keeps the row
//! g = −t/δ            if it lets the row just go, τ = 0
//! g = 0               otherwise
//! ```
//!
//! It keeps the row for `t > −δy`, and for `t > −(√(1+δ) − 1)y` if t is negative. So all means over
//! rows are integrals over two wedges of the plane of y and t, where for either sign of u the density
//! is normal times the chance of that sign. Along a ray they have closed forms; the angle is left to
//! a quadrature.

use std::f64::consts::{FRAC_PI_2, TAU};

/// The second moments of u and t, the noise variance of y, and δ.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    /// `E u² = θᵀΣθ`.
    pub(super) signal: f64,
    /// `E t²`.
    pub(super) length: f64,
    /// `E ut`.
    pub(super) overlap: f64,
    /// σ².
    pub(super) noise: f64,
    /// How much t follows y, relative to how much it resists.
    pub(super) delta: f64,
}

/// Means over rows.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Means {
    /// `−(1+δ) E ∂g/∂t`: the share of rows that pull linearly.
    pub(super) kept: f64,
    /// `(1+δ) E ∂g/∂u`: the share that pulls towards θ.
    pub(super) agreeing: f64,
    /// `(1+δ)² E g²`.
    pub(super) square: f64,
}

/// The plane of y and t for one sign of u, in coordinates in which both are standard normal.
struct Plane {
    /// The Cholesky factor of the covariance of y and t: two diagonal entries and the lower one.
    factor: [f64; 3],
    /// The direction in which the chance of the sign rises, and how steeply.
    uphill: f64,
    steep: f64,
}

impl Row {
    /// The means over rows.
    pub(super) fn means(&self) -> Means {
        let Self { signal, length, overlap, noise, delta } = *self;
        let tiny = 1e-12 * signal;
        let above =
            Plane::new([signal + noise.max(tiny), length, overlap], [signal, overlap], signal, 1.0);
        let below = Plane::new([noise.max(tiny), length, 0.0], [0.0, overlap], signal, -1.0);
        let grown = (1.0 + delta).sqrt();
        let edges = [(1.0, 1.0 - grown), (-1.0, delta), (-1.0, 0.0)];
        let mut means = Means::default();
        for (plane, positive) in [(above, true), (below, false)] {
            let [first, second, third] = edges.map(|edge| plane.angle(edge));
            let jump = plane.ray(edges[0]) * grown;
            let active = plane.wedge(first, second, &|(y, t)| [1.0, (y - t).powi(2)]);
            let left = plane.wedge(second, third, &|(_, t)| [1.0, t * t]);
            let ratio = (1.0 + delta) / delta;
            means.kept += active[0] + ratio * left[0] - jump;
            means.square += active[1] + ratio * ratio * left[1];
            if positive {
                means.agreeing += active[0] + jump * (grown - 1.0);
            }
        }
        means
    }
}

impl Plane {
    /// From the variances and the covariance of y and t, and their covariances with u, which has the
    /// given sign.
    fn new([yy, tt, yt]: [f64; 3], with: [f64; 2], signal: f64, sign: f64) -> Self {
        let first = yy.sqrt();
        let lower = yt / first;
        let second = (tt - lower * lower).max(1e-12 * tt).sqrt();
        let one = with[0] / first;
        let other = (with[1] - lower * one) / second;
        let left = (signal - one * one - other * other).max(1e-12 * signal);
        let steep = (one.hypot(other) / left.sqrt()).max(1e-6);
        Self { factor: [first, second, lower], uphill: (sign * other).atan2(sign * one), steep }
    }

    /// A direction of the plane of y and t as standard coordinates.
    fn standard(&self, (y, t): (f64, f64)) -> (f64, f64) {
        let [first, second, lower] = self.factor;
        let one = y / first;
        (one, (t - lower * one) / second)
    }

    fn angle(&self, direction: (f64, f64)) -> f64 {
        let (one, other) = self.standard(direction);
        other.atan2(one)
    }

    /// y and t at the standard distance 1.
    fn at(&self, angle: f64) -> (f64, f64) {
        let (sine, cosine) = angle.sin_cos();
        let [first, second, lower] = self.factor;
        (first * cosine, lower * cosine + second * sine)
    }

    /// The slope of the chance of the sign along a ray, as the argument of Φ.
    fn slope(&self, angle: f64) -> f64 {
        self.steep * (angle - self.uphill).cos()
    }

    /// `∫ y p(y, ry) dy` over y > 0, along the ray through (1, r).
    fn ray(&self, direction: (f64, f64)) -> f64 {
        let (one, other) = self.standard(direction);
        let [first, second, _] = self.factor;
        mass(self.slope(other.atan2(one))) / (TAU * first * second * (one * one + other * other))
    }

    /// The integrals over a wedge of 1 and of a quadratic form in y and t.
    fn wedge(&self, from: f64, to: f64, quadratic: &dyn Fn((f64, f64)) -> [f64; 2]) -> [f64; 2] {
        let to = if to < from { to + TAU } else { to };
        let turn = self.uphill + FRAC_PI_2;
        let piece = |angle: f64| ((angle - turn) / FRAC_PI_2).floor();
        let mut sums = [0.0; 2];
        let mut low = from;
        let mut number = piece(from);
        while low < to {
            let high = to.min(turn + (number + 1.0) * FRAC_PI_2);
            let zero = if number.rem_euclid(2.0) == 0.0 { number } else { number + 1.0 };
            let zero = turn + zero * FRAC_PI_2;
            self.graded([low - zero, high - zero], |away, weight| {
                let angle = zero + away;
                let slope = self.slope(angle);
                let form = quadratic(self.at(angle));
                sums[0] += weight * mass(slope) * form[0];
                sums[1] += weight * square(slope) * form[1];
            });
            (low, number) = (high, number + 1.0);
        }
        sums.map(|sum| sum / TAU)
    }

    /// Nodes and weights between two distances of the same sign from an angle at which the chance
    /// passes one half, the denser the nearer.
    fn graded(&self, ends: [f64; 2], mut visit: impl FnMut(f64, f64)) {
        let scaled = |away: f64| away.signum() * (self.steep * away.abs()).ln_1p();
        let [low, high] = ends.map(scaled);
        let (middle, half) = (0.5 * (low + high), 0.5 * (high - low));
        for (node, weight) in NODES {
            for s in [middle - half * node, middle + half * node] {
                let away = s.signum() * s.abs().exp_m1() / self.steep;
                visit(away, weight * half * s.abs().exp() / self.steep);
            }
        }
    }
}

/// `∫ ρ e^(−ρ²/2) Φ(aρ) dρ` over ρ > 0.
fn mass(a: f64) -> f64 {
    0.5 + 0.5 * a / a.hypot(1.0)
}

/// `∫ ρ³ e^(−ρ²/2) Φ(aρ) dρ` over ρ > 0.
fn square(a: f64) -> f64 {
    let shrunk = a.hypot(1.0).recip();
    1.0 + a * shrunk * (0.5 * shrunk * shrunk + 1.0)
}

/// Gauss–Legendre nodes and weights on [−1, 1], half of 12.
const NODES: [(f64, f64); 6] = [
    (0.125_233_408_511_468_9, 0.249_147_045_813_402_77),
    (0.367_831_498_998_180_2, 0.233_492_536_538_354_8),
    (0.587_317_954_286_617_5, 0.203_167_426_723_065_93),
    (0.769_902_674_194_304_7, 0.160_078_328_543_346_24),
    (0.904_117_256_370_474_9, 0.106_939_325_995_318_43),
    (0.981_560_634_246_719_3, 0.047_175_336_386_511_83),
];

#[cfg(test)]
mod tests {
    use rand::RngExt;
    use rand_distr::StandardNormal;

    use super::*;
    use crate::math::seed::Seed;

    /// Where t goes with the row: the best of the two ends and the two inner minima.
    fn moved(t: f64, y: f64, delta: f64) -> f64 {
        let cost = |x: &f64| (x - t).powi(2) / (2.0 * delta) + 0.5 * (y - x.max(0.0)).powi(2);
        let all = [0.0, t.min(0.0), ((t + delta * y) / (1.0 + delta)).max(0.0)];
        let best = all.iter().min_by(|a, b| cost(a).total_cmp(&cost(b)));
        *best.unwrap_or(&0.0)
    }

    #[test]
    fn means_over_rows_are_those_of_drawn_rows() {
        let mut rng = Seed::new(1).rng();
        for (length, overlap, sigma, delta) in
            [(1.0, 0.95, 0.3, 0.3), (1.3, 0.9, 1.5, 1.0), (0.8, 0.85, 0.02, 0.1)]
        {
            let row = Row { signal: 1.0, length, overlap, noise: sigma * sigma, delta };
            let across = (length - overlap * overlap).sqrt();
            let n = 400_000;
            let (mut with_u, mut with_t, mut square) = (0.0, 0.0, 0.0);
            for _ in 0..n {
                let [u, other, noise]: [f64; 3] =
                    std::array::from_fn(|_| rng.sample(StandardNormal));
                let (t, y) = (overlap * u + across * other, u.max(0.0) + sigma * noise);
                let g = (moved(t, y, delta) - t) / delta;
                with_u += u * g / f64::from(n);
                with_t += t * g / f64::from(n);
                square += g * g / f64::from(n);
            }
            // Stein: E ug = E ∂g/∂u + overlap E ∂g/∂t, E tg = overlap E ∂g/∂u + length E ∂g/∂t.
            let determinant = length - overlap * overlap;
            let by_u = (length * with_u - overlap * with_t) / determinant;
            let by_t = (with_t - overlap * with_u) / determinant;
            let grown = 1.0 + delta;
            let Means { kept, agreeing, square: found } = row.means();
            assert!((kept + grown * by_t).abs() < 0.01, "{kept} {}", -grown * by_t);
            assert!((agreeing - grown * by_u).abs() < 0.01, "{agreeing} {}", grown * by_u);
            assert!((found / (grown * grown * square) - 1.0).abs() < 0.01, "{found}");
        }
    }

    #[test]
    fn without_noise_the_true_unit_keeps_half_of_the_rows() {
        let row = Row { signal: 2.0, length: 2.0, overlap: 2.0 - 1e-9, noise: 1e-9, delta: 0.5 };
        let means = row.means();
        assert!((means.kept - 0.5).abs() < 1e-4 && (means.agreeing - 0.5).abs() < 1e-4);
        assert!((means.square / 1.5e-9 - 1.0).abs() < 0.01);
    }
}
