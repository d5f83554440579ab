//! Covariances that are diagonal in common coordinates.

use nalgebra::allocator::Allocator;
use nalgebra::{Const, DMatrix, DVector, DefaultAllocator, Dim, OMatrix, OVector};

use super::super::sizes::Sizes;
use super::{Between, Quality, Spectrum, Traces};
use crate::math::linalg;

/// Tasks in coordinates in which every covariance is diagonal, as groups of directions along which
/// each covariance is constant.
#[derive(Debug, Clone)]
pub(in super::super) struct Diagonal<K: Dim>
where
    DefaultAllocator: Allocator<K> + Allocator<K, K>,
{
    groups: Vec<Group<K>>,
}

/// Directions with the same share of every covariance.
#[derive(Debug, Clone)]
struct Group<K: Dim>
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

/// The fit along the directions of every group.
pub(in super::super) struct DiagonalFit<K: Dim, R: Dim>
where
    DefaultAllocator: Sizes<K, R>,
{
    strength: OVector<f64, K>,
    along: Vec<Along<K, R>>,
}

/// The fit along one direction.
struct Along<K: Dim, R: Dim>
where
    DefaultAllocator: Sizes<K, R>,
{
    /// AQ (k × r).
    solved: OMatrix<f64, K, R>,
    /// `P = AQAᵀ` (k × k).
    block: OMatrix<f64, K, K>,
    /// `p_j Σ_j` (k).
    pull: OVector<f64, K>,
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

    fn along<R: Dim>(&self, heads: &OMatrix<f64, K, R>, strength: &OVector<f64, K>) -> Along<K, R>
    where
        DefaultAllocator: Sizes<K, R>,
    {
        let pull = strength.component_mul(&self.spread);
        let mut pulled = heads.clone();
        pulled.row_iter_mut().zip(&pull).for_each(|(mut row, p)| row *= *p);
        let solved = heads * inverse(heads.tr_mul(&pulled));
        Along { block: &solved * heads.transpose(), solved, pull }
    }

    /// The entries of `R(θ_i − θ̂_i)` of every task, one in each column.
    fn gaps<R: Dim>(&self, along: &Along<K, R>) -> OMatrix<f64, K, K>
    where
        DefaultAllocator: Sizes<K, R>,
    {
        &self.root - self.fitted(along)
    }

    /// The entries of `Rθ̂_i` of every task, one in each column.
    fn fitted<R: Dim>(&self, along: &Along<K, R>) -> OMatrix<f64, K, K>
    where
        DefaultAllocator: Sizes<K, R>,
    {
        let mut pulled = self.root.clone();
        pulled.column_iter_mut().zip(&along.pull).for_each(|(mut column, p)| column *= *p);
        pulled * &along.block
    }
}

/// The inverse of a symmetric positive definite matrix (r × r); NaN if it is none.
fn inverse<R: Dim>(matrix: OMatrix<f64, R, R>) -> OMatrix<f64, R, R>
where
    DefaultAllocator: Allocator<R, R>,
{
    if matrix.len() == 1 {
        return matrix.map(f64::recip);
    }
    let shape = matrix.shape_generic();
    let factor = matrix.cholesky();
    factor.map_or_else(
        || OMatrix::from_element_generic(shape.0, shape.1, f64::NAN),
        |factor| factor.inverse(),
    )
}

impl<K: Dim> Diagonal<K>
where
    DefaultAllocator: Allocator<K> + Allocator<K, K>,
{
    /// Creates the groups. Column i of `shares` is the diagonal of Σ_i, column i of `thetas` holds
    /// the coordinates of θ_i (d × k both).
    pub(in super::super) fn new(k: K, shares: &DMatrix<f64>, thetas: &DMatrix<f64>) -> Self {
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
        Self { groups: groups.collect() }
    }

    /// The same tasks, with θ_i times a factor.
    pub(in super::super) fn scaled(&self, factors: &DVector<f64>) -> Self {
        let of_group = |group: &Group<K>| {
            let mut root = group.root.clone();
            root.column_iter_mut().zip(factors).for_each(|(mut column, by)| column *= *by);
            Group { theta: root.tr_mul(&root), root, ..group.clone() }
        };
        Self { groups: self.groups.iter().map(of_group).collect() }
    }

    /// The values of `ln √(a_1 Σ_1 / a_2 Σ_2)` over the directions, for the first two tasks.
    pub(in super::super) fn log_ratios(&self, a: [f64; 2]) -> impl Iterator<Item = f64> + '_ {
        self.groups.iter().map(move |g| 0.5 * (a[0] * g.spread[0] / (a[1] * g.spread[1])).ln())
    }
}

impl<K: Dim, R: Dim> Spectrum<K, R> for Diagonal<K>
where
    DefaultAllocator: Sizes<K, R>,
{
    type Fit = DiagonalFit<K, R>;

    fn dimension(&self) -> f64 {
        self.groups.iter().map(|group| group.count).sum()
    }

    fn fit(&self, heads: &OMatrix<f64, K, R>, strength: &OVector<f64, K>) -> DiagonalFit<K, R> {
        let along = self.groups.iter().map(|group| group.along(heads, strength));
        DiagonalFit { strength: strength.clone(), along: along.collect() }
    }

    fn traces(&self, fit: &DiagonalFit<K, R>) -> Traces<K> {
        let (k, one) = fit.strength.shape_generic();
        let mut traces =
            Traces { first: OVector::zeros_generic(k, one), second: OMatrix::zeros_generic(k, k) };
        for (Group { count, spread, .. }, Along { block, .. }) in self.groups.iter().zip(&fit.along)
        {
            for i in 0..spread.len() {
                traces.first[i] += count * spread[i] * block[(i, i)];
                for j in 0..spread.len() {
                    let block = block[(i, j)];
                    traces.second[(i, j)] += count * spread[i] * spread[j] * block * block;
                }
            }
        }
        traces
    }

    fn quality(&self, fit: &DiagonalFit<K, R>) -> Quality<K> {
        let zeros = &fit.strength * 0.0;
        let mut quality = Quality { bias: zeros.clone(), length: zeros.clone(), overlap: zeros };
        for (group, along) in self.groups.iter().zip(&fit.along) {
            let fitted = group.fitted(along);
            for i in 0..group.spread.len() {
                let (own, fitted) = (group.root.column(i), fitted.column(i));
                quality.bias[i] += group.spread[i] * (own - fitted).norm_squared();
                quality.length[i] += group.spread[i] * fitted.norm_squared();
                quality.overlap[i] += group.spread[i] * own.dot(&fitted);
            }
        }
        quality
    }

    fn between(&self, one: &DiagonalFit<K, R>, other: &DiagonalFit<K, R>) -> Between<K> {
        let (k, _) = one.strength.shape_generic();
        let mut between =
            Between { bias: &one.strength * 0.0, traces: OMatrix::zeros_generic(k, k) };
        for (group, (one, other)) in self.groups.iter().zip(one.along.iter().zip(&other.along)) {
            let (gaps, beside) = (group.gaps(one), group.gaps(other));
            for i in 0..group.spread.len() {
                let spread = group.spread[i];
                between.bias[i] += spread * gaps.column(i).dot(&beside.column(i));
                for j in 0..group.spread.len() {
                    let blocks = one.block[(i, j)] * other.block[(i, j)];
                    between.traces[(i, j)] += group.count * spread * group.spread[j] * blocks;
                }
            }
        }
        between
    }

    fn gradient(&self, fit: &DiagonalFit<K, R>, factors: &OVector<f64, K>) -> OMatrix<f64, K, R> {
        let mut gradient: Option<OMatrix<f64, K, R>> = None;
        for (group, along) in self.groups.iter().zip(&fit.along) {
            let Along { solved, block, pull } = along;
            let mut to_solved = group.gaps(along).tr_mul(&group.root) * -1.0;
            to_solved.column_iter_mut().zip(pull).for_each(|(mut column, p)| column *= *p);
            to_solved.row_iter_mut().zip(pull).for_each(|(mut row, p)| row *= *p);
            let noise = factors.component_mul(&group.spread) * group.count;
            for (j, noise) in noise.iter().enumerate() {
                to_solved[(j, j)] += noise;
                for i in 0..pull.len() {
                    to_solved[(i, j)] -= pull[i] * block[(i, j)] * noise;
                }
            }
            let part = to_solved * solved * 2.0;
            gradient = Some(gradient.map_or_else(|| part.clone(), |sum| sum + &part));
        }
        gradient.unwrap_or_else(|| unreachable!("there is a direction"))
    }

    fn slope_covariance(&self, fit: &DiagonalFit<K, R>, noise: &OVector<f64, K>) -> DMatrix<f64> {
        let k = noise.len();
        let r = fit.along[0].solved.ncols();
        let mut covariance = DMatrix::zeros(k * r, k * r);
        for (group, along) in self.groups.iter().zip(&fit.along) {
            let mut pulled = along.solved.clone();
            pulled.row_iter_mut().zip(&along.pull).for_each(|(mut row, p)| row *= *p);
            let units = pulled.tr_mul(&(&group.theta * &pulled));
            let tasks = along.pull.shape_generic().0;
            let mut left = OMatrix::zeros_generic(tasks, tasks);
            for j in 0..k {
                let free = OVector::from_fn_generic(tasks, Const::<1>, |i, _| {
                    f64::from(u8::from(i == j)) - along.pull[i] * along.block[(j, i)]
                });
                let part = group.spread[j] * noise[j].powi(2);
                left.ger(part, &free, &free, 1.0);
            }
            covariance +=
                DMatrix::from_fn(k * r, k * r, |i, j| units[(i / k, j / k)] * left[(i % k, j % k)]);
        }
        covariance * 4.0
    }

    fn heads(&self, parts: &OMatrix<f64, K, R>) -> OMatrix<f64, K, R> {
        let mut heads = parts * 0.0;
        for i in 0..parts.nrows() {
            let mut shadow = parts.row(i).transpose() * 0.0;
            let mut square = parts.tr_mul(parts) * 0.0;
            for group in &self.groups {
                let shadows = &group.theta * parts;
                shadow += shadows.row(i).transpose() * group.spread[i];
                square += parts.tr_mul(&shadows) * group.spread[i];
            }
            let own = inverse(square) * shadow;
            heads.row_mut(i).tr_copy_from(&own.map(|a| if a.is_finite() { a } else { 0.0 }));
        }
        heads
    }

    fn signals(&self) -> OMatrix<f64, K, K> {
        let mut signals = &self.groups[0].theta * 0.0;
        for group in &self.groups {
            for i in 0..group.spread.len() {
                for j in 0..group.spread.len() {
                    let mean = 0.5 * (group.spread[i] + group.spread[j]);
                    signals[(i, j)] += mean * group.theta[(i, j)];
                }
            }
        }
        signals
    }
}

fn alike<K: Dim>(a: &OVector<f64, K>, b: &OVector<f64, K>) -> bool
where
    DefaultAllocator: Allocator<K>,
{
    a.iter().zip(b).all(|(x, y)| (x - y).abs() <= 1e-9 * x.max(*y))
}
