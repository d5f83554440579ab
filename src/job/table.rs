//! Tables that are read while the user chooses what their columns are.

use std::sync::Arc;

use crate::dataset::Dataset;
use crate::dataset::table::preview::TablePreview;
use crate::scenario::Scenario;
use crate::scenario::draft::DatasetDraft;

/// Something to do with a table. The newest request replaces those before it.
#[derive(Debug, Clone, PartialEq)]
pub enum TableRequest {
    /// Summarise the columns of the first file.
    Columns(DatasetDraft),
    /// Try to read the first file. Nothing is kept but the answer.
    Read(DatasetDraft),
    /// Open what was read as a scenario.
    Open(Arc<TableReading>),
    /// Only stop the request before.
    Stop,
}

/// The answer to a request; a refusal is in the user's words.
#[derive(Debug, Clone)]
pub enum TableAnswer {
    /// The columns.
    Columns(Result<TablePreview, String>),
    /// The data set.
    Read(Result<Arc<TableReading>, String>),
    /// The scenario with its name.
    Opened(Result<(String, Box<Scenario>), String>),
}

/// A table as it was read.
#[derive(Debug, Clone)]
pub struct TableReading {
    /// Its place with the hash of the bytes that were read, and how they were read.
    pub place: DatasetDraft,
    /// The data set before any change of its features.
    pub dataset: Dataset,
}

impl PartialEq for TableReading {
    fn eq(&self, other: &Self) -> bool {
        self.place == other.place
    }
}
