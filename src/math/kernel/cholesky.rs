//! Cholesky factors of symmetric matrices, and the triangular systems that go with them.

use std::borrow::Cow;
use std::ops::Range;

use nalgebra::{DMatrix, DVector};
use pulp::{Simd, WithSimd};

use super::vectors::arch;

use super::gram::gram;
use super::padded;
use super::triangular::{Backward, Forward, Triangle};

/// Columns that are computed at once.
const COLUMNS: usize = 4;

/// Matrices smaller than this are factored and solved without vectors, which would be slower.
const FEW: usize = 16;

/// The lower Cholesky factor L (n × n) of a symmetric positive definite matrix `A = LLᵀ`.
#[derive(Debug, Clone)]
pub struct Cholesky {
    /// The columns of L, `stride` numbers each; what is above the diagonal has no meaning.
    lower: Vec<f64>,
    stride: usize,
    n: usize,
}

impl Cholesky {
    /// Factors A (n × n), of which only the lower half is read. `None` if it is not positive
    /// definite.
    pub fn of(symmetric: &DMatrix<f64>) -> Option<Self> {
        let n = symmetric.nrows();
        if n < FEW {
            let mut lower = symmetric.as_slice().to_vec();
            return small(&mut lower, n).then_some(Self { lower, stride: n, n });
        }
        let mut lower = padded::lower(symmetric);
        let is_definite = arch().dispatch(Factor { lower: &mut lower, n });
        is_definite.then_some(Self { lower, stride: padded::stride(n), n })
    }

    /// n.
    pub fn size(&self) -> usize {
        self.n
    }

    /// The diagonal of L (n).
    pub fn pivots(&self) -> DVector<f64> {
        DVector::from_fn(self.n, |j, _| self.lower[j * self.stride + j])
    }

    /// Replaces b (n) by the solution of `A x = b`.
    pub fn solve_mut(&self, b: &mut DVector<f64>) {
        self.solve_lower(b);
        let (triangle, b) = (self.triangle(), b.as_mut_slice());
        match self.n < FEW {
            true => Backward { triangle, b }.with_simd(pulp::Scalar::new()),
            false => arch().dispatch(Backward { triangle, b }),
        }
    }

    /// Replaces b (n) by the solution of `L x = b`.
    pub fn solve_lower(&self, b: &mut DVector<f64>) {
        let (triangle, b) = (self.triangle(), b.as_mut_slice());
        match self.n < FEW {
            true => Forward { triangle, b }.with_simd(pulp::Scalar::new()),
            false => arch().dispatch(Forward { triangle, b }),
        }
    }

    fn triangle(&self) -> Triangle<'_> {
        Triangle { lower: &self.lower, stride: self.stride }
    }

    /// The solution (n) of `A x = b`.
    pub fn solve(&self, b: &DVector<f64>) -> DVector<f64> {
        let mut x = b.clone();
        self.solve_mut(&mut x);
        x
    }

    /// `A⁻¹` (n × n).
    pub fn inverse(&self) -> DMatrix<f64> {
        let x = self.solved_identity();
        let stride = padded::stride(self.n);
        gram(&DMatrix::from_fn(self.n, self.n, |i, j| if i >= j { x[i * stride + j] } else { 0.0 }))
    }

    /// L in columns of the length that [`padded`] has.
    fn padded(&self) -> Cow<'_, [f64]> {
        if self.stride == padded::stride(self.n) {
            return Cow::Borrowed(&self.lower);
        }
        Cow::Owned(padded::lower(&DMatrix::from_column_slice(self.n, self.n, &self.lower)))
    }

    /// `L⁻ᵀ` (n × n), upper triangular.
    pub fn inverse_transposed(&self) -> DMatrix<f64> {
        let (n, x) = (self.n, self.solved_identity());
        let stride = padded::stride(n);
        DMatrix::from_fn(n, n, |i, j| if i <= j { x[j * stride + i] } else { 0.0 })
    }

    /// The rows of `L⁻¹`, in the length that [`padded`] has; what is above the diagonal has no meaning.
    fn solved_identity(&self) -> Vec<f64> {
        let n = self.n;
        let stride = padded::stride(n);
        let mut x = vec![0.0; stride * stride];
        (0..n).for_each(|i| x[i * stride + i] = 1.0);
        arch().dispatch(Solve { lower: &self.padded(), x: &mut x, n, rows: Rows::Above });
        x
    }

    /// `L⁻¹ F L⁻ᵀ` (n × n) for a symmetric F (n × n).
    pub fn congruent(&self, symmetric: &DMatrix<f64>) -> DMatrix<f64> {
        let n = self.n;
        let stride = padded::stride(n);
        let lower = &self.padded();
        let mut half = vec![0.0; stride * stride];
        for (j, column) in symmetric.as_slice().chunks_exact(n.max(1)).enumerate() {
            half[j * stride..j * stride + n].copy_from_slice(column);
        }
        arch().dispatch(Solve { lower, x: &mut half, n, rows: Rows::All });
        let mut whole = vec![0.0; stride * stride];
        for first in (0..n).step_by(padded::LANES) {
            for i in first..n {
                for j in first..first + padded::LANES {
                    whole[j * stride + i] = half[i * stride + j];
                }
            }
        }
        arch().dispatch(Solve { lower, x: &mut whole, n, rows: Rows::Below });
        padded::mirrored(&whole, stride, n)
    }
}

/// Replaces the lower half of a matrix (n × n) by its factor. Returns false if it is not positive
/// definite.
fn small(lower: &mut [f64], n: usize) -> bool {
    for j in 0..n {
        for k in 0..j {
            let weight = lower[k * n + j];
            for i in j..n {
                lower[j * n + i] -= weight * lower[k * n + i];
            }
        }
        let rest = lower[j * n + j];
        if rest.is_nan() || rest <= 0.0 {
            return false;
        }
        let pivot = rest.sqrt();
        lower[j * n..][j..n].iter_mut().for_each(|x| *x /= pivot);
    }
    true
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

/// Rows of the columns from j on that are computed.
#[derive(Clone, Copy)]
enum Rows {
    /// Those of an upper triangle.
    Above,
    All,
    /// Those of a lower triangle.
    Below,
}

/// `X Lᵀ = B`; x (n columns) holds B before and X after, in some rows.
struct Solve<'a> {
    lower: &'a [f64],
    x: &'a mut [f64],
    n: usize,
    rows: Rows,
}

impl WithSimd for Solve<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { lower, x, n, rows } = self;
        let stride = padded::stride(n);
        for j in (0..n).step_by(COLUMNS) {
            let (before, own) = x.split_at_mut(j * stride);
            let rows = match rows {
                Rows::Above => 0..(j + COLUMNS).next_multiple_of(padded::LANES),
                Rows::All => 0..stride,
                Rows::Below => j / padded::LANES * padded::LANES..stride,
            };
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
    use crate::math::kernel::processors::Processor;
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
            let found = Cholesky::of(&a).unwrap();
            let lower = DMatrix::from_fn(n, n, |i, j| found.lower[j * found.stride + i]);
            let distance = (lower.lower_triangle() - &wanted).norm();
            assert!(distance <= 1e-12 * wanted.norm(), "{n}");
            assert!((found.pivots() - wanted.diagonal()).norm() < 1e-10, "{n}");
            let b = DVector::from_fn(n, |i, _| (i as f64).cos());
            assert!((&a * found.solve(&b) - &b).norm() < 1e-10, "{n}");
            assert!((found.inverse() * &a - DMatrix::identity(n, n)).norm() < 1e-9, "{n}");
            let f = positive(n) + DMatrix::identity(n, n);
            let back = &wanted * found.congruent(&f) * wanted.transpose();
            assert!((back - &f).norm() <= 1e-12 * f.norm(), "{n}");
            let inverse = found.inverse_transposed();
            let product = wanted.transpose() * &inverse;
            assert!((product - DMatrix::identity(n, n)).norm() < 1e-10, "{n}");
            assert_eq!(inverse.upper_triangle(), inverse);
        }
    }

    #[test]
    fn every_processor_gives_the_same_up_to_rounding() {
        let pairs =
            SIZES.into_iter().flat_map(|n| Processor::all().into_iter().map(move |p| (n, p)));
        for (n, processor) in pairs {
            let a = positive(n);
            let stride = padded::stride(n);
            let mut lower = padded::lower(&a);
            assert!(processor.run(Factor { lower: &mut lower, n }), "{n} {processor:?}");
            let wanted = nalgebra::Cholesky::new(a.clone()).unwrap().l();
            for (i, j) in (0..n).flat_map(|j| (j..n).map(move |i| (i, j))) {
                let off = (lower[j * stride + i] - wanted[(i, j)]).abs();
                assert!(off < 1e-12 * a.amax(), "{n} {processor:?}");
            }
            for (rows, start) in [(Rows::All, &a), (Rows::Above, &DMatrix::identity(n, n))] {
                let mut x = vec![0.0; stride * stride];
                (0..n * n).for_each(|at| x[at / n * stride + at % n] = start[(at % n, at / n)]);
                processor.run(Solve { lower: &lower, x: &mut x, n, rows });
                let found = DMatrix::from_fn(n, n, |i, j| x[j * stride + i]);
                let found =
                    if matches!(rows, Rows::Above) { found.upper_triangle() } else { found };
                let distance = (found * wanted.transpose() - start).norm();
                assert!(distance <= 1e-10 * start.norm(), "{n} {processor:?}");
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
                    assert!(Cholesky::of(&a).is_none(), "{n} {entry} {value}");
                }
            }
        }
    }
}
