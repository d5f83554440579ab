//! Cheap proxies of affinity: what one training of all tasks tells about every pair of them.

mod steps;

use nalgebra::{DMatrix, DVector};

use super::training::Training;
use crate::method::weighting::svd;
use crate::scenario::Scenario;
use crate::task::Moments;
use crate::transfer::similarity::{
    CovarianceSimilarity, KEPT_SHARE, PrincipalSpread, model_similarity,
};
use steps::Steps;

/// Steps of descent of the joint model that are looked at, where nothing else is asked for.
pub const STEPS: usize = 100;

/// A number for every ordered pair of tasks, meant to tell how much the one gains by training
/// with the other.
pub struct Proxy {
    /// Its name on the command line and in files.
    pub id: &'static str,
    /// Its name in words.
    pub name: &'static str,
    /// Its formula, short.
    pub symbol: &'static str,
    /// What it is, in plain words.
    pub help: &'static str,
    /// Where it comes from.
    pub source: &'static str,
    /// Whether it is the same for both orders of a pair.
    pub symmetric: bool,
    score: fn(&ProbeSetup, usize, usize) -> f64,
}

impl std::fmt::Debug for Proxy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Proxy({})", self.id)
    }
}

/// All proxies.
pub static PROXIES: &[Proxy] = &[
    Proxy {
        id: "cosine",
        name: "model cosine",
        symbol: "|cos θ̂|",
        help: "how alike the models of the two tasks trained alone are, whatever their sign",
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
        help: "how alike the rows of the two tasks spread, labels aside",
        source: "Wu, Zhang & Ré, ICLR 2020, eq. 5",
        symmetric: true,
        score: |setup, a, b| setup.similarity(a, b).map_or(f64::NAN, |s| s.score),
    },
    Proxy {
        id: "covariance-normalised",
        name: "covariance similarity, normalised",
        symbol: "S/√(S₁S₂)",
        help: "how alike the rows spread, over what either task has with itself: 1 for equal",
        source: "Wu, Zhang & Ré, ICLR 2020, eq. 5, over √(self-scores)",
        symmetric: true,
        score: |setup, a, b| setup.similarity(a, b).map_or(f64::NAN, |s| s.normalised),
    },
    Proxy {
        id: "svd",
        name: "SVD score",
        symbol: "|⟨θ, U₁⟩|/‖θ‖",
        help: "how much of the task's Xᵀy the leading direction of both tasks' Xᵀy holds",
        source: "Wu, Zhang & Ré, ICLR 2020, Algorithm 2, on labels of unit RMS",
        symmetric: false,
        score: |setup, a, b| leading_share(&setup.correlations, a, b),
    },
    Proxy {
        id: "gradient",
        name: "gradient cosine",
        symbol: "cos(∇L, ∇L′)",
        help: "whether both tasks pull the shared module the same way after some steps of descent",
        source: "Yu et al., NeurIPS 2020",
        symmetric: true,
        score: |setup, a, b| setup.steps.cosines[(a, b)],
    },
    Proxy {
        id: "look-ahead",
        name: "look-ahead",
        symbol: "1 − L⁺/L",
        help: "by what share a step for the other task alone lowers this task's loss, on average",
        source: "Fifty et al., NeurIPS 2021",
        symmetric: false,
        score: |setup, a, b| setup.steps.look_ahead[(a, b)],
    },
];

/// The proxy with an id.
pub fn find(id: &str) -> Option<&'static Proxy> {
    PROXIES.iter().find(|proxy| proxy.id == id)
}

/// What the proxies say about the tasks of one trial.
#[derive(Debug, Clone)]
pub struct Probes {
    /// For every entry of [`PROXIES`] a matrix (k × k): in row a and column b what it says about
    /// task a learning with task b. Not a number on the diagonal, nor where it does not exist.
    pub matrices: Vec<DMatrix<f64>>,
}

impl Probes {
    /// Probes the training of one trial of a scenario: the single-task models, the data, and so
    /// many `steps` of gradient descent of the joint model from random weights. Equal scenarios
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

/// What the proxies look at.
struct ProbeSetup {
    /// The direction of every single-task model (d): its one unit.
    directions: Vec<DVector<f64>>,
    /// Covariance similarity of every pair, row by row, below the diagonal.
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
            similarities: similarities(&moments),
            correlations: svd::correlations(&moments, true),
            steps: Steps::of(scenario, training, &moments, steps),
        }
    }

    fn similarity(&self, a: usize, b: usize) -> Option<CovarianceSimilarity> {
        self.similarities[a.max(b)][a.min(b)]
    }
}

fn similarities(moments: &[Moments]) -> Vec<Vec<Option<CovarianceSimilarity>>> {
    let spreads: Vec<_> =
        moments.iter().map(|task| PrincipalSpread::of(&task.h, KEPT_SHARE)).collect();
    let row = |(a, spread): (usize, &Option<PrincipalSpread>)| {
        let others = spreads[..a].iter();
        others.map(|other| Some(spread.as_ref()?.similarity(other.as_ref()?))).collect()
    };
    spreads.iter().enumerate().map(row).collect()
}

/// The share of column a that the leading left singular vector of columns a and b holds.
fn leading_share(columns: &DMatrix<f64>, a: usize, b: usize) -> f64 {
    let pair = DMatrix::from_columns(&[columns.column(a), columns.column(b)]);
    let length = pair.column(0).norm();
    if length > 0.0 { svd::shares(&pair, 1)[0] / length } else { f64::NAN }
}
