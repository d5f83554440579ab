//! Covariances without common axes.

use std::cell::OnceCell;

use nalgebra::{DMatrix, DMatrixView, DVector, Dyn};

use super::{Between, Modules, Quality, Spectrum, Traces};
use crate::math::kernel::transposed_product;
use crate::math::linalg;

/// Tasks as they are.
#[derive(Debug, Clone)]
pub(in super::super) struct Dense {
    /// Σ_i (d × d each).
    covariances: Vec<DMatrix<f64>>,
    /// All Σ_i beside each other (d × dk).
    beside: DMatrix<f64>,
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
    /// `(e_bᵀ ⊗ I) Q (A_i ⊗ I) Σ_i` for task i and unit b (d × d each), the columns of one below the
    /// other (d² × kr, units by columns).
    solved: DMatrix<f64>,
    /// B̄ (d × r).
    module: DMatrix<f64>,
    /// The transposed matrices in `solved`, as there.
    transposed: OnceCell<DMatrix<f64>>,
    /// The products of `solved` with themselves.
    own: OnceCell<DMatrix<f64>>,
}

impl Dense {
    pub(in super::super) fn new(covariances: &[DMatrix<f64>], thetas: &[DVector<f64>]) -> Self {
        let targets = covariances.iter().zip(thetas).map(|(sigma, theta)| sigma * theta);
        let (d, k) = (thetas[0].len(), covariances.len());
        let entries = covariances.iter().flat_map(|sigma| sigma.iter().copied());
        Self {
            targets: targets.collect(),
            beside: DMatrix::from_iterator(d, d * k, entries),
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
            beside: self.beside.clone(),
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
        let (d, size) = (self.module.nrows(), self.solved.nrows());
        let place = i + b * self.heads.nrows();
        DMatrixView::from_slice(&self.solved.as_slice()[place * size..(place + 1) * size], d, d)
    }

    fn transposed(&self) -> &DMatrix<f64> {
        self.transposed.get_or_init(|| {
            let (d, size) = (self.module.nrows(), self.solved.nrows());
            let mut all = DMatrix::zeros(size, self.solved.ncols());
            let parts = self.solved.as_slice().chunks_exact(size);
            for (turned, part) in all.as_mut_slice().chunks_exact_mut(size).zip(parts) {
                for (j, column) in part.chunks_exact(d).enumerate() {
                    for (i, number) in column.iter().enumerate() {
                        turned[i * d + j] = *number;
                    }
                }
            }
            all
        })
    }

    /// `tr(S_ib S′_jc)` for all tasks i, j and units b, c (kr × kr), S as in `solved`.
    fn products(&self, other: &Self) -> DMatrix<f64> {
        transposed_product(&self.solved, other.transposed())
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
        let mut times = DMatrix::zeros(d, d * k);
        for (a, b) in (0..r).flat_map(|a| (0..r).map(move |b| (a, b))) {
            times.gemm(1.0, &q.view((b * d, a * d), (d, d)), &self.beside, 0.0);
            let parts = solved.as_mut_slice()[b * k * d * d..].chunks_exact_mut(d * d);
            for (i, (part, of_task)) in parts.zip(times.as_slice().chunks_exact(d * d)).enumerate()
            {
                add(part, heads[(i, a)], of_task);
            }
        }
        let mut pulled = DMatrix::zeros(d, r);
        for (i, target) in self.targets.iter().enumerate() {
            pulled.ger(strength[i], target, &heads.row(i).transpose(), 1.0);
        }
        let module = q * DVector::from_vec(pulled.data.into());
        DenseFit {
            heads: heads.clone(),
            strength: strength.clone(),
            solved,
            module: DMatrix::from_vec(d, r, module.data.into()),
            transposed: OnceCell::new(),
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
        let traces = match std::ptr::eq(one, other) {
            true => one.traces(one, one.own_products()),
            false => one.traces(other, &one.products(other)),
        };
        Between { bias, traces }
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
                let part = |c: usize| fit.solved(i, c) * unit * fit.heads[(j, c)];
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
