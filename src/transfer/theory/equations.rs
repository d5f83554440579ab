//! The deterministic equivalents at given heads, and the gradient of the training loss.

use nalgebra::allocator::Allocator;
use nalgebra::{DefaultAllocator, Dim, OMatrix, OVector};

use super::spectrum::{Between, Cut, Fit, Spectrum, Traces};
use crate::math::linalg;

/// The equations of k tasks in a setting.
#[derive(Clone)]
pub(super) struct Equations<'a, K: Dim>
where
    DefaultAllocator: Allocator<K> + Allocator<K, K>,
{
    pub(super) spectrum: &'a Spectrum<K>,
    /// m_i.
    pub(super) samples: OVector<f64, K>,
    /// σ_i².
    pub(super) noise: OVector<f64, K>,
    /// α_i.
    pub(super) weights: OVector<f64, K>,
    /// t_i: the excess risks are added to the training loss with these weights; zero in training.
    pub(super) known: OVector<f64, K>,
}

/// The solution δ of the fixed point and the quantities that depend only on it.
struct Resolvent<K: Dim>
where
    DefaultAllocator: Allocator<K> + Allocator<K, K>,
{
    delta: OVector<f64, K>,
    /// `α_i m_i/(1+δ_i)`.
    pull: OVector<f64, K>,
    traces: Traces<K>,
    /// `u_i tr(Σ_iQΣ_jQ) u_j m_j/(1+δ_j)²`.
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
    /// `B̄ᵀ Σ_i B̄`.
    pub(super) length: OVector<f64, K>,
    /// `B̄ᵀ Σ_i θ_i`.
    pub(super) overlap: OVector<f64, K>,
}

/// The equivalents at some heads, for covariances with those at others.
pub(super) struct LossAt<K: Dim>
where
    DefaultAllocator: Allocator<K>,
{
    delta: OVector<f64, K>,
    cut: Cut<K>,
}

impl<K: Dim> Equations<'_, K>
where
    DefaultAllocator: Allocator<K> + Allocator<K, K>,
{
    /// The same tasks, with `t` times the excess risk of one of them added to the training loss.
    pub(super) fn knowing(&self, target: usize, t: f64) -> Self {
        let mut known = self.known.clone();
        known[target] = t;
        Self { known, ..self.clone() }
    }

    /// The training loss `F̄ = Σ_i α_i m_i/(1+δ_i) (σ_i² + bias_i) + Σ_i t_i bias_i`. For t = 0 it
    /// is `Σ_i α_i m_i ρ_i/(1+δ_i)²`.
    pub(super) fn loss(&self, w: &OVector<f64, K>) -> f64 {
        let pull = self.resolvent(w).pull;
        self.total(&pull, &self.spectrum.fit(w, &(&pull + &self.known)).bias)
    }

    fn total(&self, pull: &OVector<f64, K>, bias: &OVector<f64, K>) -> f64 {
        pull.dot(&(bias + &self.noise)) + self.known.dot(bias)
    }

    /// The training loss and its derivatives with respect to the heads: those of F̄ at fixed δ, and
    /// those through δ by the adjoint of the fixed-point equation.
    pub(super) fn slope(&self, w: &OVector<f64, K>) -> (f64, OVector<f64, K>) {
        let Resolvent { delta, pull, traces, feedback } = self.resolvent(w);
        let all = &pull + &self.known;
        let fit = self.spectrum.fit(w, &all);
        let loss = self.total(&pull, &fit.bias);
        let misfit = fit.bias + &self.noise;
        let right = -pull.component_mul(&misfit).zip_map(&delta, |x, d| x / (1.0 + d));
        let adjoint = linalg::amplify(&feedback.transpose(), right);
        let u = self.weights.component_mul(w).component_mul(w);
        let through = traces.second * adjoint.component_mul(&u);
        let mut slope = all.component_mul(&(w.component_mul(&fit.length) - fit.overlap)) * 2.0;
        for i in 0..w.len() {
            let by_u = self.weights[i] * adjoint[i] * traces.first[i] - through[i] * all[i];
            slope[i] += 2.0 * w[i] * by_u;
        }
        (loss, slope)
    }

    /// All equivalents at heads w.
    pub(super) fn at(&self, w: &OVector<f64, K>) -> Equivalents<K> {
        let Resolvent { delta, pull, feedback, .. } = self.resolvent(w);
        let fit = self.spectrum.fit(w, &(&pull + &self.known));
        let loss = self.total(&pull, &fit.bias);
        let misfit = &fit.bias + &self.noise;
        let weighted = linalg::amplify(&feedback, self.weights.component_mul(&misfit));
        let variance = (&feedback * &weighted).component_div(&self.weights);
        let rho = weighted.component_div(&self.weights);
        let Fit { bias, length, overlap } = fit;
        Equivalents { loss, delta, rho, bias, variance, pull, length, overlap }
    }

    /// What [`Self::covariance`] needs to know about some heads.
    pub(super) fn loss_at(&self, w: &OVector<f64, K>) -> LossAt<K> {
        let Resolvent { delta, pull, .. } = self.resolvent(w);
        LossAt { delta, cut: self.spectrum.cut(w, &(pull + &self.known)) }
    }

    /// The covariance of the training losses at two sets of heads w and w′.
    ///
    /// The rows are independent, and each contributes `α_j e²/(1+δ_j)`, with e its residual in the
    /// fit to all other rows. Seen from a share s of the rows, the residuals at both heads are
    /// normal with covariance `σ_j² + b_j + s v_j`; b and v are the products of the gaps and the
    /// variances that both heads have in common. Summed over the rows:
    ///
    /// ```text
    /// 2 Σ_j m_j α_j²/((1+δ_j)(1+δ_j′)) ∫₀¹ (σ_j² + b_j + s v_j)² ds
    /// ```
    pub(super) fn covariance(&self, one: &LossAt<K>, other: &LossAt<K>) -> f64 {
        let Between { bias, traces } = self.spectrum.between(&one.cut, &other.cut);
        let heads = one.cut.heads.component_mul(&other.cut.heads);
        let shrunken = one.delta.zip_map(&other.delta, |a, b| (1.0 + a) * (1.0 + b));
        let squares = self.weights.component_mul(&self.weights).component_mul(&self.samples);
        let rows = squares.component_div(&shrunken);
        let (k, _) = heads.shape_generic();
        let feedback =
            OMatrix::from_fn_generic(k, k, |i, j| heads[i] * traces[(i, j)] * rows[j] * heads[j]);
        let misfit = bias + &self.noise;
        let variance = &feedback * linalg::amplify(&feedback, misfit.clone());
        let square = misfit.zip_map(&variance, |m, v| m * m + m * v + v * v / 3.0);
        2.0 * rows.dot(&square)
    }

    /// Solves δ_i = u_i tr(Σ_i Q) from δ = 0 by Newton's method, with a plain iteration whenever a
    /// Newton step would make an entry negative. The map is increasing, so its fixed point is
    /// approached from below.
    fn resolvent(&self, w: &OVector<f64, K>) -> Resolvent<K> {
        let (k, one) = w.shape_generic();
        let u = self.weights.component_mul(w).component_mul(w);
        let mut delta = OVector::zeros_generic(k, one);
        let mut left = 500;
        loop {
            let rows = self.samples.zip_map(&delta, |m, d: f64| m / (1.0 + d));
            let taken = u.component_mul(&rows);
            let strength = &taken + self.known.component_mul(w).component_mul(w);
            let traces = self.spectrum.traces(&strength);
            let next = u.component_mul(&traces.first);
            let gap = &next - &delta;
            let feedback = OMatrix::from_fn_generic(k, k, |i, j| {
                u[i] * traces.second[(i, j)] * taken[j] / (1.0 + delta[j])
            });
            left -= 1;
            if left == 0 || gap.iter().zip(&next).all(|(g, n)| g.abs() <= 1e-13 * (1.0 + n)) {
                let pull = self.weights.component_mul(&rows);
                return Resolvent { delta: next, pull, traces, feedback };
            }
            let newton = linalg::amplify(&feedback, gap);
            let stable = newton.iter().zip(&delta).all(|(n, d)| d + n >= 0.0);
            delta = if stable { delta + newton } else { next };
        }
    }
}

#[cfg(test)]
mod tests {
    use nalgebra::{DMatrix, DVector, Dyn};

    use super::*;
    use crate::math::seed::Seed;

    fn spectra() -> [Spectrum<Dyn>; 2] {
        let rng = &mut Seed::new(1).rng();
        let thetas: Vec<DVector<f64>> = (0..3).map(|_| linalg::unit_vector(5, rng)).collect();
        let shares = linalg::normal_matrix(5, 3, rng).map(|x| x * x + 0.1);
        let turn = linalg::orthonormal(5, rng);
        let covariances = shares
            .column_iter()
            .map(|column| &turn * DMatrix::from_diagonal(&column.into_owned()) * turn.transpose());
        let coordinates = turn.transpose() * DMatrix::from_columns(&thetas);
        let dense = Spectrum::Dense { covariances: covariances.collect(), thetas };
        [Spectrum::diagonal(Dyn(3), &shares, &coordinates), dense]
    }

    fn equations(spectrum: &Spectrum<Dyn>) -> Equations<'_, Dyn> {
        Equations {
            spectrum,
            samples: DVector::from_vec(vec![9.0, 14.0, 30.0]),
            noise: DVector::from_vec(vec![0.2, 0.5, 0.1]),
            weights: DVector::from_vec(vec![1.0, 0.5, 2.0]),
            known: DVector::zeros(3),
        }
    }

    #[test]
    fn the_slope_of_the_training_loss_is_that_of_central_differences() {
        for spectrum in spectra() {
            let equations = equations(&spectrum).knowing(1, 3.0);
            let w = DVector::from_vec(vec![0.7, -0.4, 0.5]);
            let (loss, slope) = equations.slope(&w);
            assert!((loss - equations.loss(&w)).abs() < 1e-12 * loss);
            for i in 0..3 {
                let at = |by: f64| {
                    let mut moved = w.clone();
                    moved[i] += by;
                    equations.loss(&moved)
                };
                let difference = (at(1e-5) - at(-1e-5)) / 2e-5;
                assert!((slope[i] - difference).abs() < 1e-6 * slope.norm(), "{i}");
            }
            assert!(slope.dot(&w).abs() < 1e-9 * slope.norm());
        }
    }

    #[test]
    fn the_training_loss_is_the_weighted_sum_of_shrunken_risks() {
        let [spectrum, _] = spectra();
        let equations = equations(&spectrum);
        let at = equations.at(&DVector::from_vec(vec![0.7, -0.4, 0.5]));
        let shrunken = at.rho.zip_map(&at.delta, |rho, delta| rho / (1.0 + delta).powi(2));
        let sum = equations.weights.component_mul(&equations.samples).dot(&shrunken);
        assert!((sum - at.loss).abs() < 1e-10 * sum);
    }

    #[test]
    fn common_axes_change_how_it_is_computed_but_not_what_comes_out() {
        let w = DVector::from_vec(vec![0.7, -0.4, 0.5]);
        let [diagonal, dense] = spectra();
        let [one, other] = [&diagonal, &dense].map(|spectrum| equations(spectrum).at(&w));
        assert!((one.loss - other.loss).abs() < 1e-10 * one.loss);
        assert!((one.variance - other.variance).amax() < 1e-10);
        let v = DVector::from_vec(vec![0.6, -0.1, 0.7]);
        let [one, other] = [&diagonal, &dense].map(|spectrum| {
            let equations = equations(spectrum);
            equations.covariance(&equations.loss_at(&w), &equations.loss_at(&v))
        });
        assert!((one - other).abs() < 1e-10 * one);
        let noise = DVector::from_element(3, 1.0);
        let [one, other] = [&diagonal, &dense]
            .map(|s| s.slope_covariance(&w, &DVector::from_element(3, 9.0), &noise));
        assert!((&one - other).amax() < 1e-10 * one.amax());
    }
}
