//! Reduced-rank regression: many tasks with the same rows share one narrow module.

use nalgebra::{DMatrix, DVector};

use super::linalg;

/// The optimum of `Σ_i α_i ‖X B A_i − y_i‖²` over B (d × r) and all heads.
#[derive(Debug, Clone)]
pub struct ReducedRank {
    /// B (d × r), with `(XB)ᵀXB = I`.
    pub module: DMatrix<f64>,
    /// The part of `Σ_i α_i y_iᵀy_i` that the optimum explains; the rest is the objective.
    pub explained: f64,
}

/// Proposition 3 of the paper. With `X = U D Vᵀ`, B is `(XᵀX)⁻¹ V D Q_r = V D⁻¹ Q_r`. Q_r are the
/// r leading eigenvectors of `Σ_i α_i Uᵀy_i y_iᵀU`, where `Uᵀy_i = D⁻¹Vᵀc_i`.
///
/// Takes `h = XᵀX` (d × d), `c_i = Xᵀy_i` (d each) and the weights `α_i ≥ 0`. `None` if X does not
/// have full column rank or if `rank` is above d.
pub fn reduced_rank(
    h: &DMatrix<f64>,
    c: &[DVector<f64>],
    weights: &[f64],
    rank: usize,
) -> Option<ReducedRank> {
    let (values, axes) = linalg::eigen(h);
    let full = values.min() > 1e-13 * values.max();
    if !full || rank > h.nrows() {
        return None;
    }
    let scale = DMatrix::from_diagonal(&values.map(|value| value.sqrt().recip()));
    let unscaled = axes * scale;
    let shared: DMatrix<f64> = c
        .iter()
        .zip(weights)
        .map(|(c, weight)| {
            let labels = unscaled.tr_mul(c);
            &labels * labels.transpose() * *weight
        })
        .sum();
    let leading = linalg::leading_eigenvectors(&shared, rank);
    let explained = (leading.transpose() * shared * &leading).trace();
    Some(ReducedRank { module: unscaled * leading, explained })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::seed::Seed;

    #[test]
    fn one_task_is_explained_as_by_least_squares() {
        let rng = &mut Seed::new(1).rng();
        let (x, y) = (linalg::normal_matrix(20, 5, rng), linalg::normal_vector(20, rng));
        let (h, c) = (x.transpose() * &x, x.transpose() * &y);
        let found = reduced_rank(&h, std::slice::from_ref(&c), &[2.0], 1).unwrap();
        let theta = linalg::solve(&h, &c);
        assert!((found.explained - 2.0 * c.dot(&theta)).abs() < 1e-10);
        let direction = found.module.column(0).normalize();
        assert!((direction.dot(&theta.normalize()).abs() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn dependent_columns_have_no_optimum_by_this_formula() {
        let c = [DVector::from_element(3, 1.0)];
        assert!(reduced_rank(&DMatrix::from_element(3, 3, 1.0), &c, &[1.0], 1).is_none());
    }
}
