//! Covariances and θs of k tasks, reduced to what the deterministic equivalents need.
//!
//! For heads A (k × r) and strengths p the fit of the shared module is linear in all θs. With
//! `Q = (Σ_j p_j A_jA_jᵀ ⊗ Σ_j)⁻¹` (dr × dr) and the blocks `P_ij = (A_iᵀ ⊗ I) Q (A_j ⊗ I)` (d × d)
//! it is
//!
//! ```text
//! θ̂_i = B̄A_i = Σ_j p_j P_ij Σ_j θ_j
//! ```

mod axes;
mod dense;
mod pair;

use nalgebra::allocator::Allocator;
use nalgebra::{DMatrix, DefaultAllocator, Dim, OMatrix, OVector};

use super::sizes::Sizes;
use crate::math::linalg;

pub(super) use axes::Axes;
pub(super) use dense::Dense;
pub(super) use pair::Pair;

/// The k covariances Σ_i and vectors θ_i, for modules of r units.
pub(super) trait Spectrum<K: Dim, R: Dim>
where
    DefaultAllocator: Sizes<K, R>,
{
    /// The fit of the module at some heads and strengths.
    type Fit;

    /// d.
    fn dimension(&self) -> f64;

    /// The fit at heads A (k × r) and strengths p (k).
    fn fit(&self, heads: &OMatrix<f64, K, R>, strength: &OVector<f64, K>) -> Self::Fit;

    /// The traces of the blocks P.
    fn traces(&self, fit: &Self::Fit) -> Traces<K>;

    /// How well the module fits every task.
    fn quality(&self, fit: &Self::Fit) -> Quality<K>;

    /// What two fits have in common.
    fn between(&self, one: &Self::Fit, other: &Self::Fit) -> Between<K>;

    /// The derivatives with respect to the heads (k × r), at fixed strengths, of
    /// `Σ_i p_i bias_i + Σ_i factor_i tr(Σ_i P_ii)`.
    fn gradient(&self, fit: &Self::Fit, factors: &OVector<f64, K>) -> OMatrix<f64, K, R>;

    /// The covariance (kr × kr, units by columns) of the gradient of the training loss with respect
    /// to the heads: `4 Σ_j noise_j² a_jᵀ Σ_j a_j′` with `a_j = 1{i=j} B̄_b − p_i P_ji Σ_i B̄_b` for
    /// the head of task i and unit b. This is the part of the noise of task j along unit b that the
    /// module does not absorb.
    fn slope_covariance(&self, fit: &Self::Fit, noise: &OVector<f64, K>) -> DMatrix<f64>;
}

/// Where the search for the best heads starts.
pub(super) trait Modules {
    /// The best heads (k × r) for a module whose units are combinations of all θs, one in each
    /// column of `parts` (k × r).
    fn heads(&self, parts: &DMatrix<f64>) -> DMatrix<f64>;

    /// `θ_iᵀ (Σ_i + Σ_j) θ_j / 2` for all pairs of tasks (k × k).
    fn signals(&self) -> DMatrix<f64>;
}

/// Traces of the blocks P.
pub(super) struct Traces<K: Dim>
where
    DefaultAllocator: Allocator<K> + Allocator<K, K>,
{
    /// tr(Σ_i P_ii).
    pub(super) first: OVector<f64, K>,
    /// tr(Σ_i P_ij Σ_j P_ji).
    pub(super) second: OMatrix<f64, K, K>,
}

/// How well the module fits every task.
pub(super) struct Quality<K: Dim>
where
    DefaultAllocator: Allocator<K>,
{
    /// `(θ_i − θ̂_i)ᵀ Σ_i (θ_i − θ̂_i)`.
    pub(super) bias: OVector<f64, K>,
    /// `θ̂_iᵀ Σ_i θ̂_i`.
    pub(super) length: OVector<f64, K>,
    /// `θ̂_iᵀ Σ_i θ_i`.
    pub(super) overlap: OVector<f64, K>,
}

/// What two fits have in common.
pub(super) struct Between<K: Dim>
where
    DefaultAllocator: Allocator<K> + Allocator<K, K>,
{
    /// `(θ_i − θ̂_i)ᵀ Σ_i (θ_i − θ̂_i′)`.
    pub(super) bias: OVector<f64, K>,
    /// tr(Σ_i P_ij Σ_j P_ji′).
    pub(super) traces: OMatrix<f64, K, K>,
}

/// The directions in groups with the same share of every covariance; column i of `shares` is the
/// diagonal of Σ_i (d × k).
fn groups(shares: &DMatrix<f64>) -> Vec<Vec<usize>> {
    let key = |i: usize| -> f64 {
        shares.row(i).iter().enumerate().map(|(j, s)| s * linalg::generic_weight(j)).sum()
    };
    let keys: Vec<f64> = (0..shares.nrows()).map(key).collect();
    let mut order: Vec<usize> = (0..keys.len()).collect();
    order.sort_by(|&i, &j| keys[i].total_cmp(&keys[j]));
    let is_alike = |i: &usize, j: &usize| {
        shares.column_iter().all(|of_task| {
            let (x, y) = (of_task[*i], of_task[*j]);
            (x - y).abs() <= 1e-9 * x.max(y)
        })
    };
    order.chunk_by(is_alike).map(<[usize]>::to_vec).collect()
}
