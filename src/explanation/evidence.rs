//! Theory for a scenario, and for variants with tasks made alike in one respect. The differences
//! show which cause decides.

use nalgebra::DVector;
use rayon::prelude::*;

use crate::cancel::Cancel;
use crate::method::{Method, Weighting};
use crate::scenario::Scenario;
use crate::study::PopulationTheory;
use crate::study::prediction::{average, setting, theory_gap};
use crate::task::{Population, PopulationTask};
use crate::transfer::Prediction;
use crate::transfer::theory::{TheoryPoint, TheorySetting, shrinkage};

/// Number of populations between two checks for cancellation.
const CHUNK: usize = 8;
/// Number of populations for the variants with tasks made alike.
pub(super) const ALIKE: usize = 8;
/// The largest number of tasks whose best width is searched, and the number of populations behind it.
const MOST_WIDTHS: usize = 6;
pub(super) const FEW: usize = 2;
/// Relative difference below which two numbers count as equal.
const ROUNDING: f64 = 1e-9;

/// Evidence from theory, without any training.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// Number of populations averaged.
    pub populations: usize,
    /// The prediction for the mean error of the targets, or the reason why there is none.
    pub predicted: Result<Prediction, &'static str>,
    /// The prediction if all θs were parallel to the first target's, over the first populations.
    pub same_theta: Option<Prediction>,
    /// The prediction if all rows had the covariance of the first target's; `None` if they have.
    pub same_rows: Option<Prediction>,
    /// Number of populations for which the prediction is withheld.
    pub withheld: usize,
    /// The equations at the best heads of one unit, for the population of the first trial.
    pub balance: Option<Balance>,
    /// The λ with the least expected error of the first target, as a multiple of `m₁ tr(Σ₁)/d`, in the
    /// population of the first trial; only for ridge regression and fine-tuning.
    pub lambda: Option<f64>,
    /// The prediction at every width below the number of tasks, over the first populations; empty for
    /// two tasks, for many, and for other methods than joint training.
    pub widths: Vec<Option<Prediction>>,
    /// The limit of infinitely many source rows; only for one source with fixed weights.
    pub plateau: Option<Plateau>,
    /// The θs of the pair of tasks, and whether all rows have the same covariance.
    pub pair: Pair,
}

/// The equations of the theory at the heads that minimise its training loss.
#[derive(Debug, Clone, PartialEq)]
pub struct Balance {
    /// Rows, noise and weight of every task.
    pub setting: TheorySetting,
    /// Unit heads w (k).
    pub heads: Vec<f64>,
    /// The equations there.
    pub point: TheoryPoint,
    /// `θᵀΣθ` of every task.
    pub signal: Vec<f64>,
}

/// The part of the target's labels that is left if the unit points along θ of the source. Means
/// over populations.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plateau {
    /// `θ₁ᵀΣ₁θ₁`.
    pub signal: f64,
    /// `(θ₂ᵀΣ₁θ₁)²/θ₂ᵀΣ₁θ₂`.
    pub explained: f64,
}

/// The relation between the two tasks of the pair, in the population of the first trial.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// Cosine of the angle between their θs; 0 if one is zero.
    pub cosine: f64,
    /// Correlation of `Xθ` of both tasks on the rows of the first.
    pub correlation: f64,
    /// True if the rows of all trained tasks have the same covariance.
    pub same_rows: bool,
}

impl Evidence {
    /// Computes the evidence from the first populations of a scenario. `None` if cancelled.
    pub fn of(scenario: &Scenario, populations: usize, cancel: &Cancel) -> Option<Self> {
        let count = scenario.populations().min(populations);
        let first = scenario.population(0);
        let of_data = || scenario.real().map(|_| "the equations are shown for drawn tasks only");
        let gap = theory_gap(scenario).or_else(of_data);
        let mut evidence = Self {
            populations: count,
            predicted: Err(gap.unwrap_or_default()),
            same_theta: None,
            same_rows: None,
            withheld: 0,
            balance: None,
            lambda: None,
            widths: Vec::new(),
            plateau: None,
            pair: Pair::of(&first, scenario.pair()),
        };
        if gap.is_none() {
            evidence.predict(scenario, &first, count, cancel)?;
        }
        Some(evidence)
    }

    fn predict(
        &mut self,
        scenario: &Scenario,
        first: &Population,
        count: usize,
        cancel: &Cancel,
    ) -> Option<()> {
        let lead = scenario.targets()[0];
        let endless = scenario.is_linear() && plateau_is_reached(scenario);
        let mut cases: Vec<Case> = Vec::with_capacity(count);
        while cases.len() < count {
            if cancel.is_cancelled() {
                return None;
            }
            let until = (cases.len() + CHUNK).min(count);
            cases.par_extend((cases.len()..until).into_par_iter().with_max_len(1).map(|trial| {
                let population = scenario.population(trial);
                Case::of(scenario, &population, lead, trial < ALIKE)
            }));
        }
        let plateaus: Vec<Plateau> = cases.iter().map(|case| case.plateau).collect();
        self.plateau = Plateau::mean(&plateaus).filter(|_| endless);
        let predicted: Vec<_> = cases.iter().map(|case| case.predicted).collect();
        self.predicted = average(&predicted, scenario.populations());
        self.withheld = predicted.iter().filter(|prediction| prediction.is_err()).count();
        let known = |part: fn(&Case) -> Option<Prediction>| -> Option<Prediction> {
            let all: Option<Vec<Prediction>> = cases.iter().take(ALIKE).map(part).collect();
            all.and_then(|all| Prediction::over_populations(&all, scenario.populations()))
        };
        self.same_theta = known(|case| case.same_theta);
        self.same_rows = known(|case| case.same_rows);
        let is_joint = scenario.approach().method == Method::Joint;
        let has_heads = is_joint && scenario.is_linear() && scenario.width() == 1;
        self.balance =
            (has_heads && self.predicted.is_ok()).then(|| Balance::of(first, setting(scenario)));
        let theory = PopulationTheory::of(first);
        let shrunk = match scenario.approach().method {
            Method::Ridge => theory.ridge(scenario, lead, &shrinkage::of_ridge()).ok(),
            Method::FineTune => theory.fine_tuned(scenario, lead).ok(),
            _ => None,
        };
        self.lambda = shrunk.map(|shrunk| shrunk.lambda);
        self.widths = widths(scenario, cancel)?;
        Some(())
    }
}

/// The predictions at all widths from 1 to k − 1. `None` if cancelled.
fn widths(scenario: &Scenario, cancel: &Cancel) -> Option<Vec<Option<Prediction>>> {
    let k = scenario.tasks().len();
    let is_joint = scenario.approach().method == Method::Joint && scenario.is_linear();
    if !is_joint || !(3..=MOST_WIDTHS).contains(&k) {
        return Some(Vec::new());
    }
    let of_width = |width: usize| {
        let mut draft = scenario.draft().clone();
        draft.model.width = width as f64;
        let there = Scenario::check(draft).ok()?;
        if theory_gap(&there).is_some() {
            return None;
        }
        let of_trial = |trial| PopulationTheory::of(&there.population(trial)).predict(&there);
        let found: Vec<_> = (0..there.populations().min(FEW)).map(of_trial).collect();
        average(&found, there.populations()).ok()
    };
    (1..k).map(|width| (!cancel.is_cancelled()).then(|| of_width(width))).collect()
}

/// The results for one population.
struct Case {
    predicted: Result<Prediction, &'static str>,
    same_theta: Option<Prediction>,
    same_rows: Option<Prediction>,
    plateau: Plateau,
}

impl Case {
    fn of(scenario: &Scenario, population: &Population, lead: usize, alike: bool) -> Self {
        let predicted = PopulationTheory::of(population).predict(scenario);
        let of = |changed: Population| PopulationTheory::of(&changed).predict(scenario).ok();
        let alike = alike && scenario.approach().method != Method::Ridge;
        let rows_differ = alike && !spread_alike(population);
        Self {
            predicted,
            same_theta: alike.then(|| of(with_theta_of(population, lead))).flatten(),
            same_rows: rows_differ.then(|| of(with_rows_of(population, lead))).flatten(),
            plateau: Plateau::of(population, scenario.pair()),
        }
    }
}

impl Balance {
    fn of(population: &Population, setting: TheorySetting) -> Self {
        let theory = PopulationTheory::of(population);
        let theory = theory.joint();
        let (heads, _) = theory.best_heads(&setting);
        let point = theory.at(&setting, &heads);
        let heads = heads.as_slice().to_vec();
        let signal =
            population.tasks.iter().map(|task| (&*task.factor * &task.theta).norm_squared());
        Self { signal: signal.collect(), heads, point, setting }
    }

    /// Returns the misfit of `w_iB̄` to θ_i, in the metric Σ_i and relative to the length of θ_i:
    /// the sine of the angle between them, and the length missing along it. The bias is
    /// `θ_iᵀΣ_iθ_i` times the sum of their squares.
    pub fn misfit(&self, i: usize) -> (f64, f64) {
        let (length, overlap) = (self.point.length[i], self.point.overlap[i]);
        let signal = self.signal[i];
        if !(length > 0.0 && signal > 0.0) {
            return (1.0, 0.0);
        }
        let along = (overlap - length).abs() / (length * signal).sqrt();
        let across = self.point.bias[i] / signal - along * along;
        (across.max(0.0).sqrt(), along)
    }

    /// Returns `α_i w_i² m_i/(1+δ_i)`: the effective rows of task i in the shared unit.
    pub fn rows_in_the_unit(&self, i: usize) -> f64 {
        let pull = self.setting.weights[i] * self.setting.samples[i] / (1.0 + self.point.delta[i]);
        pull * self.heads[i] * self.heads[i]
    }
}

impl Plateau {
    fn of(population: &Population, [target, source]: [usize; 2]) -> Self {
        let (target, source) = (&population.tasks[target], &population.tasks[source]);
        let [own, other] = [target, source].map(|task| &*target.factor * &task.theta);
        let overlap = own.dot(&other);
        let explained =
            if other.norm() > 0.0 { overlap * overlap / other.norm_squared() } else { 0.0 };
        Self { signal: own.norm_squared(), explained }
    }

    fn mean(all: &[Self]) -> Option<Self> {
        let n = all.len() as f64;
        (!all.is_empty()).then(|| Self {
            signal: all.iter().map(|p| p.signal).sum::<f64>() / n,
            explained: all.iter().map(|p| p.explained).sum::<f64>() / n,
        })
    }

    /// Returns the part that is left: `θ₁ᵀΣ₁θ₁ − (θ₂ᵀΣ₁θ₁)²/θ₂ᵀΣ₁θ₂`.
    pub fn left(&self) -> f64 {
        (self.signal - self.explained).max(0.0)
    }

    /// Returns the expected excess risk of the target with m Gaussian rows and noise σ, if its head
    /// is fitted to the feature `Xθ₂`: `left + (σ² + left)/(m − 2)`. `None` for m ≤ 2.
    pub fn risk(&self, samples: f64, noise: f64) -> Option<f64> {
        let left = self.left();
        (samples > 2.0).then(|| left + (noise * noise + left) / (samples - 2.0))
    }
}

impl Pair {
    fn of(population: &Population, pair: [usize; 2]) -> Self {
        let [one, other] = pair.map(|i| &population.tasks[i]);
        Self {
            cosine: cosine(&one.theta, &other.theta),
            correlation: cosine(&(&*one.factor * &one.theta), &(&*one.factor * &other.theta)),
            same_rows: spread_alike(population),
        }
    }

    /// Returns the angle between both θs in degrees, from 0 to 180.
    pub fn angle(&self) -> f64 {
        self.cosine.clamp(-1.0, 1.0).acos().to_degrees()
    }
}

fn cosine(one: &DVector<f64>, other: &DVector<f64>) -> f64 {
    let lengths = one.norm() * other.norm();
    if lengths > 0.0 { (one.dot(other) / lengths).clamp(-1.0, 1.0) } else { 0.0 }
}

/// Returns true if the unit points along θ of the source in the limit of infinitely many source
/// rows: one source, joint training of one unit, and weights that do not fall with the rows.
fn plateau_is_reached(scenario: &Scenario) -> bool {
    let weighting = scenario.approach().weighting;
    let fixed = matches!(weighting, Weighting::Uniform | Weighting::Manual);
    let pair = scenario.tasks().len() == 2 && scenario.targets().len() == 1;
    let counts = scenario.manual_weights().iter().all(|weight| *weight > 0.0);
    let joint = scenario.approach().method == Method::Joint;
    joint && pair && fixed && (counts || weighting == Weighting::Uniform)
}

/// Returns true if the rows of all tasks have the same covariance.
fn spread_alike(population: &Population) -> bool {
    let covariances: Vec<_> = population.tasks.iter().map(PopulationTask::covariance).collect();
    covariances.iter().all(|one| (one - &covariances[0]).amax() <= ROUNDING * covariances[0].amax())
}

/// The population with every θ turned to the direction of one task's θ.
fn with_theta_of(population: &Population, lead: usize) -> Population {
    let direction = population.tasks[lead].theta.clone();
    let length = direction.norm();
    let mut changed = population.clone();
    for task in &mut changed.tasks {
        task.theta = &direction * (task.theta.norm() / length.max(f64::MIN_POSITIVE));
    }
    changed
}

/// The population with the row covariance of one task for all tasks.
fn with_rows_of(population: &Population, lead: usize) -> Population {
    let mut changed = population.clone();
    for task in &mut changed.tasks {
        task.factor = population.tasks[lead].factor.clone();
    }
    changed
}
