//! Covariances and θs of k tasks, reduced to what the deterministic equivalents need.

use nalgebra::allocator::Allocator;
use nalgebra::{Const, DMatrix, DVector, DefaultAllocator, Dim, OMatrix, OVector};

use crate::math::linalg;

/// The k covariances Σ_i and vectors θ_i.
#[derive(Debug, Clone)]
pub(super) enum Spectrum<K: Dim>
where
    DefaultAllocator: Allocator<K> + Allocator<K, K>,
{
    /// In coordinates in which every covariance is diagonal, as groups of directions along which
    /// each covariance is constant.
    Diagonal(Vec<Group<K>>),
    /// If there are no such coordinates.
    Dense {
        /// Σ_i (d × d each).
        covariances: Vec<DMatrix<f64>>,
        /// θ_i (d each).
        thetas: Vec<DVector<f64>>,
    },
}

/// Directions with the same share of every covariance.
#[derive(Debug, Clone)]
pub(super) struct Group<K: Dim>
where
    DefaultAllocator: Allocator<K> + Allocator<K, K>,
{
    /// Number of directions.
    count: f64,
    /// Σ_i along them.
    spread: OVector<f64, K>,
    /// Sums of the products of the entries of θ_i and θ_j over them (k × k).
    theta: OMatrix<f64, K, K>,
    /// R (k × k) with `RᵀR` equal to `theta`; it keeps the digits of θs that nearly cancel.
    root: OMatrix<f64, K, K>,
}

impl<K: Dim> Group<K>
where
    DefaultAllocator: Allocator<K> + Allocator<K, K>,
{
    /// Creates a group from the coordinates of all θs along its directions, one direction per row.
    fn new(spread: OVector<f64, K>, thetas: &DMatrix<f64>) -> Self {
        let (k, _) = spread.shape_generic();
        let triangle = thetas.clone().qr().r();
        let entry = |i, j| if i < triangle.nrows() { triangle[(i, j)] } else { 0.0 };
        let root = OMatrix::from_fn_generic(k, k, entry);
        Self { count: thetas.nrows() as f64, spread, theta: root.tr_mul(&root), root }
    }
}

/// Traces for `Q = (Σ_i strength_i Σ_i)⁻¹`.
pub(super) struct Traces<K: Dim>
where
    DefaultAllocator: Allocator<K> + Allocator<K, K>,
{
    /// tr(Σ_i Q).
    pub(super) first: OVector<f64, K>,
    /// tr(Σ_i Q Σ_j Q).
    pub(super) second: OMatrix<f64, K, K>,
}

/// The fit of the module `B̄ = Q Σ_j w_j pull_j Σ_j θ_j` to every task.
pub(super) struct Fit<K: Dim>
where
    DefaultAllocator: Allocator<K>,
{
    /// `(θ_i − w_i B̄)ᵀ Σ_i (θ_i − w_i B̄)`.
    pub(super) bias: OVector<f64, K>,
    /// `B̄ᵀ Σ_i B̄`.
    pub(super) length: OVector<f64, K>,
    /// `B̄ᵀ Σ_i θ_i`.
    pub(super) overlap: OVector<f64, K>,
}

/// The module `B̄ = Q Σ_j w_j pull_j Σ_j θ_j` at some heads w.
pub(super) struct Cut<K: Dim>
where
    DefaultAllocator: Allocator<K>,
{
    /// w.
    pub(super) heads: OVector<f64, K>,
    /// `w_i pull_i`.
    drive: OVector<f64, K>,
    /// `w_i² pull_i`.
    strength: OVector<f64, K>,
    /// Without common axes: Σ_i Q for every i, and B̄.
    dense: Option<(Vec<DMatrix<f64>>, DVector<f64>)>,
}

/// What the modules at two sets of heads w and w′ have in common.
pub(super) struct Between<K: Dim>
where
    DefaultAllocator: Allocator<K> + Allocator<K, K>,
{
    /// `(θ_i − w_i B̄)ᵀ Σ_i (θ_i − w_i′ B̄′)`.
    pub(super) bias: OVector<f64, K>,
    /// tr(Σ_i Q Σ_j Q′).
    pub(super) traces: OMatrix<f64, K, K>,
}

impl<K: Dim> Spectrum<K>
where
    DefaultAllocator: Allocator<K> + Allocator<K, K>,
{
    /// Creates the diagonal form. Column i of `shares` is the diagonal of Σ_i, column i of `thetas`
    /// holds the coordinates of θ_i (d × k both).
    pub(super) fn diagonal(k: K, shares: &DMatrix<f64>, thetas: &DMatrix<f64>) -> Self {
        let row =
            |m: &DMatrix<f64>, i: usize| OVector::from_fn_generic(k, Const::<1>, |j, _| m[(i, j)]);
        let key = |i: usize| -> f64 {
            shares.row(i).iter().enumerate().map(|(j, s)| s * linalg::generic_weight(j)).sum()
        };
        let keys: Vec<f64> = (0..shares.nrows()).map(key).collect();
        let mut order: Vec<usize> = (0..keys.len()).collect();
        order.sort_by(|&i, &j| keys[i].total_cmp(&keys[j]));
        let is_alike = |i: &usize, j: &usize| alike(&row(shares, *i), &row(shares, *j));
        let groups = order
            .chunk_by(is_alike)
            .map(|group| Group::new(row(shares, group[0]), &thetas.select_rows(group)));
        Self::Diagonal(groups.collect())
    }

    /// The traces for `Q = (Σ_i strength_i Σ_i)⁻¹`.
    pub(super) fn traces(&self, strength: &OVector<f64, K>) -> Traces<K> {
        let (k, one) = strength.shape_generic();
        let mut traces =
            Traces { first: OVector::zeros_generic(k, one), second: OMatrix::zeros_generic(k, k) };
        match self {
            Self::Diagonal(groups) => {
                for group in groups {
                    let share = &group.spread / group.spread.dot(strength);
                    traces.first.axpy(group.count, &share, 1.0);
                    traces.second.ger(group.count, &share, &share, 1.0);
                }
            }
            Self::Dense { covariances, .. } => {
                let q = linalg::inverse(&combine(covariances, strength));
                let products: Vec<_> = covariances.iter().map(|sigma| sigma * &q).collect();
                for (i, product) in products.iter().enumerate() {
                    traces.first[i] = product.trace();
                    for (j, other) in products.iter().enumerate().take(i + 1) {
                        let trace = product.tr_dot(other);
                        traces.second[(i, j)] = trace;
                        traces.second[(j, i)] = trace;
                    }
                }
            }
        }
        traces
    }

    /// The fit of the module B̄ at heads w to every task.
    pub(super) fn fit(&self, w: &OVector<f64, K>, pull: &OVector<f64, K>) -> Fit<K> {
        let zeros = w * 0.0;
        let mut fit = Fit { bias: zeros.clone(), length: zeros.clone(), overlap: zeros };
        let drive = w.component_mul(pull);
        let strength = w.component_mul(&drive);
        match self {
            Self::Diagonal(groups) => {
                for group in groups {
                    let parts = drive.component_mul(&group.spread) / group.spread.dot(&strength);
                    let shadows = &group.theta * &parts;
                    let length = parts.dot(&shadows);
                    let module = &group.root * &parts;
                    for i in 0..w.len() {
                        let spread = group.spread[i];
                        let gap = group.root.column(i) - &module * w[i];
                        fit.bias[i] += spread * gap.norm_squared();
                        fit.length[i] += spread * length;
                        fit.overlap[i] += spread * shadows[i];
                    }
                }
            }
            Self::Dense { covariances, thetas } => {
                let targets: Vec<_> = covariances.iter().zip(thetas).map(|(s, t)| s * t).collect();
                let right = targets.iter().zip(&drive).map(|(t, x)| t * *x).sum();
                let module = linalg::solve(&combine(covariances, &strength), &right);
                for (i, (sigma, theta)) in covariances.iter().zip(thetas).enumerate() {
                    let gap = theta - &module * w[i];
                    fit.bias[i] = gap.dot(&(sigma * &gap));
                    fit.length[i] = module.dot(&(sigma * &module));
                    fit.overlap[i] = module.dot(&targets[i]);
                }
            }
        }
        fit
    }

    /// d.
    pub(super) fn dimension(&self) -> f64 {
        match self {
            Self::Diagonal(groups) => groups.iter().map(|group| group.count).sum(),
            Self::Dense { covariances, .. } => covariances[0].nrows() as f64,
        }
    }

    /// The module at heads w.
    pub(super) fn cut(&self, w: &OVector<f64, K>, pull: &OVector<f64, K>) -> Cut<K> {
        let drive = w.component_mul(pull);
        let strength = w.component_mul(&drive);
        let dense = match self {
            Self::Diagonal(_) => None,
            Self::Dense { covariances, thetas } => {
                let q = linalg::inverse(&combine(covariances, &strength));
                let products: Vec<_> = covariances.iter().map(|sigma| sigma * &q).collect();
                let parts = products.iter().zip(thetas).zip(&drive);
                Some((products.clone(), parts.map(|((p, t), x)| p.tr_mul(t) * *x).sum()))
            }
        };
        Cut { heads: w.clone(), drive, strength, dense }
    }

    /// What the modules at two sets of heads have in common.
    pub(super) fn between(&self, one: &Cut<K>, other: &Cut<K>) -> Between<K> {
        let (k, _) = one.heads.shape_generic();
        let mut bias = &one.heads * 0.0;
        let mut traces = OMatrix::zeros_generic(k, k);
        match self {
            Self::Diagonal(groups) => {
                for group in groups {
                    let [(left, module), (right, beside)] = [one, other].map(|cut| {
                        let share = &group.spread / group.spread.dot(&cut.strength);
                        let module = &group.root * share.component_mul(&cut.drive);
                        (share, module)
                    });
                    traces.ger(group.count, &left, &right, 1.0);
                    for i in 0..bias.len() {
                        let gap = group.root.column(i) - &module * one.heads[i];
                        let other = group.root.column(i) - &beside * other.heads[i];
                        bias[i] += group.spread[i] * gap.dot(&other);
                    }
                }
            }
            Self::Dense { covariances, thetas } => {
                let (Some((left, module)), Some((right, beside))) = (&one.dense, &other.dense)
                else {
                    return Between { bias, traces };
                };
                traces = OMatrix::from_fn_generic(k, k, |i, j| left[i].tr_dot(&right[j]));
                for (i, (sigma, theta)) in covariances.iter().zip(thetas).enumerate() {
                    let gap = theta - module * one.heads[i];
                    bias[i] = gap.dot(&(sigma * (theta - beside * other.heads[i])));
                }
            }
        }
        Between { bias, traces }
    }

    /// The covariance (k × k) of the gradient of the training loss with respect to the heads:
    /// `4 Σ_j noise_j² aᵢⱼᵀ Σ_j aᵢ′ⱼ` with `aᵢⱼ = 1{i=j} B̄ − w_j w_i pull_i Q Σ_i B̄`. This is the
    /// part of the noise of task j along B̄ that the module does not absorb.
    pub(super) fn slope_covariance(
        &self,
        w: &OVector<f64, K>,
        pull: &OVector<f64, K>,
        noise: &OVector<f64, K>,
    ) -> DMatrix<f64> {
        let k = w.len();
        let drive = w.component_mul(pull);
        let strength = w.component_mul(&drive);
        let mut covariance = DMatrix::zeros(k, k);
        match self {
            Self::Diagonal(groups) => {
                for group in groups {
                    let q = 1.0 / group.spread.dot(&strength);
                    let taken = drive.component_mul(&group.spread) * q;
                    let length = taken.dot(&(&group.theta * &taken));
                    for j in 0..k {
                        let part = length * group.spread[j] * noise[j].powi(2);
                        let left = DVector::from_fn(k, |i, _| {
                            if i == j { 1.0 - w[j] * taken[i] } else { -w[j] * taken[i] }
                        });
                        covariance.ger(part, &left, &left, 1.0);
                    }
                }
            }
            Self::Dense { covariances, thetas } => {
                let q = linalg::inverse(&combine(covariances, &strength));
                let pulled = covariances.iter().zip(thetas).zip(&drive);
                let module: DVector<f64> =
                    &q * pulled.map(|((s, t), x)| s * t * *x).sum::<DVector<f64>>();
                let taken: Vec<DVector<f64>> =
                    covariances.iter().zip(&drive).map(|(s, x)| &q * (s * &module) * *x).collect();
                for j in 0..k {
                    let mut left = DMatrix::from_columns(&taken) * -w[j];
                    left.column_mut(j).axpy(1.0, &module, 1.0);
                    covariance += left.transpose() * &covariances[j] * left * noise[j].powi(2);
                }
            }
        }
        covariance * 4.0
    }

    /// The best heads for the module `B = Σ_j parts_j θ_j`: `BᵀΣ_iθ_i / BᵀΣ_iB`.
    pub(super) fn heads(&self, parts: &OVector<f64, K>) -> OVector<f64, K> {
        let mut heads = parts * 0.0;
        let mut lengths = parts * 0.0;
        match self {
            Self::Diagonal(groups) => {
                for group in groups {
                    let shadows = &group.theta * parts;
                    heads += group.spread.component_mul(&shadows);
                    lengths += &group.spread * parts.dot(&shadows);
                }
            }
            Self::Dense { covariances, thetas } => {
                let module: DVector<f64> = thetas.iter().zip(parts).map(|(t, p)| t * *p).sum();
                for (i, (sigma, theta)) in covariances.iter().zip(thetas).enumerate() {
                    let shadow = sigma * &module;
                    heads[i] = shadow.dot(theta);
                    lengths[i] = shadow.dot(&module);
                }
            }
        }
        heads.zip_map(&lengths, |h, l| if l > 0.0 { h / l } else { 0.0 })
    }

    /// The values of `ln √(a_1 Σ_1 / a_2 Σ_2)` over the directions, for two tasks.
    pub(super) fn log_ratios(&self, a: [f64; 2]) -> impl Iterator<Item = f64> + '_ {
        let groups = match self {
            Self::Diagonal(groups) => &groups[..],
            Self::Dense { .. } => &[],
        };
        groups.iter().map(move |g| 0.5 * (a[0] * g.spread[0] / (a[1] * g.spread[1])).ln())
    }
}

/// `Σ_i factor_i Σ_i`.
fn combine<K: Dim>(covariances: &[DMatrix<f64>], factors: &OVector<f64, K>) -> DMatrix<f64>
where
    DefaultAllocator: Allocator<K>,
{
    covariances.iter().zip(factors).map(|(sigma, f)| sigma * *f).sum()
}

fn alike<K: Dim>(a: &OVector<f64, K>, b: &OVector<f64, K>) -> bool
where
    DefaultAllocator: Allocator<K>,
{
    a.iter().zip(b).all(|(x, y)| (x - y).abs() <= 1e-9 * x.max(*y))
}
