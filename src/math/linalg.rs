//! Symmetric systems, simultaneous diagonalisation and random rotations with nalgebra.

use nalgebra::allocator::Allocator;
use nalgebra::{DMatrix, DVector, DefaultAllocator, Dim, OMatrix, OVector};
use rand::Rng;
use rand_distr::{Distribution, StandardNormal};

use super::kernel::{Cholesky, Eigen};

/// Eigenvalues of `XᵀX` below this share of the largest count as zero.
const RANK_TOLERANCE: f64 = 1e-13;

/// Off-diagonal entries below this count as zero, in coordinates in which the sum of the matrices
/// is the identity.
const COMMON_TOLERANCE: f64 = 1e-9;

/// A vector of `n` independent standard normals.
pub fn normal_vector(n: usize, rng: &mut impl Rng) -> DVector<f64> {
    DVector::from_fn(n, |_, _| StandardNormal.sample(rng))
}

/// A `rows × columns` matrix of independent standard normals, drawn row by row.
pub fn normal_matrix(rows: usize, columns: usize, rng: &mut impl Rng) -> DMatrix<f64> {
    let values: Vec<f64> = StandardNormal.sample_iter(rng).take(rows * columns).collect();
    DMatrix::from_row_slice(rows, columns, &values)
}

/// A random unit vector of length `n`, uniform on the sphere.
pub fn unit_vector(n: usize, rng: &mut impl Rng) -> DVector<f64> {
    normal_vector(n, rng).normalize()
}

/// A random orthonormal matrix (d × d), uniform (Haar): QR of normals with the signs of R fixed.
pub fn orthonormal(d: usize, rng: &mut impl Rng) -> DMatrix<f64> {
    let qr = normal_matrix(d, d, rng).qr();
    let signs = qr.r().diagonal().map(f64::signum);
    let mut q = qr.q();
    q.column_iter_mut().zip(&signs).for_each(|(mut column, sign)| column *= *sign);
    q
}

/// The Cholesky factor of a symmetric matrix (n × n), of which only the lower half is read. `None`
/// if it is not positive definite, or singular to working precision.
///
/// The smallest eigenvalue is estimated, because small pivots are no reliable sign: a singular
/// matrix whose leading block is nearly singular may have none.
pub fn cholesky(symmetric: &DMatrix<f64>) -> Option<Cholesky> {
    let largest = symmetric.diagonal().max();
    let factor = Cholesky::of(symmetric)?;
    is_regular(largest, smallest_eigenvalue(&factor)).then_some(factor)
}

/// Returns true if a positive definite matrix with this largest entry and this smallest eigenvalue
/// is not singular to working precision.
pub fn is_regular(largest: f64, smallest: f64) -> bool {
    smallest > 1e-12 * largest
}

/// `xA + yB` for A and B of the same shape.
pub fn combination([a, b]: [&DMatrix<f64>; 2], [x, y]: [f64; 2]) -> DMatrix<f64> {
    let pairs = a.as_slice().iter().zip(b.as_slice());
    DMatrix::from_vec(a.nrows(), a.ncols(), pairs.map(|(a, b)| x * a + y * b).collect())
}

/// Estimates the smallest eigenvalue of a factored matrix from above, by two steps of inverse
/// iteration.
pub fn smallest_eigenvalue(factor: &Cholesky) -> f64 {
    let start = DVector::from_fn(factor.size(), |i, _| 1.5 + (i as f64).sin());
    let once = factor.solve(&start).normalize();
    1.0 / factor.solve(&once).norm()
}

/// `B a − θ` (d) for B (d × r) and a (r), rounded only once, by compensated arithmetic (Dekker
/// 1971; Ogita, Rump & Oishi 2005).
pub fn difference(b: &DMatrix<f64>, a: &DVector<f64>, theta: &DVector<f64>) -> DVector<f64> {
    DVector::from_fn(theta.len(), |i, _| {
        let (mut sum, mut error) = (-theta[i], 0.0);
        for (&x, &y) in b.row(i).iter().zip(a) {
            let product = x * y;
            let next = sum + product;
            let part = next - sum;
            error += x.mul_add(y, -product) + ((sum - (next - part)) + (product - part));
            sum = next;
        }
        sum + error
    })
}

/// The minimum-norm solution of `H θ = c` for symmetric positive semi-definite `H` (d × d).
///
/// With `H = XᵀX` and `c = Xᵀy` this is the minimum-norm least-squares solution, whatever the
/// rank of `X`.
pub fn solve(h: &DMatrix<f64>, c: &DVector<f64>) -> DVector<f64> {
    cholesky(h).map_or_else(|| solve_on_range(h, c), |factor| factor.solve(c))
}

/// The same for a singular H.
pub fn solve_on_range(h: &DMatrix<f64>, c: &DVector<f64>) -> DVector<f64> {
    let (values, axes) = range(h);
    let coordinates = axes.tr_mul(c).component_div(&values);
    axes * coordinates
}

/// The eigenvalues (n) of a symmetric matrix (n × n), largest first, and its eigenvectors (n × n)
/// in the same order.
pub fn eigen(symmetric: &DMatrix<f64>) -> (DVector<f64>, DMatrix<f64>) {
    let eigen = Eigen::of(symmetric);
    let vectors = eigen.vectors(0..symmetric.nrows());
    (eigen.values, vectors)
}

/// The eigenvectors (n × count) of a symmetric matrix (n × n) for its largest eigenvalues, largest
/// first.
pub fn leading_eigenvectors(symmetric: &DMatrix<f64>, count: usize) -> DMatrix<f64> {
    Eigen::of(symmetric).vectors(0..count.min(symmetric.nrows()))
}

/// The inverse of a symmetric positive definite matrix, or the pseudo-inverse of a singular one.
pub fn inverse(symmetric: &DMatrix<f64>) -> DMatrix<f64> {
    match cholesky(symmetric) {
        Some(factor) => factor.inverse(),
        None => {
            let root = inverse_root_on_range(symmetric);
            &root * root.transpose()
        }
    }
}

/// The solution of `x = S x + b` for S (k × k) without negative entries. NaN unless the spectral
/// radius of S is below one.
///
/// `I − S` is then an M-matrix, for which elimination is stable without pivoting.
pub fn amplify<K: Dim>(feedback: &OMatrix<f64, K, K>, mut b: OVector<f64, K>) -> OVector<f64, K>
where
    DefaultAllocator: Allocator<K> + Allocator<K, K>,
{
    let k = b.len();
    let mut a = -feedback;
    (0..k).for_each(|i| a[(i, i)] += 1.0);
    for pivot in 0..k {
        if a[(pivot, pivot)].is_nan() || a[(pivot, pivot)] <= 0.0 {
            return b.map(|_| f64::NAN);
        }
        for row in pivot + 1..k {
            let factor = a[(row, pivot)] / a[(pivot, pivot)];
            for column in pivot + 1..k {
                a[(row, column)] -= factor * a[(pivot, column)];
            }
            b[row] -= factor * b[pivot];
        }
    }
    for row in (0..k).rev() {
        for column in row + 1..k {
            b[row] -= a[(row, column)] * b[column];
        }
        b[row] /= a[(row, row)];
    }
    b
}

/// [`solve`] for small matrices. Their pivot ratio is a good enough test for singularity.
pub fn solve_small(h: DMatrix<f64>, c: &DVector<f64>) -> DVector<f64> {
    if h.len() == 1 {
        return c.map(|c| if h[0] > 0.0 { c / h[0] } else { 0.0 });
    }
    let Some(factor) = Cholesky::of(&h) else { return solve(&h, c) };
    let pivots = factor.pivots();
    if pivots.min() > 1e-5 * pivots.max() { factor.solve(c) } else { solve(&h, c) }
}

/// Two symmetric positive semi-definite matrices in the coordinates that make both diagonal:
/// `WᵀFW = diag(first)`, `WᵀSW = diag(1 − first)`.
#[derive(Debug, Clone)]
pub struct Pencil {
    /// W (d × q), q the rank of the sum.
    pub basis: DMatrix<f64>,
    /// The share of the first matrix in the sum along each column of W (q), in `[0, 1]`.
    pub first: DVector<f64>,
}

impl Pencil {
    /// Diagonalises `first` and `second` (both d × d) at once. Directions in which both vanish are
    /// left out.
    pub fn new(first: &DMatrix<f64>, second: &DMatrix<f64>) -> Self {
        let whiten = whitening(&(first + second));
        if whiten.is_empty() {
            return Self { basis: whiten, first: DVector::zeros(0) };
        }
        let inner = whiten.transpose() * first * &whiten;
        let (shares, axes) = eigen(&((&inner + inner.transpose()) * 0.5));
        Self { basis: whiten * axes, first: shares.map(|share| share.clamp(0.0, 1.0)) }
    }
}

/// Coordinates in which several symmetric positive semi-definite matrices are all diagonal.
#[derive(Debug, Clone)]
pub struct CommonAxes {
    /// W (d × q), q the rank of the sum S, with `WᵀSW = I`.
    pub basis: DMatrix<f64>,
    /// The share of every matrix in the sum along each column of W (q × k).
    pub shares: DMatrix<f64>,
}

impl CommonAxes {
    /// Diagonalises all `matrices` (d × d) at once, with the eigenvectors of one generic
    /// combination. `None` if no such coordinates exist.
    pub fn of(matrices: &[DMatrix<f64>]) -> Option<Self> {
        Self::with_rest(matrices)
            .filter(|(_, rest)| *rest <= COMMON_TOLERANCE)
            .map(|(axes, _)| axes)
    }

    /// Coordinates in which the matrices (d × d) are as diagonal as one combination makes them,
    /// two of them exactly. `None` if all are zero.
    pub fn near(matrices: &[DMatrix<f64>]) -> Option<Self> {
        Self::with_rest(matrices).map(|(axes, _)| axes)
    }

    /// The coordinates, and the largest entry that is not diagonal.
    fn with_rest(matrices: &[DMatrix<f64>]) -> Option<(Self, f64)> {
        let whiten = whitening(&matrices.iter().sum());
        let inner: Vec<DMatrix<f64>> =
            matrices.iter().map(|m| whiten.transpose() * m * &whiten).collect();
        let generic: DMatrix<f64> =
            inner.iter().enumerate().map(|(i, m)| m * generic_weight(i)).sum();
        if generic.is_empty() {
            return None;
        }
        let axes = eigen(&((&generic + generic.transpose()) * 0.5)).1;
        let mut shares = DMatrix::zeros(axes.ncols(), matrices.len());
        let mut rest: f64 = 0.0;
        for (i, inner) in inner.iter().enumerate() {
            let mut turned = axes.transpose() * inner * &axes;
            shares.set_column(i, &turned.diagonal().map(|share| share.clamp(0.0, 1.0)));
            turned.fill_diagonal(0.0);
            rest = rest.max(turned.amax());
        }
        Some((Self { basis: whiten * axes, shares }, rest))
    }
}

/// A weight for the i-th of several numbers, such that different lists have different sums.
pub fn generic_weight(i: usize) -> f64 {
    1.5 + (2.0 * i as f64).sin()
}

/// W (d × q) with `WᵀSW = I`, for symmetric positive semi-definite `S` (d × d) of rank q. If
/// q < d, the columns of W lie in the range of S.
pub fn whitening(symmetric: &DMatrix<f64>) -> DMatrix<f64> {
    match cholesky(symmetric) {
        Some(factor) => factor.inverse_transposed(),
        None => inverse_root_on_range(symmetric),
    }
}

/// `U Λ^(−½)` over the eigenvectors of `symmetric` with non-zero eigenvalues.
fn inverse_root_on_range(symmetric: &DMatrix<f64>) -> DMatrix<f64> {
    let (values, mut axes) = range(symmetric);
    for (mut axis, value) in axes.column_iter_mut().zip(&values) {
        axis /= value.sqrt();
    }
    axes
}

/// The eigenvalues (q) of a positive semi-definite matrix (d × d) that are not zero, largest first,
/// and their eigenvectors (d × q).
fn range(symmetric: &DMatrix<f64>) -> (DVector<f64>, DMatrix<f64>) {
    let eigen = Eigen::of(symmetric);
    let values = &eigen.values;
    let smallest = RANK_TOLERANCE * values.iter().next().copied().unwrap_or(0.0).max(0.0);
    let rank = values.iter().filter(|value| **value > smallest).count();
    (values.rows(0, rank).into_owned(), eigen.vectors(0..rank))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::seed::Seed;

    fn gram(rows: usize, d: usize, seed: u64) -> DMatrix<f64> {
        let x = normal_matrix(rows, d, &mut Seed::new(seed).rng());
        x.transpose() * x
    }

    #[test]
    fn a_random_rotation_is_orthonormal() {
        let q = orthonormal(9, &mut Seed::new(1).rng());
        assert!((q.transpose() * q - DMatrix::identity(9, 9)).amax() < 1e-13);
    }

    #[test]
    fn both_matrices_become_diagonal_whatever_their_rank() {
        for (rows_first, rows_second) in [(20, 30), (3, 30), (2, 3), (0, 4)] {
            let (f, s) = (gram(rows_first, 8, 2), gram(rows_second, 8, 3));
            let pencil = Pencil::new(&f, &s);
            assert_eq!(pencil.first.len(), (rows_first + rows_second).min(8));
            let diagonal = pencil.basis.transpose() * &f * &pencil.basis;
            let other = pencil.basis.transpose() * &s * &pencil.basis;
            let ones = pencil.first.map(|a| 1.0 - a);
            assert!((diagonal - DMatrix::from_diagonal(&pencil.first)).amax() < 1e-9);
            assert!((other - DMatrix::from_diagonal(&ones)).amax() < 1e-9);
        }
    }

    #[test]
    fn a_difference_of_nearly_equal_vectors_keeps_its_digits() {
        let b = DMatrix::from_row_slice(1, 2, &[1.0 + 2f64.powi(-30), 3.0]);
        let a = DVector::from_vec(vec![1.0 + 2f64.powi(-30), 1.0]);
        let theta = DVector::from_element(1, 4.0 + 2f64.powi(-29));
        assert_eq!(difference(&b, &a, &theta)[0], 2f64.powi(-60));
    }

    #[test]
    fn a_singular_system_is_solved_with_least_norm() {
        let x = normal_matrix(4, 9, &mut Seed::new(4).rng());
        let y = normal_vector(4, &mut Seed::new(5).rng());
        let theta = solve(&(x.transpose() * &x), &(x.transpose() * &y));
        assert!((&x * &theta - y).amax() < 1e-9);
        let row_space = x.transpose() * (&x * x.transpose()).try_inverse().unwrap() * &x;
        assert!((row_space * &theta - theta).amax() < 1e-9);
    }
}
