//! The arguments that say how a data set is read.

use std::num::NonZeroU64;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;

use crate::cli::reading;
use crate::dataset::{ReadOptions, TaskKind};
use crate::error::{Error, Result};
use crate::scenario::ScenarioDraft;
use crate::scenario::draft::DatasetDraft;
use crate::scenario::real;
use crate::store::datasets;

/// Bytes of a GiB.
const GIB: f64 = (1_u64 << 30) as f64;
/// Default of the largest size in memory, in GiB.
const MEMORY: f64 = 2.0;

/// How a data set is read: a CSV, TSV, NPZ or NPY file, or a folder of arrays.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Data sets")]
pub(super) struct DatasetArgs {
    /// Columns with labels; several are several tasks on one X
    #[arg(long, value_name = "A,B,…", value_delimiter = ',')]
    pub labels: Vec<String>,
    /// Column that names the task of every row
    #[arg(long, value_name = "COLUMN")]
    pub task_column: Option<String>,
    /// Column with the group of every row; a group stays in one part
    #[arg(long, value_name = "COLUMN")]
    pub group_column: Option<String>,
    /// Column with the part of every row: train, validation or test
    #[arg(long, value_name = "COLUMN")]
    pub split_column: Option<String>,
    /// Columns to leave out
    #[arg(long, value_name = "A,B,…", value_delimiter = ',')]
    pub ignore: Vec<String>,
    /// Make a feature of every value of a text column
    #[arg(long)]
    pub one_hot: bool,
    /// Kind of all labels [default: seen from the labels]
    #[arg(long, value_name = "KIND", value_parser = PossibleValuesParser::new(TaskKind::NAMES))]
    pub kind: Option<String>,
    /// Drop rows with bad values, and count them, instead of refusing the file
    #[arg(long)]
    pub drop_bad: bool,
    /// Keep at most N rows of a task for trials, drawn at random; means, covariances and the fits to
    /// all rows still count every row [default: as many as fit into --memory]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub keep: Option<u64>,
    /// Largest size of the numbers in memory, in GiB, such as 0.5; of more rows, some are drawn at random
    #[arg(long, value_name = "GIB", default_value_t = MEMORY, value_parser = gibibytes)]
    pub memory: f64,
    /// Divide every feature by its standard deviation over the training rows
    #[arg(long)]
    pub standardise: bool,
    /// Replace the features by their first N principal components
    #[arg(long, value_name = "N")]
    pub components: Option<usize>,
}

impl Default for DatasetArgs {
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
            keep: None,
            memory: MEMORY,
            standardise: false,
            components: None,
        }
    }
}

/// Reads a size in GiB.
fn gibibytes(text: &str) -> std::result::Result<f64, String> {
    let refused = || "allowed: a number of GiB above 0, such as 0.5 or 8".to_owned();
    text.parse().ok().filter(|size: &f64| size.is_finite() && *size > 0.0).ok_or_else(refused)
}

impl DatasetArgs {
    /// Returns true if any was given.
    pub(super) fn is_given(&self) -> bool {
        self.read_options() != ReadOptions::default()
            || self.standardise
            || self.components.is_some()
    }

    /// The words of a command line with these options.
    pub(super) fn words(&self) -> Vec<String> {
        let list = |names: &[String]| (!names.is_empty()).then(|| names.join(","));
        let valued = [
            ("--labels", list(&self.labels)),
            ("--task-column", self.task_column.clone()),
            ("--group-column", self.group_column.clone()),
            ("--split-column", self.split_column.clone()),
            ("--ignore", list(&self.ignore)),
            ("--kind", self.kind.clone()),
            ("--keep", self.keep.map(|rows| rows.to_string())),
            ("--memory", (self.memory != MEMORY).then(|| self.memory.to_string())),
            ("--components", self.components.map(|number| number.to_string())),
        ];
        let valued = valued.into_iter().filter_map(|(flag, value)| Some([flag.to_owned(), value?]));
        let plain = [
            ("--one-hot", self.one_hot),
            ("--drop-bad", self.drop_bad),
            ("--standardise", self.standardise),
        ];
        let plain = plain.into_iter().filter(|(_, given)| *given).map(|(flag, _)| flag.to_owned());
        valued.flatten().chain(plain).collect()
    }

    fn read_options(&self) -> ReadOptions {
        let kind = self.kind.as_deref().map(|kind| match kind {
            "regression" => TaskKind::Regression,
            _ => TaskKind::Classification,
        });
        ReadOptions {
            labels: self.labels.clone(),
            task_column: self.task_column.clone(),
            group_column: self.group_column.clone(),
            split_column: self.split_column.clone(),
            ignore: self.ignore.clone(),
            one_hot: self.one_hot,
            kind,
            drop_bad: self.drop_bad,
            keep: self.keep.and_then(NonZeroU64::new),
            max_bytes: ((self.memory * GIB) as u64).max(1),
            ..ReadOptions::default()
        }
    }

    /// The place of a file that has not been read, with these options.
    pub(super) fn unread(&self, file: &str) -> DatasetDraft {
        let read = self.read_options();
        self.completed(DatasetDraft { files: vec![file.to_owned()], read, ..Default::default() })
    }

    fn completed(&self, place: DatasetDraft) -> DatasetDraft {
        DatasetDraft { standardise: self.standardise, components: self.components, ..place }
    }

    /// Reads a data set and returns the scenario with which it opens, and its name.
    pub(super) fn scenario(&self, paths: &[PathBuf]) -> Result<(String, ScenarioDraft)> {
        let read = || datasets::import(paths, &self.read_options());
        let (place, dataset) = reading::shown(read).map_err(labelled)?;
        let place = self.completed(place);
        let data = real::opened_as(&place, dataset)?;
        Ok((datasets::name(&paths[0]), real::suggest(place, &data)))
    }
}

/// Says how to name the labels, if a table was refused because it has none.
fn labelled(error: Error) -> Error {
    match error {
        Error::Data { origin, mut problem } if problem.field == "labels" => {
            problem.allowed += "; choose with --labels A,B";
            Error::Data { origin, problem }
        }
        other => other,
    }
}
