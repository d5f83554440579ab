//! The trial records of a study so far. Clones are cheap: they share all unchanged parts.

use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::error::Invalid;
use crate::study::cell::StudyCell;
use crate::study::measurement::Measurement;
use crate::study::plan::Study;
use crate::study::record::TrialRecord;
use crate::study::rows::Rows;
use crate::study::tally::Tally;
use crate::study::unit::{Shard, Unit, in_order};

/// Limit on the memory for the records of a study, and of all studies on the screen, in MiB.
pub const MOST_MIB: usize = 1024;
/// About the memory of a cell without its tasks, in bytes.
const CELL: usize = 6 << 10;
/// About the memory of a task of a cell, in bytes.
const TASK: usize = 4 << 10;
/// Bytes of a MiB.
pub const MIB: usize = 1 << 20;

/// The finished trials of a study, their sums, and their records if these are kept. Two values with
/// the same records are equal, in whatever order the records arrived.
#[derive(Debug, Clone)]
pub struct TrialRecords {
    cells: Vec<Slot>,
    done: usize,
    wanted: usize,
}

/// One cell.
#[derive(Debug, Clone)]
struct Slot {
    cell: Arc<StudyCell>,
    /// One bit per trial: set if its record has been added.
    held: Arc<Vec<u64>>,
    tally: Arc<Tally>,
    rows: Option<Rows>,
    /// The measurement from the tally, computed on first use.
    measured: Arc<OnceLock<Option<Measurement>>>,
}

impl TrialRecords {
    /// Creates an empty store that keeps every record.
    pub fn new(study: &Study) -> Self {
        Self::keeping(study, true)
    }

    /// Creates an empty store that keeps every record, after a check of memory.
    ///
    /// # Errors
    ///
    /// Returns [an error](Self::check_memory) if the records would take too much memory.
    pub fn whole(study: &Study) -> Result<Self, Invalid> {
        Self::check_memory(study)?;
        Ok(Self::new(study))
    }

    /// Creates an empty store that keeps only sums, so that memory does not grow with the trials of
    /// a sweep. An affinity study keeps its records, because its agreements need them.
    ///
    /// # Errors
    ///
    /// Returns [an error](Self::check_memory) if records are kept and take too much memory.
    pub fn lean(study: &Study) -> Result<Self, Invalid> {
        if study.is_affinity() {
            Self::check_memory(study)?;
        }
        Ok(Self::keeping(study, study.is_affinity()))
    }

    /// Checks that the records of a study fit into memory.
    ///
    /// # Errors
    ///
    /// Returns an error if they take more than [`MOST_MIB`].
    pub fn check_memory(study: &Study) -> Result<(), Invalid> {
        let bytes = study.cells().iter().map(bytes).sum::<usize>();
        if bytes > MOST_MIB * MIB {
            let found =
                format!("{} trials, {} MiB of records", study.trials(), bytes.div_ceil(MIB));
            let elsewhere = match study.is_affinity() {
                true => "fewer trials, or smaller groups, need less",
                false => "`taskscope sweep --out DIR` keeps them on disk",
            };
            let allowed = format!("{MOST_MIB} MiB of records in memory; {elsewhere}");
            return Err(Invalid::new("study", found, allowed));
        }
        Ok(())
    }

    /// About the memory that a study takes once all trials are done, in bytes: its cells, and the
    /// records if they are kept.
    pub fn bytes(&self) -> usize {
        let each = |slot: &Slot| {
            let records = slot.rows.as_ref().map_or(0, |_| bytes(&slot.cell));
            CELL + TASK * slot.cell.shape().tasks + records
        };
        self.cells.iter().map(each).sum()
    }

    fn keeping(study: &Study, keeps: bool) -> Self {
        let slot = |cell: &StudyCell| {
            let trials = cell.scenario.trials();
            Slot {
                cell: Arc::new(cell.clone()),
                held: Arc::new(vec![0; trials.div_ceil(64)]),
                tally: Arc::default(),
                rows: keeps.then(|| Rows::new(cell.shape().count(), trials)),
                measured: Arc::default(),
            }
        };
        let cells = study.cells().iter().map(slot).collect();
        Self { cells, done: 0, wanted: study.trials() }
    }

    /// Returns an empty store of the same kind.
    #[must_use]
    pub fn emptied(&self, study: &Study) -> Self {
        Self::keeping(study, self.keeps_records())
    }

    /// Returns all units of a part of a study that have no record yet, [in order](in_order).
    pub fn todo(&self, study: &Study, shard: Shard) -> impl Iterator<Item = Unit> {
        in_order(study, shard).filter(|unit| !self.holds(*unit))
    }

    /// Returns true if records are kept, not only their sums.
    pub fn keeps_records(&self) -> bool {
        self.cells.iter().all(|slot| slot.rows.is_some())
    }

    /// Returns true if the record of a unit has been added.
    pub fn holds(&self, unit: Unit) -> bool {
        self.cells.get(unit.cell).is_some_and(|slot| slot.holds(unit.trial))
    }

    /// Returns the record of a unit; `None` if it is not kept.
    pub fn record(&self, unit: Unit) -> Option<TrialRecord> {
        self.cells.get(unit.cell)?.record(unit.trial)
    }

    /// Iterates over the kept records of a cell, by trial.
    pub fn records(&self, cell: usize) -> impl Iterator<Item = (usize, TrialRecord)> {
        let slot = &self.cells[cell];
        let trials = 0..slot.cell.scenario.trials();
        trials.filter_map(|trial| Some((trial, slot.record(trial)?)))
    }

    /// Adds a record. Adding a unit a second time changes nothing.
    pub fn put(&mut self, unit: Unit, record: &TrialRecord) {
        let Some(slot) = self.cells.get_mut(unit.cell) else { return };
        if unit.trial >= slot.cell.scenario.trials() || slot.holds(unit.trial) {
            return;
        }
        Arc::make_mut(&mut slot.held)[unit.trial / 64] |= 1 << (unit.trial % 64);
        Arc::make_mut(&mut slot.tally).add(&slot.cell.scenario, record);
        if let Some(rows) = &mut slot.rows {
            rows.put(unit.trial, &record.numbers());
        }
        match Arc::get_mut(&mut slot.measured) {
            Some(measured) => drop(measured.take()),
            None => slot.measured = Arc::default(),
        }
        self.done += 1;
    }

    /// Computes the measurements of all cells in parallel; otherwise each is computed on first use.
    pub fn sum_up(&self) {
        self.cells.par_iter().for_each(|slot| {
            slot.measurement();
        });
    }

    /// Returns the measurement of a cell; `None` before two trials.
    pub fn measurement(&self, cell: usize) -> Option<&Measurement> {
        self.cells.get(cell)?.measurement()
    }

    /// Number of records added so far.
    pub fn done(&self) -> usize {
        self.done
    }

    /// Number of records in the complete study.
    pub fn wanted(&self) -> usize {
        self.wanted
    }

    /// Returns true if no record is missing.
    pub fn is_complete(&self) -> bool {
        self.done == self.wanted
    }
}

/// The memory that the records of a cell take, in bytes.
fn bytes(cell: &StudyCell) -> usize {
    cell.scenario.trials() * cell.shape().count() * size_of::<f64>()
}

impl PartialEq for TrialRecords {
    fn eq(&self, other: &Self) -> bool {
        self.done == other.done && self.cells == other.cells
    }
}

impl PartialEq for Slot {
    fn eq(&self, other: &Self) -> bool {
        (Arc::ptr_eq(&self.held, &other.held) || self.held == other.held)
            && (Arc::ptr_eq(&self.tally, &other.tally) || self.tally == other.tally)
            && self.rows == other.rows
    }
}

impl Slot {
    fn holds(&self, trial: usize) -> bool {
        self.held.get(trial / 64).is_some_and(|word| word >> (trial % 64) & 1 == 1)
    }

    fn record(&self, trial: usize) -> Option<TrialRecord> {
        let row = self.rows.as_ref().filter(|_| self.holds(trial))?.row(trial)?;
        TrialRecord::from_numbers(row, self.cell.shape())
    }

    fn measurement(&self) -> Option<&Measurement> {
        let StudyCell { scenario, approaches, .. } = &*self.cell;
        let find = || self.tally.measurement(scenario, approaches, scenario.trials());
        self.measured.get_or_init(find).as_ref()
    }
}
