//! Covariances without common axes.

use std::cell::OnceCell;

use nalgebra::{DMatrix, DMatrixView, DMatrixViewMut, DVector, Dyn};

use super::{Between, Modules, Quality, Spectrum, Traces};
use crate::math::kernel::transposed_times;
use crate::math::linalg;

/// Tasks as they are.
#[derive(Debug, Clone)]
pub(in super::super) struct Dense {
    /// Σ_i (d × d each).
    covariances: Vec<DMatrix<f64>>,
    /// θ_i (d each).
    thetas: Vec<DVector<f64>>,
    /// Σ_iθ_i.
    targets: Vec<DVector<f64>>,
}

/// The fit of the module.
pub(in super::super) struct DenseFit {
    /// A (k × r).
    heads: DMatrix<f64>,
    /// p (k).
    strength: DVector<f64>,
    /// `Σ_i (A_iᵀ ⊗ I) Q (e_b ⊗ I)` for task i and unit b (d × d each), the columns of one below the
    /// other (d² × kr, units by columns).
    solved: DMatrix<f64>,
    /// B̄ (d × r).
    module: DMatrix<f64>,
    /// The products of `solved` with themselves.
    own: OnceCell<DMatrix<f64>>,
}

impl Dense {
    pub(in super::super) fn new(covariances: &[DMatrix<f64>], thetas: &[DVector<f64>]) -> Self {
        let targets = covariances.iter().zip(thetas).map(|(sigma, theta)| sigma * theta);
        Self {
            targets: targets.collect(),
            covariances: covariances.to_vec(),
            thetas: thetas.to_vec(),
        }
    }

    /// The same tasks, with θ_i times a factor.
    pub(in super::super) fn scaled(&self, factors: &DVector<f64>) -> Self {
        let scaled = |vectors: &[DVector<f64>]| {
            vectors.iter().zip(factors).map(|(vector, by)| vector * *by).collect()
        };
        Self {
            covariances: self.covariances.clone(),
            thetas: scaled(&self.thetas),
            targets: scaled(&self.targets),
        }
    }

    /// Q (dr × dr).
    fn inverse(&self, heads: &DMatrix<f64>, strength: &DVector<f64>) -> DMatrix<f64> {
        let (d, r) = (self.thetas[0].len(), heads.ncols());
        let mut sum = DMatrix::zeros(d * r, d * r);
        for (a, b) in (0..r).flat_map(|a| (0..=a).map(move |b| (a, b))) {
            let mut block: DMatrix<f64> = DMatrix::zeros(d, d);
            for (i, sigma) in self.covariances.iter().enumerate() {
                let factor = strength[i] * heads[(i, a)] * heads[(i, b)];
                add(block.as_mut_slice(), factor, sigma.as_slice());
            }
            sum.view_mut((a * d, b * d), (d, d)).copy_from(&block);
            sum.view_mut((b * d, a * d), (d, d)).copy_from(&block);
        }
        linalg::inverse(&sum)
    }

    /// θ_i − B̄A_i.
    fn gap(&self, fit: &DenseFit, i: usize) -> DVector<f64> {
        &self.thetas[i] - &fit.module * fit.heads.row(i).transpose()
    }
}

impl DenseFit {
    /// S for task i and unit b (d × d), as in `solved`.
    fn solved(&self, i: usize, b: usize) -> DMatrixView<'_, f64> {
        self.solved_at(i + b * self.heads.nrows())
    }

    fn solved_at(&self, place: usize) -> DMatrixView<'_, f64> {
        let (d, size) = (self.module.nrows(), self.solved.nrows());
        DMatrixView::from_slice(&self.solved.as_slice()[place * size..(place + 1) * size], d, d)
    }

    /// `tr(S_ib S′_jc)` for all tasks i, j and units b, c (kr × kr), S as in `solved`.
    fn products(&self, other: &Self) -> DMatrix<f64> {
        let column = |place: usize| {
            let turned = other.solved_at(place).transpose();
            transposed_times(&self.solved, &DVector::from_vec(turned.data.into()))
        };
        let columns: Vec<DVector<f64>> = (0..other.solved.ncols()).map(column).collect();
        DMatrix::from_columns(&columns)
    }

    fn own_products(&self) -> &DMatrix<f64> {
        self.own.get_or_init(|| self.products(self))
    }

    /// tr(Σ_i P_ij Σ_j P_ji′) (k × k), from the products of both.
    fn traces(&self, other: &Self, products: &DMatrix<f64>) -> DMatrix<f64> {
        let (k, r) = self.heads.shape();
        DMatrix::from_fn(k, k, |i, j| {
            let units = (0..r).flat_map(|b| (0..r).map(move |c| (b, c)));
            let part = |(b, c): (usize, usize)| {
                self.heads[(j, b)] * other.heads[(i, c)] * products[(i + b * k, j + c * k)]
            };
            units.map(part).sum()
        })
    }
}

/// Adds a multiple of numbers to others.
fn add(to: &mut [f64], factor: f64, numbers: &[f64]) {
    to.iter_mut().zip(numbers).for_each(|(sum, number)| *sum += factor * number);
}

impl Spectrum<Dyn, Dyn> for Dense {
    type Fit = DenseFit;

    fn dimension(&self) -> f64 {
        self.thetas[0].len() as f64
    }

    fn fit(&self, heads: &DMatrix<f64>, strength: &DVector<f64>) -> DenseFit {
        let (d, (k, r)) = (self.thetas[0].len(), heads.shape());
        let q = self.inverse(heads, strength);
        let mut solved = DMatrix::zeros(d * d, k * r);
        let mut module = DMatrix::zeros(d, r);
        let mut sum = DMatrix::zeros(d, d);
        let parts = solved.as_mut_slice().chunks_exact_mut(d * d);
        for (place, part) in parts.enumerate() {
            let (i, b) = (place % k, place / k);
            sum.fill(0.0);
            for a in 0..r {
                for (mut column, of_q) in
                    sum.column_iter_mut().zip(q.columns(b * d, d).column_iter())
                {
                    add(column.as_mut_slice(), heads[(i, a)], &of_q.as_slice()[a * d..(a + 1) * d]);
                }
            }
            let mut part = DMatrixViewMut::from_slice(part, d, d);
            part.gemm(1.0, &self.covariances[i], &sum, 0.0);
            module.column_mut(b).gemv_tr(strength[i], &part, &self.thetas[i], 1.0);
        }
        DenseFit {
            heads: heads.clone(),
            strength: strength.clone(),
            solved,
            module,
            own: OnceCell::new(),
        }
    }

    fn traces(&self, fit: &DenseFit) -> Traces<Dyn> {
        let (k, r) = fit.heads.shape();
        let first = DVector::from_fn(k, |i, _| {
            (0..r).map(|b| fit.heads[(i, b)] * fit.solved(i, b).trace()).sum()
        });
        Traces { first, second: fit.traces(fit, fit.own_products()) }
    }

    fn quality(&self, fit: &DenseFit) -> Quality<Dyn> {
        let zeros = DVector::zeros(fit.heads.nrows());
        let mut quality = Quality { bias: zeros.clone(), length: zeros.clone(), overlap: zeros };
        for (i, sigma) in self.covariances.iter().enumerate() {
            let fitted = &fit.module * fit.heads.row(i).transpose();
            let gap = &self.thetas[i] - &fitted;
            quality.bias[i] = gap.dot(&(sigma * &gap));
            quality.length[i] = fitted.dot(&(sigma * &fitted));
            quality.overlap[i] = fitted.dot(&self.targets[i]);
        }
        quality
    }

    fn between(&self, one: &DenseFit, other: &DenseFit) -> Between<Dyn> {
        let bias = DVector::from_fn(self.thetas.len(), |i, _| {
            self.gap(one, i).dot(&(&self.covariances[i] * self.gap(other, i)))
        });
        Between { bias, traces: one.traces(other, &one.products(other)) }
    }

    fn gradient(&self, fit: &DenseFit, factors: &DVector<f64>) -> DMatrix<f64> {
        let (k, r) = fit.heads.shape();
        let products = fit.own_products();
        DMatrix::from_fn(k, r, |i, b| {
            let gap = self.gap(fit, i);
            let misfit = -gap.dot(&(&self.covariances[i] * fit.module.column(b)));
            let through = |j: usize| -> f64 {
                let units = (0..r).map(|c| fit.heads[(j, c)] * products[(i + c * k, j + b * k)]);
                factors[j] * units.sum::<f64>()
            };
            let through: f64 = (0..k).map(through).sum();
            let own = factors[i] * fit.solved(i, b).trace();
            2.0 * (fit.strength[i] * (misfit - through) + own)
        })
    }

    fn slope_covariance(&self, fit: &DenseFit, noise: &DVector<f64>) -> DMatrix<f64> {
        let (k, r) = fit.heads.shape();
        let mut covariance = DMatrix::zeros(k * r, k * r);
        for j in 0..k {
            let column = |ib: usize| {
                let (i, unit) = (ib % k, fit.module.column(ib / k));
                let part = |c: usize| fit.solved(i, c).tr_mul(&unit) * fit.heads[(j, c)];
                let absorbed = (0..r).map(part).sum::<DVector<f64>>() * fit.strength[i];
                if i == j { unit - absorbed } else { -absorbed }
            };
            let columns: Vec<DVector<f64>> = (0..k * r).map(column).collect();
            let left = DMatrix::from_columns(&columns);
            covariance += left.tr_mul(&(&self.covariances[j] * &left)) * noise[j].powi(2);
        }
        covariance * 4.0
    }
}

impl Modules for Dense {
    fn heads(&self, parts: &DMatrix<f64>) -> DMatrix<f64> {
        let module = DMatrix::from_columns(&self.thetas) * parts;
        let mut heads = DMatrix::zeros(self.thetas.len(), parts.ncols());
        for (i, sigma) in self.covariances.iter().enumerate() {
            let shadow = sigma * &module;
            let right = shadow.tr_mul(&self.thetas[i]);
            let own = linalg::inverse(&module.tr_mul(&shadow)) * right;
            heads.row_mut(i).tr_copy_from(&own.map(|a| if a.is_finite() { a } else { 0.0 }));
        }
        heads
    }

    fn signals(&self) -> DMatrix<f64> {
        let found = DMatrix::from_fn(self.thetas.len(), self.thetas.len(), |i, j| {
            self.targets[i].dot(&self.thetas[j])
        });
        (&found + found.transpose()) * 0.5
    }
}
