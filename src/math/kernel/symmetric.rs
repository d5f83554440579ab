//! Symmetric matrices that are multiplied many times.

use nalgebra::{DMatrix, DVector};
use pulp::{Simd, WithSimd};

use super::line::Line;
use super::padded::LANES;
use super::vectors::arch;

/// A symmetric matrix H (n × n), packed for products with many vectors: its lower half in squares
/// of `LANES` columns, those of the same columns one after the other. Squares on the diagonal are
/// whole; what is beyond the last row or column is zero.
#[derive(Debug)]
pub struct Symmetric {
    squares: Vec<[Line; LANES]>,
    n: usize,
}

impl Symmetric {
    /// Packs H (n × n). Only its lower half is read.
    pub fn new(matrix: &DMatrix<f64>) -> Self {
        let n = matrix.nrows();
        let mut squares = Vec::new();
        for column in (0..n).step_by(LANES) {
            for row in (column..n).step_by(LANES) {
                let at = |r: usize, c: usize| {
                    let (r, c) = (row + r, column + c);
                    if r.max(c) < n { matrix[(r.max(c), r.min(c))] } else { 0.0 }
                };
                let line = |c: usize| Line(std::array::from_fn(|r| at(r, c)));
                squares.push(std::array::from_fn(line));
            }
        }
        Self { squares, n }
    }

    /// `Hv` (n) for v (n). Every number of the lower half is read once.
    pub fn times(&self, vector: &DVector<f64>) -> DVector<f64> {
        arch().dispatch(Times { matrix: self, vector: vector.as_slice() })
    }
}

struct Times<'a> {
    matrix: &'a Symmetric,
    vector: &'a [f64],
}

impl WithSimd for Times<'_> {
    type Output = DVector<f64>;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> DVector<f64> {
        let Symmetric { squares, n } = self.matrix;
        let v = lines(&self.vector[..*n]);
        let mut out = vec![Line::default(); v.len()];
        let mut squares = squares.iter();
        for (first, own) in v.iter().enumerate() {
            let mut along = [simd.splat_f64s(0.0); LANES];
            for (along, x) in along.iter_mut().zip(own.0) {
                *along = simd.splat_f64s(x);
            }
            if let Some(square) = squares.next() {
                add::<S>(simd, square, &along, &mut out[first]);
            }
            let mut dots = [simd.splat_f64s(0.0); LANES];
            let below = v[first + 1..].iter().zip(&mut out[first + 1..]);
            for ((v, out), square) in below.zip(squares.by_ref()) {
                add::<S>(simd, square, &along, out);
                for (part, v) in S::as_simd_f64s(&v.0).0.iter().enumerate() {
                    for c in 0..LANES {
                        let x = S::as_simd_f64s(&square[c].0).0[part];
                        dots[c] = simd.mul_add_e_f64s(x, *v, dots[c]);
                    }
                }
            }
            for (out, dot) in out[first].0.iter_mut().zip(&dots) {
                *out += simd.reduce_sum_f64s(*dot);
            }
        }
        DVector::from_iterator(*n, out.iter().flat_map(|line| line.0).take(*n))
    }
}

/// The numbers in lines, the last filled with zeros.
fn lines(vector: &[f64]) -> Vec<Line> {
    let line = |chunk: &[f64]| {
        let mut line = Line::default();
        line.0[..chunk.len()].copy_from_slice(chunk);
        line
    };
    vector.chunks(LANES).map(line).collect()
}

/// Adds the product of a square with a vector.
#[inline(always)]
fn add<S: Simd>(simd: S, square: &[Line; LANES], along: &[S::f64s; LANES], out: &mut Line) {
    for (part, out) in S::as_mut_simd_f64s(&mut out.0).0.iter_mut().enumerate() {
        let mut sums = [*out, simd.splat_f64s(0.0)];
        for c in 0..LANES {
            let x = S::as_simd_f64s(&square[c].0).0[part];
            sums[c % 2] = simd.mul_add_e_f64s(x, along[c], sums[c % 2]);
        }
        *out = simd.add_f64s(sums[0], sums[1]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::kernel::processors::Processor;
    use crate::math::linalg::{normal_matrix, normal_vector};
    use crate::math::seed::Seed;

    #[test]
    fn products_are_those_of_the_whole_matrix_for_every_size_on_every_processor() {
        for n in [0, 1, 5, 8, 9, 16, 33, 100] {
            let rng = &mut Seed::new(7).rng();
            let (matrix, vector) = (normal_matrix(n, n, rng), normal_vector(n, rng));
            let matrix = &matrix + matrix.transpose();
            let packed = Symmetric::new(&matrix.lower_triangle());
            let wanted = &matrix * &vector;
            for processor in Processor::all() {
                let found = processor.run(Times { matrix: &packed, vector: vector.as_slice() });
                assert!((found - &wanted).norm() < 1e-12, "{n} {processor:?}");
            }
        }
    }
}
