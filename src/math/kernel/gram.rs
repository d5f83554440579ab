//! Products of all columns of a matrix with each other.

use nalgebra::DMatrix;
use pulp::{Arch, Simd, WithSimd};

use super::number::Number;
use super::wide::Turned;

/// Rows that are multiplied before the sums are touched again.
const ROWS: usize = 256;

/// `XᵀX` (d × d) of X (m × d).
pub fn gram(x: &DMatrix<f64>) -> DMatrix<f64> {
    Arch::new().dispatch(Gram(x))
}

struct Gram<'a>(&'a DMatrix<f64>);

impl WithSimd for Gram<'_> {
    type Output = DMatrix<f64>;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> DMatrix<f64> {
        let (m, d) = self.0.shape();
        let height = ROWS.min(m);
        let mut turned = Turned::<f64>::new::<S>(d, height);
        let padded = turned.padded();
        let mut sums = vec![0.0; d * padded];
        for first in (0..m).step_by(ROWS) {
            let rows = height.min(m - first);
            let column = |j: usize| &self.0.as_slice()[j * m + first..][..rows];
            turned.fill((0..d).map(column));
            turned.multiply(simd, d, rows, column, true, &mut sums);
        }
        DMatrix::from_fn(d, d, |i, j| sums[i.max(j) * padded + i.min(j)].wide())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::linalg::normal_matrix;
    use crate::math::seed::Seed;

    #[test]
    fn the_gram_matrix_is_that_of_the_product_for_every_shape() {
        for (m, d) in [(0, 3), (1, 1), (7, 5), (255, 8), (256, 17), (600, 33), (300, 100)] {
            let x = normal_matrix(m, d, &mut Seed::new(1).rng());
            let wanted = x.transpose() * &x;
            assert!((gram(&x) - &wanted).norm() <= 1e-13 * wanted.norm(), "{m} {d}");
            let plain = Gram(&x).with_simd(pulp::Scalar::new());
            assert!((plain - &wanted).norm() <= 1e-13 * wanted.norm(), "{m} {d}");
        }
    }
}
