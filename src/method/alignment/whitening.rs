//! Alignments in closed form: every task gets the identity or the target's covariance.
//!
//! Both give the same predictions if every covariance has full rank, because they differ by one
//! matrix in front of B. They help if θ is shared in whitened coordinates, and need accurate
//! covariances.

use nalgebra::DMatrix;

use crate::math::roots;
use crate::method::input::MethodInput;
use crate::model::{LeastSquares, Optimum};
use crate::task::Moments;

/// The alignments `R_i = S_i^(−½)` (k, each d × d), which make all rows white. The roots are
/// symmetric; singular `covariances` (k, each d × d) use the pseudo-inverse.
pub fn whiten(covariances: &[DMatrix<f64>]) -> Vec<DMatrix<f64>> {
    covariances.iter().map(roots::inverse_root).collect()
}

/// The alignments `R_i = S_i^(−½) S_t^½` (k, each d × d), which give all rows the covariance of
/// the target t. That of the target is the identity if S_t has full rank.
pub fn recolour(covariances: &[DMatrix<f64>], target: usize) -> Vec<DMatrix<f64>> {
    let colour = roots::root(&covariances[target]);
    covariances.iter().map(|covariance| roots::inverse_root(covariance) * &colour).collect()
}

/// Joint training on `X_iR_i`. The alignments are made from the true covariances if the problem
/// has them, otherwise from `X_iᵀX_i/m_i`.
pub fn train(
    problem: &MethodInput,
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

/// The sample covariance `S = XᵀX/m` (d × d).
fn covariance(data: &Moments) -> DMatrix<f64> {
    &*data.h / data.samples.max(1) as f64
}

/// The moments of the rows `XR`: `RᵀHR`, `Rᵀc`.
fn behind(data: &Moments, alignment: &DMatrix<f64>) -> Moments {
    Moments {
        samples: data.samples,
        h: (alignment.transpose() * &*data.h * alignment).into(),
        c: alignment.transpose() * &data.c,
        s: data.s,
        ridge: data.ridge,
        noise: None,
    }
}
