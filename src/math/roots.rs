//! Square roots and inverse square roots of symmetric matrices of any rank.

use nalgebra::DMatrix;

use super::linalg;

/// Eigenvalues below this share of the largest count as zero.
const RANK_TOLERANCE: f64 = 1e-13;

/// The symmetric root `S^½` of a symmetric positive semi-definite S (d × d).
pub fn root(symmetric: &DMatrix<f64>) -> DMatrix<f64> {
    function(symmetric, f64::sqrt)
}

/// The pseudo-inverse `S^{−½}` of the root: zero in directions in which S vanishes.
pub fn inverse_root(symmetric: &DMatrix<f64>) -> DMatrix<f64> {
    function(symmetric, |value| 1.0 / value.sqrt())
}

/// `U f(Λ) Uᵀ` for `S = UΛUᵀ`; eigenvalues of zero stay zero.
fn function(symmetric: &DMatrix<f64>, f: impl Fn(f64) -> f64) -> DMatrix<f64> {
    let (values, axes) = linalg::eigen(symmetric);
    let smallest = RANK_TOLERANCE * values.max().max(0.0);
    let values = values.map(|value| if value > smallest { f(value) } else { 0.0 });
    &axes * DMatrix::from_diagonal(&values) * axes.transpose()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::linalg::normal_matrix;
    use crate::math::seed::Seed;

    #[test]
    fn roots_of_any_rank_square_to_the_matrix_and_invert_it_on_its_range() {
        for rows in [0, 3, 6, 20] {
            let x = normal_matrix(rows, 6, &mut Seed::new(1).rng());
            let s = x.transpose() * x;
            let (root, inverse) = (root(&s), inverse_root(&s));
            assert!((&root * &root - &s).amax() < 1e-12 * s.amax().max(1.0));
            let range = &inverse * &root;
            assert!((&range * &range - &range).amax() < 1e-10);
            assert!((range.trace() - rows.min(6) as f64).abs() < 1e-10);
        }
    }
}
