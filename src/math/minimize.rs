//! Global minimum of a smooth function of two heads that does not depend on their common scale.

use std::ops::RangeInclusive;

/// Step of the scan in the logarithm of the ratio of the heads.
const STEP: f64 = 0.4;

/// A function of two heads.
pub trait OfTwoHeads {
    /// The value for some heads.
    fn at(&mut self, heads: [f64; 2]) -> f64;

    /// The values for many.
    fn at_all(&mut self, heads: &[[f64; 2]]) -> Vec<f64> {
        heads.iter().map(|heads| self.at(*heads)).collect()
    }
}

impl<F: FnMut([f64; 2]) -> f64> OfTwoHeads for F {
    fn at(&mut self, heads: [f64; 2]) -> f64 {
        self(heads)
    }
}

/// Returns the unit heads `(w₁, w₂)`, `w₁ > 0`, that minimise `f`, and the minimum.
///
/// Only the ratio `w₂/w₁` matters; it may have either sign. `logs` is the range of `ln |w₂/w₁|`
/// to search. In that coordinate the quotients used here, `(w₁p + w₂q)²/(w₁²a + w₂²b)`, vary on a
/// length scale of order one, so a scan with a fixed step finds every valley. Each local minimum
/// of the scan is refined by Brent's method, and the lowest is polished by a Newton step.
pub fn over_two_heads(logs: RangeInclusive<f64>, mut f: impl OfTwoHeads) -> ([f64; 2], f64) {
    lowest_of_two_heads(logs, &mut f, |_, _| {})
}

/// Like [`over_two_heads`]; `visit` is called with every local minimum and its value.
pub fn lowest_of_two_heads(
    logs: RangeInclusive<f64>,
    f: &mut impl OfTwoHeads,
    mut visit: impl FnMut([f64; 2], f64),
) -> ([f64; 2], f64) {
    let (low, high) = (*logs.start(), *logs.end());
    let count = ((high - low) / STEP).ceil().max(2.0) as usize;
    let step = (high - low) / count as f64;
    let mut best = (heads(1.0, low), f64::INFINITY);
    for sign in [1.0, -1.0] {
        let scanned: Vec<[f64; 2]> =
            (0..=count).map(|i| heads(sign, low + step * i as f64)).collect();
        let values = f.at_all(&scanned);
        let mut along = |log: f64| f.at(heads(sign, log));
        for i in 0..=count {
            let (before, after) = (i.saturating_sub(1), (i + 1).min(count));
            if values[i] > values[before] || values[i] > values[after] {
                continue;
            }
            let at = |i: usize| low + step * i as f64;
            let (log, value) = brent(at(before), at(after), &mut along);
            visit(heads(sign, log), value);
            if value < best.1 {
                let log = polish(log, &mut along).clamp(at(before), at(after));
                best = (heads(sign, log), value);
            }
        }
    }
    best
}

/// Unit heads with `ln |w₂/w₁| = log` and the given sign of the ratio.
fn heads(sign: f64, log: f64) -> [f64; 2] {
    let ratio = log.exp();
    let length = ratio.hypot(1.0);
    [1.0 / length, sign * ratio / length]
}

/// Makes one Newton step with derivatives from five points. A minimiser found from values alone
/// is only accurate to the square root of the rounding error.
fn polish(x: f64, f: &mut impl FnMut(f64) -> f64) -> f64 {
    const H: f64 = 2e-3;
    let [a, b, c, d, e] = [-2.0, -1.0, 0.0, 1.0, 2.0].map(|i| f(x + i * H));
    let slope = (a - 8.0 * b + 8.0 * d - e) / (12.0 * H);
    let curvature = (-a + 16.0 * b - 30.0 * c + 16.0 * d - e) / (12.0 * H * H);
    let move_by = slope / curvature;
    if curvature > 0.0 && move_by.abs() < H { x - move_by } else { x }
}

/// Returns the minimiser on `[low, high]` and the minimum, by Brent's method (1973): parabolas
/// where they help, golden sections elsewhere.
pub fn brent(low: f64, high: f64, f: &mut impl FnMut(f64) -> f64) -> (f64, f64) {
    const SECTION: f64 = 0.381_966_011_250_105_1;
    const TOLERANCE: f64 = 1e-7;
    let (mut a, mut b) = (low, high);
    let mut x = a + SECTION * (b - a);
    let mut fx = f(x);
    let (mut w, mut fw, mut v, mut fv) = (x, fx, x, fx);
    let (mut step, mut before) = (0.0_f64, 0.0_f64);
    for _ in 0..100 {
        if (x - 0.5 * (a + b)).abs() <= 2.0 * TOLERANCE - 0.5 * (b - a) {
            break;
        }
        let (p, q) = parabola((x, fx), (w, fw), (v, fv));
        let usable = p.abs() < (0.5 * q * before).abs() && p > q * (a - x) && p < q * (b - x);
        before = step;
        step = if usable {
            p / q
        } else {
            before = if x < 0.5 * (a + b) { b - x } else { a - x };
            SECTION * before
        };
        let u = x + if step.abs() >= TOLERANCE { step } else { TOLERANCE.copysign(step) };
        let fu = f(u);
        if fu <= fx {
            if u >= x {
                a = x
            } else {
                b = x
            }
            (v, fv, w, fw, x, fx) = (w, fw, x, fx, u, fu);
        } else {
            if u < x {
                a = u
            } else {
                b = u
            }
            if fu <= fw || w == x {
                (v, fv, w, fw) = (w, fw, u, fu);
            } else if fu <= fv || v == x || v == w {
                (v, fv) = (u, fu);
            }
        }
    }
    (x, fx)
}

/// Numerator and (positive) denominator of the move from x to the vertex of the parabola through
/// three points.
fn parabola((x, fx): (f64, f64), (w, fw): (f64, f64), (v, fv): (f64, f64)) -> (f64, f64) {
    let r = (x - w) * (fx - fv);
    let q = (x - v) * (fx - fw);
    let p = (x - v) * q - (x - w) * r;
    let q = 2.0 * (q - r);
    if q > 0.0 { (-p, q) } else { (p, -q) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lower_of_two_valleys_is_found_to_rounding() {
        for (sign, log) in [(1.0, -3.0), (-1.0, 2.5)] {
            let target = heads(sign, log);
            let (found, _) = over_two_heads(-8.0..=8.0, |w: [f64; 2]| {
                let here = (w[0] * target[1] - w[1] * target[0]).powi(2);
                let decoy = (w[0] + w[1]).powi(2) + 0.05;
                here.min(decoy)
            });
            assert!((found[0] - target[0]).abs() + (found[1] - target[1]).abs() < 1e-9);
        }
    }
}
