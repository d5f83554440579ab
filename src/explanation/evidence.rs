//! What the theory says of a scenario, and what it would say if the tasks were alike in one thing:
//! by the differences it is told which cause decides.

use nalgebra::DVector;
use rayon::prelude::*;

use crate::cancel::Cancel;
use crate::method::Weighting;
use crate::scenario::Scenario;
use crate::study::prediction::{average, of_each, of_targets, setting, theory, theory_gap};
use crate::task::{Population, PopulationTask};
use crate::transfer::Prediction;
use crate::transfer::theory::{TheoryPoint, TheorySetting};

/// Populations looked at between two looks at the token.
const CHUNK: usize = 8;
/// Populations for which it is worked out what would be if the tasks were alike.
pub(super) const ALIKE: usize = 8;
/// A relative difference below which two numbers are equal but for rounding.
const ROUNDING: f64 = 1e-9;

/// What is known without any training.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// Populations that it averages over.
    pub populations: usize,
    /// The prediction for the mean error of the targets, or why there is none.
    pub predicted: Result<Prediction, &'static str>,
    /// The same over the first populations, if every θ had the direction of that of the first target, at its own length.
    pub same_theta: Option<Prediction>,
    /// The same over those, if all rows spread as those of the first target; `None` where they do.
    pub same_rows: Option<Prediction>,
    /// Populations for which the prediction is withheld.
    pub withheld: usize,
    /// The largest share by which the errors of the targets are expected to differ from a
    /// prediction that is offered; see
    /// [`Doubt`](crate::transfer::theory::HeadUncertainty).
    pub doubt: Option<f64>,
    /// The equations at the best heads, for the population of the first trial.
    pub balance: Option<Balance>,
    /// What endless rows of the source would leave; for one source with fixed weights.
    pub plateau: Option<Plateau>,
    /// θ of the pair of tasks, and whether their rows spread alike.
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

/// What the target's labels keep to themselves when the unit points along θ of the source: its
/// numbers are means over populations.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plateau {
    /// `θ₁ᵀΣ₁θ₁`.
    pub signal: f64,
    /// `(θ₂ᵀΣ₁θ₁)²/θ₂ᵀΣ₁θ₂`.
    pub explained: f64,
}

/// How the two tasks of the plane stand to each other in the population of the first trial.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// cos of the angle between their θ; 0 where one is zero.
    pub cosine: f64,
    /// The correlation of `Xθ` of both on the rows of the first: the cosine as its rows see it.
    pub correlation: f64,
    /// Whether all tasks that take part have rows that spread alike.
    pub same_rows: bool,
}

impl Evidence {
    /// The evidence of the first populations of a scenario. `None` if cancelled.
    pub fn of(scenario: &Scenario, populations: usize, cancel: &Cancel) -> Option<Self> {
        let count = scenario.populations().min(populations);
        let first = scenario.population(0);
        let gap = theory_gap(scenario);
        let mut evidence = Self {
            populations: count,
            predicted: Err(gap.unwrap_or_default()),
            same_theta: None,
            same_rows: None,
            withheld: 0,
            doubt: None,
            balance: None,
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
        let setting = setting(scenario);
        let lead = scenario.targets()[0];
        let endless = plateau_is_reached(scenario);
        let mut cases: Vec<Case> = Vec::with_capacity(count);
        while cases.len() < count {
            if cancel.is_cancelled() {
                return None;
            }
            let until = (cases.len() + CHUNK).min(count);
            cases.par_extend((cases.len()..until).into_par_iter().with_max_len(1).map(|trial| {
                let population = scenario.population(trial);
                Case::of(scenario, &population, &setting, lead, trial < ALIKE)
            }));
        }
        let plateaus: Vec<Plateau> = cases.iter().map(|case| case.plateau).collect();
        self.plateau = Plateau::mean(&plateaus).filter(|_| endless);
        let predicted: Vec<_> = cases.iter().map(|case| case.predicted).collect();
        self.predicted = average(&predicted);
        self.withheld = predicted.iter().filter(|prediction| prediction.is_err()).count();
        let known = |part: fn(&Case) -> Option<Prediction>| -> Option<Prediction> {
            let all: Option<Vec<Prediction>> = cases.iter().take(ALIKE).map(part).collect();
            all.and_then(|all| Prediction::average(&all))
        };
        self.same_theta = known(|case| case.same_theta);
        self.same_rows = known(|case| case.same_rows);
        let doubts = cases.iter().filter_map(|case| case.doubt).filter(|doubt| doubt.is_finite());
        self.doubt = doubts.reduce(f64::max);
        self.balance = self.predicted.is_ok().then(|| Balance::of(first, setting));
        Some(())
    }
}

/// One population.
struct Case {
    predicted: Result<Prediction, &'static str>,
    same_theta: Option<Prediction>,
    same_rows: Option<Prediction>,
    doubt: Option<f64>,
    plateau: Plateau,
}

impl Case {
    fn of(
        scenario: &Scenario,
        population: &Population,
        setting: &TheorySetting,
        lead: usize,
        alike: bool,
    ) -> Self {
        let found = theory(population).predict_each(setting, &scenario.targets());
        let predicted = of_each(&found);
        let doubt = found.iter().map(|(_, doubt)| doubt.share).fold(0.0, f64::max);
        let of = |changed: Population| of_targets(&theory(&changed), setting, scenario).ok();
        let rows_differ = alike && !spread_alike(population);
        Self {
            predicted,
            same_theta: alike.then(|| of(with_theta_of(population, lead))).flatten(),
            same_rows: rows_differ.then(|| of(with_rows_of(population, lead))).flatten(),
            doubt: predicted.is_ok().then_some(doubt),
            plateau: Plateau::of(population, scenario.pair()),
        }
    }
}

impl Balance {
    fn of(population: &Population, setting: TheorySetting) -> Self {
        let theory = theory(population);
        let (heads, _) = theory.best_heads(&setting);
        let point = theory.at(&setting, &heads);
        let signal =
            population.tasks.iter().map(|task| (&task.factor * &task.theta).norm_squared());
        Self { signal: signal.collect(), heads, point, setting }
    }

    /// How far `w_iB̄` is from θ_i as the rows of task i see it, over the length of θ_i: the sine
    /// of the angle between them, and what is missing to the length along it. The bias is `θ_iᵀΣ_iθ_i`
    /// times the sum of their squares.
    pub fn misfit(&self, i: usize) -> (f64, f64) {
        let (length, overlap) = (self.point.length[i], self.point.overlap[i]);
        let (signal, w) = (self.signal[i], self.heads[i]);
        if !(length > 0.0 && signal > 0.0) {
            return (1.0, 0.0);
        }
        let along = (overlap - w * length).abs() / (length * signal).sqrt();
        let across = self.point.bias[i] / signal - along * along;
        (across.max(0.0).sqrt(), along)
    }

    /// `g_i = α_i w_i² m_i/(1+δ_i) B̄ᵀΣ_iB̄`: how much task i says about the length of the module.
    pub fn voices(&self) -> Vec<f64> {
        (0..self.heads.len()).map(|i| self.rows_in_the_unit(i) * self.point.length[i]).collect()
    }

    /// `α_i w_i² m_i/(1+δ_i)`: the rows of task i that determine the shared unit.
    pub fn rows_in_the_unit(&self, i: usize) -> f64 {
        let pull = self.setting.weights[i] * self.setting.samples[i] / (1.0 + self.point.delta[i]);
        pull * self.heads[i] * self.heads[i]
    }
}

impl Plateau {
    fn of(population: &Population, [target, source]: [usize; 2]) -> Self {
        let (target, source) = (&population.tasks[target], &population.tasks[source]);
        let [own, other] = [target, source].map(|task| &target.factor * &task.theta);
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

    /// What is left: `θ₁ᵀΣ₁θ₁ − (θ₂ᵀΣ₁θ₁)²/θ₂ᵀΣ₁θ₂`.
    pub fn left(&self) -> f64 {
        (self.signal - self.explained).max(0.0)
    }

    /// The expected excess risk of the target with m Gaussian rows and noise σ, its head being
    /// fitted to the one feature `Xθ₂`: `left + (σ² + left)/(m − 2)`. `None` for two rows or fewer.
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
            correlation: cosine(&(&one.factor * &one.theta), &(&one.factor * &other.theta)),
            same_rows: spread_alike(population),
        }
    }

    /// The angle between both θ in degrees, from 0 to 180.
    pub fn angle(&self) -> f64 {
        self.cosine.clamp(-1.0, 1.0).acos().to_degrees()
    }
}

fn cosine(one: &DVector<f64>, other: &DVector<f64>) -> f64 {
    let lengths = one.norm() * other.norm();
    if lengths > 0.0 { (one.dot(other) / lengths).clamp(-1.0, 1.0) } else { 0.0 }
}

/// Whether the limit of endless source rows is a unit along its θ: one source, one unit, weights
/// that do not fall with the rows.
fn plateau_is_reached(scenario: &Scenario) -> bool {
    let weighting = scenario.approach().weighting;
    let fixed = matches!(weighting, Weighting::Uniform | Weighting::Manual);
    let pair = scenario.tasks().len() == 2 && scenario.targets().len() == 1;
    let counts = scenario.manual_weights().iter().all(|weight| *weight > 0.0);
    pair && fixed && (counts || weighting == Weighting::Uniform)
}

/// Whether the rows of all tasks have the same covariance.
fn spread_alike(population: &Population) -> bool {
    let covariances: Vec<_> = population.tasks.iter().map(PopulationTask::covariance).collect();
    covariances.iter().all(|one| (one - &covariances[0]).amax() <= ROUNDING * covariances[0].amax())
}

/// The population in which every θ points where that of one task does.
fn with_theta_of(population: &Population, lead: usize) -> Population {
    let direction = population.tasks[lead].theta.clone();
    let length = direction.norm();
    let mut changed = population.clone();
    for task in &mut changed.tasks {
        task.theta = &direction * (task.theta.norm() / length.max(f64::MIN_POSITIVE));
    }
    changed
}

/// The population in which all rows spread as those of one task.
fn with_rows_of(population: &Population, lead: usize) -> Population {
    let mut changed = population.clone();
    for task in &mut changed.tasks {
        task.factor = population.tasks[lead].factor.clone();
    }
    changed
}
