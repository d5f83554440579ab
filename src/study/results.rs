//! A study with all that is known of it.

use std::sync::Arc;

use super::plan::Study;
use crate::error::Invalid;
use crate::study::records::TrialRecords;
use crate::transfer::Prediction;

/// A study, its records so far, and what theory predicts for its cells. Clones are cheap.
#[derive(Debug, Clone, PartialEq)]
pub struct StudyResults {
    /// The study.
    pub study: Arc<Study>,
    /// Its records.
    pub ledger: TrialRecords,
    /// The prediction for every cell, where there is one; empty before there are any.
    pub theory: Arc<Vec<Option<Prediction>>>,
}

impl StudyResults {
    /// A study of which nothing is known yet, and all will be kept.
    pub fn new(study: Study) -> Self {
        let ledger = TrialRecords::new(&study);
        Self::of(study, ledger)
    }

    /// A study of which nothing is known yet, and only as much will be kept as
    /// [its results need](TrialRecords::lean).
    ///
    /// # Errors
    ///
    /// Where that is more than memory may hold.
    pub fn lean(study: Study) -> Result<Self, Invalid> {
        let ledger = TrialRecords::lean(&study)?;
        Ok(Self::of(study, ledger))
    }

    /// A study with its records so far.
    pub fn of(study: Study, ledger: TrialRecords) -> Self {
        Self { study: Arc::new(study), ledger, theory: Arc::default() }
    }

    /// The prediction for a cell, where there is one.
    pub fn prediction(&self, cell: usize) -> Option<&Prediction> {
        self.theory.get(cell)?.as_ref()
    }
}
