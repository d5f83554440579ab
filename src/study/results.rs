//! A study and its results so far.

use std::sync::Arc;

use super::plan::Study;
use crate::error::Invalid;
use crate::study::records::TrialRecords;
use crate::transfer::Prediction;

/// A study, its records so far, and the theory for its cells. Clones are cheap.
#[derive(Debug, Clone, PartialEq)]
pub struct StudyResults {
    /// The study.
    pub study: Arc<Study>,
    /// Its records.
    pub records: TrialRecords,
    /// Its theory; empty before it is computed.
    pub theory: Arc<StudyTheory>,
}

/// The theory of a study.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StudyTheory {
    /// The prediction for every cell, or why there is none.
    pub cells: Vec<std::result::Result<Prediction, &'static str>>,
    /// For every line, the predicted gains at values of its knob, measured or between, in ascending
    /// order, or why there is none. Empty for a choice between names and over two knobs.
    pub lines: Vec<Vec<PredictedGain>>,
}

/// A value of a knob, and the predicted gain there or why there is none.
pub type PredictedGain = (f64, std::result::Result<f64, &'static str>);

impl StudyTheory {
    /// Returns true before the theory is computed.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }
}

impl StudyResults {
    /// Starts a study without results that keeps every record.
    pub fn new(study: Study) -> Self {
        let records = TrialRecords::new(&study);
        Self::of(study, records)
    }

    /// Starts a study without results that keeps only [what its results
    /// need](TrialRecords::lean).
    ///
    /// # Errors
    ///
    /// Returns an error if that takes more memory than allowed.
    pub fn lean(study: Study) -> Result<Self, Invalid> {
        let records = TrialRecords::lean(&study)?;
        Ok(Self::of(study, records))
    }

    /// Combines a study with its records so far.
    pub fn of(study: Study, records: TrialRecords) -> Self {
        Self { study: Arc::new(study), records, theory: Arc::default() }
    }

    /// Returns the prediction for a cell, if there is one.
    pub fn prediction(&self, cell: usize) -> Option<&Prediction> {
        self.theory.cells.get(cell)?.as_ref().ok()
    }
}
