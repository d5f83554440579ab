//! Eigenvalues and some or all eigenvectors of symmetric matrices.

use nalgebra::{DMatrix, DVector};
use pulp::{Simd, WithSimd};

use super::vectors::arch;

use super::reduction::Reduction;
use super::rotations::{self, Rotations};
use super::tridiagonal::Tridiagonal;

/// Vectors of eigenvectors that are turned at once.
const VECTORS: usize = 4;

/// The eigenvalues of a symmetric matrix (n × n), largest first, and what is needed to find
/// eigenvectors.
#[derive(Debug, Clone)]
pub struct Eigen {
    /// The eigenvalues (n), largest first.
    pub values: DVector<f64>,
    reduction: Reduction,
    rotations: Rotations,
    /// The place of every eigenvalue before they were sorted.
    places: Vec<usize>,
}

impl Eigen {
    /// Decomposes a symmetric matrix (n × n); only its lower half is read. If an entry is not
    /// finite, all eigenvalues are NaN.
    pub fn of(symmetric: &DMatrix<f64>) -> Self {
        let reduction = Reduction::of(symmetric);
        let (values, rotations) = diagonalised(&reduction, true);
        let mut places: Vec<usize> = (0..values.len()).collect();
        places.sort_by(|&a, &b| values[b].total_cmp(&values[a]));
        let values = DVector::from_iterator(places.len(), places.iter().map(|&i| values[i]));
        Self { values, reduction, rotations, places }
    }

    /// The eigenvectors (n × count) of the eigenvalues in `range`, in their order. The cost is
    /// O(n²) each.
    pub fn vectors(&self, range: std::ops::Range<usize>) -> DMatrix<f64> {
        arch().dispatch(Vectors { eigen: self, places: &self.places[range] })
    }
}

/// The eigenvalues (n) of a symmetric matrix (n × n), largest first, without eigenvectors.
pub fn eigenvalues(symmetric: &DMatrix<f64>) -> DVector<f64> {
    let (mut values, _) = diagonalised(&Reduction::of(symmetric), false);
    values.sort_by(|a, b| b.total_cmp(a));
    DVector::from_vec(values)
}

/// Eigenvalues in no order, and the rotations if they are wanted.
fn diagonalised(reduction: &Reduction, is_wanted: bool) -> (Vec<f64>, Rotations) {
    let Tridiagonal { diagonal, beside } = &reduction.tridiagonal;
    let is_known = diagonal.iter().chain(beside).all(|x| x.is_finite());
    let largest = diagonal.iter().chain(beside).fold(0.0_f64, |most, x| most.max(x.abs()));
    if largest == 0.0 || !is_known {
        let value = if is_known { 0.0 } else { f64::NAN };
        return (vec![value; reduction.size()], Rotations::default());
    }
    let scaled = |values: &[f64]| values.iter().map(|x| x / largest).collect::<Vec<f64>>();
    let (mut values, mut beside) = (scaled(diagonal), scaled(beside));
    beside.push(0.0);
    let rotations = rotations::diagonalise(&mut values, &mut beside, is_wanted);
    values.iter_mut().for_each(|value| *value *= largest);
    (values, rotations)
}

struct Vectors<'a> {
    eigen: &'a Eigen,
    places: &'a [usize],
}

impl WithSimd for Vectors<'_> {
    type Output = DMatrix<f64>;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> DMatrix<f64> {
        let n = self.eigen.reduction.size();
        let lanes = size_of::<S::f64s>() / size_of::<f64>();
        let mut out = DMatrix::zeros(n, self.places.len());
        for first in (0..self.places.len()).step_by(VECTORS * lanes) {
            let places = &self.places[first..(first + VECTORS * lanes).min(self.places.len())];
            match places.len().div_ceil(lanes) {
                1 => some::<S, 1>(simd, self.eigen, places, first, &mut out),
                2 => some::<S, 2>(simd, self.eigen, places, first, &mut out),
                _ => some::<S, VECTORS>(simd, self.eigen, places, first, &mut out),
            }
        }
        out
    }
}

/// Up to V vectors of eigenvectors: unit vectors are rotated back, the last rotation first, and
/// then reflected back. They lie side by side, so a row is V vectors long.
#[inline(always)]
fn some<S: Simd, const V: usize>(
    simd: S,
    eigen: &Eigen,
    places: &[usize],
    first: usize,
    out: &mut DMatrix<f64>,
) {
    let Eigen { reduction, rotations, .. } = eigen;
    let width = V * size_of::<S::f64s>() / size_of::<f64>();
    let mut entries = vec![0.0; reduction.size() * width];
    places.iter().enumerate().for_each(|(j, place)| entries[place * width + j] = 1.0);
    let rows = S::as_mut_simd_f64s(&mut entries).0.as_chunks_mut::<V>().0;
    for sweep in rotations.sweeps.iter().rev() {
        let pairs = &rotations.all[sweep.begin..sweep.end];
        let rows = &mut rows[sweep.first..sweep.first + pairs.len() + 1];
        let mut held = rows[0];
        for (i, rotation) in pairs.iter().enumerate() {
            let (cos, sin) = (simd.splat_f64s(rotation.cos), simd.splat_f64s(rotation.sin));
            let next = rows[i + 1];
            for v in 0..V {
                let (x, y) = (held[v], next[v]);
                rows[i][v] = simd.mul_add_e_f64s(cos, x, simd.mul_f64s(sin, y));
                held[v] = simd.sub_f64s(simd.mul_f64s(cos, y), simd.mul_f64s(sin, x));
            }
        }
        rows[pairs.len()] = held;
    }
    reflect_back(simd, reduction, rows);
    for (j, mut column) in out.column_iter_mut().skip(first).take(places.len()).enumerate() {
        let own = entries[j..].iter().step_by(width);
        column.iter_mut().zip(own).for_each(|(to, from)| *to = *from);
    }
}

/// Applies the reflections to rows of V vectors, the last one first.
#[inline(always)]
fn reflect_back<S: Simd, const V: usize>(
    simd: S,
    reduction: &Reduction,
    rows: &mut [[S::f64s; V]],
) {
    let mut along = [simd.splat_f64s(0.0); V];
    let mut axes = reduction.reflections().enumerate().rev().peekable();
    if let Some((i, axis)) = axes.peek() {
        for (row, x) in rows[i + 1..].iter().zip(&axis[i + 1..]) {
            let x = simd.splat_f64s(*x);
            for v in 0..V {
                along[v] = simd.mul_add_e_f64s(x, row[v], along[v]);
            }
        }
    }
    while let Some((i, axis)) = axes.next() {
        let mut minus_twice = [simd.splat_f64s(-2.0); V];
        for v in 0..V {
            minus_twice[v] = simd.mul_f64s(minus_twice[v], along[v]);
            along[v] = simd.splat_f64s(0.0);
        }
        let Some((_, before)) = axes.peek() else {
            for (row, x) in rows[i + 1..].iter_mut().zip(&axis[i + 1..]) {
                let x = simd.splat_f64s(*x);
                for v in 0..V {
                    row[v] = simd.mul_add_e_f64s(x, minus_twice[v], row[v]);
                }
            }
            return;
        };
        let entries = axis[i..].iter().zip(&before[i..]);
        for (row, (x, y)) in rows[i..].iter_mut().zip(entries) {
            let (x, y) = (simd.splat_f64s(*x), simd.splat_f64s(*y));
            for v in 0..V {
                row[v] = simd.mul_add_e_f64s(x, minus_twice[v], row[v]);
                along[v] = simd.mul_add_e_f64s(y, row[v], along[v]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::kernel::processors::Processor;
    use crate::math::linalg::{normal_matrix, orthonormal};
    use crate::math::seed::Seed;

    /// Symmetric matrices of many sizes: of full rank, of low rank, with equal eigenvalues, with
    /// entries of very different size, diagonal, and zero.
    fn matrices() -> Vec<DMatrix<f64>> {
        let rng = &mut Seed::new(3).rng();
        let mut all = vec![DMatrix::zeros(12, 12)];
        for n in [1, 2, 3, 5, 8, 9, 33, 70] {
            let x = normal_matrix(2 * n, n, rng);
            let few = normal_matrix(n.div_ceil(3), n, rng);
            let q = orthonormal(n, rng);
            let sizes =
                DMatrix::from_fn(n, n, |i, j| if i == j { 10f64.powi(-(i as i32)) } else { 0.0 });
            let steps = DMatrix::from_fn(n, n, |i, j| if i == j { (i / 3) as f64 } else { 0.0 });
            all.extend([x.tr_mul(&x), few.tr_mul(&few), &q * &sizes * q.transpose()]);
            all.extend([&q * &steps * q.transpose(), steps, sizes.clone() * 1e-200, sizes * 1e200]);
            all.push(&q + q.transpose());
        }
        all
    }

    #[test]
    fn eigenvalues_are_those_of_an_independent_method_and_stand_in_order() {
        for a in matrices() {
            let mut wanted: Vec<f64> = a.clone().symmetric_eigenvalues().iter().copied().collect();
            wanted.sort_by(|a, b| b.total_cmp(a));
            let largest = wanted.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
            let eigen = Eigen::of(&a);
            for values in [&eigen.values, &eigenvalues(&a)] {
                for (found, wanted) in values.iter().zip(&wanted) {
                    assert!((found - wanted).abs() <= 1e-13 * largest, "{found} {wanted}");
                }
                assert!(values.as_slice().is_sorted_by(|a, b| a >= b));
            }
        }
    }

    fn assert_vectors(a: &DMatrix<f64>, eigen: &Eigen, vectors: &DMatrix<f64>) {
        let n = a.nrows();
        assert!((vectors.tr_mul(vectors) - DMatrix::identity(n, n)).norm() < 1e-12);
        let rest = a * vectors - vectors * DMatrix::from_diagonal(&eigen.values);
        assert!(rest.norm() <= 1e-13 * a.norm() * n as f64, "{n} {}", rest.norm());
    }

    #[test]
    fn eigenvectors_are_orthonormal_and_only_stretched_by_the_matrix_on_every_processor() {
        for a in matrices() {
            let eigen = Eigen::of(&a);
            assert_vectors(&a, &eigen, &eigen.vectors(0..a.nrows()));
            for processor in Processor::all() {
                let vectors = Vectors { eigen: &eigen, places: &eigen.places };
                assert_vectors(&a, &eigen, &processor.run(vectors));
            }
        }
    }

    #[test]
    fn some_eigenvectors_are_those_of_all() {
        for a in matrices() {
            let (eigen, n) = (Eigen::of(&a), a.nrows());
            let all = eigen.vectors(0..n);
            for range in [0..n.min(2), n / 2..n, n..n] {
                let some = eigen.vectors(range.clone());
                assert!((some - all.columns_range(range)).amax() < 1e-14);
            }
        }
    }

    #[test]
    fn a_matrix_without_entries_has_no_eigenvalues() {
        let eigen = Eigen::of(&DMatrix::zeros(0, 0));
        assert_eq!(eigen.values.len(), 0);
        assert_eq!(eigen.vectors(0..0).shape(), (0, 0));
    }

    #[test]
    fn entries_that_are_no_numbers_give_no_eigenvalues() {
        for entry in [f64::NAN, f64::INFINITY] {
            let mut a = DMatrix::identity(9, 9);
            a[(4, 2)] = entry;
            assert!(Eigen::of(&a).values.iter().all(|value| value.is_nan()));
        }
    }
}
