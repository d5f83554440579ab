//! The theory line: transfer predicted without training, and split into its causes.
//!
//! Deterministic equivalents for k tasks, a shared module of r units, a linear model, squared loss
//! and independent Gaussian rows (compare Tiomoko, Couillet & Tiomoko, ICLR 2021). With fixed heads
//! A_i ∈ ℝʳ the model is linear in the features `A_i ⊗ x`, so that
//!
//! ```text
//! p_i    = α_i m_i/(1+δ_i)
//! Q      = (Σ_j p_j A_jA_jᵀ ⊗ Σ_j)⁻¹,  P_ij = (A_iᵀ ⊗ I) Q (A_j ⊗ I)
//! δ_i    = α_i tr(Σ_i P_ii)
//! θ̂_i    = Σ_j p_j P_ij Σ_j θ_j
//! bias_i = (θ_i − θ̂_i)ᵀ Σ_i (θ_i − θ̂_i)
//! var_i  = Σ_j tr(Σ_i P_ij Σ_j P_ji) p_j²/m_j ρ_j
//! ρ_i    = σ_i² + bias_i + var_i
//! F̄      = Σ_i α_i m_i ρ_i/(1+δ_i)² = Σ_i p_i (σ_i² + bias_i)
//! ```
//!
//! For one unit `P_ij = w_i w_j (Σ_l p_l w_l² Σ_l)⁻¹`. The heads minimise the training loss F̄. Their fluctuation adds a term, with the curvature C of F̄
//! in the heads and the covariance S of its slope, both with t times the excess risk of task i added
//! to the training loss (see `fluctuation`):
//!
//! ```text
//! head_i = −½ d/dt tr(C⁻¹S)
//! ```
//!
//! If F̄ has several minima, the prediction is the mean over them, each with the chance that the
//! training loss is lowest there. Every prediction has a doubt: how far the error may be off. It is
//! withheld if heads and minima alone make that more than a tenth. One ReLU unit is a linear one with
//! about half of the rows (see `relu`).

mod alone;
mod equations;
mod fluctuation;
mod heads;
mod merging;
mod outlook;
mod prediction;
mod relu;
pub mod shrinkage;
mod sizes;
mod spectrum;
mod subspace;

use std::cell::Cell;

use nalgebra::allocator::Allocator;
use nalgebra::{Const, DMatrix, DVector, DefaultAllocator, Dim, Dyn, OVector, U1, U2};

use crate::math::linalg::{CommonAxes, Pencil};
use alone::Alone;
use equations::{Equations, Equivalents};
use heads::Minimize;
use outlook::{Outlook, outlooks};
use sizes::Sizes;
use spectrum::{Axes, Dense, Pair, Spectrum};

pub use merging::{Merged, Merging};
pub use prediction::{Prediction, single_task_risk};
pub use shrinkage::{Shrinkage, ShrinkageSetting, Shrunk};

/// The populations of k tasks, reduced to the quantities that the theory needs.
#[derive(Debug, Clone)]
pub struct Theory {
    tasks: Tasks,
    alone: Vec<Alone>,
}

/// Two tasks always have common axes, and only one ratio of heads.
#[derive(Debug, Clone)]
enum Tasks {
    Two(Pair),
    Many(Axes),
    Dense(Dense),
}

/// Samples, noise and weight of each task, and the width of the module.
#[derive(Debug, Clone, PartialEq)]
pub struct TheorySetting {
    /// Number of units r of the shared module; less than the number of tasks.
    pub width: usize,
    /// Numbers of rows m_i.
    pub samples: Vec<f64>,
    /// Label noise σ_i.
    pub noise: Vec<f64>,
    /// Task weights α_i.
    pub weights: Vec<f64>,
    /// τ_i: the θs are estimates that scatter about the true ones with covariance `τ_iΣ_i⁻¹`, as least
    /// squares on `σ_i²/τ_i` rows do. Empty if they are exact.
    pub scatter: Vec<f64>,
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
    /// `θ̂_iᵀΣ_iθ̂_i`.
    pub length: Vec<f64>,
    /// `θ̂_iᵀΣ_iθ_i`.
    pub overlap: Vec<f64>,
}

impl Theory {
    /// Prepares the prediction for tasks with row covariances Σ_i (d × d) and θ_i (d).
    pub fn new(covariances: &[DMatrix<f64>], thetas: &[DVector<f64>]) -> Self {
        let sum: DMatrix<f64> = covariances.iter().sum();
        let along =
            |basis: &DMatrix<f64>| basis.transpose() * (&sum * DMatrix::from_columns(thetas));
        let tasks = if let [first, second] = covariances {
            let Pencil { basis, first } = Pencil::new(first, second);
            let second = first.map(|share| 1.0 - share);
            let shares = DMatrix::from_columns(&[first, second]);
            Tasks::Two(Pair::new(&shares, &along(&basis)))
        } else if let Some(CommonAxes { basis, shares }) = CommonAxes::of(covariances) {
            Tasks::Many(Axes::new(&shares, &along(&basis)))
        } else {
            Tasks::Dense(Dense::new(covariances, thetas))
        };
        let alone = covariances.iter().zip(thetas).map(|(s, theta)| Alone::new(s, theta));
        Self { tasks, alone: alone.collect() }
    }

    /// d.
    fn dimension(&self) -> f64 {
        self.alone[0].dimension() as f64
    }

    /// The prediction for the task with index `target`, or the reason why there is none, in plain
    /// words.
    pub fn predict(
        &self,
        setting: &TheorySetting,
        target: usize,
    ) -> Result<Prediction, &'static str> {
        self.predict_each(setting, &[target])[0]
    }

    /// The prediction for each of some tasks. The best heads are found only once.
    pub fn predict_each(
        &self,
        setting: &TheorySetting,
        targets: &[usize],
    ) -> Vec<Result<Prediction, &'static str>> {
        let gaps = targets.iter().map(|&target| self.gap(setting, target)).collect();
        self.predict_without(setting, targets, gaps)
    }

    /// As [`Self::predict_each`], for targets with known gaps.
    fn predict_without(
        &self,
        setting: &TheorySetting,
        targets: &[usize],
        gaps: Vec<Option<&'static str>>,
    ) -> Vec<Result<Prediction, &'static str>> {
        if let Some(gaps) = gaps.iter().copied().collect::<Option<Vec<_>>>() {
            return gaps.into_iter().map(Err).collect();
        }
        let found = match &self.tasks {
            Tasks::Two(tasks) => outlooks(&setting.of_two(tasks), targets),
            Tasks::Many(tasks) => outlooks(&setting.of_many(tasks), targets),
            Tasks::Dense(tasks) => outlooks(&setting.of_many(tasks), targets),
        };
        let predicted = |((&target, gap), found): ((&usize, Option<_>), (Outlook, f64))| {
            gap.map_or_else(|| self.unless_doubted(setting, target, found), Err)
        };
        targets.iter().zip(gaps).zip(found).map(predicted).collect()
    }

    /// Why there is no prediction for a task, known from the numbers of rows alone.
    fn gap(&self, setting: &TheorySetting, target: usize) -> Option<&'static str> {
        let samples = setting.samples[target];
        let d = self.alone[target].dimension() as f64;
        let units = setting.width as f64;
        let rows: f64 = setting.samples.iter().sum();
        let used: f64 = setting.samples.iter().map(|rows| rows.min(d)).sum();
        if self.alone[target].risk(samples, setting.noise[target]).is_none() {
            Some(NEARLY_SQUARE)
        } else if rows <= d + 1.0 || used <= units * d || (samples < d && rows < 2.0 * d) {
            Some("it needs more rows in all")
        } else if samples < d && samples < FEW {
            Some(FEW_TARGET_ROWS)
        } else if matches!(self.tasks, Tasks::Dense(_)) && units > 1.0 && units * d > MOST_UNKNOWNS
        {
            Some(
                "it takes too long for so many units and features, because the rows of the tasks \
                 have no common axes",
            )
        } else {
            setting.is_short(target).then_some(
                "another task has so few rows that its head uses up much of their information",
            )
        }
    }

    fn unless_doubted(
        &self,
        setting: &TheorySetting,
        target: usize,
        (outlook, signal): (Outlook, f64),
    ) -> Result<Prediction, &'static str> {
        let (samples, noise) = (setting.samples[target], setting.noise[target]);
        let single = self.alone[target].risk(samples, noise).ok_or(NEARLY_SQUARE)?;
        let d = self.alone[target].dimension() as f64;
        let found = Prediction::new(single, outlook.bias, outlook.variance, outlook.head)
            .within(outlook.doubt);
        let is_settled = samples > d || outlook.spread < SETTLED;
        let is_sure = outlook.unrest <= SURE * found.single.max(found.multi);
        if !is_settled || !is_sure {
            return Err(outlook.reason);
        }
        match found.multi > ROUNDING * signal {
            true => Ok(found),
            false => Err("the errors are so small that rounding would decide"),
        }
    }

    /// The heads (k × r, orthonormal columns) with the least training loss F̄, and that loss.
    pub fn best_heads(&self, setting: &TheorySetting) -> (DMatrix<f64>, f64) {
        match &self.tasks {
            Tasks::Two(tasks) => lowest(&setting.of_two(tasks)),
            Tasks::Many(tasks) => lowest(&setting.of_many(tasks)),
            Tasks::Dense(tasks) => lowest(&setting.of_many(tasks)),
        }
    }

    /// The equivalents at given heads (k × r).
    pub fn at(&self, setting: &TheorySetting, heads: &DMatrix<f64>) -> TheoryPoint {
        match &self.tasks {
            Tasks::Two(tasks) => {
                let heads = heads.fixed_view::<2, 1>(0, 0).into_owned();
                setting.of_two(tasks).at(&heads).into()
            }
            Tasks::Many(tasks) => setting.of_many(tasks).at(heads).into(),
            Tasks::Dense(tasks) => setting.of_many(tasks).at(heads).into(),
        }
    }
}

/// Predicted risks below this share of the signal are rounding errors.
const ROUNDING: f64 = 1e-16;
/// The reason where the target has fewer rows than features, and than `FEW`.
const FEW_TARGET_ROWS: &str = "the target has so few rows that single trials decide the mean";
/// The largest number r · d of entries of a module of several units for rows without common axes.
const MOST_UNKNOWNS: f64 = 80.0;
/// Fewest rows of another task for which the freedom of its head is negligible.
const FEW: f64 = 10.0;
/// The largest spread of the heads if the target has fewer rows than features: where they fluctuate
/// more, few trials with huge errors decide the mean.
const SETTLED: f64 = 0.1;
/// The largest doubt from heads and minima, as a share of the larger of both risks.
const SURE: f64 = 0.1;
/// The reason where the target alone has no expected risk.
pub const NEARLY_SQUARE: &str = "the target alone has no expected error with d − 1 to d + 1 rows";

impl TheorySetting {
    /// Returns true if a task other than the target has too few rows.
    fn is_short(&self, target: usize) -> bool {
        self.samples.iter().enumerate().any(|(i, rows)| i != target && *rows < FEW)
    }

    fn of_two<'a>(&self, tasks: &'a Pair) -> Equations<'a, U2, U1, Pair> {
        self.equations(tasks, Const::<2>, Const::<1>)
    }

    fn of_many<'a, S>(&self, tasks: &'a S) -> Equations<'a, Dyn, Dyn, S> {
        self.equations(tasks, Dyn(self.samples.len()), Dyn(self.width))
    }

    fn equations<'a, K: Dim, R: Dim, S>(
        &self,
        spectrum: &'a S,
        k: K,
        units: R,
    ) -> Equations<'a, K, R, S>
    where
        DefaultAllocator: Sizes<K, R>,
    {
        Equations {
            spectrum,
            units,
            samples: vector(k, &self.samples),
            noise: vector(k, &self.noise).map(|sigma| sigma * sigma),
            weights: vector(k, &self.weights),
            scatter: match self.scatter.is_empty() {
                true => OVector::zeros_generic(k, Const::<1>),
                false => vector(k, &self.scatter),
            },
            known: OVector::zeros_generic(k, Const::<1>),
            last: Cell::default(),
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
            length: list(found.length),
            overlap: list(found.overlap),
        }
    }
}

/// The heads of the lowest minimum, and the training loss there.
fn lowest<K: Dim, R: Dim, S: Spectrum<K, R>>(
    equations: &Equations<'_, K, R, S>,
) -> (DMatrix<f64>, f64)
where
    DefaultAllocator: Sizes<K, R>,
    for<'a> Equations<'a, K, R, S>: Minimize<K, R>,
{
    let found = equations.minima();
    let (k, r) = found.best.shape();
    (DMatrix::from_column_slice(k, r, found.best.as_slice()), found.loss)
}
