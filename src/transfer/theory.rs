//! The theory line: transfer predicted without training, and split into its causes.
//!
//! Deterministic equivalents for k tasks, r = 1, a linear model, squared loss and independent
//! Gaussian rows (compare Tiomoko, Couillet & Tiomoko, ICLR 2021). For fixed heads w ∈ ℝᵏ and
//! `u_i = α_i w_i²`:
//!
//! ```text
//! δ_i    = u_i tr(Σ_i Q),  Q = (Σ_j u_j m_j/(1+δ_j) Σ_j)⁻¹
//! B̄      = Q Σ_j α_j w_j m_j/(1+δ_j) Σ_j θ_j
//! bias_i = (θ_i − w_i B̄)ᵀ Σ_i (θ_i − w_i B̄)
//! var_i  = w_i² Σ_j tr(Σ_i Q Σ_j Q) c_j ρ_j,  c_j = m_j α_j² w_j²/(1+δ_j)²
//! ρ_i    = σ_i² + bias_i + var_i
//! F̄      = Σ_i α_i m_i ρ_i/(1+δ_i)² = Σ_i α_i m_i/(1+δ_i) (σ_i² + bias_i)
//! ```
//!
//! The heads minimise the training loss F̄. Their own freedom adds a term, with
//! `g_i = u_i m_i/(1+δ_i) B̄ᵀΣ_iB̄` and `G = Σ_j g_j`:
//!
//! ```text
//! head_i = ρ_i/m_i (1 − g_i/G)²                                            for k = 2
//! head_i = ρ_i/m_i − w_i² B̄ᵀΣ_iB̄ Σ_j (g_j/G)² ρ_j/(m_j w_j² B̄ᵀΣ_jB̄)        for k > 2
//! ```
//!
//! The prediction is withheld if the data do not determine the heads, see [`HeadUncertainty`].

mod equations;
mod fine_tuning;
mod heads;
mod merging;
mod prediction;
mod spectrum;
mod validity;

use nalgebra::allocator::Allocator;
use nalgebra::{Const, DMatrix, DVector, DefaultAllocator, Dim, Dyn, OVector, U2};

use crate::math::linalg::{CommonAxes, Pencil};
use equations::{Equations, Equivalents};
use heads::Heads;
use spectrum::Spectrum;

pub use fine_tuning::{FineTuned, FineTuning};
pub use merging::{Merged, Merging};
pub use prediction::{Prediction, single_task_risk};
pub use validity::HeadUncertainty;

/// The populations of k tasks, reduced to the quantities that the theory needs.
#[derive(Debug, Clone)]
pub struct Theory {
    dimension: usize,
    tasks: Tasks,
}

/// Two tasks always have common axes, and only one ratio of heads.
#[derive(Debug, Clone)]
enum Tasks {
    Two(Spectrum<U2>),
    Many(Spectrum<Dyn>),
}

/// Samples, noise and weight of each task.
#[derive(Debug, Clone, PartialEq)]
pub struct TheorySetting {
    /// Numbers of rows m_i.
    pub samples: Vec<f64>,
    /// Label noise σ_i.
    pub noise: Vec<f64>,
    /// Task weights α_i.
    pub weights: Vec<f64>,
}

/// The equivalents at fixed heads, with one value per task in each list.
#[derive(Debug, Clone, PartialEq)]
pub struct TheoryPoint {
    /// Training loss F̄.
    pub loss: f64,
    /// δ_i.
    pub delta: Vec<f64>,
    /// ρ_i: the risk including the label noise.
    pub rho: Vec<f64>,
    /// bias_i.
    pub bias: Vec<f64>,
    /// var_i.
    pub variance: Vec<f64>,
    /// head_i.
    pub head: Vec<f64>,
    /// `B̄ᵀΣ_iB̄`.
    pub length: Vec<f64>,
    /// `B̄ᵀΣ_iθ_i`.
    pub overlap: Vec<f64>,
}

impl Theory {
    /// Prepares the prediction for tasks with row covariances Σ_i (d × d) and θ_i (d).
    pub fn new(covariances: &[DMatrix<f64>], thetas: &[DVector<f64>]) -> Self {
        let k = thetas.len();
        let sum: DMatrix<f64> = covariances.iter().sum();
        let along =
            |basis: &DMatrix<f64>| basis.transpose() * (&sum * DMatrix::from_columns(thetas));
        let tasks = if let [first, second] = covariances {
            let Pencil { basis, first } = Pencil::new(first, second);
            let second = first.map(|share| 1.0 - share);
            let shares = DMatrix::from_columns(&[first, second]);
            Tasks::Two(Spectrum::diagonal(Const::<2>, &shares, &along(&basis)))
        } else if let Some(CommonAxes { basis, shares }) = CommonAxes::of(covariances) {
            Tasks::Many(Spectrum::diagonal(Dyn(k), &shares, &along(&basis)))
        } else {
            Tasks::Many(Spectrum::Dense {
                covariances: covariances.to_vec(),
                thetas: thetas.to_vec(),
            })
        };
        Self { dimension: sum.nrows(), tasks }
    }

    /// The prediction for the task with index `target`, or the reason why there is none, in plain
    /// words.
    pub fn predict(
        &self,
        setting: &TheorySetting,
        target: usize,
    ) -> Result<Prediction, &'static str> {
        self.predict_each(setting, &[target])[0].0
    }

    /// The expected difference of a task's risk from the equivalents at the best heads.
    pub fn doubt(&self, setting: &TheorySetting, target: usize) -> HeadUncertainty {
        self.predict_each(setting, &[target])[0].1
    }

    /// The prediction and its uncertainty for each of some tasks. The best heads are found only
    /// once.
    pub fn predict_each(
        &self,
        setting: &TheorySetting,
        targets: &[usize],
    ) -> Vec<(Result<Prediction, &'static str>, HeadUncertainty)> {
        let (point, doubts) = match &self.tasks {
            Tasks::Two(spectrum) => doubted(&setting.equations(spectrum, Const::<2>), targets),
            Tasks::Many(spectrum) => {
                doubted(&setting.equations(spectrum, Dyn(setting.samples.len())), targets)
            }
        };
        let predicted = |(&target, doubt): (&usize, HeadUncertainty)| {
            (self.unless_doubted(setting, target, &point, &doubt), doubt)
        };
        targets.iter().zip(doubts).map(predicted).collect()
    }

    fn unless_doubted(
        &self,
        setting: &TheorySetting,
        target: usize,
        point: &TheoryPoint,
        doubt: &HeadUncertainty,
    ) -> Result<Prediction, &'static str> {
        let (samples, noise) = (setting.samples[target], setting.noise[target]);
        let single = single_task_risk(self.dimension, samples, noise)
            .ok_or("it needs more than d + 1 rows of the target")?;
        if setting.is_short(target) {
            return Err(
                "another task has so few rows that its head uses up much of their information",
            );
        }
        if !doubt.is_small() {
            return Err(doubt.reason);
        }
        let variance = self.finite_variance(point, target).ok_or("it needs more rows")?;
        let found = Prediction::new(single, point.bias[target], variance, point.head[target]);
        match found.multi > ROUNDING * (point.length[target] + point.bias[target]) {
            true => Ok(found),
            false => Err("the errors are so small that rounding would decide"),
        }
    }

    /// The variance with a correction for finite dimension, `var_i/(1 − δ_i/d)`. The equivalents
    /// hold in the limit of many features. For tasks that share θ and Σ, at equal heads and with n
    /// rows in total, they give `σ²d/(n − d)`; the correction makes this the exact
    /// `σ²d/(n − d − 1)`. It is also exact for a task that learns nothing from the others.
    fn finite_variance(&self, point: &TheoryPoint, target: usize) -> Option<f64> {
        let left = 1.0 - point.delta[target] / self.dimension as f64;
        (left > 0.0).then(|| point.variance[target] / left)
    }

    /// The unit heads with the least training loss F̄, and that loss.
    pub fn best_heads(&self, setting: &TheorySetting) -> (Vec<f64>, f64) {
        match &self.tasks {
            Tasks::Two(spectrum) => setting.equations(spectrum, Const::<2>).minima().lowest(),
            Tasks::Many(spectrum) => {
                setting.equations(spectrum, Dyn(setting.samples.len())).minima().lowest()
            }
        }
    }

    /// The equivalents at given heads.
    pub fn at(&self, setting: &TheorySetting, heads: &[f64]) -> TheoryPoint {
        match &self.tasks {
            Tasks::Two(spectrum) => {
                setting.equations(spectrum, Const::<2>).at(&vector(Const::<2>, heads)).into()
            }
            Tasks::Many(spectrum) => {
                let k = Dyn(heads.len());
                setting.equations(spectrum, k).at(&vector(k, heads)).into()
            }
        }
    }
}

/// Predicted risks below this share of the signal are rounding errors.
const ROUNDING: f64 = 1e-16;
/// Fewest rows of another task for which the freedom of its head is negligible.
const FEW: f64 = 10.0;

impl TheorySetting {
    /// Returns true if a task other than the target has too few rows.
    fn is_short(&self, target: usize) -> bool {
        self.samples.iter().enumerate().any(|(i, rows)| i != target && *rows < FEW)
    }

    fn equations<'a, K: Dim>(&self, spectrum: &'a Spectrum<K>, k: K) -> Equations<'a, K>
    where
        DefaultAllocator: Allocator<K> + Allocator<K, K>,
    {
        Equations {
            spectrum,
            samples: vector(k, &self.samples),
            noise: vector(k, &self.noise).map(|sigma| sigma * sigma),
            weights: vector(k, &self.weights),
        }
    }
}

fn vector<K: Dim>(k: K, values: &[f64]) -> OVector<f64, K>
where
    DefaultAllocator: Allocator<K>,
{
    OVector::from_row_slice_generic(k, Const::<1>, values)
}

impl<K: Dim> From<Equivalents<K>> for TheoryPoint
where
    DefaultAllocator: Allocator<K>,
{
    fn from(found: Equivalents<K>) -> Self {
        let list = |v: OVector<f64, K>| v.as_slice().to_vec();
        Self {
            loss: found.loss,
            delta: list(found.delta),
            rho: list(found.rho),
            bias: list(found.bias),
            variance: list(found.variance),
            head: list(found.head),
            length: list(found.length),
            overlap: list(found.overlap),
        }
    }
}

/// The equivalents at the best heads, and their uncertainty for each of some tasks.
fn doubted<K: Dim>(
    equations: &Equations<'_, K>,
    targets: &[usize],
) -> (TheoryPoint, Vec<HeadUncertainty>)
where
    DefaultAllocator: Allocator<K> + Allocator<K, K>,
    for<'a> Equations<'a, K>: Heads<K>,
{
    let minima = equations.minima();
    let doubts = targets.iter().map(|&target| HeadUncertainty::of(equations, target, &minima));
    (equations.at(&minima.best).into(), doubts.collect())
}
