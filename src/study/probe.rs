//! Cheap proxies of affinity, computed for every pair from one training of all tasks.

mod steps;

use nalgebra::{DMatrix, DVector};

use super::training::Training;
use crate::method::weighting::svd;
use crate::scenario::Scenario;
use crate::task::Data;
use crate::transfer::similarity::{
    CovarianceSimilarity, KEPT_SHARE, PrincipalSpread, model_similarity,
};
use steps::Steps;

/// Default number of descent steps of the joint model.
pub const STEPS: usize = 100;

/// A score for every ordered pair of tasks that should predict how much one gains by training with
/// the other.
pub struct Proxy {
    /// Its name on the command line and in files.
    pub id: &'static str,
    /// Its display name.
    pub name: &'static str,
    /// Its formula, in short.
    pub symbol: &'static str,
    /// A description in plain words.
    pub help: &'static str,
    /// The publication it comes from.
    pub source: &'static str,
    /// True if the score is the same for both orders of a pair.
    pub symmetric: bool,
    /// The score for task a (first index) learning with task b; NaN if it is undefined.
    score: fn(&ProbeSetup, usize, usize) -> f64,
}

impl std::fmt::Debug for Proxy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Proxy({})", self.id)
    }
}

/// All proxies. Any change makes kept records of affinity studies unreadable, because their length
/// follows from this table: raise the program's version with it.
pub static PROXIES: &[Proxy] = &[
    Proxy {
        id: "cosine",
        name: "model cosine",
        symbol: "|cos θ̂|",
        help: "similarity of the two single-task models, ignoring their sign",
        source: "Wu, Zhang & Ré, ICLR 2020, Theorem 2",
        symmetric: true,
        score: |setup, a, b| {
            model_similarity(&setup.directions[a], &setup.directions[b]).unwrap_or(f64::NAN)
        },
    },
    Proxy {
        id: "covariance",
        name: "covariance similarity",
        symbol: "S(X, X′)",
        help: "similarity of the covariances of the rows; labels are not used",
        source: "Wu, Zhang & Ré, ICLR 2020, eq. 5",
        symmetric: true,
        score: |setup, a, b| setup.similarity(a, b).map_or(f64::NAN, |s| s.score),
    },
    Proxy {
        id: "covariance-normalised",
        name: "covariance similarity, normalised",
        symbol: "S/√(S₁S₂)",
        help: "covariance similarity over √(both self-scores): 1 for equal covariances",
        source: "Wu, Zhang & Ré, ICLR 2020, eq. 5, over √(self-scores)",
        symmetric: true,
        score: |setup, a, b| setup.similarity(a, b).map_or(f64::NAN, |s| s.normalised),
    },
    Proxy {
        id: "svd",
        name: "SVD score",
        symbol: "|⟨Xᵀy, U₁⟩|/‖Xᵀy‖",
        help: "share of the task's Xᵀy along the leading direction of both tasks' Xᵀy",
        source: "Wu, Zhang & Ré, ICLR 2020, Algorithm 2, on labels of unit RMS",
        symmetric: false,
        score: |setup, a, b| leading_share(&setup.correlations, a, b),
    },
    Proxy {
        id: "gradient",
        name: "gradient cosine",
        symbol: "cos(∇L, ∇L′)",
        help: "cosine of both tasks' gradients in the shared module, after some descent steps",
        source: "Yu et al., NeurIPS 2020",
        symmetric: true,
        score: |setup, a, b| setup.steps.cosines[(a, b)],
    },
    Proxy {
        id: "look-ahead",
        name: "look-ahead",
        symbol: "1 − L⁺/L",
        help: "mean share by which a step for the other task alone lowers this task's loss",
        source: "Fifty et al., NeurIPS 2021",
        symmetric: false,
        score: |setup, a, b| setup.steps.look_ahead[(a, b)],
    },
];

/// Finds a proxy by its id.
pub fn find(id: &str) -> Option<&'static Proxy> {
    PROXIES.iter().find(|proxy| proxy.id == id)
}

/// The scores of all proxies in one trial.
#[derive(Debug, Clone)]
pub struct Probes {
    /// For every entry of [`PROXIES`] a matrix (k × k): row a, column b is the score for task a
    /// learning with task b. NaN on the diagonal and where a score is undefined.
    pub matrices: Vec<DMatrix<f64>>,
}

impl Probes {
    /// Scores the training of one trial of a scenario from the single-task models, the data, and
    /// `steps` steps of gradient descent of the joint model from random weights. Equal scenarios
    /// and trainings give equal results. Costs O(k² d²) for each step, plus O(k d³).
    pub fn of(scenario: &Scenario, training: &Training, steps: usize) -> Self {
        let setup = ProbeSetup::new(scenario, training, steps);
        let tasks = training.data.len();
        let score = |proxy: &Proxy| {
            DMatrix::from_fn(tasks, tasks, |a, b| match a == b {
                true => f64::NAN,
                false => (proxy.score)(&setup, a, b),
            })
        };
        Self { matrices: PROXIES.iter().map(score).collect() }
    }
}

/// The inputs of the proxies.
struct ProbeSetup {
    /// The direction of every single-task model (d).
    directions: Vec<DVector<f64>>,
    /// Covariance similarity of every pair; only entries below the diagonal.
    similarities: Vec<Vec<Option<CovarianceSimilarity>>>,
    /// `Xᵀy` of every task, on labels of unit RMS (d × k).
    correlations: DMatrix<f64>,
    steps: Steps,
}

impl ProbeSetup {
    fn new(scenario: &Scenario, training: &Training, steps: usize) -> Self {
        let moments = training.moments();
        let directions = training.alone.iter().map(|alone| alone.model.units(0).column(0).into());
        Self {
            directions: directions.collect(),
            similarities: similarities(&training.data),
            correlations: svd::correlations(&moments, true),
            steps: Steps::of(scenario, training, &moments, steps),
        }
    }

    fn similarity(&self, a: usize, b: usize) -> Option<CovarianceSimilarity> {
        self.similarities[a.max(b)][a.min(b)]
    }
}

/// Covariance similarities from the rows alone, without the ridge penalties of real tasks.
fn similarities(data: &[Data]) -> Vec<Vec<Option<CovarianceSimilarity>>> {
    let spreads: Vec<_> =
        data.iter().map(|task| PrincipalSpread::of(&task.moments.h, KEPT_SHARE)).collect();
    let row = |(a, spread): (usize, &Option<PrincipalSpread>)| {
        let others = spreads[..a].iter();
        others.map(|other| Some(spread.as_ref()?.similarity(other.as_ref()?))).collect()
    };
    spreads.iter().enumerate().map(row).collect()
}

/// The share of column a along the leading left singular vector of columns a and b.
fn leading_share(columns: &DMatrix<f64>, a: usize, b: usize) -> f64 {
    let pair = DMatrix::from_columns(&[columns.column(a), columns.column(b)]);
    let length = pair.column(0).norm();
    if length > 0.0 { svd::shares(&pair, 1)[0] / length } else { f64::NAN }
}
