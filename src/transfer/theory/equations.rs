//! The deterministic equivalents at given heads, and the gradient of the training loss.

use std::cell::Cell;

use nalgebra::allocator::Allocator;
use nalgebra::{DMatrix, DefaultAllocator, Dim, OMatrix, OVector};

use super::sizes::Sizes;
use super::spectrum::{Between, Quality, Spectrum, Traces};
use crate::math::linalg;

/// Most steps to the solution for δ, from 0 and from a solution nearby.
const MOST_STEPS: usize = 100;
const FEW_STEPS: usize = 8;
/// A relative step of δ is small if its square is a rounding error.
const SMALL: f64 = 1e-8;
const ROUNDING: f64 = 1e-15;

/// The equations of k tasks in a setting, for a module of r units.
pub(super) struct Equations<'a, K: Dim, R: Dim, S>
where
    DefaultAllocator: Sizes<K, R>,
{
    pub(super) spectrum: &'a S,
    /// r.
    pub(super) units: R,
    /// m_i.
    pub(super) samples: OVector<f64, K>,
    /// σ_i².
    pub(super) noise: OVector<f64, K>,
    /// α_i.
    pub(super) weights: OVector<f64, K>,
    /// τ_i: the scatter of θ_i about the true one, as a share of `Σ_i⁻¹`.
    pub(super) scatter: OVector<f64, K>,
    /// t_i: the excess risks are added to the training loss with these weights; zero in training.
    pub(super) known: OVector<f64, K>,
    /// The last δ found, where the next search starts.
    pub(super) last: Cell<Option<OVector<f64, K>>>,
}

/// The solution δ of the fixed point and the quantities that depend only on it.
struct Resolvent<K: Dim, F>
where
    DefaultAllocator: Allocator<K> + Allocator<K, K>,
{
    delta: OVector<f64, K>,
    /// `α_i m_i/(1+δ_i)`.
    pull: OVector<f64, K>,
    fit: F,
    /// `α_i tr(Σ_i P_ij Σ_j P_ji) α_j m_j/(1+δ_j)²`.
    feedback: OMatrix<f64, K, K>,
}

/// The equivalents at fixed heads, with one value per task in each vector.
pub(super) struct Equivalents<K: Dim>
where
    DefaultAllocator: Allocator<K>,
{
    pub(super) loss: f64,
    pub(super) delta: OVector<f64, K>,
    pub(super) rho: OVector<f64, K>,
    pub(super) bias: OVector<f64, K>,
    pub(super) variance: OVector<f64, K>,
    /// `α_i m_i/(1+δ_i)`.
    pub(super) pull: OVector<f64, K>,
    /// `θ̂_iᵀ Σ_i θ̂_i`.
    pub(super) length: OVector<f64, K>,
    /// `θ̂_iᵀ Σ_i θ_i`.
    pub(super) overlap: OVector<f64, K>,
}

/// The equivalents at some heads, for covariances with those at others.
pub(super) struct LossAt<K: Dim, F>
where
    DefaultAllocator: Allocator<K>,
{
    delta: OVector<f64, K>,
    fit: F,
}

impl<K: Dim, R: Dim, S: Spectrum<K, R>> Equations<'_, K, R, S>
where
    DefaultAllocator: Sizes<K, R>,
{
    /// The same tasks, with `t` times the excess risk of one of them added to the training loss.
    pub(super) fn knowing(&self, target: usize, t: f64) -> Self {
        let mut known = self.known.clone();
        known[target] = t;
        Self {
            spectrum: self.spectrum,
            units: self.units,
            samples: self.samples.clone(),
            noise: self.noise.clone(),
            weights: self.weights.clone(),
            scatter: self.scatter.clone(),
            known,
            last: Cell::default(),
        }
    }

    /// The training loss `F̄ = Σ_i α_i m_i/(1+δ_i) (σ_i² + bias_i) + Σ_i t_i bias_i`. For t = 0 it
    /// is `Σ_i α_i m_i ρ_i/(1+δ_i)²`.
    pub(super) fn loss(&self, heads: &OMatrix<f64, K, R>) -> f64 {
        let Resolvent { pull, fit, .. } = self.resolvent(heads);
        self.total(&pull, &self.spectrum.quality(&fit).bias)
    }

    fn total(&self, pull: &OVector<f64, K>, bias: &OVector<f64, K>) -> f64 {
        pull.dot(&(bias + &self.noise)) + self.known.dot(bias)
    }

    /// The training loss and its derivatives with respect to the heads (k × r): those of F̄ at fixed
    /// δ, and those through δ by the adjoint of the fixed-point equation.
    pub(super) fn slope(&self, heads: &OMatrix<f64, K, R>) -> (f64, OMatrix<f64, K, R>) {
        let Resolvent { delta, pull, fit, feedback } = self.resolvent(heads);
        let bias = self.spectrum.quality(&fit).bias;
        let loss = self.total(&pull, &bias);
        let misfit = bias + &self.noise;
        let right = -pull.component_mul(&misfit).zip_map(&delta, |x, d| x / (1.0 + d));
        let adjoint = linalg::amplify(&feedback.transpose(), right);
        (loss, self.spectrum.gradient(&fit, &adjoint.component_mul(&self.weights)))
    }

    /// All equivalents at some heads (k × r).
    pub(super) fn at(&self, heads: &OMatrix<f64, K, R>) -> Equivalents<K> {
        let Resolvent { delta, pull, fit, feedback } = self.resolvent(heads);
        let Quality { bias, length, overlap } = self.spectrum.quality(&fit);
        let loss = self.total(&pull, &bias);
        let bias = (bias - self.scattered(&delta, &feedback)).map(|bias| bias.max(0.0));
        let misfit = &bias + &self.noise;
        let weighted = linalg::amplify(&feedback, self.weights.component_mul(&misfit));
        let variance = (&feedback * &weighted).component_div(&self.weights);
        let rho = weighted.component_div(&self.weights);
        Equivalents { loss, delta, rho, bias, variance, pull, length, overlap }
    }

    /// How much larger each bias is than that of the true θs:
    /// `Σ_j τ_j tr(Σ_i G_ij Σ_j⁻¹ G_ijᵀ)` with `G_ij = 1{i=j} − p_j P_ij Σ_j`.
    fn scattered(&self, delta: &OVector<f64, K>, feedback: &OMatrix<f64, K, K>) -> OVector<f64, K> {
        let d = self.spectrum.dimension();
        let pulled = self.weights.component_mul(&self.samples).component_mul(&self.scatter);
        let absorbed = (feedback * pulled).component_div(&self.weights);
        let used = delta.component_mul(&self.samples).zip_map(delta, |used, d| used / (1.0 + d));
        absorbed + self.scatter.component_mul(&used.map(|used| d - 2.0 * used))
    }

    /// What [`Self::covariance`] needs to know about some heads (k × r).
    pub(super) fn loss_at(&self, heads: &OMatrix<f64, K, R>) -> LossAt<K, S::Fit> {
        let Resolvent { delta, fit, .. } = self.resolvent(heads);
        LossAt { delta, fit }
    }

    /// The covariance of the training losses at two sets of heads.
    ///
    /// The rows are independent, and each contributes `α_j e²/(1+δ_j)`, with e its residual in the
    /// fit to all other rows. Seen from a share s of the rows, the residuals at both heads are
    /// normal with covariance `σ_j² + b_j + s v_j`; b and v are the products of the gaps and the
    /// variances that both heads have in common. Summed over the rows:
    ///
    /// ```text
    /// 2 Σ_j m_j α_j²/((1+δ_j)(1+δ_j′)) ∫₀¹ (σ_j² + b_j + s v_j)² ds
    /// ```
    pub(super) fn covariance(&self, one: &LossAt<K, S::Fit>, other: &LossAt<K, S::Fit>) -> f64 {
        let Between { bias, traces } = self.spectrum.between(&one.fit, &other.fit);
        let shrunken = one.delta.zip_map(&other.delta, |a, b| (1.0 + a) * (1.0 + b));
        let squares = self.weights.component_mul(&self.weights).component_mul(&self.samples);
        let rows = squares.component_div(&shrunken);
        let (k, _) = rows.shape_generic();
        let feedback = OMatrix::from_fn_generic(k, k, |i, j| traces[(i, j)] * rows[j]);
        let misfit = bias + &self.noise;
        let variance = &feedback * linalg::amplify(&feedback, misfit.clone());
        let square = misfit.zip_map(&variance, |m, v| m * m + m * v + v * v / 3.0);
        2.0 * rows.dot(&square)
    }

    /// The covariance of the gradient of the training loss (kr × kr) if the residuals were fixed.
    pub(super) fn rough_covariance(&self, heads: &OMatrix<f64, K, R>) -> DMatrix<f64> {
        let at = self.at(heads);
        let (k, one) = at.rho.shape_generic();
        let noise = OVector::from_fn_generic(k, one, |i, _| {
            self.weights[i] * (self.samples[i] * at.rho[i]).sqrt() / (1.0 + at.delta[i])
        });
        let fit = self.spectrum.fit(heads, &(&at.pull + &self.known));
        self.spectrum.slope_covariance(&fit, &noise)
    }

    /// Solves δ_i = α_i tr(Σ_i P_ii), from the last solution or else from δ = 0.
    fn resolvent(&self, heads: &OMatrix<f64, K, R>) -> Resolvent<K, S::Fit> {
        let (k, one) = self.samples.shape_generic();
        let near = self.last.take().and_then(|near| self.newton(heads, near, FEW_STEPS).ok());
        let found = near.unwrap_or_else(|| {
            let zero = OVector::zeros_generic(k, one);
            self.newton(heads, zero, MOST_STEPS).unwrap_or_else(|found| found)
        });
        if found.delta.iter().all(|delta| delta.is_finite()) {
            self.last.set(Some(found.delta.clone()));
        }
        found
    }

    /// Solves the fixed-point equation by Newton's method, with a plain iteration whenever a Newton
    /// step would make an entry negative. The map is increasing, so its fixed point is approached
    /// from below if the start is 0. Convergence is quadratic: the step after a small one leaves
    /// only rounding errors. An error, with what was reached, after so many steps.
    fn newton(
        &self,
        heads: &OMatrix<f64, K, R>,
        mut delta: OVector<f64, K>,
        mut steps: usize,
    ) -> Result<Resolvent<K, S::Fit>, Resolvent<K, S::Fit>> {
        let (k, one) = self.samples.shape_generic();
        let mut arrived = false;
        loop {
            let pull = OVector::from_fn_generic(k, one, |i, _| {
                self.weights[i] * self.samples[i] / (1.0 + delta[i])
            });
            let fit = self.spectrum.fit(heads, &(&pull + &self.known));
            let Traces { first, second } = self.spectrum.traces(&fit);
            let next = first.component_mul(&self.weights);
            let gap = &next - &delta;
            let feedback = OMatrix::from_fn_generic(k, k, |i, j| {
                self.weights[i] * second[(i, j)] * pull[j] / (1.0 + delta[j])
            });
            let is_within =
                |share: f64| gap.iter().zip(&next).all(|(g, n)| g.abs() <= share * (1.0 + n));
            steps -= 1;
            arrived |= is_within(ROUNDING);
            if arrived || steps == 0 {
                let found = Resolvent { delta: next, pull, fit, feedback };
                return if arrived { Ok(found) } else { Err(found) };
            }
            arrived = is_within(SMALL);
            let newton = linalg::amplify(&feedback, gap);
            let stable = newton.iter().zip(&delta).all(|(n, d)| d + n >= 0.0);
            arrived &= stable;
            delta = if stable { delta + newton } else { next };
        }
    }
}

#[cfg(test)]
mod tests {
    use nalgebra::{Const, DVector, Dyn, Vector2};

    use super::super::spectrum::{Axes, Dense, Modules, Pair};
    use super::*;
    use crate::math::seed::Seed;

    /// Shares of the covariances, θs along common axes, and the axes, for k tasks of which half of
    /// the directions are alike.
    fn tasks(k: usize) -> (DMatrix<f64>, DMatrix<f64>, DMatrix<f64>) {
        let rng = &mut Seed::new(1).rng();
        let thetas: Vec<DVector<f64>> = (0..k).map(|_| linalg::unit_vector(12, rng)).collect();
        let free = linalg::normal_matrix(12, k, rng).map(|x| x * x + 0.1);
        let shares = DMatrix::from_fn(12, k, |g, i| free[(g.min(6), i)]);
        (shares, DMatrix::from_columns(&thetas), linalg::orthonormal(12, rng))
    }

    /// Four tasks with common axes, as they are and in coordinates along these.
    fn spectra() -> (Axes, Dense) {
        let (shares, coordinates, turn) = tasks(4);
        let thetas: Vec<DVector<f64>> =
            (&turn * &coordinates).column_iter().map(|theta| theta.into_owned()).collect();
        let covariances: Vec<DMatrix<f64>> = shares
            .column_iter()
            .map(|column| &turn * DMatrix::from_diagonal(&column.into_owned()) * turn.transpose())
            .collect();
        (Axes::new(&shares, &coordinates), Dense::new(&covariances, &thetas))
    }

    fn sized<K: Dim, R: Dim, S>(spectrum: &S, k: K, units: R) -> Equations<'_, K, R, S>
    where
        DefaultAllocator: Sizes<K, R>,
    {
        let first = |values: [f64; 4]| OVector::from_fn_generic(k, Const::<1>, |i, _| values[i]);
        Equations {
            spectrum,
            units,
            samples: first([9.0, 24.0, 30.0, 11.0]),
            noise: first([0.2, 0.5, 0.1, 0.3]),
            weights: first([1.0, 0.5, 2.0, 1.0]),
            scatter: first([0.0; 4]),
            known: first([0.0; 4]),
            last: Cell::default(),
        }
    }

    fn equations<S>(spectrum: &S, units: usize) -> Equations<'_, Dyn, Dyn, S> {
        sized(spectrum, Dyn(4), Dyn(units))
    }

    fn heads(units: usize) -> DMatrix<f64> {
        let all = [0.7, -0.4, 0.5, 0.2, 0.1, 0.6, -0.3, 0.8, 0.4, 0.3, 0.9, -0.5];
        DMatrix::from_column_slice(4, units, &all[..4 * units])
    }

    fn slope_is_that_of_differences<S: Spectrum<Dyn, Dyn>>(spectrum: &S, units: usize) {
        let equations = equations(spectrum, units).knowing(1, 3.0);
        let heads = heads(units);
        let (loss, slope) = equations.slope(&heads);
        assert!((loss - equations.loss(&heads)).abs() < 1e-12 * loss);
        for entry in 0..heads.len() {
            let at = |by: f64| {
                let mut moved = heads.clone();
                moved[entry] += by;
                equations.loss(&moved)
            };
            let difference = (at(1e-5) - at(-1e-5)) / 2e-5;
            assert!((slope[entry] - difference).abs() < 1e-6 * slope.norm(), "{units}, {entry}");
        }
        assert!(heads.tr_mul(&slope).amax() < 1e-9 * slope.norm());
    }

    #[test]
    fn the_slope_of_the_training_loss_is_that_of_central_differences() {
        let (axes, dense) = spectra();
        for units in 1..=3 {
            slope_is_that_of_differences(&axes, units);
            slope_is_that_of_differences(&dense, units);
        }
    }

    #[test]
    fn the_training_loss_is_the_weighted_sum_of_shrunken_risks() {
        let (spectrum, _) = spectra();
        for units in 1..=3 {
            let equations = equations(&spectrum, units);
            let at = equations.at(&heads(units));
            let shrunken = at.rho.zip_map(&at.delta, |rho, delta| rho / (1.0 + delta).powi(2));
            let sum = equations.weights.component_mul(&equations.samples).dot(&shrunken);
            assert!((sum - at.loss).abs() < 1e-10 * sum);
        }
    }

    #[test]
    fn common_axes_change_how_it_is_computed_but_not_what_comes_out() {
        let (axes, dense) = spectra();
        for units in 1..=3 {
            let w = heads(units);
            let v = w.map(|x| x * x - 0.2);
            let (one, other) = (equations(&axes, units), equations(&dense, units));
            let (at, beside) = (one.at(&w), other.at(&w));
            assert!((at.loss - beside.loss).abs() < 1e-10 * at.loss);
            assert!((at.variance - beside.variance).amax() < 1e-10);
            assert!((at.length - beside.length).amax() < 1e-10);
            assert!((at.overlap - beside.overlap).amax() < 1e-10);
            let at = one.covariance(&one.loss_at(&w), &one.loss_at(&v));
            let beside = other.covariance(&other.loss_at(&w), &other.loss_at(&v));
            assert!((at - beside).abs() < 1e-10 * at);
            let (at, beside) = (one.rough_covariance(&w), other.rough_covariance(&w));
            assert!((&at - &beside).amax() < 1e-9 * at.amax());
            let parts = heads(units);
            let (at, beside) = (axes.heads(&parts), dense.heads(&parts));
            assert!((at - beside).amax() < 1e-10);
        }
    }

    #[test]
    fn two_tasks_are_the_same_with_and_without_static_sizes() {
        let (shares, coordinates, _) = tasks(2);
        let (pair, axes) = (Pair::new(&shares, &coordinates), Axes::new(&shares, &coordinates));
        let one = sized(&pair, Const::<2>, Const::<1>).knowing(1, 3.0);
        let other = sized(&axes, Dyn(2), Dyn(1)).knowing(1, 3.0);
        let [w, v] = [[0.7, -0.4], [0.3, 0.9]].map(Vector2::from);
        let [many_w, many_v] = [w, v].map(|w| DMatrix::from_column_slice(2, 1, w.as_slice()));
        let close = |a: &[f64], b: &[f64]| {
            assert!(a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-10 * b.abs()), "{a:?} {b:?}");
        };
        let (at, beside) = (one.at(&w), other.at(&many_w));
        close(&[at.loss], &[beside.loss]);
        close(at.variance.as_slice(), beside.variance.as_slice());
        close(at.length.as_slice(), beside.length.as_slice());
        close(at.overlap.as_slice(), beside.overlap.as_slice());
        close(one.slope(&w).1.as_slice(), other.slope(&many_w).1.as_slice());
        let covariance = one.covariance(&one.loss_at(&w), &one.loss_at(&v));
        close(&[covariance], &[other.covariance(&other.loss_at(&many_w), &other.loss_at(&many_v))]);
        close(one.rough_covariance(&w).as_slice(), other.rough_covariance(&many_w).as_slice());
    }

    #[test]
    fn heads_that_span_the_same_space_have_the_same_loss() {
        let (spectrum, _) = spectra();
        let equations = equations(&spectrum, 2);
        let mixed = heads(2) * nalgebra::DMatrix::from_row_slice(2, 2, &[2.0, 0.3, -0.5, 0.7]);
        let (one, other) = (equations.at(&heads(2)), equations.at(&mixed));
        assert!((one.loss - other.loss).abs() < 1e-10 * one.loss);
        assert!((one.variance - other.variance).amax() < 1e-10);
    }
}
