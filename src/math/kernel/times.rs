//! Products of a matrix with vectors.

use nalgebra::{DMatrix, DVector};
use pulp::{Simd, WithSimd};

use super::vectors::arch;

use super::dot::dot;

/// Columns that are multiplied at once.
const COLUMNS: usize = 4;

/// `M v` (m) for M (m × n) and v (n).
pub fn times(matrix: &DMatrix<f64>, vector: &DVector<f64>) -> DVector<f64> {
    let mut out = DVector::zeros(matrix.nrows());
    let out_values = out.as_mut_slice();
    let vector = vector.as_slice();
    arch().dispatch(Times::<false> { matrix, vector, out: out_values });
    out
}

/// `Mᵀ v` (n) for M (m × n) and v (m).
pub fn transposed_times(matrix: &DMatrix<f64>, vector: &DVector<f64>) -> DVector<f64> {
    let mut out = DVector::zeros(matrix.ncols());
    let out_values = out.as_mut_slice();
    arch().dispatch(Transposed { matrix, vectors: vector.as_slice(), out: out_values });
    out
}

/// `Mᵀ V` (n × p) for M (m × n) and V (m × p).
pub fn transposed_product(matrix: &DMatrix<f64>, vectors: &DMatrix<f64>) -> DMatrix<f64> {
    let mut out = DMatrix::zeros(matrix.ncols(), vectors.ncols());
    let out_values = out.as_mut_slice();
    arch().dispatch(Transposed { matrix, vectors: vectors.as_slice(), out: out_values });
    out
}

/// `M v` (n) for a symmetric M (n × n) and v (n). Only the lower half of M is read, once.
pub fn symmetric_times(matrix: &DMatrix<f64>, vector: &DVector<f64>) -> DVector<f64> {
    let mut out = DVector::zeros(vector.len());
    let out_values = out.as_mut_slice();
    let vector = vector.as_slice();
    arch().dispatch(Times::<true> { matrix, vector, out: out_values });
    out
}

/// Adds `M v` to `out`, from the lower half of M alone if it is symmetric.
struct Times<'a, const SYMMETRIC: bool> {
    matrix: &'a DMatrix<f64>,
    vector: &'a [f64],
    out: &'a mut [f64],
}

impl<const SYMMETRIC: bool> WithSimd for Times<'_, SYMMETRIC> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { matrix, vector, out } = self;
        let n = vector.len();
        let mut first = 0;
        while first + COLUMNS <= n {
            add::<S, COLUMNS, SYMMETRIC>(simd, matrix, vector, first, out);
            first += COLUMNS;
        }
        while first < n {
            add::<S, 1, SYMMETRIC>(simd, matrix, vector, first, out);
            first += 1;
        }
    }
}

/// Adds what C columns from `first` contribute and, if only the lower half is read, what the rows
/// that mirror them do.
#[inline(always)]
fn add<S: Simd, const C: usize, const SYMMETRIC: bool>(
    simd: S,
    matrix: &DMatrix<f64>,
    vector: &[f64],
    first: usize,
    out: &mut [f64],
) {
    if SYMMETRIC {
        add_mirrored::<S, C>(simd, matrix, vector, first, out);
    } else {
        add_columns::<S, C>(simd, matrix, vector, first, out);
    }
}

/// Adds what C columns from `first` contribute.
#[inline(always)]
fn add_columns<S: Simd, const C: usize>(
    simd: S,
    matrix: &DMatrix<f64>,
    vector: &[f64],
    first: usize,
    out: &mut [f64],
) {
    let m = matrix.nrows();
    let (to, rest) = S::as_mut_simd_f64s(out);
    let mut along = [simd.splat_f64s(0.0); C];
    let (mut vectors, mut ends): ([&[S::f64s]; C], [&[f64]; C]) = ([&[]; C], [&[]; C]);
    for c in 0..C {
        along[c] = simd.splat_f64s(vector[first + c]);
        (vectors[c], ends[c]) = S::as_simd_f64s(&matrix.as_slice()[(first + c) * m..][..m]);
        vectors[c] = &vectors[c][..to.len()];
    }
    for (k, to) in to.iter_mut().enumerate() {
        let mut sum = *to;
        for c in 0..C {
            sum = simd.mul_add_e_f64s(vectors[c][k], along[c], sum);
        }
        *to = sum;
    }
    if !rest.is_empty() {
        let mut sum = simd.partial_load_f64s(rest);
        for c in 0..C {
            sum = simd.mul_add_e_f64s(simd.partial_load_f64s(ends[c]), along[c], sum);
        }
        simd.partial_store_f64s(rest, sum);
    }
}

/// The products of the columns of a matrix with vectors, one below the other.
struct Transposed<'a> {
    matrix: &'a DMatrix<f64>,
    vectors: &'a [f64],
    out: &'a mut [f64],
}

impl WithSimd for Transposed<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let (m, n) = self.matrix.shape();
        for (i, out) in self.out.chunks_exact_mut(n.max(1)).enumerate() {
            let vector = &self.vectors[i * m..][..m];
            for (j, out) in out.iter_mut().enumerate() {
                *out = dot(simd, &self.matrix.as_slice()[j * m..][..m], vector);
            }
        }
    }
}

/// Adds what C columns from `first`, at and below the diagonal, and the rows that mirror them
/// contribute.
#[inline(always)]
fn add_mirrored<S: Simd, const C: usize>(
    simd: S,
    matrix: &DMatrix<f64>,
    vector: &[f64],
    first: usize,
    out: &mut [f64],
) {
    let n = vector.len();
    let below = first + C;
    let zero = simd.splat_f64s(0.0);
    let (mut along, mut dots) = ([zero; C], [zero; C]);
    let mut columns: [&[f64]; C] = [&[]; C];
    let mut own = [0.0; C];
    for c in 0..C {
        let x = vector[first + c];
        along[c] = simd.splat_f64s(x);
        columns[c] = &matrix.as_slice()[(first + c) * n..][..n];
        let square = &columns[c][first..below];
        own[c] += square[c] * x;
        for r in c + 1..C {
            own[r] += square[r] * x;
            own[c] += square[r] * vector[first + r];
        }
    }
    let (v, v_rest) = S::as_simd_f64s(&vector[below..]);
    let (to, to_rest) = S::as_mut_simd_f64s(&mut out[below..]);
    let mut vectors: [&[S::f64s]; C] = [&[]; C];
    for c in 0..C {
        vectors[c] = &S::as_simd_f64s(&columns[c][below..]).0[..v.len()];
    }
    for (k, (v, to)) in v.iter().zip(to).enumerate() {
        let (v, mut sum) = (*v, *to);
        for c in 0..C {
            let x = vectors[c][k];
            sum = simd.mul_add_e_f64s(x, along[c], sum);
            dots[c] = simd.mul_add_e_f64s(x, v, dots[c]);
        }
        *to = sum;
    }
    if !v_rest.is_empty() {
        let v = simd.partial_load_f64s(v_rest);
        let mut sum = simd.partial_load_f64s(to_rest);
        for c in 0..C {
            let x = simd.partial_load_f64s(&columns[c][n - v_rest.len()..]);
            sum = simd.mul_add_e_f64s(x, along[c], sum);
            dots[c] = simd.mul_add_e_f64s(x, v, dots[c]);
        }
        simd.partial_store_f64s(to_rest, sum);
    }
    for c in 0..C {
        out[first + c] += own[c] + simd.reduce_sum_f64s(dots[c]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::kernel::processors::Processor;
    use crate::math::linalg::{normal_matrix, normal_vector};
    use crate::math::seed::Seed;

    #[test]
    fn products_are_those_of_the_matrix_for_every_shape_on_every_processor() {
        for (m, n) in [(0, 3), (3, 0), (1, 1), (5, 7), (8, 4), (33, 6), (100, 101)] {
            let rng = &mut Seed::new(3).rng();
            let (matrix, v) = (normal_matrix(m, n, rng), normal_vector(n, rng));
            let u = normal_vector(m, rng);
            for processor in Processor::all() {
                let (mut out, mut back) = (DVector::zeros(m), DVector::zeros(n));
                let (vector, to) = (v.as_slice(), out.as_mut_slice());
                processor.run(Times::<false> { matrix: &matrix, vector, out: to });
                assert!((out - &matrix * &v).norm() < 1e-12, "{m} {n} {processor:?}");
                let (vectors, to) = (u.as_slice(), back.as_mut_slice());
                processor.run(Transposed { matrix: &matrix, vectors, out: to });
                assert!((back - matrix.tr_mul(&u)).norm() < 1e-12, "{m} {n} {processor:?}");
            }
            let both = DMatrix::from_columns(&[&u * 2.0, u]);
            let off = transposed_product(&matrix, &both) - matrix.tr_mul(&both);
            assert!(off.norm() < 1e-12, "{m} {n}");
        }
    }

    #[test]
    fn the_product_is_that_of_the_matrix_for_every_size_on_every_processor() {
        for n in [0, 1, 2, 3, 4, 5, 7, 8, 12, 20, 65, 100, 131] {
            let rng = &mut Seed::new(2).rng();
            let (x, v) = (normal_matrix(n, n, rng), normal_vector(n, rng));
            let m = &x + x.transpose();
            let wanted = &m * &v;
            let lower = m.lower_triangle();
            assert!((symmetric_times(&lower, &v) - &wanted).amax() < 1e-12 || n == 0, "{n}");
            for processor in Processor::all() {
                let mut out = DVector::zeros(n);
                let (vector, out_values) = (v.as_slice(), out.as_mut_slice());
                processor.run(Times::<true> { matrix: &lower, vector, out: out_values });
                assert!((out - &wanted).amax() < 1e-12 || n == 0, "{n} {processor:?}");
            }
        }
    }
}
