//! The product of a matrix with a vector.

use nalgebra::{DMatrix, DVector};
use pulp::{Arch, Simd, WithSimd};

use super::number::Number;

/// Vectors of rows that are summed at once.
const VECTORS: usize = 8;

/// `M v` (n) for M (n × d) and v (d).
pub fn times(matrix: &DMatrix<f64>, vector: &DVector<f64>) -> DVector<f64> {
    let mut out = DVector::zeros(matrix.nrows());
    Arch::new().dispatch(Times { matrix, vector, out: out.as_mut_slice() });
    out
}

struct Times<'a> {
    matrix: &'a DMatrix<f64>,
    vector: &'a DVector<f64>,
    out: &'a mut [f64],
}

impl WithSimd for Times<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let lanes = f64::count::<S>();
        let mut out = self.out;
        let mut first = 0;
        while out.len() >= VECTORS * lanes {
            let (block, rest) = out.split_at_mut(VECTORS * lanes);
            rows::<S, VECTORS>(simd, self.matrix, self.vector, first, block);
            (out, first) = (rest, first + VECTORS * lanes);
        }
        while out.len() >= lanes {
            let (block, rest) = out.split_at_mut(lanes);
            rows::<S, 1>(simd, self.matrix, self.vector, first, block);
            (out, first) = (rest, first + lanes);
        }
        if out.is_empty() {
            return;
        }
        let n = self.matrix.nrows();
        let mut sum = simd.splat_f64s(0.0);
        for (column, v) in self.matrix.as_slice().chunks_exact(n).zip(self.vector.iter()) {
            let column = simd.partial_load_f64s(&column[first..]);
            sum = simd.mul_add_e_f64s(column, simd.splat_f64s(*v), sum);
        }
        simd.partial_store_f64s(out, sum);
    }
}

/// The product for V vectors of rows.
#[inline(always)]
fn rows<S: Simd, const V: usize>(
    simd: S,
    matrix: &DMatrix<f64>,
    vector: &DVector<f64>,
    first: usize,
    out: &mut [f64],
) {
    let n = matrix.nrows();
    let mut sums = [[simd.splat_f64s(0.0); V]; 2];
    for (j, (column, v)) in matrix.as_slice().chunks_exact(n).zip(vector.iter()).enumerate() {
        let column = &f64::lanes::<S>(&column[first..])[..V];
        let v = simd.splat_f64s(*v);
        for i in 0..V {
            sums[j % 2][i] = simd.mul_add_e_f64s(column[i], v, sums[j % 2][i]);
        }
    }
    for (i, out) in f64::lanes_mut::<S>(out).iter_mut().enumerate() {
        *out = simd.add_f64s(sums[0][i], sums[1][i]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::linalg::{normal_matrix, normal_vector};
    use crate::math::seed::Seed;

    #[test]
    fn the_product_is_that_of_the_matrix_for_every_shape() {
        for (n, d) in [(0, 2), (1, 1), (7, 3), (8, 8), (20, 20), (65, 4), (100, 100), (131, 7)] {
            let rng = &mut Seed::new(2).rng();
            let (m, v) = (normal_matrix(n, d, rng), normal_vector(d, rng));
            assert!((times(&m, &v) - &m * &v).amax() < 1e-12, "{n} {d}");
        }
    }
}
