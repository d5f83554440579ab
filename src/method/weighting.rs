//! Task weights α_i: the weights of the task losses in joint training.
//!
//! The table [`SCHEMES`] lists every scheme. A scheme that uses data has its own file.

pub mod random;
pub mod svd;
pub mod uncertainty;

use serde::{Deserialize, Serialize};

use crate::task::Moments;

/// A weighting scheme; described in [`SCHEMES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Weighting {
    /// `α_i = 1`: every row counts the same.
    #[default]
    Uniform,
    /// `α_i = 1/m_i`: every task counts the same, however many rows it has.
    BySize,
    /// `α_i = m_i/‖y_i‖²`: every task counts as if its labels had unit RMS.
    ByScale,
    /// Given numbers.
    Manual,
    /// Algorithm 2 of the paper on labels scaled to unit RMS per task: [`svd`].
    Svd,
    /// Algorithm 2 as printed, on unscaled labels: [`svd`].
    SvdPrinted,
    /// One over the noise variance learned for each task: [`uncertainty`].
    Uncertainty,
    /// Redrawn at every training step: [`random`].
    Random,
    /// Those with the least error that the theory predicts for the population.
    Oracle,
    /// Those with the least error that the theory predicts for estimates from the rows.
    PlugIn,
}

/// The rule by which a scheme finds the weights α_i (k) for joint training on unscaled labels.
#[derive(Debug, Clone, Copy)]
enum WeightRule {
    /// From the numbers of rows (k) and the given weights (k), before there are data.
    Fixed(fn(&[u64], &[f64]) -> Vec<f64>),
    /// From data or training results.
    FromData(fn(&WeightingInput<'_>) -> Vec<f64>),
}

/// Names, help, source and rule of a scheme.
#[derive(Debug, Clone, Copy)]
pub struct Scheme {
    /// The scheme.
    pub weighting: Weighting,
    /// Name in files and on the command line.
    pub name: &'static str,
    /// Name on the screen.
    pub label: &'static str,
    /// Help, in one line.
    pub help: &'static str,
    /// Source.
    pub citation: &'static str,
    rule: WeightRule,
}

/// All schemes, in the order of [`Weighting`]. A scheme that calls [`WeightingInput::fit`] is also
/// named in the steps of the proxies, which have no such fit.
pub const SCHEMES: &[Scheme] = &[
    Scheme {
        weighting: Weighting::Uniform,
        name: "uniform",
        label: "uniform",
        help: "each row counts equally: α = 1",
        citation: "Wu, Zhang & Ré, ICLR 2020, eq. 1",
        rule: WeightRule::Fixed(|samples, _| vec![1.0; samples.len()]),
    },
    Scheme {
        weighting: Weighting::BySize,
        name: "by-size",
        label: "by size",
        help: "each task counts equally, whatever its size: α = 1/m",
        citation: "common practice",
        rule: WeightRule::Fixed(|samples, _| samples.iter().map(|&m| 1.0 / m as f64).collect()),
    },
    Scheme {
        weighting: Weighting::ByScale,
        name: "by-scale",
        label: "by scale",
        help: "labels count as if of unit RMS: α = m/‖y‖²; the SVD scheme builds on this",
        citation: "common practice",
        rule: WeightRule::FromData(|tasks| svd::unit_scale(tasks.data)),
    },
    Scheme {
        weighting: Weighting::Manual,
        name: "manual",
        label: "manual",
        help: "given numbers, one per task",
        citation: "Wu, Zhang & Ré, ICLR 2020, eq. 2",
        rule: WeightRule::Fixed(|_, manual| manual.to_vec()),
    },
    Scheme {
        weighting: Weighting::Svd,
        name: "svd",
        label: "SVD",
        help: "favours tasks along the leading directions of all tasks; labels scaled first",
        citation: "Wu, Zhang & Ré, ICLR 2020, Algorithm 2, on labels of unit RMS",
        rule: WeightRule::FromData(|tasks| svd::standardised(tasks.data, tasks.width)),
    },
    Scheme {
        weighting: Weighting::SvdPrinted,
        name: "svd-printed",
        label: "SVD as printed",
        help: "the same on unscaled labels: large labels, even large noise, gain weight",
        citation: "Wu, Zhang & Ré, ICLR 2020, Algorithm 2",
        rule: WeightRule::FromData(|tasks| svd::printed(tasks.data, tasks.width)),
    },
    Scheme {
        weighting: Weighting::Uncertainty,
        name: "uncertainty",
        label: "uncertainty",
        help: "one over the mean squared error after joint training, found by alternation",
        citation: "Kendall, Gal & Cipolla, CVPR 2018",
        rule: WeightRule::FromData(|tasks| uncertainty::weights(tasks.data, tasks.fit)),
    },
    Scheme {
        weighting: Weighting::Random,
        name: "random",
        label: "random",
        help: "redrawn at every training step; tends to the uniform optimum",
        citation: "Lin, Ye, Zhang & Tsang, TMLR 2022",
        rule: WeightRule::FromData(|tasks| vec![1.0; tasks.data.len()]),
    },
    Scheme {
        weighting: Weighting::Oracle,
        name: "oracle",
        label: "oracle",
        help: "least error predicted by theory; knows Σ, θ and σ, which no data tell",
        citation: "minimum of the theory line over α",
        rule: WeightRule::FromData(|tasks| tasks.predicted(Knowledge::Population)),
    },
    Scheme {
        weighting: Weighting::PlugIn,
        name: "plug-in",
        label: "plug-in",
        help: "least error predicted by theory from estimates of Σ, θ and σ",
        citation: "minimum of the theory line over α, with estimates",
        rule: WeightRule::FromData(|tasks| tasks.predicted(Knowledge::Rows)),
    },
];

/// What a prediction of the error may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Knowledge {
    /// Covariances, θs and noise of the population.
    Population,
    /// The training rows.
    Rows,
}

/// The input of a scheme.
pub struct WeightingInput<'a> {
    /// Training data of every task (k).
    pub data: &'a [Moments],
    /// The given weights for [`Weighting::Manual`] (k); ignored otherwise.
    pub manual: &'a [f64],
    /// Width r of the shared module.
    pub width: usize,
    /// Returns the unweighted task losses L_i (k) at the joint optimum for given weights (k).
    pub fit: &'a dyn Fn(&[f64]) -> Vec<f64>,
    /// Returns the weights (k) with the least predicted error of the targets; `None` if nothing can
    /// be predicted.
    pub best: &'a dyn Fn(Knowledge) -> Option<Vec<f64>>,
}

impl WeightingInput<'_> {
    /// The weights with the least predicted error, or 1 for every task.
    fn predicted(&self, knowledge: Knowledge) -> Vec<f64> {
        (self.best)(knowledge).unwrap_or_else(|| vec![1.0; self.data.len()])
    }
}

impl Weighting {
    /// The names of all schemes, in order.
    pub const NAMES: &'static [&'static str] = &names();

    /// The scheme with an index; the last one beyond the end.
    pub fn from_index(index: usize) -> Self {
        SCHEMES[index.min(SCHEMES.len() - 1)].weighting
    }

    /// The index of the scheme.
    pub fn index(self) -> usize {
        self as usize
    }

    /// Returns true if the scheme takes a prediction of the error.
    pub fn needs_theory(self) -> bool {
        matches!(self, Self::Oracle | Self::PlugIn)
    }

    /// The description of the scheme.
    pub fn scheme(self) -> &'static Scheme {
        &SCHEMES[self.index()]
    }

    /// The name of the scheme.
    pub fn name(self) -> &'static str {
        self.scheme().name
    }

    /// The weights α_i (k) if they do not depend on data; `None` for schemes that use data or
    /// training results. `samples` are the numbers of rows (k).
    pub fn before_data(self, samples: &[u64], manual: &[f64]) -> Option<Vec<f64>> {
        match self.scheme().rule {
            WeightRule::Fixed(weights) => Some(weights(samples, manual)),
            WeightRule::FromData(_) => None,
        }
    }

    /// The weights α_i (k) for joint training on unscaled labels. For [`Weighting::Random`], a
    /// way of training rather than fixed weights ([`random::train`]), this is the mean, 1.
    pub fn weights(self, tasks: &WeightingInput) -> Vec<f64> {
        match self.scheme().rule {
            WeightRule::Fixed(weights) => {
                let samples: Vec<u64> = tasks.data.iter().map(|data| data.samples).collect();
                weights(&samples, tasks.manual)
            }
            WeightRule::FromData(weights) => weights(tasks),
        }
    }
}

/// Scales weights to mean 1 for display; only their ratios matter.
pub fn with_mean_one(weights: &[f64]) -> Vec<f64> {
    let mean = weights.iter().sum::<f64>() / weights.len() as f64;
    if mean > 0.0 { weights.iter().map(|weight| weight / mean).collect() } else { weights.to_vec() }
}

const fn names() -> [&'static str; SCHEMES.len()] {
    let mut names = [""; SCHEMES.len()];
    let mut i = 0;
    while i < names.len() {
        names[i] = SCHEMES[i].name;
        i += 1;
    }
    names
}
