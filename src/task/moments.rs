//! Moments of a task's data: the sufficient statistics for linear models with squared loss.

use std::sync::Arc;

use nalgebra::{DMatrix, DVector};

use super::bartlett::{self, chi_squared};
use super::population::PopulationTask;
use super::row_sums;
use crate::math::seed::Seed;
use crate::math::{kernel, linalg};

/// `H = XᵀX`, `c = Xᵀy`, `s = yᵀy`: all that least squares needs from m rows.
///
/// If the noise is very small, c and s hold only a few digits of it. If θ is known, the noise is
/// therefore kept separately, so that errors far smaller than θ can be computed to many digits.
#[derive(Debug, Clone)]
pub struct Moments {
    /// Number of rows m.
    pub samples: u64,
    /// `H = XᵀX` (d × d). Clones share it.
    pub h: Arc<DMatrix<f64>>,
    /// `c = Xᵀy` (d).
    pub c: DVector<f64>,
    /// `s = yᵀy`.
    pub s: f64,
    /// The ridge penalty λ in `h`; 0 for none.
    pub ridge: f64,
    /// The noise of the labels, if θ is known.
    pub noise: Option<Noise>,
}

impl PartialEq for Moments {
    fn eq(&self, other: &Self) -> bool {
        let numbers = |moments: &Self| (moments.samples, moments.s, moments.ridge);
        let same_rows = || Arc::ptr_eq(&self.h, &other.h) || self.h == other.h;
        numbers(self) == numbers(other)
            && self.c == other.c
            && self.noise == other.noise
            && same_rows()
    }
}

/// The noise of linear labels, `ε = y − Xθ`.
#[derive(Debug, Clone, PartialEq)]
pub struct Noise {
    /// θ (d).
    pub theta: DVector<f64>,
    /// `Xᵀε` (d).
    pub c: DVector<f64>,
    /// `εᵀε`.
    pub s: f64,
}

impl Noise {
    /// The noise of the same labels relative to another θ, given `H = XᵀX`.
    fn about(self, theta: &DVector<f64>, h: &DMatrix<f64>) -> Self {
        let moved = self.theta - theta;
        let image = h * &moved;
        Self {
            theta: theta.clone(),
            s: self.s + 2.0 * self.c.dot(&moved) + moved.dot(&image),
            c: self.c + image,
        }
    }
}

impl Moments {
    /// The moments of given rows X (m × d) and labels y (m) with unknown θ.
    pub fn of(x: &DMatrix<f64>, y: &DVector<f64>) -> Self {
        let (h, c) = kernel::gram_with(x, y);
        let (samples, s) = (x.nrows() as u64, y.norm_squared());
        Self { samples, h: h.into(), c, s, ridge: 0.0, noise: None }
    }

    /// The moments of no rows with d features.
    pub fn of_none(d: usize) -> Self {
        Self::of(&DMatrix::zeros(0, d), &DVector::zeros(0))
    }

    /// The moments of rows X (m × d) whose labels y (m) are `Xθ` plus noise.
    pub fn around(x: &DMatrix<f64>, y: &DVector<f64>, theta: &DVector<f64>) -> Self {
        let noise = y - x * theta;
        let noise = Noise { theta: theta.clone(), c: x.tr_mul(&noise), s: noise.norm_squared() };
        Self { noise: Some(noise), ..Self::of(x, y) }
    }

    /// Draws the moments of `samples` rows without drawing the rows. The cost is O(d³), whatever
    /// the number of rows.
    ///
    /// With T of Bartlett's decomposition, `TTᵀ` is distributed as `ZᵀZ` for m rows Z of standard
    /// normals. Then `F = TᵀC`, `H = FᵀF`, `c = Hθ + σFᵀz`, and the rest of the noise enters s
    /// through `χ²_{m−min(m,d)}`. Every entry has its own place in the random stream, so changing
    /// `samples`, σ or C moves the same draw.
    pub fn draw(task: &PopulationTask, samples: u64, noise: f64, seed: Seed) -> Self {
        let d = task.theta.len();
        let f = bartlett::transposed_times(&task.factor, samples, seed);
        let rank = f.nrows();
        let z = linalg::normal_vector(d, &mut seed.child("noise", 0).rng());
        let z = z.rows(0, rank).into_owned();
        let signal = kernel::times(&f, &task.theta);
        let outside = chi_squared(samples - rank as u64, seed.child("residual", 0));
        let labels = signal + noise * &z;
        let apart = Noise {
            theta: task.theta.clone(),
            c: noise * kernel::transposed_times(&f, &z),
            s: noise * noise * (z.norm_squared() + outside),
        };
        Self {
            samples,
            h: kernel::gram(&f).into(),
            c: kernel::transposed_times(&f, &labels),
            s: labels.norm_squared() + noise * noise * outside,
            ridge: 0.0,
            noise: Some(apart),
        }
    }

    /// Draws the rows block by block and sums their moments, in O(m d²); of more rows of the same
    /// seed, only those that are new.
    ///
    /// With standard normals Z (m × d) and z (m), the rows are `X = ZC` and the labels
    /// `y = Xθ + σz`, so all moments follow from those of `(Z z)`.
    pub fn draw_by_rows(task: &PopulationTask, samples: u64, noise: f64, seed: Seed) -> Self {
        let d = task.theta.len();
        let products = row_sums::products(d + 1, samples, seed.child("rows", 0));
        let h = task.factor.transpose() * (products.view((0, 0), (d, d)) * &*task.factor);
        let h = (&h + h.transpose()) * 0.5;
        let apart = Noise {
            theta: task.theta.clone(),
            c: noise * task.factor.tr_mul(&products.view((0, d), (d, 1)).column(0)),
            s: noise * noise * products[(d, d)],
        };
        let signal = &h * &task.theta;
        Self {
            samples,
            c: &signal + &apart.c,
            s: task.theta.dot(&signal) + 2.0 * task.theta.dot(&apart.c) + apart.s,
            h: h.into(),
            ridge: 0.0,
            noise: Some(apart),
        }
    }

    /// Adds the moments of further rows.
    pub fn add(&mut self, more: &Self) {
        self.noise = match (self.noise.take(), &more.noise) {
            (Some(own), Some(other)) => {
                let other = other.clone().about(&own.theta, &more.h);
                Some(Noise { c: own.c + other.c, s: own.s + other.s, theta: own.theta })
            }
            _ => None,
        };
        self.samples += more.samples;
        *Arc::make_mut(&mut self.h) += &*more.h;
        self.c += &more.c;
        self.s += more.s;
    }

    /// The moments with a ridge penalty λ: those of the same rows and of d more rows `√λ e_j` with
    /// label 0, which [`Self::samples`] does not count.
    pub fn with_ridge(&self, penalty: f64) -> Self {
        let d = self.h.nrows();
        let h = &*self.h + DMatrix::identity(d, d) * penalty;
        Self { h: h.into(), ridge: self.ridge + penalty, ..self.clone() }
    }

    /// Number of rows including those of a ridge penalty: an upper bound on the rank of `h`.
    pub fn equations(&self) -> u64 {
        let d = self.h.nrows() as u64;
        self.samples + if self.ridge > 0.0 { d } else { 0 }
    }

    /// Sum of squared residuals of the prediction `Xθ̂`: `θ̂ᵀHθ̂ − 2cᵀθ̂ + s`, never negative. If θ
    /// is known it is computed from the noise and `θ̂ − θ`.
    pub fn loss(&self, estimate: &DVector<f64>) -> f64 {
        let loss = |x: &DVector<f64>, c: &DVector<f64>, s: f64| {
            (x.dot(&kernel::symmetric_times(&self.h, x)) - 2.0 * c.dot(x) + s).max(0.0)
        };
        match &self.noise {
            Some(noise) => loss(&(estimate - &noise.theta), &noise.c, noise.s),
            None => loss(estimate, &self.c, self.s),
        }
    }

    /// The minimum-norm least-squares solution `(XᵀX)†Xᵀy` (d).
    pub fn least_squares(&self) -> DVector<f64> {
        linalg::solve(&self.h, &self.c)
    }
}
