//! Alignments in closed form: the covariance of every task made the identity, or the target's.
//!
//! Both give the same predictions where every covariance has full rank: they differ by one
//! matrix before B. They help where θ is shared in whitened coordinates, and need the covariances
//! well.

use nalgebra::DMatrix;

use super::AlignmentInput;
use crate::math::roots;
use crate::model::{LeastSquares, Optimum};
use crate::task::Moments;

/// The alignments `R_i = S_i^(−½)` (k, each d × d): all rows round. Symmetric roots, of the
/// pseudo-inverse where `covariances` (k, each d × d) are singular.
pub fn whiten(covariances: &[DMatrix<f64>]) -> Vec<DMatrix<f64>> {
    covariances.iter().map(roots::inverse_root).collect()
}

/// The alignments `R_i = S_i^(−½) S_t^½` (k, each d × d): all rows with the covariance of the
/// target t, whose own is the identity where S_t has full rank.
pub fn recolour(covariances: &[DMatrix<f64>], target: usize) -> Vec<DMatrix<f64>> {
    let colour = roots::root(&covariances[target]);
    covariances.iter().map(|covariance| roots::inverse_root(covariance) * &colour).collect()
}

/// Joint training on `X_iR_i`, with alignments made from the true covariances if the problem
/// knows them, from `X_iᵀX_i/m_i` otherwise.
pub fn train(
    problem: &AlignmentInput,
    alignments: impl Fn(&[DMatrix<f64>]) -> Vec<DMatrix<f64>>,
) -> Optimum {
    let training = problem.training;
    let estimated = || training.data.iter().map(covariance).collect();
    let alignments = alignments(&problem.covariances.map_or_else(estimated, <[_]>::to_vec));
    let aligned = training.data.iter().zip(&alignments).map(|(data, r)| behind(data, r));
    let aligned = LeastSquares { data: aligned.collect(), weights: training.weights.clone() };
    let mut optimum = (problem.fit)(&aligned);
    optimum.model.alignments = alignments;
    optimum
}

/// `S = XᵀX/m` (d × d).
fn covariance(data: &Moments) -> DMatrix<f64> {
    &data.h / data.samples.max(1) as f64
}

/// The moments of the rows `XR`: `RᵀHR`, `Rᵀc`.
fn behind(data: &Moments, alignment: &DMatrix<f64>) -> Moments {
    Moments {
        samples: data.samples,
        h: alignment.transpose() * &data.h * alignment,
        c: alignment.transpose() * &data.c,
        s: data.s,
        noise: None,
    }
}
