//! The linear model with squared loss as a function of the module alone.

use std::sync::Arc;

use nalgebra::{DMatrix, DMatrixView, DVector};

use super::least_squares::LeastSquares;
use super::shared::SharedModel;
use crate::math::factor::Factor;
use crate::math::kernel::PackedRows;
use crate::math::linalg::{self, CommonAxes};
use crate::math::multistart::Smooth;

/// Ridge for underdetermined problems, as a share of the mean curvature.
const RIDGE: f64 = 1e-6;
/// From this number of features on, products are computed on packed matrices.
const PACKED: usize = 48;
/// With more weights the curvature is approximated by its blocks.
pub(super) const LARGE: usize = 200;

/// The objective in coordinates in which the weighted `H_i` of all tasks sum to the identity, with
/// the best heads for every module: variable projection (Golub & Pereyra 1973).
#[derive(Debug, Clone)]
pub(super) struct Whitened {
    /// W (d × q), which maps whitened to original coordinates; q is the rank of `Σ α_i H_i`.
    pub(super) basis: DMatrix<f64>,
    /// `α_i WᵀH_iW` (q × q).
    pub(super) h: Vec<DMatrix<f64>>,
    /// `h` packed for products, unless there are few features or `h` is diagonal.
    packed: Arc<Vec<PackedRows<f64>>>,
    /// The diagonals of `h` (q × k) if all are diagonal, as for tasks on one X with ridge penalties
    /// of their own: W then consists of common eigenvectors.
    diagonals: Option<DMatrix<f64>>,
    /// `α_i Wᵀc_i` (q).
    pub(super) c: Vec<DVector<f64>>,
    /// `Σ α_i s_i`, the loss of predicting zero.
    pub(super) labels: f64,
    /// True if there are so few rows that, for any heads, some module fits as well as the single
    /// tasks. A small ridge then selects the module of minimum norm.
    pub(super) underdetermined: bool,
}

impl Whitened {
    /// Whitens an objective for a fit with `width` units.
    pub(super) fn new(objective: &LeastSquares, width: usize) -> Self {
        let d = objective.data.first().map_or(0, |data| data.c.len());
        let weighted = objective.data.iter().zip(&objective.weights);
        let mut h: Vec<_> = weighted.clone().map(|(data, &a)| &*data.h * a).collect();
        let mut sum: DMatrix<f64> = h.iter().fold(DMatrix::zeros(d, d), |sum, h| sum + h);
        let mut basis = linalg::whitening(&sum);
        let rank = basis.ncols();
        let rows: u64 = objective.data.iter().map(|data| data.equations().min(rank as u64)).sum();
        let underdetermined = rows <= (rank * width) as u64;
        if underdetermined {
            let ridge = DMatrix::identity(d, d) * (RIDGE * sum.trace() / d as f64);
            h.iter_mut().for_each(|h| *h += &ridge);
            sum += ridge * h.len() as f64;
            basis = linalg::whitening(&sum);
        }
        let ridges = objective.data.iter().any(|data| data.ridge > 0.0);
        let common = if ridges { CommonAxes::of(&h) } else { None };
        if let Some(common) = &common {
            basis.clone_from(&common.basis);
        }
        let diagonals = common.map(|common| common.shares);
        let of_task = |(i, h): (usize, &DMatrix<f64>)| match &diagonals {
            Some(diagonals) => DMatrix::from_diagonal(&diagonals.column(i)),
            None => basis.transpose() * h * &basis,
        };
        let whitened: Vec<DMatrix<f64>> = h.iter().enumerate().map(of_task).collect();
        let many = diagonals.is_none() && basis.ncols() >= PACKED;
        let pack = |h: &DMatrix<f64>| PackedRows::new(h, width);
        let packed = whitened.iter().filter(|_| many).map(pack).collect();
        Self {
            h: whitened,
            packed: Arc::new(packed),
            diagonals: diagonals.clone(),
            c: weighted.clone().map(|(data, &a)| basis.transpose() * &data.c * a).collect(),
            labels: weighted.map(|(data, a)| data.s * a).sum(),
            basis,
            underdetermined,
        }
    }

    /// Returns true if all tasks are diagonal in these coordinates, so that steps are cheap.
    pub(super) fn is_diagonal(&self) -> bool {
        self.diagonals.is_some()
    }

    /// Number of whitened features q.
    pub(super) fn dimension(&self) -> usize {
        self.basis.ncols()
    }

    /// `W⁻¹ = WᵀΣα_iH_i` (q × d) on the range of W, for the objective that was whitened.
    pub(super) fn inverse(&self, objective: &LeastSquares) -> DMatrix<f64> {
        let d = self.basis.nrows();
        let weighted = objective.data.iter().zip(&objective.weights);
        let sum = weighted.fold(DMatrix::zeros(d, d), |sum, (data, &a)| sum + &*data.h * a);
        self.basis.tr_mul(&sum)
    }

    /// The model with a module (q × r, column by column), in original coordinates.
    pub(super) fn model(&self, module: &DVector<f64>) -> SharedModel {
        SharedModel::new(&self.basis * self.view(module), self.heads(module))
    }

    /// The model with a module (q × r, column by column), in whitened coordinates.
    pub(super) fn whitened_model(&self, module: &DVector<f64>) -> SharedModel {
        SharedModel::new(self.view(module).into_owned(), self.heads(module))
    }

    /// The best heads for a module.
    fn heads(&self, module: &DVector<f64>) -> Vec<DVector<f64>> {
        let module = self.view(module);
        let best = |(i, c): (usize, &DVector<f64>)| {
            linalg::solve_small(module.tr_mul(&self.image(i, module)), &module.tr_mul(c))
        };
        self.c.iter().enumerate().map(best).collect()
    }

    /// `α_i WᵀH_iW B` (q × r) for a whitened module B (q × r).
    fn image(&self, task: usize, module: DMatrixView<'_, f64>) -> DMatrix<f64> {
        let Some(diagonals) = &self.diagonals else {
            return match self.packed.get(task) {
                Some(h) => h.project(module),
                None => &self.h[task] * module,
            };
        };
        let mut image = module.into_owned();
        for mut column in image.column_iter_mut() {
            column.component_mul_assign(&diagonals.column(task));
        }
        image
    }

    fn view<'a>(&self, module: &'a DVector<f64>) -> DMatrixView<'a, f64> {
        let q = self.dimension();
        DMatrixView::from_slice(module.as_slice(), q, module.len() / q)
    }
}

impl Smooth for Whitened {
    /// The loss of a module (q × r, column by column) with the best heads, and its derivative.
    fn value(&mut self, module: &DVector<f64>, gradient: &mut DVector<f64>) -> f64 {
        let module = self.view(module);
        let mut slope = DMatrix::zeros(module.nrows(), module.ncols());
        let mut explained = 0.0;
        for (i, c) in self.c.iter().enumerate() {
            let image = self.image(i, module);
            let projected = module.tr_mul(c);
            let head = linalg::solve_small(module.tr_mul(&image), &projected);
            explained += projected.dot(&head);
            let residual = image * &head - c;
            slope.ger(2.0, &residual, &head, 1.0);
        }
        gradient.copy_from_slice(slope.as_slice());
        self.labels - explained
    }

    /// With the best heads, modules that span the same space are one.
    fn span(&self, module: &DVector<f64>) -> Option<DMatrix<f64>> {
        Some(self.view(module).into_owned().qr().q())
    }

    /// The curvature at fixed heads: `2 Σ α_i A_iA_iᵀ ⊗ WᵀH_iW`. Of many weights, only the blocks
    /// of every whitened feature: the `WᵀH_iW` sum to the identity, so what is left out is small.
    fn curvature(&self, module: &DVector<f64>) -> Option<Factor> {
        let n = module.len();
        let heads = self.heads(module);
        let outer: Vec<DMatrix<f64>> =
            heads.iter().map(|head| head * head.transpose() * 2.0).collect();
        let diagonals = match &self.diagonals {
            Some(diagonals) => Some(diagonals.clone()),
            None => (n > LARGE).then(|| {
                DMatrix::from_fn(self.dimension(), self.h.len(), |j, i| self.h[i][(j, j)])
            }),
        };
        if let Some(diagonals) = diagonals {
            let trace = |(outer, sum): (&DMatrix<f64>, &f64)| outer.trace() * sum;
            let sums = diagonals.row_sum();
            let ridge = 1e-9 * outer.iter().zip(sums.iter()).map(trace).sum::<f64>() / n as f64;
            let width = n / self.dimension();
            return Factor::of_blocks(diagonals.row_iter().map(|row| {
                let tasks = outer.iter().zip(row.iter());
                let start = DMatrix::identity(width, width) * ridge;
                tasks.fold(start, |sum, (outer, share)| sum + outer * *share)
            }));
        }
        let mut sum = DMatrix::zeros(n, n);
        for (h, outer) in self.h.iter().zip(outer) {
            sum += outer.kronecker(h);
        }
        let ridge = 1e-9 * sum.trace() / n as f64;
        Factor::of(sum + DMatrix::identity(n, n) * ridge)
    }
}
