//! Covariances of two tasks, which are always diagonal in common coordinates, and one unit.

use nalgebra::{DMatrix, DVector, Matrix2, U1, U2, Vector2};

use super::{Between, Quality, Spectrum, Traces};

/// Two tasks in coordinates in which both covariances are diagonal, as groups of directions along
/// which each covariance is constant.
#[derive(Debug, Clone)]
pub(in super::super) struct Pair {
    groups: Vec<Group>,
}

/// Directions with the same share of both covariances.
#[derive(Debug, Clone)]
struct Group {
    /// Number of directions.
    count: f64,
    /// Σ_i along them.
    spread: Vector2<f64>,
    /// R (2 × 2), with the products of the entries of θ_i and θ_j over all directions in `RᵀR`; it
    /// keeps the digits of θs that nearly cancel.
    root: Matrix2<f64>,
}

/// The fit along one direction of a group.
pub(in super::super) struct Along {
    /// A.
    heads: Vector2<f64>,
    /// AQ.
    solved: Vector2<f64>,
    /// `P = AQAᵀ`.
    block: Matrix2<f64>,
    /// `p_j Σ_j`.
    pull: Vector2<f64>,
    /// `R Σ_j p_j Σ_j A_jQ`, with `θ̂_i` in the coordinates of R as its multiple by A_i.
    unit: Vector2<f64>,
}

impl Group {
    /// Creates a group from the coordinates of both θs along its directions, one direction per row.
    fn new(spread: Vector2<f64>, thetas: &DMatrix<f64>) -> Self {
        let triangle = thetas.clone().qr().r();
        let entry = |i, j| if i < triangle.nrows() { triangle[(i, j)] } else { 0.0 };
        Self { count: thetas.nrows() as f64, spread, root: Matrix2::from_fn(entry) }
    }

    fn along(&self, heads: &Vector2<f64>, strength: &Vector2<f64>) -> Along {
        let pull = Vector2::new(strength.x * self.spread.x, strength.y * self.spread.y);
        let sum = heads.x * heads.x * pull.x + heads.y * heads.y * pull.y;
        let solved = Vector2::new(heads.x / sum, heads.y / sum);
        let [by_x, by_y] = [pull.x * solved.x, pull.y * solved.y];
        let root = &self.root;
        Along {
            heads: *heads,
            block: Matrix2::new(
                solved.x * heads.x,
                solved.x * heads.y,
                solved.y * heads.x,
                solved.y * heads.y,
            ),
            unit: Vector2::new(
                root.m11 * by_x + root.m12 * by_y,
                root.m21 * by_x + root.m22 * by_y,
            ),
            solved,
            pull,
        }
    }

    /// The entries of `R(θ_i − θ̂_i)` of both tasks, one in each column.
    fn gaps(&self, Along { heads, unit, .. }: &Along) -> Matrix2<f64> {
        Matrix2::new(
            self.root.m11 - unit.x * heads.x,
            self.root.m12 - unit.x * heads.y,
            self.root.m21 - unit.y * heads.x,
            self.root.m22 - unit.y * heads.y,
        )
    }
}

impl Pair {
    /// Creates the groups. Column i of `shares` is the diagonal of Σ_i, column i of `thetas` holds
    /// the coordinates of θ_i (d × 2 both).
    pub(in super::super) fn new(shares: &DMatrix<f64>, thetas: &DMatrix<f64>) -> Self {
        let spread = |i: usize| Vector2::new(shares[(i, 0)], shares[(i, 1)]);
        let groups = super::groups(shares)
            .into_iter()
            .map(|group| Group::new(spread(group[0]), &thetas.select_rows(&group)));
        Self { groups: groups.collect() }
    }

    /// The same tasks, with θ_i times a factor.
    pub(in super::super) fn scaled(&self, factors: &DVector<f64>) -> Self {
        let factors = Matrix2::new(factors[0], 0.0, 0.0, factors[1]);
        let of_group = |group: &Group| Group { root: group.root * factors, ..group.clone() };
        Self { groups: self.groups.iter().map(of_group).collect() }
    }

    /// The values of `ln √(a_1 Σ_1 / a_2 Σ_2)` over the directions.
    pub(in super::super) fn log_ratios(&self, a: [f64; 2]) -> impl Iterator<Item = f64> + '_ {
        self.groups.iter().map(move |g| 0.5 * (a[0] * g.spread[0] / (a[1] * g.spread[1])).ln())
    }
}

impl Spectrum<U2, U1> for Pair {
    /// The fit along the directions of every group.
    type Fit = Vec<Along>;

    fn dimension(&self) -> f64 {
        self.groups.iter().map(|group| group.count).sum()
    }

    fn fit(&self, heads: &Vector2<f64>, strength: &Vector2<f64>) -> Vec<Along> {
        self.groups.iter().map(|group| group.along(heads, strength)).collect()
    }

    fn traces(&self, fit: &Vec<Along>) -> Traces<U2> {
        let mut traces = Traces { first: Vector2::zeros(), second: Matrix2::zeros() };
        for (Group { count, spread, .. }, Along { block, .. }) in self.groups.iter().zip(fit) {
            let x = count * spread.x;
            let (xx, xy, yy) = (x * spread.x, x * spread.y, count * spread.y * spread.y);
            traces.first.x += x * block.m11;
            traces.first.y += count * spread.y * block.m22;
            traces.second.m11 += xx * block.m11 * block.m11;
            traces.second.m12 += xy * block.m12 * block.m12;
            traces.second.m21 += xy * block.m21 * block.m21;
            traces.second.m22 += yy * block.m22 * block.m22;
        }
        traces
    }

    fn quality(&self, fit: &Vec<Along>) -> Quality<U2> {
        let zeros = Vector2::zeros();
        let mut quality = Quality { bias: zeros, length: zeros, overlap: zeros };
        for (group, along) in self.groups.iter().zip(fit) {
            let (spread, root, gaps) = (&group.spread, &group.root, group.gaps(along));
            let Along { heads, unit, .. } = along;
            quality.bias.x += spread.x * (gaps.m11 * gaps.m11 + gaps.m21 * gaps.m21);
            quality.bias.y += spread.y * (gaps.m12 * gaps.m12 + gaps.m22 * gaps.m22);
            let square = unit.x * unit.x + unit.y * unit.y;
            quality.length.x += spread.x * heads.x * heads.x * square;
            quality.length.y += spread.y * heads.y * heads.y * square;
            quality.overlap.x += spread.x * heads.x * (root.m11 * unit.x + root.m21 * unit.y);
            quality.overlap.y += spread.y * heads.y * (root.m12 * unit.x + root.m22 * unit.y);
        }
        quality
    }

    fn between(&self, one: &Vec<Along>, other: &Vec<Along>) -> Between<U2> {
        let mut between = Between { bias: Vector2::zeros(), traces: Matrix2::zeros() };
        for (group, (one, other)) in self.groups.iter().zip(one.iter().zip(other)) {
            let (gaps, beside) = (group.gaps(one), group.gaps(other));
            let shared = gaps.component_mul(&beside).row_sum().transpose();
            between.bias += group.spread.component_mul(&shared);
            let spreads = group.spread * group.spread.transpose() * group.count;
            between.traces += spreads.component_mul(&one.block).component_mul(&other.block);
        }
        between
    }

    fn gradient(&self, fit: &Vec<Along>, factors: &Vector2<f64>) -> Vector2<f64> {
        let mut gradient = Vector2::zeros();
        for (group, along) in self.groups.iter().zip(fit) {
            let Along { solved, block, pull, .. } = along;
            let pulls = Matrix2::from_diagonal(pull);
            let misfit = pulls * group.gaps(along).tr_mul(&group.root) * pulls;
            let noise =
                Matrix2::from_diagonal(&(factors.component_mul(&group.spread) * group.count));
            gradient += (noise - misfit - pulls * block * noise) * solved * 2.0;
        }
        gradient
    }

    fn slope_covariance(&self, fit: &Vec<Along>, noise: &Vector2<f64>) -> DMatrix<f64> {
        let mut covariance = Matrix2::zeros();
        for (group, Along { block, pull, unit, .. }) in self.groups.iter().zip(fit) {
            let free = Matrix2::identity() - Matrix2::from_diagonal(pull) * block;
            let noises = noise.component_mul(noise).component_mul(&group.spread);
            covariance +=
                free * Matrix2::from_diagonal(&noises) * free.transpose() * unit.norm_squared();
        }
        DMatrix::from_column_slice(2, 2, (covariance * 4.0).as_slice())
    }
}
