//! The risk of shrinkage, without training: ridge regression towards zero, or fine-tuning, which is
//! ridge regression towards the model of one source, with λ chosen on held-out rows.
//!
//! Deterministic equivalents of ridge regression (compare Hastie et al., Annals of Statistics 2022,
//! and Dar, LeJeune & Baraniuk, arXiv 2103.05621), with the spectrum s of Σ_1 and `n = m_1 − 1`,
//! which makes the risk at λ = 0 the exact `σ²d/(m − d − 1)`:
//!
//! ```text
//! κ(1 − Σ_j s_j/(s_j + κ)/n) = λ/n
//! f_j    = s_j/(s_j + κ),  u_j = κ/(s_j + κ)
//! g_j    = s_j E[(θ_1 − θ̂_s)_j²] = s_j (θ_1 − θ_2)_j² + s_j σ_2² (Σ_2⁻¹)_jj/(m_2 − d − 1)
//!          (θ̂_s = θ_2 = 0 for ridge regression)
//! τ(κ,κ′) = (σ_1² + Σ_j u_j u′_j g_j)/(n − Σ_j f_j f′_j)
//! C(κ)   = Σ_j u_j² g_j + τ(κ,κ) Σ_j f_j²
//! ```
//!
//! C is the expected risk. With equal s it is `σ²γ s(λ*)` at the best λ. Choosing λ on v held-out
//! rows costs something. It is summed over fixed draws of the sequence model with the same means:
//! along axis j the error is `e_j = f_j z_j − u_j a_j`, where z_j(κ) is normal with covariance τ, a_j
//! normal with the moments in g_j, and z_j² varies as `1/χ²` of `n − Σ_j f_j² + 2` degrees of
//! freedom, as it does at λ = 0. The squared error seen is `Σ_j e_j²` with a fluctuation
//! `√(2C/v) Σ_j e_j ξ_j` by the held-out rows, as the cube of a normal (Wilson & Hilferty 1931), so
//! that it is never negative, plus one of `2σ_1/√v Σ_j e_j ξ′_j` by their noise. Derived here; checked
//! by simulation.

use std::sync::OnceLock;

use nalgebra::{DMatrix, DVector};

use super::{Prediction, single_task_risk};
use crate::math::linalg;
use crate::math::seed::Seed;
use crate::method::ridge;

/// Draws behind a mean over choices of λ; each is seen with two opposite held-out samples.
const DRAWS: usize = 250;
/// The most directions in which the noise varies along the path.
const DIRECTIONS: usize = 8;
/// Variances of a direction below this share of the largest count as zero.
const RANK: f64 = 1e-9;
/// The largest number of features.
const MOST: usize = 500;
/// With few rows the error alone varies by `√(2/(m − d − 3))` of its mean from draw to draw, because
/// the small eigenvalues of XᵀX do, and λ follows them. The draws here hold little of that; no
/// prediction is offered if it exceeds this share on what shrinkage leaves of the error.
const UNSETTLED: f64 = 0.22;
/// How far the error may be off: a share of it, and of what the choice of λ adds. Measured.
const DOUBT: f64 = 0.03;
const DOUBT_OF_CHOICE: f64 = 0.3;
/// Halvings of the interval that holds κ.
const HALVINGS: usize = 60;

/// What shrinkage needs of the populations of a target and, for fine-tuning, its source.
#[derive(Debug, Clone)]
pub struct Shrinkage {
    /// Eigenvalues s of the target's covariance (d).
    spectrum: DVector<f64>,
    /// `s_j (θ_1 − θ_2)_j²` along its axes (d).
    difference: DVector<f64>,
    /// `s_j (Σ_2⁻¹)_jj` along its axes (d); 0 towards zero.
    spread: DVector<f64>,
}

/// The rows of a target that is shrunk, and the penalties that are tried.
#[derive(Debug, Clone, Copy)]
pub struct ShrinkageSetting<'a> {
    /// Number of training rows.
    pub samples: f64,
    /// Label noise σ.
    pub noise: f64,
    /// Number of held-out rows on which λ is chosen.
    pub validation: f64,
    /// The λ that are tried, as multiples of `m_1 tr(Σ_1)/d`, in ascending order. Infinity stands for
    /// the centre itself.
    pub lambdas: &'a [f64],
}

/// The predicted error of shrinkage, and the λ with the least expected risk.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shrunk {
    /// The best λ, as a multiple of `m_1 tr(Σ_1)/d`; infinite for the centre itself.
    pub lambda: f64,
    /// The expected risk at the best λ.
    pub least: f64,
    /// The part of it that the difference between the target and the centre makes.
    pub bias: f64,
    /// The expected risk with λ chosen on held-out rows.
    pub chosen: f64,
}

impl Shrunk {
    /// The predicted transfer, against the error alone. What the choice of λ adds to the least risk is
    /// the part [`head`](Prediction::head).
    pub fn prediction(&self, single: f64) -> Prediction {
        let Self { least, bias, chosen, .. } = self;
        let choice = chosen - least;
        let doubt = (DOUBT * chosen).hypot(DOUBT_OF_CHOICE * choice);
        Prediction::new(single, *bias, least - bias, choice).within(doubt)
    }
}

/// The equivalents along the path of λ.
struct Path {
    /// f (d × p).
    kept: DMatrix<f64>,
    /// u = 1 − f (d × p).
    shrunk: DMatrix<f64>,
    /// A root of τ (p × q).
    noise: DMatrix<f64>,
    /// Degrees of freedom of the noise (p).
    freedom: Vec<f64>,
    /// C (p).
    risks: DVector<f64>,
}

/// The λ that ridge regression tries on drawn tasks: 0 and the penalties.
pub fn of_ridge() -> Vec<f64> {
    let mut lambdas: Vec<f64> = ridge::penalties().collect();
    lambdas.push(0.0);
    lambdas.reverse();
    lambdas
}

/// The λ that fine-tuning tries: those of ridge regression and ∞.
pub fn of_fine_tuning() -> Vec<f64> {
    let mut lambdas = of_ridge();
    lambdas.push(f64::INFINITY);
    lambdas
}

impl Shrinkage {
    /// Prepares ridge regression of a target with row covariance Σ (d × d) and θ (d).
    pub fn towards_zero(covariance: &DMatrix<f64>, theta: &DVector<f64>) -> Self {
        let (spectrum, axes) = linalg::eigen(covariance);
        let spectrum = spectrum.map(|s| s.max(0.0));
        let along = axes.tr_mul(theta);
        Self {
            difference: along.component_mul(&along).component_mul(&spectrum),
            spread: &spectrum * 0.0,
            spectrum,
        }
    }

    /// Prepares fine-tuning of a target from a source, with row covariances Σ (each d × d) and θ (each
    /// d).
    pub fn towards_source(
        [target, source]: [&DMatrix<f64>; 2],
        [own, other]: [&DVector<f64>; 2],
    ) -> Self {
        let (spectrum, axes) = linalg::eigen(target);
        let spectrum = spectrum.map(|s| s.max(0.0));
        let apart = axes.tr_mul(&(own - other));
        let inverse = linalg::inverse(source);
        let along = |j: usize| axes.column(j).dot(&(&inverse * axes.column(j)));
        Self {
            difference: apart.component_mul(&apart).component_mul(&spectrum),
            spread: DVector::from_fn(spectrum.len(), |j, _| spectrum[j] * along(j)),
            spectrum,
        }
    }

    /// The prediction in a setting; `source` is the expected risk of the source's model, 0 towards
    /// zero.
    ///
    /// # Errors
    ///
    /// The reason why there is none: the target needs more than d + 1 rows, and more if much of its
    /// error alone is left, see `UNSETTLED`.
    pub fn predict(
        &self,
        setting: &ShrinkageSetting<'_>,
        source: f64,
    ) -> Result<Shrunk, &'static str> {
        let d = self.spectrum.len();
        let single = single_task_risk(d, setting.samples, setting.noise)
            .ok_or("it needs more than d + 1 rows of the target")?;
        let spread = &self.spread * (source / d as f64);
        let path = self.path(setting, &spread);
        let best = path.risks.imin();
        let varied = (2.0 / (setting.samples - d as f64 - 3.0).max(1.0)).sqrt();
        if path.risks[best] * varied > UNSETTLED * single {
            return Err("with so few rows of the target, the penalty that is best varies too much");
        }
        let squares = path.shrunk.column(best).component_mul(&path.shrunk.column(best));
        Ok(Shrunk {
            lambda: setting.lambdas[best],
            least: path.risks[best],
            bias: squares.dot(&self.difference),
            chosen: path.chosen(self, &spread, setting),
        })
    }

    fn path(&self, setting: &ShrinkageSetting<'_>, spread: &DVector<f64>) -> Path {
        let rows = setting.samples - 1.0;
        let unit = self.spectrum.mean() * setting.samples / rows;
        let lambdas = setting.lambdas;
        let kappas: Vec<f64> = lambdas.iter().map(|share| self.kappa(share * unit, rows)).collect();
        let shrunk = DMatrix::from_fn(self.spectrum.len(), lambdas.len(), |j, p| match kappas[p] {
            0.0 => 0.0,
            f64::INFINITY => 1.0,
            kappa => kappa / (self.spectrum[j] + kappa),
        });
        let kept = shrunk.map(|u| 1.0 - u);
        let g = &self.difference + spread;
        let bias = shrunk.tr_mul(&(DMatrix::from_diagonal(&g) * &shrunk));
        let used = kept.tr_mul(&kept);
        let square = setting.noise * setting.noise;
        let noise = bias.zip_map(&used, |bias, f| (square + bias) / (rows - f));
        let risks = (bias + noise.component_mul(&used)).diagonal();
        let freedom = used.diagonal().iter().map(|f| rows - f + 2.0).collect();
        Path { kept, shrunk, noise: root(&noise), freedom, risks }
    }

    /// The solution of `κ(1 − Σ_j s_j/(s_j + κ)/n) = λ`, by bisection; 0 for λ = 0 and n > d.
    fn kappa(&self, lambda: f64, rows: f64) -> f64 {
        if lambda == 0.0 || lambda.is_infinite() {
            return lambda;
        }
        let (mut low, mut high) = (lambda, lambda + self.spectrum.sum() / rows);
        for _ in 0..HALVINGS {
            let middle = f64::midpoint(low, high);
            let freedom: f64 = self.spectrum.iter().map(|s| s / (s + middle)).sum();
            if middle * (1.0 - freedom / rows) < lambda {
                low = middle;
            } else {
                high = middle;
            }
        }
        f64::midpoint(low, high)
    }
}

impl Path {
    /// The expected risk of the λ with the least error on the held-out rows.
    fn chosen(
        &self,
        theory: &Shrinkage,
        spread: &DVector<f64>,
        setting: &ShrinkageSetting<'_>,
    ) -> f64 {
        let (d, best) = (spread.len(), self.risks.imin());
        let of_noise = 2.0 * setting.noise / setting.validation.sqrt();
        let of_rows = self.risks.map(|c| (2.0 * c / setting.validation).sqrt());
        let mut sum = 0.0;
        for draw in 0..DRAWS {
            let Normals { noise, source, labels, rows, spare } = normals();
            let own = DMatrix::from_fn(d, self.noise.ncols(), |j, q| noise[q][(j, draw)]);
            let own = own * self.noise.transpose();
            let apart = DVector::from_fn(d, |j, _| {
                theory.difference[j].sqrt() + spread[j].sqrt() * source[(j, draw)]
            });
            let [labels, rows] = [&labels, &rows].map(|normals| normals.column(draw));
            let of = |p: usize| {
                let varied = inverse_chi(self.freedom[p], spare[draw]).sqrt();
                let (mut risk, mut by_noise, mut by_rows) = (0.0, 0.0, 0.0);
                for j in 0..d {
                    let kept = self.kept[(j, p)] * varied * own[(j, p)];
                    let error = kept - self.shrunk[(j, p)] * apart[j];
                    risk += error * error;
                    by_noise += error * labels[j];
                    by_rows += error * rows[j];
                }
                (risk, [of_noise * by_noise, of_rows[p] * by_rows / risk])
            };
            let all: Vec<(f64, [f64; 2])> = (0..self.risks.len()).map(of).collect();
            for sign in [1.0, -1.0] {
                let error = |(risk, [by_noise, by_rows]): &(f64, [f64; 2])| {
                    let seen = risk * (1.0 + sign * by_rows / 3.0).max(0.0).powi(3);
                    seen + sign * by_noise
                };
                let chosen = all.iter().min_by(|a, b| error(a).total_cmp(&error(b)));
                sum += chosen.map_or(0.0, |chosen| chosen.0 - all[best].0);
            }
        }
        self.risks[best] + sum / (2 * DRAWS) as f64
    }
}

/// A root L (p × q) of a covariance (p × p), `LLᵀ`, along its main directions; the first entry of
/// each is not negative.
fn root(covariance: &DMatrix<f64>) -> DMatrix<f64> {
    let (values, mut axes) = linalg::eigen(covariance);
    let main = values.iter().take(DIRECTIONS).filter(|value| **value > RANK * values[0]).count();
    for (mut axis, value) in axes.column_iter_mut().zip(&values).take(main) {
        let sign = if axis[0] < 0.0 { -1.0 } else { 1.0 };
        axis *= sign * value.sqrt();
    }
    axes.columns(0, main).into_owned()
}

/// `(ν − 2)/χ²` of ν degrees of freedom, with mean 1, at a standard normal (Wilson & Hilferty 1931).
fn inverse_chi(freedom: f64, normal: f64) -> f64 {
    let share = 2.0 / (9.0 * freedom);
    let root = (1.0 - share + normal * share.sqrt()).max(0.1);
    (freedom - 2.0) / (freedom * root * root * root)
}

/// Standard normals, a column a draw and a row an axis.
struct Normals {
    /// For the noise of the rows in every direction.
    noise: Vec<DMatrix<f64>>,
    /// For the source's model.
    source: DMatrix<f64>,
    /// For the labels of the held-out rows, and for the rows.
    labels: DMatrix<f64>,
    rows: DMatrix<f64>,
    /// One a draw, for the length of the noise.
    spare: DVector<f64>,
}

fn normals() -> &'static Normals {
    static NORMALS: OnceLock<Normals> = OnceLock::new();
    NORMALS.get_or_init(|| {
        let rng = |name: &str, i: usize| Seed::new(0).child(name, i as u64).rng();
        let axes = |name: &str, i| linalg::normal_matrix(MOST, DRAWS, &mut rng(name, i));
        Normals {
            noise: (0..DIRECTIONS).map(|i| axes("noise", i)).collect(),
            source: axes("source", 0),
            labels: axes("seen", 0),
            rows: axes("seen", 1),
            spare: linalg::normal_vector(DRAWS, &mut rng("spare", 0)),
        }
    })
}
