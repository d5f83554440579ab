//! Cholesky factors of symmetric matrices, and the triangular systems that go with them.

use std::ops::Range;

use nalgebra::DMatrix;
use pulp::{Arch, Simd, WithSimd};

use super::padded;

/// Columns that are computed at once.
const COLUMNS: usize = 4;

/// The lower Cholesky factor L (n × n) of a symmetric matrix `A = LLᵀ`; what is above the diagonal
/// stays as it was. `None` if A is not positive definite. Only the lower half of A is read.
pub fn cholesky(mut symmetric: DMatrix<f64>) -> Option<DMatrix<f64>> {
    let n = symmetric.nrows();
    let stride = padded::stride(n);
    let mut lower = padded::lower(&symmetric);
    if !Arch::new().dispatch(Factor { lower: &mut lower, n }) {
        return None;
    }
    for (j, column) in symmetric.as_mut_slice().chunks_exact_mut(n.max(1)).enumerate() {
        column[j..].copy_from_slice(&lower[j * stride + j..j * stride + n]);
    }
    Some(symmetric)
}

/// The transposed inverse `L⁻ᵀ` (n × n) of a lower triangular L, whose upper half is not read.
pub fn inverse_transposed(lower: &DMatrix<f64>) -> DMatrix<f64> {
    let n = lower.nrows();
    let stride = padded::stride(n);
    let mut x = vec![0.0; stride * stride];
    (0..n).for_each(|i| x[i * stride + i] = 1.0);
    Arch::new().dispatch(Solve { lower: &padded::lower(lower), x: &mut x, n });
    DMatrix::from_fn(n, n, |i, j| if i <= j { x[j * stride + i] } else { 0.0 })
}

/// Left-looking, a block of columns at a time.
struct Factor<'a> {
    lower: &'a mut [f64],
    n: usize,
}

impl WithSimd for Factor<'_> {
    type Output = bool;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> bool {
        let Self { lower, n } = self;
        let stride = padded::stride(n);
        for j in (0..n).step_by(COLUMNS) {
            let (before, own) = lower.split_at_mut(j * stride);
            subtract(simd, before, before, j, j..stride, stride, own);
            let mut square = [[0.0; COLUMNS]; COLUMNS];
            for c in 0..COLUMNS {
                for r in c..COLUMNS {
                    let known: f64 = (0..c).map(|k| square[k][r] * square[k][c]).sum();
                    let rest = own[c * stride + j + r] - known;
                    square[c][r] = match r == c {
                        true if j + c >= n => 1.0,
                        true if rest > 0.0 => rest.sqrt(),
                        true => return false,
                        false => rest / square[c][c],
                    };
                }
            }
            divide(simd, &square, j..stride, stride, own);
        }
        true
    }
}

/// `X Lᵀ = B` for an upper triangular B, which x (n columns) holds before and X after.
struct Solve<'a> {
    lower: &'a [f64],
    x: &'a mut [f64],
    n: usize,
}

impl WithSimd for Solve<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { lower, x, n } = self;
        let stride = padded::stride(n);
        for j in (0..n).step_by(COLUMNS) {
            let (before, own) = x.split_at_mut(j * stride);
            let rows = 0..(j + COLUMNS).next_multiple_of(padded::LANES);
            subtract(simd, before, lower, j, rows.clone(), stride, own);
            let entry = |c: usize, r: usize| match r == c && j + c >= n {
                true => 1.0,
                false => lower[(j + c) * stride + j + r],
            };
            let square = std::array::from_fn(|c| std::array::from_fn(|r| entry(c, r)));
            divide(simd, &square, rows, stride, own);
        }
    }
}

/// Subtracts `X Lᵀ` from the block of columns `own` in some rows, for the columns X before it and
/// the rows of L that begin with row j.
#[inline(always)]
fn subtract<S: Simd>(
    simd: S,
    x: &[f64],
    lower: &[f64],
    j: usize,
    rows: Range<usize>,
    stride: usize,
    own: &mut [f64],
) {
    let lanes = size_of::<S::f64s>() / size_of::<f64>();
    let mut first = rows.start / lanes;
    let end = rows.end / lanes;
    let tile = Tile { simd, x, lower, j, stride };
    if S::REGISTER_COUNT >= 32 {
        while first + 4 <= end {
            tile.subtract::<4>(first, own);
            first += 4;
        }
    }
    while first + 2 <= end {
        tile.subtract::<2>(first, own);
        first += 2;
    }
    if first < end {
        tile.subtract::<1>(first, own);
    }
}

#[derive(Clone, Copy)]
struct Tile<'a, S> {
    simd: S,
    x: &'a [f64],
    lower: &'a [f64],
    j: usize,
    stride: usize,
}

impl<S: Simd> Tile<'_, S> {
    /// [`subtract`] in V vectors of rows from vector `first`.
    #[inline(always)]
    fn subtract<const V: usize>(self, first: usize, own: &mut [f64]) {
        let Self { simd, x, lower, j, stride } = self;
        let lanes = size_of::<S::f64s>() / size_of::<f64>();
        let place = first * lanes..(first + V) * lanes;
        let mut sums = [[simd.splat_f64s(0.0); V]; COLUMNS];
        let columns = x.chunks_exact(stride).zip(lower.chunks_exact(stride));
        for (column, weights) in columns {
            let values = &S::as_simd_f64s(&column[place.clone()]).0[..V];
            let weights = &weights[j..j + COLUMNS];
            for c in 0..COLUMNS {
                let weight = simd.splat_f64s(weights[c]);
                for v in 0..V {
                    sums[c][v] = simd.mul_add_e_f64s(values[v], weight, sums[c][v]);
                }
            }
        }
        for c in 0..COLUMNS {
            let own = &mut own[c * stride..(c + 1) * stride][place.clone()];
            let own = S::as_mut_simd_f64s(own).0;
            for v in 0..V {
                own[v] = simd.sub_f64s(own[v], sums[c][v]);
            }
        }
    }
}

/// Replaces a block of columns, in some rows, by the solution for a triangular square, which is
/// given column by column.
#[inline(always)]
fn divide<S: Simd>(
    simd: S,
    square: &[[f64; COLUMNS]; COLUMNS],
    rows: Range<usize>,
    stride: usize,
    own: &mut [f64],
) {
    let lanes = size_of::<S::f64s>() / size_of::<f64>();
    let place = rows.start / lanes * lanes..rows.end;
    let mut columns = own.chunks_exact_mut(stride);
    let columns: [&mut [S::f64s]; COLUMNS] = std::array::from_fn(|_| {
        S::as_mut_simd_f64s(&mut columns.next().unwrap_or_default()[place.clone()]).0
    });
    let zero = simd.splat_f64s(0.0);
    let (mut minus, mut inverse) = ([[zero; COLUMNS]; COLUMNS], [zero; COLUMNS]);
    for c in 0..COLUMNS {
        inverse[c] = simd.splat_f64s(1.0 / square[c][c]);
        for k in 0..c {
            minus[k][c] = simd.splat_f64s(-square[k][c]);
        }
    }
    for v in 0..columns[0].len() {
        let mut own = [zero; COLUMNS];
        for c in 0..COLUMNS {
            own[c] = columns[c][v];
            for k in 0..c {
                own[c] = simd.mul_add_e_f64s(own[k], minus[k][c], own[c]);
            }
            own[c] = simd.mul_f64s(own[c], inverse[c]);
            columns[c][v] = own[c];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::linalg::normal_matrix;
    use crate::math::seed::Seed;

    const SIZES: [usize; 12] = [0, 1, 2, 3, 4, 5, 8, 9, 31, 32, 70, 101];

    fn positive(n: usize) -> DMatrix<f64> {
        let x = normal_matrix(n + 5, n, &mut Seed::new(2).child("size", n as u64).rng());
        x.tr_mul(&x)
    }

    #[test]
    fn the_factor_and_its_inverse_are_those_of_an_independent_method() {
        for n in SIZES {
            let a = positive(n);
            let wanted = nalgebra::Cholesky::new(a.clone()).unwrap().l();
            let found = cholesky(a.clone()).unwrap();
            assert!((found.lower_triangle() - &wanted).norm() <= 1e-12 * wanted.norm(), "{n}");
            let inverse = inverse_transposed(&found);
            let product = wanted.transpose() * &inverse;
            assert!((product - DMatrix::identity(n, n)).norm() < 1e-10, "{n}");
            assert_eq!(inverse.upper_triangle(), inverse);
        }
    }

    #[test]
    fn processors_without_vectors_give_the_same_up_to_rounding() {
        for n in SIZES {
            let a = positive(n);
            let (stride, found) = (padded::stride(n), cholesky(a.clone()).unwrap());
            let mut lower = padded::lower(&a);
            assert!(Factor { lower: &mut lower, n }.with_simd(pulp::Scalar::new()));
            for (i, j) in (0..n).flat_map(|j| (j..n).map(move |i| (i, j))) {
                assert!((lower[j * stride + i] - found[(i, j)]).abs() < 1e-12 * a.amax(), "{n}");
            }
        }
    }

    #[test]
    fn matrices_that_are_not_positive_definite_have_no_factor() {
        for n in SIZES.into_iter().filter(|n| *n > 0) {
            for entry in [0, n / 2, n - 1] {
                for value in [-1e-9, f64::NAN] {
                    let mut a = DMatrix::identity(n, n);
                    a[(entry, entry)] = value;
                    assert!(cholesky(a).is_none(), "{n} {entry} {value}");
                }
            }
        }
    }
}
