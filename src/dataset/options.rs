//! How files are read, as stored in scenarios.

use std::num::NonZeroU64;

use serde::{Deserialize, Serialize};

use super::types::TaskKind;

/// Largest size of the numbers in memory unless options say otherwise: 2 GiB.
pub const MAX_BYTES: u64 = 2 << 30;

/// How files are read. The columns apply to tables; the rest applies to all files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct ReadOptions {
    /// Columns with labels; several are several tasks on one X. If empty, columns with usual names
    /// such as `label` or `y` are taken.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<String>,
    /// Column with the task of every row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task_column: Option<String>,
    /// Column with the group of every row; rows of one group stay in one part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_column: Option<String>,
    /// Column with the part of every row: train, validation or test.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub split_column: Option<String>,
    /// Columns that are not read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ignore: Vec<String>,
    /// Makes one feature of each value of a column with text.
    #[serde(skip_serializing_if = "is_false")]
    pub one_hot: bool,
    /// Kind of all labels; if none, it follows from the labels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<TaskKind>,
    /// Drops rows with missing or bad values instead of refusing them.
    #[serde(skip_serializing_if = "is_false")]
    pub drop_bad: bool,
    /// Seed of the parts if the files do not give them.
    #[serde(skip_serializing_if = "is_zero")]
    pub seed: u64,
    /// Most rows of a task that are kept for trials, drawn at random with the seed; if the files give
    /// the parts, most rows of each part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keep: Option<NonZeroU64>,
    /// Largest size of the numbers in memory, in bytes. Of more rows, as many are kept as fit, drawn
    /// at random. Reading a table takes about twice as much for a moment.
    #[serde(skip_serializing_if = "is_default_size")]
    pub max_bytes: u64,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            labels: Vec::new(),
            task_column: None,
            group_column: None,
            split_column: None,
            ignore: Vec::new(),
            one_hot: false,
            kind: None,
            drop_bad: false,
            seed: 0,
            keep: None,
            max_bytes: MAX_BYTES,
        }
    }
}

fn is_false(value: &bool) -> bool {
    !value
}

fn is_zero(value: &u64) -> bool {
    *value == 0
}

fn is_default_size(value: &u64) -> bool {
    *value == MAX_BYTES
}
