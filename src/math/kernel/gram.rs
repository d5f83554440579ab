//! Products of all columns of a matrix with each other.

use nalgebra::{DMatrix, DVector};
use pulp::{Simd, WithSimd};

use super::vectors::arch;

use super::padded;

/// Rows that are multiplied before the sums are touched again. More fit into the cache less well.
const ROWS: usize = 512;

/// Columns that stay in cache while they are multiplied with all before them.
const BLOCK: usize = 32;

/// `XᵀX` (d × d) of X (m × d).
pub fn gram(x: &DMatrix<f64>) -> DMatrix<f64> {
    let Products { lower, d } = products(columns(x));
    padded::mirrored(&lower, d, d)
}

/// `XᵀX` (d × d) and `Xᵀy` (d) of X (m × d) and y (m), for which X is read once.
pub fn gram_with(x: &DMatrix<f64>, y: &DVector<f64>) -> (DMatrix<f64>, DVector<f64>) {
    let d = x.ncols();
    let Products { lower, d: stride } = products(columns(x).chain([y.as_slice()]));
    let of_x = padded::mirrored(&lower, stride, d);
    (of_x, DVector::from_fn(d, |i, _| lower[i * stride + d]))
}

fn columns(x: &DMatrix<f64>) -> impl Iterator<Item = &[f64]> {
    let m = x.nrows();
    (0..x.ncols()).map(move |j| &x.as_slice()[j * m..(j + 1) * m])
}

/// The products of all columns (of the same length) with each other.
fn products<'a>(columns: impl Iterator<Item = &'a [f64]>) -> Products {
    arch().dispatch(Gram(&columns.collect::<Vec<_>>()))
}

/// A gram matrix (d × d).
struct Products {
    /// Its columns; what is above the diagonal has no meaning.
    lower: Vec<f64>,
    d: usize,
}

struct Gram<'a>(&'a [&'a [f64]]);

impl WithSimd for Gram<'_> {
    type Output = Products;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> Products {
        let d = self.0.len();
        let m = self.0.first().map_or(0, |column| column.len());
        let mut lower = vec![0.0; d * d];
        for first in (0..m).step_by(ROWS) {
            let rows = first..(first + ROWS).min(m);
            let columns: Vec<&[f64]> = self.0.iter().map(|column| &column[rows.clone()]).collect();
            for block in (0..d).step_by(BLOCK) {
                let end = (block + BLOCK).min(d);
                if S::REGISTER_COUNT >= 32 {
                    add_block::<S, 4>(simd, &columns, block..end, &mut lower);
                } else {
                    add_block::<S, 3>(simd, &columns, block..end, &mut lower);
                }
            }
        }
        Products { lower, d }
    }
}

/// Adds the products of a block of columns with themselves and those before, in squares of side N.
#[inline(always)]
fn add_block<S: Simd, const N: usize>(
    simd: S,
    columns: &[&[f64]],
    block: std::ops::Range<usize>,
    lower: &mut [f64],
) {
    for j in (0..block.end).step_by(N) {
        let mut i = block.start.max(j);
        while i + N <= block.end {
            add_square::<S, N, N>(simd, columns, i, j, lower);
            i += N;
        }
        while i < block.end {
            add_square::<S, 1, N>(simd, columns, i, j, lower);
            i += 1;
        }
    }
}

/// Adds the products of A columns from i with B columns from j. Beyond the last column j stays
/// where it is.
#[inline(always)]
fn add_square<S: Simd, const A: usize, const B: usize>(
    simd: S,
    columns: &[&[f64]],
    i: usize,
    j: usize,
    lower: &mut [f64],
) {
    let zero = simd.splat_f64s(0.0);
    let (d, rows) = (columns.len(), columns[0].len());
    let vectors = S::as_simd_f64s(columns[0]).0.len();
    let rest = rows - vectors * (size_of::<S::f64s>() / size_of::<f64>());
    let nothing: &[S::f64s] = &[];
    let (mut left, mut right) = ([nothing; A], [nothing; B]);
    for a in 0..A {
        left[a] = &S::as_simd_f64s(columns[i + a]).0[..vectors];
    }
    for b in 0..B {
        right[b] = &S::as_simd_f64s(columns[(j + b).min(d - 1)]).0[..vectors];
    }
    let mut own = [[zero; B]; A];
    for k in 0..vectors {
        let mut x = [zero; B];
        for b in 0..B {
            x[b] = right[b][k];
        }
        for a in 0..A {
            let y = left[a][k];
            for b in 0..B {
                own[a][b] = simd.mul_add_e_f64s(x[b], y, own[a][b]);
            }
        }
    }
    for a in 0..A {
        for b in 0..B.min(d - j) {
            let ends = columns[i + a][rows - rest..].iter().zip(&columns[j + b][rows - rest..]);
            let rest: f64 = ends.map(|(x, y)| x * y).sum();
            lower[(j + b) * d + i + a] += simd.reduce_sum_f64s(own[a][b]) + rest;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::kernel::processors::Processor;
    use crate::math::linalg::normal_matrix;
    use crate::math::seed::Seed;

    #[test]
    fn the_gram_matrix_is_that_of_the_product_for_every_shape() {
        for (m, d) in [(0, 3), (1, 1), (7, 5), (255, 8), (256, 17), (600, 33), (300, 100)] {
            let x = normal_matrix(m, d, &mut Seed::new(1).rng());
            let wanted = x.transpose() * &x;
            assert!((gram(&x) - &wanted).norm() <= 1e-13 * wanted.norm(), "{m} {d}");
            let all: Vec<&[f64]> = columns(&x).collect();
            for processor in Processor::all() {
                let found = processor.run(Gram(&all));
                let found = padded::mirrored(&found.lower, d, d);
                let distance = (found - &wanted).norm();
                assert!(distance <= 1e-13 * wanted.norm(), "{m} {d} {processor:?}");
            }
            let y = DVector::from_fn(m, |i, _| (i as f64).sin());
            let (h, c) = gram_with(&x, &y);
            assert!((h - &wanted).norm() <= 1e-13 * wanted.norm(), "{m} {d}");
            assert!((c - x.tr_mul(&y)).norm() <= 1e-12 * wanted.norm(), "{m} {d}");
        }
    }
}
