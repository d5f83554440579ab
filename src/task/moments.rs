//! Data of a task and their sufficient statistics for linear models with squared loss.

use nalgebra::{DMatrix, DVector};
use rand_distr::{ChiSquared, Distribution};

use super::population::PopulationTask;
use crate::math::linalg;
use crate::math::seed::Seed;

/// Rows are drawn and summed in blocks of this many.
const BLOCK: u64 = 256;

/// `H = XᵀX`, `c = Xᵀy`, `s = yᵀy`: all that least squares sees of m rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Moments {
    /// Number of rows m.
    pub samples: u64,
    /// `H = XᵀX` (d × d).
    pub h: DMatrix<f64>,
    /// `c = Xᵀy` (d).
    pub c: DVector<f64>,
    /// `s = yᵀy`.
    pub s: f64,
}

impl Moments {
    /// The moments of given rows X (m × d) and labels y (m).
    pub fn of(x: &DMatrix<f64>, y: &DVector<f64>) -> Self {
        Self {
            samples: x.nrows() as u64,
            h: x.transpose() * x,
            c: x.transpose() * y,
            s: y.norm_squared(),
        }
    }

    /// Draws the moments of `samples` rows without drawing the rows, at a cost of O(d³) whatever
    /// their number.
    ///
    /// Bartlett's decomposition (1933): with T lower-trapezoidal (d × min(m, d)), normals below
    /// and `√χ²_{m−i}` on the diagonal, `TTᵀ` is distributed as `ZᵀZ` for m rows of standard
    /// normals. Then `F = TᵀC`, `H = FᵀF`, `c = Hθ + σFᵀz`, and the rest of the noise enters s
    /// through `χ²_{m−min(m,d)}`. Every entry has its own place in the random stream, so that a
    /// change of `samples`, σ or C moves the same draw.
    pub fn draw(task: &PopulationTask, samples: u64, noise: f64, seed: Seed) -> Self {
        let d = task.theta.len();
        let f = bartlett(d, samples, seed) * &task.factor;
        let rank = f.nrows();
        let z = linalg::normal_vector(d, &mut seed.child("noise", 0).rng());
        let z = z.rows(0, rank);
        let signal = &f * &task.theta;
        let outside = chi_squared(samples - rank as u64, seed.child("residual", 0));
        let labels = signal + noise * z;
        Self {
            samples,
            h: f.transpose() * &f,
            c: f.transpose() * &labels,
            s: labels.norm_squared() + noise * noise * outside,
        }
    }

    /// Draws the rows themselves, block by block, and sums their moments: O(m d²).
    pub fn draw_by_rows(task: &PopulationTask, samples: u64, noise: f64, seed: Seed) -> Self {
        let d = task.theta.len();
        let mut rng = seed.child("rows", 0).rng();
        let mut sum = Self { samples, h: DMatrix::zeros(d, d), c: DVector::zeros(d), s: 0.0 };
        let mut left = samples;
        while left > 0 {
            let rows = left.min(BLOCK) as usize;
            let normals = linalg::normal_matrix(rows, d + 1, &mut rng);
            let x = normals.columns(0, d) * &task.factor;
            let y = &x * &task.theta + noise * normals.column(d);
            sum.h += x.transpose() * &x;
            sum.c += x.transpose() * &y;
            sum.s += y.norm_squared();
            left -= rows as u64;
        }
        sum
    }

    /// Adds the moments of further rows.
    pub fn add(&mut self, more: &Self) {
        self.samples += more.samples;
        self.h += &more.h;
        self.c += &more.c;
        self.s += more.s;
    }

    /// Sum of squared residuals of the prediction `Xθ̂`: `θ̂ᵀHθ̂ − 2cᵀθ̂ + s`, never negative.
    pub fn loss(&self, estimate: &DVector<f64>) -> f64 {
        let quadratic = estimate.dot(&(&self.h * estimate)) - 2.0 * self.c.dot(estimate);
        (quadratic + self.s).max(0.0)
    }

    /// The least-squares solution of least norm, `(XᵀX)†Xᵀy` (d).
    pub fn least_squares(&self) -> DVector<f64> {
        linalg::solve(&self.h, &self.c)
    }
}

/// `Tᵀ` (min(m, d) × d) of Bartlett's decomposition: `TTᵀ` is distributed as `ZᵀZ` for m rows of
/// standard normals in d dimensions.
pub(super) fn bartlett(d: usize, samples: u64, seed: Seed) -> DMatrix<f64> {
    let rank = samples.min(d as u64) as usize;
    let below = linalg::normal_matrix(d, d, &mut seed.child("factor", 0).rng());
    DMatrix::from_fn(rank, d, |j, i| match i.cmp(&j) {
        std::cmp::Ordering::Less => 0.0,
        std::cmp::Ordering::Greater => below[(i, j)],
        std::cmp::Ordering::Equal => {
            chi_squared(samples - i as u64, seed.child("radius", i as u64)).sqrt()
        }
    })
}

/// A draw of χ² with `freedom` degrees of freedom; 0 for none.
fn chi_squared(freedom: u64, seed: Seed) -> f64 {
    ChiSquared::new(freedom as f64).map_or(0.0, |chi| chi.sample(&mut seed.rng()))
}
