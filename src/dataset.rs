//! Real tasks: features and labels from files.

use std::sync::Arc;

use nalgebra::DMatrix;

use crate::math::seed::Seed;

/// Real tasks: features and labels from files.
#[derive(Debug, Clone)]
pub struct Dataset {
    /// The title.
    pub title: String,
    /// Names of the features (d).
    pub features: Vec<String>,
    /// The tasks.
    pub tasks: Vec<DatasetTask>,
    /// True if all tasks have labels for rows of one X.
    pub same_x: bool,
    /// Source, licence and citations.
    pub source: Vec<String>,
    /// What was detected, chosen, dropped or is doubtful.
    pub notes: Vec<String>,
}

/// The kind of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskKind {
    /// Real labels.
    Regression,
    /// Labels −1 and +1.
    Classification,
}

/// A real task.
#[derive(Debug, Clone)]
pub struct DatasetTask {
    /// The name.
    pub name: String,
    /// The kind.
    pub kind: TaskKind,
    /// X (m × d).
    pub x: Arc<DMatrix<f64>>,
    /// y (m).
    pub y: Vec<f64>,
    /// The parts.
    pub split: Split,
    /// Groups.
    pub groups: Option<Vec<usize>>,
}

/// The parts.
#[derive(Debug, Clone)]
pub struct Split {
    /// Training rows.
    pub train: Vec<usize>,
    /// Validation rows.
    pub validation: Vec<usize>,
    /// Test rows.
    pub test: Vec<usize>,
    /// Given by the files.
    pub given: bool,
}

impl Split {
    /// Draws a split.
    pub fn draw(task: &DatasetTask, _shares: [f64; 3], _seed: Seed) -> Self {
        task.split.clone()
    }
}

/// How files are read.
#[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct ReadOptions {}
