//! A symmetric matrix made tridiagonal by reflections (Householder 1958).

use nalgebra::DMatrix;
use pulp::{Simd, WithSimd};

use super::vectors::arch;

use super::dot::dot;
use super::padded::{self, LANES};
use super::tridiagonal::Tridiagonal;

/// `T = QᵀAQ` of a symmetric matrix A (n × n), tridiagonal, with the reflections whose product is
/// the orthonormal Q.
#[derive(Debug, Clone)]
pub struct Reduction {
    /// T.
    pub tridiagonal: Tridiagonal,
    /// Unit vectors v (n each, filled up to `stride`) of the reflections `I − 2vvᵀ`, in order; of
    /// length zero where nothing had to be reflected. Vector i begins with i + 1 zeros.
    axes: Vec<f64>,
}

impl Reduction {
    /// Reduces A; only its lower half is read.
    pub fn of(symmetric: &DMatrix<f64>) -> Self {
        arch().dispatch(Reduce(symmetric))
    }

    /// n.
    pub(super) fn size(&self) -> usize {
        self.tridiagonal.diagonal.len()
    }

    /// Replaces a vector c (n) by `Qᵀc`.
    pub fn turn(&self, c: &mut [f64]) {
        arch().dispatch(Turn { reduction: self, c });
    }

    /// The unit vectors of the reflections, in order.
    pub(super) fn reflections(
        &self,
    ) -> impl DoubleEndedIterator<Item = &[f64]> + ExactSizeIterator {
        self.axes.chunks_exact(padded::stride(self.size()).max(1))
    }
}

/// [`Reduction::turn`].
struct Turn<'a> {
    reduction: &'a Reduction,
    c: &'a mut [f64],
}

impl WithSimd for Turn<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let n = self.reduction.size();
        for (i, axis) in self.reduction.reflections().enumerate() {
            let (axis, c) = (&axis[i + 1..n], &mut self.c[i + 1..]);
            let along = 2.0 * dot(simd, axis, c);
            for (c, v) in c.iter_mut().zip(axis) {
                *c -= along * v;
            }
        }
    }
}

struct Reduce<'a>(&'a DMatrix<f64>);

/// The vectors of the reflection before and of the one at hand (`stride` each), with the images
/// that change the matrix: `A − vwᵀ − wvᵀ`.
struct Vectors {
    before: Vec<f64>,
    image_before: Vec<f64>,
    axis: Vec<f64>,
    image: Vec<f64>,
}

impl WithSimd for Reduce<'_> {
    type Output = Reduction;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> Reduction {
        let n = self.0.nrows();
        let stride = padded::stride(n);
        let mut a = padded::symmetric(self.0);
        let zeros = || vec![0.0; stride];
        let mut vectors =
            Vectors { before: zeros(), image_before: zeros(), axis: zeros(), image: zeros() };
        let mut diagonal = Vec::with_capacity(n);
        let mut beside = Vec::with_capacity(n.saturating_sub(1));
        for i in 0..n {
            let Vectors { before, image_before, axis, image } = &mut vectors;
            let column = &mut a[i * stride..(i + 1) * stride];
            let (v_i, w_i) = (before[i], image_before[i]);
            let changed = column[i..].iter_mut().zip(before[i..].iter().zip(&image_before[i..]));
            changed.for_each(|(x, (v, w))| *x -= v * w_i + w * v_i);
            diagonal.push(column[i]);
            if i + 1 == n {
                break;
            }
            (before[i], image_before[i]) = (0.0, 0.0);
            column[..=i].fill(0.0);
            beside.push(reflection(simd, &mut column[i + 1..n]));
            axis.copy_from_slice(column);
            image.fill(0.0);
            if S::REGISTER_COUNT >= 32 {
                change_and_multiply::<S, 4>(simd, &mut a, i + 1, n, &mut vectors);
            } else {
                change_and_multiply::<S, 2>(simd, &mut a, i + 1, n, &mut vectors);
            }
            let Vectors { before, image_before, axis, image } = &mut vectors;
            image[..=i].fill(0.0);
            image[n..].fill(0.0);
            let along = 2.0 * dot(simd, axis, image);
            for (w, v) in image.iter_mut().zip(axis.iter()) {
                *w = 2.0 * *w - along * v;
            }
            std::mem::swap(before, axis);
            std::mem::swap(image_before, image);
        }
        a.truncate(n.saturating_sub(1) * stride);
        Reduction { tridiagonal: Tridiagonal { diagonal, beside }, axes: a }
    }
}

/// Replaces the columns from `first` of A by those of `A − vwᵀ − wvᵀ` of the reflection before and
/// adds their product with the vector at hand to its image, in one pass over the lower half, G
/// columns at a time. The squares of `LANES` columns on the diagonal are kept whole.
#[inline(always)]
fn change_and_multiply<S: Simd, const G: usize>(
    simd: S,
    a: &mut [f64],
    first: usize,
    n: usize,
    vectors: &mut Vectors,
) {
    let Vectors { before, image_before, axis, image } = vectors;
    let stride = axis.len();
    let lanes = size_of::<S::f64s>() / size_of::<f64>();
    for group in (first / G * G..n).step_by(G) {
        let zero = simd.splat_f64s(0.0);
        let (mut minus_v, mut minus_w, mut along) = ([zero; G], [zero; G], [zero; G]);
        for g in 0..G {
            minus_v[g] = simd.splat_f64s(-before[group + g]);
            minus_w[g] = simd.splat_f64s(-image_before[group + g]);
            along[g] = simd.splat_f64s(axis[group + g]);
        }
        let square = group / LANES * LANES;
        let mut columns = a[group * stride..(group + G) * stride].chunks_exact_mut(stride);
        let columns: [&mut [S::f64s]; G] = std::array::from_fn(|_| {
            S::as_mut_simd_f64s(&mut columns.next().unwrap_or_default()[square..]).0
        });
        let v = S::as_simd_f64s(&before[square..]).0;
        let w = S::as_simd_f64s(&image_before[square..]).0;
        let u = S::as_simd_f64s(&axis[square..]).0;
        let out = S::as_mut_simd_f64s(&mut image[square..]).0;
        let mut dots = [zero; G];
        let below = LANES / lanes;
        for (k, ((v, w), (u, out))) in v.iter().zip(w).zip(u.iter().zip(out)).enumerate() {
            let (v, w, u, mut sum) = (*v, *w, *u, *out);
            let mut x = [zero; G];
            for g in 0..G {
                x[g] = simd.mul_add_e_f64s(v, minus_w[g], columns[g][k]);
                x[g] = simd.mul_add_e_f64s(w, minus_v[g], x[g]);
                sum = simd.mul_add_e_f64s(x[g], along[g], sum);
                if k >= below {
                    dots[g] = simd.mul_add_e_f64s(x[g], u, dots[g]);
                }
            }
            for g in 0..G {
                columns[g][k] = x[g];
            }
            *out = sum;
        }
        for g in 0..G {
            image[group + g] += simd.reduce_sum_f64s(dots[g]);
        }
    }
}

/// Sums of squares that are far from overflow, and from where small squares are lost.
const FAR: std::ops::Range<f64> = 1e-200..1e200;

/// Replaces x by the unit vector v for which `x − 2v(vᵀx)` has only a first entry, which is
/// returned. If x is zero, v is too.
#[inline(always)]
fn reflection<S: Simd>(simd: S, x: &mut [f64]) -> f64 {
    let mut square = dot(simd, x, x);
    let mut unit = 1.0;
    if !FAR.contains(&square) {
        unit = x.iter().fold(0.0_f64, |largest, value| largest.max(value.abs()));
        if unit == 0.0 {
            return 0.0;
        }
        square = x.iter().map(|value| (value / unit).powi(2)).sum();
    }
    let length = unit * square.sqrt();
    let entry = -length.copysign(x[0]);
    x[0] -= entry;
    let scale = 1.0 / (2.0 * length * x[0].abs()).sqrt();
    x.iter_mut().for_each(|value| *value *= scale);
    entry
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::kernel::processors::Processor;
    use crate::math::linalg::{normal_matrix, normal_vector};
    use crate::math::seed::Seed;

    const SIZES: [usize; 9] = [1, 2, 3, 7, 8, 9, 16, 37, 70];

    /// A symmetric matrix with a row of zeros, if it is large.
    fn symmetric(n: usize) -> DMatrix<f64> {
        let a = normal_matrix(n, n, &mut Seed::new(5).child("size", n as u64).rng());
        let mut a = &a + a.transpose();
        if n > 30 {
            a.fill_row(20, 0.0);
            a.fill_column(20, 0.0);
        }
        a
    }

    /// Q, from what becomes of unit vectors.
    fn turned(reduction: &Reduction, n: usize) -> DMatrix<f64> {
        let mut columns = DMatrix::identity(n, n);
        columns.column_iter_mut().for_each(|mut column| reduction.turn(column.as_mut_slice()));
        columns.transpose()
    }

    fn assert_reduced(reduction: &Reduction, a: &DMatrix<f64>) {
        let n = a.nrows();
        let q = turned(reduction, n);
        assert!((q.tr_mul(&q) - DMatrix::identity(n, n)).norm() < 1e-12, "{n}");
        let Tridiagonal { diagonal, beside } = &reduction.tridiagonal;
        let entry = |i: usize, j: usize| match i.abs_diff(j) {
            0 => diagonal[i],
            1 => beside[i.min(j)],
            _ => 0.0,
        };
        let found = DMatrix::from_fn(n, n, entry);
        assert!((q.tr_mul(a) * q - found).norm() <= 1e-13 * a.norm() * n as f64, "{n}");
    }

    #[test]
    fn a_matrix_is_turned_until_it_is_tridiagonal_on_every_processor() {
        for n in SIZES {
            let a = symmetric(n);
            assert_reduced(&Reduction::of(&a), &a);
            for processor in Processor::all() {
                assert_reduced(&processor.run(Reduce(&a)), &a);
            }
        }
    }

    #[test]
    fn eigenvalues_below_a_bound_are_counted() {
        for n in SIZES {
            let a = symmetric(n);
            let values = a.clone().symmetric_eigenvalues();
            let reduced = Reduction::of(&a).tridiagonal;
            for bound in [-3.0, 0.1, 2.0] {
                let below = values.iter().filter(|value| **value < bound).count();
                assert_eq!(reduced.count_below(bound), below, "{n} {bound}");
            }
        }
    }

    #[test]
    fn products_of_turned_vectors_stay_those_of_the_matrix() {
        let rng = &mut Seed::new(5).rng();
        let [p, q] = [0, 1].map(|_| normal_vector(37, rng));
        let reduction = Reduction::of(&symmetric(37));
        let turn = |c: &nalgebra::DVector<f64>| {
            let mut c = c.clone();
            reduction.turn(c.as_mut_slice());
            c
        };
        assert!((p.dot(&q) - turn(&p).dot(&turn(&q))).abs() < 1e-11);
    }
}
