//! Covariances of any number of tasks that are diagonal in common coordinates.

use nalgebra::{DMatrix, DVector, Dyn};

use super::{Between, Modules, Quality, Spectrum, Traces};
use crate::math::linalg;

/// Tasks in coordinates in which every covariance is diagonal, as g groups of directions along which
/// each covariance is constant. The directions of a group are turned so that at most k of them hold
/// all θs: n in all groups.
#[derive(Debug, Clone)]
pub(in super::super) struct Axes {
    /// Number of directions of every group (g).
    count: Vec<f64>,
    /// Σ_i along the directions of every group (k × g).
    spread: DMatrix<f64>,
    /// θ_i along every direction that is not orthogonal to all θs (k × n).
    thetas: DMatrix<f64>,
    /// The group of each of these directions (n).
    group: Vec<usize>,
}

/// The fit along every direction.
pub(in super::super) struct AxesFit {
    /// A (k × r).
    heads: DMatrix<f64>,
    /// p (k).
    strength: DVector<f64>,
    /// AQ for every group (kr × g, units by columns).
    solved: DMatrix<f64>,
    /// `P = AQAᵀ` for every group (k² × g).
    blocks: DMatrix<f64>,
    /// B̄ (r × n).
    module: DMatrix<f64>,
}

impl Axes {
    /// Creates the groups. Column i of `shares` is the diagonal of Σ_i, column i of `thetas` holds
    /// the coordinates of θ_i (d × k both).
    pub(in super::super) fn new(shares: &DMatrix<f64>, thetas: &DMatrix<f64>) -> Self {
        let groups = super::groups(shares);
        let firsts: Vec<usize> = groups.iter().map(|directions| directions[0]).collect();
        let roots: Vec<DMatrix<f64>> =
            groups.iter().map(|directions| thetas.select_rows(directions).qr().r()).collect();
        let rows: Vec<_> = roots.iter().flat_map(|root| root.row_iter()).collect();
        let of_rows = roots.iter().enumerate().flat_map(|(g, root)| vec![g; root.nrows()]);
        Self {
            count: groups.iter().map(|directions| directions.len() as f64).collect(),
            spread: shares.select_rows(&firsts).transpose(),
            thetas: DMatrix::from_rows(&rows).transpose(),
            group: of_rows.collect(),
        }
    }

    /// The same tasks, with θ_i times a factor.
    pub(in super::super) fn scaled(&self, factors: &DVector<f64>) -> Self {
        let mut thetas = self.thetas.clone();
        thetas.column_iter_mut().for_each(|mut theta| theta.component_mul_assign(factors));
        Self { thetas, ..self.clone() }
    }

    /// Number of tasks k.
    fn tasks(&self) -> usize {
        self.spread.nrows()
    }

    /// Every direction with a part of a θ: Σ, θ, θ̂ and B̄ along it.
    fn along<'a>(&'a self, fit: &'a AxesFit) -> impl Iterator<Item = Along<'a>> {
        self.group.iter().enumerate().map(|(n, &g)| Along {
            spread: column(&self.spread, g),
            theta: column(&self.thetas, n),
            heads: fit.heads.as_slice(),
            module: column(&fit.module, n),
        })
    }

    /// tr(Σ_i P_ij Σ_j P_ji′) (k × k).
    fn products(&self, one: &AxesFit, other: &AxesFit) -> DMatrix<f64> {
        let k = self.tasks();
        let mut traces = DMatrix::zeros(k, k);
        for (g, count) in self.count.iter().enumerate() {
            let spread = column(&self.spread, g);
            let blocks = column(&one.blocks, g).chunks_exact(k);
            let beside = column(&other.blocks, g).chunks_exact(k);
            let sums = traces.as_mut_slice().chunks_exact_mut(k);
            for (((sums, s), block), other) in sums.zip(spread).zip(blocks).zip(beside) {
                let by = count * s;
                for (((sum, s), p), q) in sums.iter_mut().zip(spread).zip(block).zip(other) {
                    *sum += by * s * p * q;
                }
            }
        }
        traces
    }
}

/// One direction with a part of a θ.
struct Along<'a> {
    spread: &'a [f64],
    theta: &'a [f64],
    heads: &'a [f64],
    module: &'a [f64],
}

impl Along<'_> {
    /// θ̂_i.
    fn fitted(&self, i: usize) -> f64 {
        let heads = self.heads.iter().skip(i).step_by(self.theta.len());
        heads.zip(self.module).map(|(head, unit)| head * unit).sum()
    }

    /// θ_i − θ̂_i.
    fn gap(&self, i: usize) -> f64 {
        self.theta[i] - self.fitted(i)
    }
}

fn column(matrix: &DMatrix<f64>, column: usize) -> &[f64] {
    let n = matrix.nrows();
    &matrix.as_slice()[column * n..(column + 1) * n]
}

fn column_mut(matrix: &mut DMatrix<f64>, column: usize) -> &mut [f64] {
    let n = matrix.nrows();
    &mut matrix.as_mut_slice()[column * n..(column + 1) * n]
}

/// Inverts a symmetric positive definite matrix (r × r) in place by elimination without pivoting;
/// NaN if it is none.
fn invert(matrix: &mut [f64], r: usize) {
    for pivot in 0..r {
        let at = matrix[pivot * (r + 1)];
        let scale = if at > 0.0 { at.recip() } else { f64::NAN };
        matrix[pivot * (r + 1)] = 1.0;
        (0..r).for_each(|column| matrix[pivot + r * column] *= scale);
        for row in (0..r).filter(|&row| row != pivot) {
            let factor = matrix[row + r * pivot];
            matrix[row + r * pivot] = 0.0;
            for column in 0..r {
                matrix[row + r * column] -= factor * matrix[pivot + r * column];
            }
        }
    }
}

impl Spectrum<Dyn, Dyn> for Axes {
    type Fit = AxesFit;

    fn dimension(&self) -> f64 {
        self.count.iter().sum()
    }

    fn fit(&self, heads: &DMatrix<f64>, strength: &DVector<f64>) -> AxesFit {
        let (groups, (k, r)) = (self.count.len(), heads.shape());
        let a = heads.as_slice();
        let mut inverse = vec![0.0; r * r];
        let mut solved = DMatrix::zeros(k * r, groups);
        let mut blocks = DMatrix::zeros(k * k, groups);
        for g in 0..groups {
            let spread = column(&self.spread, g);
            for (bc, entry) in inverse.iter_mut().enumerate() {
                let both = a[bc % r * k..].iter().zip(&a[bc / r * k..]);
                let pulls = strength.iter().zip(spread).map(|(p, s)| p * s);
                *entry = both.zip(pulls).map(|((b, c), pull)| b * c * pull).sum();
            }
            invert(&mut inverse, r);
            let solved = column_mut(&mut solved, g);
            for (unit, q) in solved.chunks_exact_mut(k).zip(inverse.chunks_exact(r)) {
                for (heads, q) in a.chunks_exact(k).zip(q) {
                    unit.iter_mut().zip(heads).for_each(|(sum, head)| *sum += head * q);
                }
            }
            for (j, block) in column_mut(&mut blocks, g).chunks_exact_mut(k).enumerate() {
                for (b, unit) in solved.chunks_exact(k).enumerate() {
                    let head = a[j + b * k];
                    block.iter_mut().zip(unit).for_each(|(sum, part)| *sum += part * head);
                }
            }
        }
        let mut module = DMatrix::zeros(r, self.group.len());
        for (n, &g) in self.group.iter().enumerate() {
            let targets = || {
                let both = column(&self.spread, g).iter().zip(column(&self.thetas, n));
                both.zip(strength).map(|((s, theta), p)| p * s * theta)
            };
            let units = column(&solved, g).chunks_exact(k);
            for (entry, unit) in column_mut(&mut module, n).iter_mut().zip(units) {
                *entry = unit.iter().zip(targets()).map(|(part, target)| part * target).sum();
            }
        }
        AxesFit { heads: heads.clone(), strength: strength.clone(), solved, blocks, module }
    }

    fn traces(&self, fit: &AxesFit) -> Traces<Dyn> {
        let k = self.tasks();
        let mut first = DVector::zeros(k);
        for (g, count) in self.count.iter().enumerate() {
            let own = column(&fit.blocks, g).iter().step_by(k + 1);
            let both = column(&self.spread, g).iter().zip(own);
            first.iter_mut().zip(both).for_each(|(sum, (s, p))| *sum += count * s * p);
        }
        Traces { first, second: self.products(fit, fit) }
    }

    fn quality(&self, fit: &AxesFit) -> Quality<Dyn> {
        let zeros = DVector::zeros(self.tasks());
        let mut quality = Quality { bias: zeros.clone(), length: zeros.clone(), overlap: zeros };
        for along in self.along(fit) {
            for (i, (spread, theta)) in along.spread.iter().zip(along.theta).enumerate() {
                let fitted = along.fitted(i);
                quality.bias[i] += spread * (theta - fitted).powi(2);
                quality.length[i] += spread * fitted * fitted;
                quality.overlap[i] += spread * theta * fitted;
            }
        }
        quality
    }

    fn between(&self, one: &AxesFit, other: &AxesFit) -> Between<Dyn> {
        let mut bias = DVector::zeros(self.tasks());
        for (one, other) in self.along(one).zip(self.along(other)) {
            for (i, sum) in bias.iter_mut().enumerate() {
                *sum += one.spread[i] * one.gap(i) * other.gap(i);
            }
        }
        Between { bias, traces: self.products(one, other) }
    }

    fn gradient(&self, fit: &AxesFit, factors: &DVector<f64>) -> DMatrix<f64> {
        let (k, r) = fit.heads.shape();
        let mut gradient = DMatrix::zeros(k, r);
        for along in self.along(fit) {
            for i in 0..k {
                let pulled = fit.strength[i] * along.spread[i] * along.gap(i);
                let units = along.module.iter().enumerate();
                units.for_each(|(b, unit)| gradient[(i, b)] -= pulled * unit);
            }
        }
        for (g, count) in self.count.iter().enumerate() {
            let spread = column(&self.spread, g);
            let noise = |j: usize| factors[j] * spread[j] * count;
            for (b, unit) in column(&fit.solved, g).chunks_exact(k).enumerate() {
                for i in 0..k {
                    let row = column(&fit.blocks, g).iter().skip(i).step_by(k);
                    let absorbed: f64 =
                        row.zip(unit).enumerate().map(|(j, (p, part))| p * part * noise(j)).sum();
                    let pull = fit.strength[i] * spread[i];
                    gradient[(i, b)] += noise(i) * unit[i] - pull * absorbed;
                }
            }
        }
        gradient * 2.0
    }

    fn slope_covariance(&self, fit: &AxesFit, noise: &DVector<f64>) -> DMatrix<f64> {
        let (k, r) = fit.heads.shape();
        let mut covariance = DMatrix::zeros(k * r, k * r);
        for (along, &g) in self.along(fit).zip(&self.group) {
            let blocks = column(&fit.blocks, g);
            let free = DMatrix::from_fn(k * r, k, |ib, j| {
                let i = ib % k;
                let absorbed = fit.strength[i] * blocks[j + k * i] * along.spread[i];
                let part = f64::from(u8::from(i == j)) - absorbed;
                2.0 * noise[j] * along.spread[j].sqrt() * along.module[ib / k] * part
            });
            covariance += &free * free.transpose();
        }
        covariance
    }
}

impl Modules for Axes {
    fn heads(&self, parts: &DMatrix<f64>) -> DMatrix<f64> {
        let module = self.thetas.tr_mul(parts);
        let mut heads = parts * 0.0;
        for i in 0..parts.nrows() {
            let mut shadow = module.clone();
            for (mut row, &g) in shadow.row_iter_mut().zip(&self.group) {
                row *= self.spread[(i, g)];
            }
            let right = shadow.tr_mul(&self.thetas.row(i).transpose());
            let own = linalg::inverse(&module.tr_mul(&shadow)) * right;
            heads.row_mut(i).tr_copy_from(&own.map(|a| if a.is_finite() { a } else { 0.0 }));
        }
        heads
    }

    fn signals(&self) -> DMatrix<f64> {
        let mut targets = self.thetas.clone();
        for (mut target, &g) in targets.column_iter_mut().zip(&self.group) {
            target.component_mul_assign(&self.spread.column(g));
        }
        let found = targets * self.thetas.transpose();
        (&found + found.transpose()) * 0.5
    }
}
