//! Products of all columns of a matrix with each other.

use nalgebra::{DMatrix, DVector};
use pulp::{Simd, WithSimd};

use super::line::Line;
use super::padded::{self, LANES};
use super::vectors::arch;

/// Rows that are packed at once. More fit into the cache less well.
const ROWS: usize = 256;

/// `XᵀX` (d × d) of X (m × d).
pub fn gram(x: &DMatrix<f64>) -> DMatrix<f64> {
    products(columns(x)).first(x.ncols())
}

/// `XᵀX` (d × d) and `Xᵀy` (d) of X (m × d) and y (m), for which X is read once.
pub fn gram_with(x: &DMatrix<f64>, y: &DVector<f64>) -> (DMatrix<f64>, DVector<f64>) {
    let d = x.ncols();
    let products = products(columns(x).chain([y.as_slice()]));
    (products.first(d), DVector::from_fn(d, |i, _| products.lower[i * products.stride + d]))
}

fn columns(x: &DMatrix<f64>) -> impl Iterator<Item = &[f64]> {
    let m = x.nrows();
    (0..x.ncols()).map(move |j| &x.as_slice()[j * m..(j + 1) * m])
}

/// The products of all columns (of the same length) with each other.
fn products<'a>(columns: impl Iterator<Item = &'a [f64]>) -> Products {
    arch().dispatch(Gram(&columns.collect::<Vec<_>>()))
}

/// A gram matrix in columns of length `stride`; what is above the diagonal has no meaning.
struct Products {
    lower: Vec<f64>,
    stride: usize,
}

impl Products {
    /// The products of the first d columns.
    fn first(&self, d: usize) -> DMatrix<f64> {
        padded::mirrored(&self.lower, self.stride, d)
    }
}

struct Gram<'a>(&'a [&'a [f64]]);

impl WithSimd for Gram<'_> {
    type Output = Products;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> Products {
        let m = self.0.first().map_or(0, |column| column.len());
        let stride = padded::stride(self.0.len());
        let mut lower = vec![0.0; stride * stride];
        let mut panels = Panels::new(ROWS.min(m), stride / LANES);
        for first in (0..m).step_by(ROWS) {
            panels.pack(self.0, first..(first + ROWS).min(m));
            if S::REGISTER_COUNT >= 32 {
                panels.add_products::<S, 3, LANES>(simd, &mut lower);
            } else {
                panels.add_products::<S, 2, { LANES / 2 }>(simd, &mut lower);
            }
        }
        Products { lower, stride }
    }
}

/// Some rows of X in panels of `LANES` columns, in which every row is a cache line. What is beyond
/// the last column is zero.
struct Panels {
    lines: Vec<Line>,
    /// Lines of a panel.
    height: usize,
    /// Rows that are packed now.
    rows: usize,
    count: usize,
}

impl Panels {
    fn new(height: usize, count: usize) -> Self {
        Self { lines: vec![Line::default(); height * count], height, rows: 0, count }
    }

    fn pack(&mut self, columns: &[&[f64]], rows: std::ops::Range<usize>) {
        self.rows = rows.len();
        let panels = self.lines.chunks_exact_mut(self.height.max(1));
        let n = self.rows;
        let nothing = vec![0.0; n];
        for (panel, columns) in panels.zip(columns.chunks(LANES)) {
            let mut values = [&nothing[..n]; LANES];
            for (values, column) in values.iter_mut().zip(columns) {
                *values = &column[rows.start..][..n];
            }
            for (row, line) in panel[..n].iter_mut().enumerate() {
                *line = Line(std::array::from_fn(|lane| values[lane][row]));
            }
        }
    }

    /// The rows of a panel.
    #[inline(always)]
    fn panel(&self, index: usize) -> &[Line] {
        &self.lines[index * self.height..][..self.rows]
    }

    /// Adds the products of all columns with those at and after them: V vectors of columns with C
    /// columns at once.
    #[inline(always)]
    fn add_products<S: Simd, const V: usize, const C: usize>(&self, simd: S, lower: &mut [f64]) {
        let vectors = LANES / lanes::<S>();
        for right in 0..self.count {
            for column in (0..LANES).step_by(C) {
                let mut left = right * vectors;
                while left + V <= self.count * vectors {
                    self.add_square::<S, V, C>(simd, left, right * LANES + column, lower);
                    left += V;
                }
                while left + 2 <= self.count * vectors {
                    self.add_square::<S, 2, C>(simd, left, right * LANES + column, lower);
                    left += 2;
                }
                if left < self.count * vectors {
                    self.add_square::<S, 1, C>(simd, left, right * LANES + column, lower);
                }
            }
        }
    }

    /// Adds the products of V vectors of columns from `left`, counted in vectors, with C columns
    /// from `right`.
    #[inline(always)]
    fn add_square<S: Simd, const V: usize, const C: usize>(
        &self,
        simd: S,
        left: usize,
        right: usize,
        lower: &mut [f64],
    ) {
        let vectors = LANES / lanes::<S>();
        let stride = self.count * LANES;
        let panels: [&[Line]; V] = std::array::from_fn(|v| self.panel((left + v) / vectors));
        let (other, column) = (self.panel(right / LANES), right % LANES);
        let mut sums = [[simd.splat_f64s(0.0); V]; C];
        for row in 0..self.rows {
            let mut x = [simd.splat_f64s(0.0); V];
            for v in 0..V {
                x[v] = S::as_simd_f64s(&panels[v][row].0).0[(left + v) % vectors];
            }
            for (c, sums) in sums.iter_mut().enumerate() {
                let y = simd.splat_f64s(other[row].0[column + c]);
                for v in 0..V {
                    sums[v] = simd.mul_add_e_f64s(x[v], y, sums[v]);
                }
            }
        }
        for (c, sums) in sums.iter().enumerate() {
            let column = &mut lower[(right + c) * stride..][..stride];
            let column = &mut S::as_mut_simd_f64s(column).0[left..][..V];
            for (out, sum) in column.iter_mut().zip(sums) {
                *out = simd.add_f64s(*out, *sum);
            }
        }
    }
}

/// Numbers of a vector.
#[inline(always)]
fn lanes<S: Simd>() -> usize {
    size_of::<S::f64s>() / size_of::<f64>()
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
                let distance = (found.first(d) - &wanted).norm();
                assert!(distance <= 1e-13 * wanted.norm(), "{m} {d} {processor:?}");
            }
            let y = DVector::from_fn(m, |i, _| (i as f64).sin());
            let (h, c) = gram_with(&x, &y);
            assert!((h - &wanted).norm() <= 1e-13 * wanted.norm(), "{m} {d}");
            assert!((c - x.tr_mul(&y)).norm() <= 1e-12 * wanted.norm(), "{m} {d}");
        }
    }
}
