//! The Cholesky factor of a curvature, whole or in blocks.

use std::sync::Arc;

use nalgebra::{DMatrix, DMatrixView, DVector};

use super::kernel::Cholesky;

/// The Cholesky factor of a positive definite matrix (n × n).
#[derive(Debug, Clone)]
pub enum Factor {
    /// Of the whole matrix.
    Whole(Cholesky),
    /// Of a matrix whose only entries belong to pairs of numbers with the same remainder of their
    /// place by q: block i (r × r) holds the places `i, i + q, …, i + (r − 1)q`.
    Interleaved(Vec<Cholesky>),
    /// Of such a matrix in other axes W (d × q): the solution for b (d × r, column by column) is
    /// `W M⁻¹ Wᵀb`.
    Turned {
        /// W (d × q).
        axes: Arc<DMatrix<f64>>,
        /// The factor of M (qr × qr).
        blocks: Vec<Cholesky>,
    },
}

impl Factor {
    /// Factors a matrix; `None` if it is not positive definite.
    pub fn of(matrix: DMatrix<f64>) -> Option<Self> {
        Cholesky::of(&matrix).map(Self::Whole)
    }

    /// Factors interleaved blocks (r × r each); `None` if one is not positive definite.
    pub fn of_blocks(blocks: impl Iterator<Item = DMatrix<f64>>) -> Option<Self> {
        blocks.map(|block| Cholesky::of(&block)).collect::<Option<_>>().map(Self::Interleaved)
    }

    /// The same in other axes W (d × q).
    pub fn in_axes(self, axes: Arc<DMatrix<f64>>) -> Self {
        match self {
            Self::Interleaved(blocks) => Self::Turned { axes, blocks },
            other => other,
        }
    }

    /// Replaces b (n) by the solution of `M x = b`.
    pub fn solve_mut(&self, b: &mut DVector<f64>) {
        match self {
            Self::Whole(factor) => factor.solve_mut(b),
            Self::Interleaved(blocks) => interleaved(blocks, b.as_mut_slice()),
            Self::Turned { axes, blocks } => {
                let d = axes.nrows();
                let module = DMatrixView::from_slice(b.as_slice(), d, b.len() / d);
                let mut turned = axes.tr_mul(&module);
                interleaved(blocks, turned.as_mut_slice());
                b.copy_from_slice((&**axes * turned).as_slice());
            }
        }
    }

    /// The solution of `M x = b`.
    pub fn solve(&self, b: &DVector<f64>) -> DVector<f64> {
        let mut x = b.clone();
        self.solve_mut(&mut x);
        x
    }
}

/// Replaces b by the solution for interleaved blocks.
fn interleaved(blocks: &[Cholesky], b: &mut [f64]) {
    let q = blocks.len();
    for (i, block) in blocks.iter().enumerate() {
        let r = block.size();
        let mut part = DVector::from_fn(r, |j, _| b[i + j * q]);
        block.solve_mut(&mut part);
        part.iter().enumerate().for_each(|(j, value)| b[i + j * q] = *value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::linalg;
    use crate::math::seed::Seed;

    #[test]
    fn interleaved_blocks_solve_the_system_of_the_whole_matrix() {
        let rng = &mut Seed::new(3).rng();
        let block = |_| {
            let a = linalg::normal_matrix(3, 3, rng);
            &a * a.transpose() + DMatrix::identity(3, 3)
        };
        let blocks: Vec<DMatrix<f64>> = (0..4).map(block).collect();
        let entry = |a: usize, b: usize| match a % 4 == b % 4 {
            true => blocks[a % 4][(a / 4, b / 4)],
            false => 0.0,
        };
        let whole = Factor::of(DMatrix::from_fn(12, 12, entry)).unwrap();
        let parts = Factor::of_blocks(blocks.iter().cloned()).unwrap();
        let b = DVector::from_fn(12, |i, _| (i as f64).sin());
        assert!((whole.solve(&b) - parts.solve(&b)).amax() < 1e-12);
        let axes = linalg::normal_matrix(4, 4, &mut Seed::new(4).rng());
        let turn = DMatrix::identity(3, 3).kronecker(&axes);
        let wanted = &turn * whole.solve(&turn.tr_mul(&b));
        assert!((parts.in_axes(Arc::new(axes)).solve(&b) - wanted).amax() < 1e-11);
    }
}
