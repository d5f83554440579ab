//! Similarity of two tasks: of their covariances (eq. 5 of the paper) and of their models.

use nalgebra::{DMatrix, DVector};

use crate::math::kernel::Eigen;

/// The share of a covariance's trace that is kept, as in the paper.
pub const KEPT_SHARE: f64 = 0.99;

/// Tolerance for rounding in the kept share.
const ROUNDING: f64 = 1e-12;

/// A covariance `U D Uᵀ` truncated to the fewest principal directions that contain a share of its
/// trace.
#[derive(Debug, Clone)]
pub struct PrincipalSpread {
    /// `U D Uᵀ / tr D` (d × d).
    covariance: DMatrix<f64>,
    rank: usize,
}

/// Covariance similarity of two tasks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CovarianceSimilarity {
    /// `‖(U₁D₁^½)ᵀU₂D₂^½‖_F / (‖U₁D₁^½‖_F ‖U₂D₂^½‖_F)`, eq. 5; below 1 for equal covariances.
    pub score: f64,
    /// The score divided by the geometric mean of both self-scores: 1 for equal covariances.
    pub normalised: f64,
}

impl PrincipalSpread {
    /// Truncates `H = XᵀX` or a covariance (d × d); its scale does not matter. `share`, in
    /// `(0, 1]`, is the share of the trace to keep. `None` if the trace is not positive.
    pub fn of(h: &DMatrix<f64>, share: f64) -> Option<Self> {
        let eigen = Eigen::of(h);
        let values = &eigen.values;
        let trace: f64 = values.iter().filter(|value| **value > 0.0).sum();
        if !(trace > 0.0 && trace.is_finite()) {
            return None;
        }
        let (mut rank, mut kept) = (0, 0.0);
        while rank < values.len() && kept < share - ROUNDING && values[rank] > 0.0 {
            kept += values[rank] / trace;
            rank += 1;
        }
        let part = |range: std::ops::Range<usize>| {
            let axes = eigen.vectors(range.clone());
            &axes * DMatrix::from_diagonal(&values.rows_range(range)) * axes.transpose()
        };
        let covariance = match 2 * rank > values.len() {
            true => h - part(rank..values.len()),
            false => part(0..rank),
        };
        Some(Self { covariance: covariance / (trace * kept), rank })
    }

    /// The number of principal directions kept.
    pub fn rank(&self) -> usize {
        self.rank
    }

    /// The score of the covariance with itself: `‖D‖_F / tr D`.
    pub fn self_score(&self) -> f64 {
        self.overlap(self)
    }

    /// The similarity to the covariance of another task in the same d features.
    pub fn similarity(&self, other: &Self) -> CovarianceSimilarity {
        let score = self.overlap(other);
        let own = (self.self_score() * other.self_score()).sqrt();
        CovarianceSimilarity { score, normalised: score / own }
    }

    /// `‖F₁ᵀF₂‖_F = √tr(F₁F₁ᵀF₂F₂ᵀ)` for `F = U D^½`.
    fn overlap(&self, other: &Self) -> f64 {
        self.covariance.dot(&other.covariance).max(0.0).sqrt()
    }
}

/// `|cos|` of the angle between two models θ (d each). The sign does not matter, because a shared
/// module with signed heads serves opposite models as well as equal ones. `None` if one is zero.
pub fn model_similarity(first: &DVector<f64>, second: &DVector<f64>) -> Option<f64> {
    let lengths = first.norm() * second.norm();
    (lengths > 0.0).then(|| (first.dot(second).abs() / lengths).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::linalg;
    use crate::math::seed::Seed;

    fn gram(seed: u64) -> DMatrix<f64> {
        let x = linalg::normal_matrix(12, 6, &mut Seed::new(seed).rng());
        x.transpose() * x
    }

    #[test]
    fn equal_covariances_score_the_root_of_their_effective_rank_and_one_when_normalised() {
        let isotropic = DMatrix::identity(9, 9);
        let spread = PrincipalSpread::of(&isotropic, 1.0).unwrap();
        let louder = PrincipalSpread::of(&(isotropic * 40.0), 1.0).unwrap();
        let similarity = spread.similarity(&louder);
        assert!((similarity.score - 1.0 / 3.0).abs() < 1e-12);
        assert!((similarity.normalised - 1.0).abs() < 1e-12);
    }

    #[test]
    fn only_a_common_rotation_leaves_the_score() {
        let q = linalg::orthonormal(6, &mut Seed::new(3).rng());
        let (first, second) = (gram(1), gram(2));
        let turn = |h: &DMatrix<f64>| q.transpose() * h * &q;
        let score = |a: &DMatrix<f64>, b: &DMatrix<f64>| {
            let [a, b] = [a, b].map(|h| PrincipalSpread::of(h, KEPT_SHARE).unwrap());
            a.similarity(&b).score
        };
        let here = score(&first, &second);
        assert!((score(&turn(&first), &turn(&second)) - here).abs() < 1e-10);
        assert!((score(&first, &turn(&second)) - here).abs() > 1e-3);
    }

    #[test]
    fn rows_of_zeros_have_no_similarity() {
        assert!(PrincipalSpread::of(&DMatrix::zeros(4, 4), KEPT_SHARE).is_none());
        assert_eq!(model_similarity(&DVector::zeros(3), &DVector::from_element(3, 1.0)), None);
    }

    #[test]
    fn opposite_models_are_as_similar_as_equal_ones() {
        let theta = DVector::from_vec(vec![1.0, 2.0, -0.5]);
        assert_eq!(model_similarity(&theta, &(&theta * -3.0)), Some(1.0));
    }
}
