//! A data set in memory.

use std::sync::Arc;

use nalgebra::DMatrix;
use serde::{Deserialize, Serialize};

use super::moments::TaskMoments;

/// Real tasks: features and labels from files.
#[derive(Debug, Clone)]
pub struct Dataset {
    /// The title, in one line.
    pub title: String,
    /// Names of the features (d).
    pub features: Vec<String>,
    /// The tasks, at least one.
    pub tasks: Vec<DatasetTask>,
    /// True if all tasks have labels for rows of one and the same X.
    pub same_x: bool,
    /// Source, licence and citations, as far as the files say.
    pub source: Vec<String>,
    /// What was detected, chosen, dropped or is doubtful, as sentences for the user.
    pub notes: Vec<String>,
}

/// A task of a data set.
#[derive(Debug, Clone)]
pub struct DatasetTask {
    /// The name, unique among the tasks of a data set.
    pub name: String,
    /// The kind of its labels.
    pub kind: TaskKind,
    /// The features (m × d). Tasks with the same X share it.
    pub x: Arc<DMatrix<f64>>,
    /// The labels (m). NaN where the label is missing, and only there; −1 or +1 for classification.
    pub y: Vec<f64>,
    /// The rows of each part; their labels are never missing.
    pub split: Split,
    /// The group of every row (m), if rows of one group must stay in one part.
    pub groups: Option<Vec<usize>>,
    /// Moments of all rows, if only some of them are kept in X.
    pub moments: Option<Arc<TaskMoments>>,
}

/// The kind of the labels of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TaskKind {
    /// Numbers.
    Regression,
    /// −1 or +1.
    Classification,
}

impl TaskKind {
    /// The names of both, in order.
    pub const NAMES: &'static [&'static str] = &["regression", "classification"];

    /// The name of this kind, as in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Regression => "regression",
            Self::Classification => "classification",
        }
    }
}

/// The parts of the rows of a task, as indices into its X, ascending.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Split {
    /// Rows for training.
    pub train: Vec<usize>,
    /// Rows for choosing; may be empty if the files give the parts.
    pub validation: Vec<usize>,
    /// Rows for judging.
    pub test: Vec<usize>,
    /// Whether the files give the parts; otherwise they are drawn and may be drawn again.
    pub given: bool,
}

impl Split {
    /// The three parts with their names.
    pub fn parts(&self) -> [(&'static str, &[usize]); 3] {
        [("train", &self.train), ("validation", &self.validation), ("test", &self.test)]
    }
}

/// The shares of the rows that go to the parts of a split. They count relative to their sum.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shares {
    /// Share for training.
    pub train: f64,
    /// Share for choosing.
    pub validation: f64,
    /// Share for judging.
    pub test: f64,
}

impl Default for Shares {
    fn default() -> Self {
        Self { train: 0.60, validation: 0.15, test: 0.25 }
    }
}

impl Shares {
    /// The shares of train, validation and test; they add up to one. A share that is negative or
    /// no number counts as zero; if all are zero, the defaults count.
    pub fn fractions(self) -> [f64; 3] {
        let clean = |share: f64| if share.is_finite() && share > 0.0 { share } else { 0.0 };
        let shares = [clean(self.train), clean(self.validation), clean(self.test)];
        let sum: f64 = shares.iter().sum();
        if sum == 0.0 {
            return Self::default().fractions();
        }
        if sum.is_infinite() {
            let [train, validation, test] = shares.map(|share| share / 4.0);
            return Self { train, validation, test }.fractions();
        }
        shares.map(|share| share / sum)
    }
}

/// Whether all tasks share one X.
pub(super) fn all_share_x(tasks: &[DatasetTask]) -> bool {
    tasks.windows(2).all(|pair| Arc::ptr_eq(&pair[0].x, &pair[1].x))
}
