//! A symmetric matrix made tridiagonal by reflections (Householder 1958).

use nalgebra::DMatrix;
use pulp::{Arch, Simd, WithSimd};

/// A tridiagonal symmetric matrix T (n × n).
#[derive(Debug, Clone)]
pub struct Tridiagonal {
    /// The diagonal (n).
    pub diagonal: Vec<f64>,
    /// The entries beside it (n − 1; none for n = 0).
    pub beside: Vec<f64>,
}

impl Tridiagonal {
    /// The number of eigenvalues below a bound: the negative pivots of `T − bound I` (Sylvester).
    pub fn count_below(&self, bound: f64) -> usize {
        let mut pivot = 1.0;
        let mut count = 0;
        for (i, diagonal) in self.diagonal.iter().enumerate() {
            let beside = if i > 0 { self.beside[i - 1] } else { 0.0 };
            pivot = diagonal - bound - beside * beside / pivot;
            if pivot == 0.0 {
                pivot = f64::MIN_POSITIVE;
            }
            count += usize::from(pivot < 0.0);
        }
        count
    }
}

/// Returns T with `QᵀAQ = T` for a symmetric matrix A (n × n) and an orthonormal Q, and replaces
/// every vector c (n) of `carried` by `Qᵀc`. Q itself is not formed, which saves most of the time.
pub fn tridiagonal(symmetric: DMatrix<f64>, carried: &mut [&mut [f64]]) -> Tridiagonal {
    Arch::new().dispatch(Reduce { symmetric, carried })
}

struct Reduce<'a, 'b> {
    symmetric: DMatrix<f64>,
    carried: &'a mut [&'b mut [f64]],
}

impl WithSimd for Reduce<'_, '_> {
    type Output = Tridiagonal;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> Tridiagonal {
        let Self { symmetric: mut matrix, carried } = self;
        let n = matrix.nrows();
        let a = matrix.as_mut_slice();
        let mut beside = Vec::with_capacity(n.saturating_sub(1));
        let (mut axis, mut image) = (vec![0.0; n], vec![0.0; n]);
        for i in 0..n.saturating_sub(1) {
            let first = i + 1;
            let (v, w) = (&mut axis[first..], &mut image[first..]);
            v.copy_from_slice(&a[i * n + first..(i + 1) * n]);
            let Some(entry) = reflection(v) else {
                beside.push(0.0);
                continue;
            };
            beside.push(entry);
            w.fill(0.0);
            for (column, v_j) in a[first * n..].chunks_exact(n).zip(v.iter()) {
                w.iter_mut().zip(&column[first..]).for_each(|(w, x)| *w += 2.0 * x * v_j);
            }
            let along = v.iter().zip(w.iter()).map(|(v, w)| v * w).sum::<f64>();
            w.iter_mut().zip(v.iter()).for_each(|(w, v)| *w -= along * v);
            for (j, column) in a[first * n..].chunks_exact_mut(n).enumerate() {
                let (v_j, w_j) = (v[j], w[j]);
                let column = column[first..].iter_mut().zip(v.iter().zip(w.iter()));
                column.for_each(|(x, (v, w))| *x -= v * w_j + w * v_j);
            }
            for c in carried.iter_mut() {
                let c = &mut c[first..];
                let along = 2.0 * v.iter().zip(c.iter()).map(|(v, c)| v * c).sum::<f64>();
                c.iter_mut().zip(v.iter()).for_each(|(c, v)| *c -= along * v);
            }
        }
        Tridiagonal { diagonal: (0..n).map(|i| a[i * n + i]).collect(), beside }
    }
}

/// Replaces x by the unit vector v for which `x − 2v(vᵀx)` has only a first entry, which is
/// returned; `None` if x is zero.
#[inline(always)]
fn reflection(x: &mut [f64]) -> Option<f64> {
    let largest = x.iter().fold(0.0_f64, |largest, value| largest.max(value.abs()));
    if largest == 0.0 {
        return None;
    }
    let length = largest * x.iter().map(|value| (value / largest).powi(2)).sum::<f64>().sqrt();
    let entry = -length.copysign(x[0]);
    x[0] -= entry;
    let scale = 1.0 / (2.0 * length * x[0].abs()).sqrt();
    x.iter_mut().for_each(|value| *value *= scale);
    Some(entry)
}

#[cfg(test)]
mod tests {
    use nalgebra::DVector;

    use super::*;
    use crate::math::linalg::{normal_matrix, normal_vector};
    use crate::math::seed::Seed;

    #[test]
    fn products_with_carried_vectors_stay_those_of_the_matrix() {
        for n in [1, 2, 3, 10, 37] {
            let rng = &mut Seed::new(5).rng();
            let a = normal_matrix(n, n, rng);
            let a = &a + a.transpose();
            let [p, q] = [0, 1].map(|_| normal_vector(n, rng));
            let (mut turned, mut other) = (p.clone(), q.clone());
            let carried = &mut [turned.as_mut_slice(), other.as_mut_slice()];
            let found = tridiagonal(a.clone(), carried);
            let counted = found.clone();
            let mut t = DMatrix::from_diagonal(&DVector::from_vec(found.diagonal));
            for (i, entry) in found.beside.iter().enumerate() {
                (t[(i, i + 1)], t[(i + 1, i)]) = (*entry, *entry);
            }
            assert!((p.dot(&q) - turned.dot(&other)).abs() < 1e-11, "{n}");
            assert!((p.dot(&(&a * &q)) - turned.dot(&(&t * &other))).abs() < 1e-10, "{n}");
            let values = a.clone().symmetric_eigenvalues();
            for bound in [-3.0, 0.1, 2.0] {
                let below = values.iter().filter(|value| **value < bound).count();
                assert_eq!(counted.count_below(bound), below, "{n} {bound}");
            }
            let twice = p.dot(&(&a * (&a * &q))) - turned.dot(&(&t * (&t * &other)));
            assert!(twice.abs() < 1e-8, "{n}");
        }
    }
}
