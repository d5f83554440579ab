//! What a study has found so far. Clones are cheap: they share what has not changed since.

use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::error::Invalid;
use crate::study::measure::Measurement;
use crate::study::plan::{Study, StudyCell};
use crate::study::record::TrialRecord;
use crate::study::rows::Rows;
use crate::study::tally::Tally;
use crate::study::unit::Unit;

/// Most memory that the records of a study may take, in MiB.
pub const MOST_MIB: usize = 1024;
const MIB: usize = 1 << 20;

/// Which trials of a study have been run, what they sum up to, and their records where they are
/// kept. Two ledgers of the same records are equal, whatever the order in which these came.
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
    /// A bit for every trial.
    held: Arc<Vec<u64>>,
    tally: Arc<Tally>,
    rows: Option<Rows>,
    /// What the tally measures, found when it is first asked for.
    measured: Arc<OnceLock<Option<Measurement>>>,
}

impl TrialRecords {
    /// A ledger that holds nothing yet and will keep every record.
    pub fn new(study: &Study) -> Self {
        Self::keeping(study, true)
    }

    /// A ledger that holds nothing yet and will keep every record, where memory may hold them.
    ///
    /// # Errors
    ///
    /// [As of](Self::check_memory) records that take too much.
    pub fn whole(study: &Study) -> Result<Self, Invalid> {
        Self::check_memory(study)?;
        Ok(Self::new(study))
    }

    /// A ledger that holds nothing yet and will keep sums only, except of an affinity study, whose
    /// agreements ask for its records: memory does not grow with the trials of a sweep.
    ///
    /// # Errors
    ///
    /// Where the records that are kept take [more than may be](Self::check_memory).
    pub fn lean(study: &Study) -> Result<Self, Invalid> {
        if study.is_affinity() {
            Self::check_memory(study)?;
        }
        Ok(Self::keeping(study, study.is_affinity()))
    }

    /// Whether memory may hold every record of a study.
    ///
    /// # Errors
    ///
    /// Where they take more than [`MOST_MIB`].
    pub fn check_memory(study: &Study) -> Result<(), Invalid> {
        let numbers = |cell: &StudyCell| cell.scenario.trials() * cell.shape().count();
        let bytes = study.cells().iter().map(numbers).sum::<usize>() * size_of::<f64>();
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

    /// The same ledger without any record.
    #[must_use]
    pub fn emptied(&self, study: &Study) -> Self {
        Self::keeping(study, self.keeps_records())
    }

    /// Whether every record it is given is kept, not only what it adds to the sums.
    pub fn keeps_records(&self) -> bool {
        self.cells.iter().all(|slot| slot.rows.is_some())
    }

    /// Whether it holds a unit.
    pub fn holds(&self, unit: Unit) -> bool {
        self.cells.get(unit.cell).is_some_and(|slot| slot.holds(unit.trial))
    }

    /// The record of a unit, where it is kept.
    pub fn record(&self, unit: Unit) -> Option<TrialRecord> {
        self.cells.get(unit.cell)?.record(unit.trial)
    }

    /// The records of a cell that are kept, by trial.
    pub fn records(&self, cell: usize) -> impl Iterator<Item = (usize, TrialRecord)> {
        let slot = &self.cells[cell];
        let trials = 0..slot.cell.scenario.trials();
        trials.filter_map(|trial| Some((trial, slot.record(trial)?)))
    }

    /// Enters a record. One of a unit that it holds already changes nothing.
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

    /// Finds what every cell measures, on all cores; else each is found when it is asked for.
    pub fn sum_up(&self) {
        self.cells.par_iter().for_each(|slot| {
            slot.measurement();
        });
    }

    /// What a cell has shown; `None` before two trials.
    pub fn measurement(&self, cell: usize) -> Option<&Measurement> {
        self.cells.get(cell)?.measurement()
    }

    /// Number of records it has been given.
    pub fn done(&self) -> usize {
        self.done
    }

    /// Number of records there will be.
    pub fn wanted(&self) -> usize {
        self.wanted
    }

    /// Whether nothing is missing.
    pub fn is_complete(&self) -> bool {
        self.done == self.wanted
    }
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
