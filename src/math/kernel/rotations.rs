//! Eigenvalues of tridiagonal symmetric matrices by rotations (implicit QL; Francis 1961, Dubrulle,
//! Martin & Wilkinson 1968).

/// Steps for one eigenvalue after which it is taken as it is. Three are usual.
const STEPS: usize = 60;

/// The rotation of the coordinates i and i + 1 by `[[cos, sin], [−sin, cos]]`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rotation {
    pub(super) cos: f64,
    pub(super) sin: f64,
}

/// Rotations of the pairs `first..first + rotations.len()`, to be applied from the last to the
/// first.
#[derive(Debug, Clone)]
pub(super) struct Sweep {
    pub(super) first: usize,
    /// Where its rotations begin in the list of all.
    pub(super) begin: usize,
    /// Where they end.
    pub(super) end: usize,
}

/// The rotations that made a matrix diagonal: `T = G₁G₂⋯ Λ ⋯G₂ᵀG₁ᵀ`.
#[derive(Debug, Clone, Default)]
pub(super) struct Rotations {
    pub(super) sweeps: Vec<Sweep>,
    /// Of every sweep, from its first pair to its last.
    pub(super) all: Vec<Rotation>,
}

/// Replaces the diagonal (n) of a tridiagonal matrix by its eigenvalues, in no order, and returns
/// the rotations if they are wanted. `beside` (n, the last one any number) is overwritten.
pub(super) fn diagonalise(d: &mut [f64], e: &mut [f64], is_wanted: bool) -> Rotations {
    let mut rotations = Rotations::default();
    for l in 0..d.len() {
        for _ in 0..STEPS {
            let last = d.len() - 1;
            let m = (l..last).find(|&m| is_negligible(d, e, m)).unwrap_or(last);
            if m == l {
                break;
            }
            let begin = rotations.all.len();
            let first = step(d, e, l, m, |rotation| {
                if is_wanted {
                    rotations.all.push(rotation);
                }
            });
            if is_wanted {
                rotations.all[begin..].reverse();
                rotations.sweeps.push(Sweep { first, begin, end: rotations.all.len() });
            }
        }
    }
    rotations
}

/// Whether the entry beside places m and m + 1 is lost beside them.
fn is_negligible(d: &[f64], e: &[f64], m: usize) -> bool {
    e[m].abs() <= f64::EPSILON * (d[m].abs() + d[m + 1].abs())
}

/// One implicit step of QL on places l to m, shifted by an eigenvalue of the first two. Returns
/// the first pair that was rotated.
fn step(d: &mut [f64], e: &mut [f64], l: usize, m: usize, mut keep: impl FnMut(Rotation)) -> usize {
    let slope = (d[l + 1] - d[l]) / (2.0 * e[l]);
    let mut g = d[m] - d[l] + e[l] / (slope + slope.hypot(1.0).copysign(slope));
    let (mut sin, mut cos, mut p) = (1.0, 1.0, 0.0);
    for i in (l..m).rev() {
        let (f, b) = (sin * e[i], cos * e[i]);
        let length = (f * f + g * g).sqrt();
        e[i + 1] = length;
        if length == 0.0 {
            d[i + 1] -= p;
            e[m] = 0.0;
            return i + 1;
        }
        let inverse = 1.0 / length;
        (sin, cos) = (f * inverse, g * inverse);
        g = d[i + 1] - p;
        let r = (d[i] - g) * sin + 2.0 * cos * b;
        p = sin * r;
        d[i + 1] = g + p;
        g = cos * r - b;
        keep(Rotation { cos, sin });
    }
    d[l] -= p;
    e[l] = g;
    e[m] = 0.0;
    l
}
