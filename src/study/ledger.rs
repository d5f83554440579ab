//! What a study has found so far. Clones are cheap: they share what has not changed since.

use std::sync::Arc;

use super::measure::Measurement;
use super::plan::Study;
use super::record::Record;
use super::unit::Unit;

/// The records of a study so far, and what they sum up to.
#[derive(Debug, Clone, PartialEq)]
pub struct Ledger {
    cells: Vec<Slot>,
    done: usize,
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
struct Slot {
    records: Arc<Vec<Option<Record>>>,
    measurement: Option<Arc<Measurement>>,
    /// Whether records have come since the measurement.
    stale: bool,
}

impl Ledger {
    /// A ledger that holds nothing yet.
    pub fn new(study: &Study) -> Self {
        let slot = |trials: usize| Slot {
            records: Arc::new(vec![None; trials]),
            measurement: None,
            stale: false,
        };
        Self { cells: study.cells().iter().map(|c| slot(c.scenario.trials())).collect(), done: 0 }
    }

    /// Whether it holds the record of a unit.
    pub fn holds(&self, unit: Unit) -> bool {
        self.record(unit).is_some()
    }

    /// The record of a unit.
    pub fn record(&self, unit: Unit) -> Option<&Record> {
        self.cells.get(unit.cell)?.records.get(unit.trial)?.as_ref()
    }

    /// The records of a cell, by trial.
    pub fn records(&self, cell: usize) -> impl Iterator<Item = (usize, &Record)> {
        let all = self.cells[cell].records.iter().enumerate();
        all.filter_map(|(trial, record)| Some((trial, record.as_ref()?)))
    }

    /// Enters a record; whatever stood there is replaced.
    pub fn put(&mut self, unit: Unit, record: Record) {
        let Some(slot) = self.cells.get_mut(unit.cell) else { return };
        if let Some(place) = Arc::make_mut(&mut slot.records).get_mut(unit.trial) {
            self.done += usize::from(place.replace(record).is_none());
            slot.stale = true;
        }
    }

    /// Takes a record out again.
    pub fn remove(&mut self, unit: Unit) {
        let Some(slot) = self.cells.get_mut(unit.cell) else { return };
        if let Some(place) = Arc::make_mut(&mut slot.records).get_mut(unit.trial) {
            self.done -= usize::from(place.take().is_some());
            slot.stale = true;
        }
    }

    /// Sums up every cell that has changed since it was summed up last.
    pub fn sum_up(&mut self, study: &Study) {
        for (slot, cell) in self.cells.iter_mut().zip(study.cells()) {
            if std::mem::take(&mut slot.stale) {
                let records: Vec<&Record> = slot.records.iter().flatten().collect();
                let (scenario, wanted) = (&cell.scenario, slot.records.len());
                slot.measurement =
                    Measurement::of(scenario, &cell.approaches, &records, wanted).map(Arc::new);
            }
        }
    }

    /// What a cell has shown when it was summed up last; `None` before two trials.
    pub fn measurement(&self, cell: usize) -> Option<&Measurement> {
        self.cells.get(cell)?.measurement.as_deref()
    }

    /// Number of records it holds.
    pub fn done(&self) -> usize {
        self.done
    }

    /// Number of records there will be.
    pub fn wanted(&self) -> usize {
        self.cells.iter().map(|slot| slot.records.len()).sum()
    }

    /// Whether nothing is missing.
    pub fn is_complete(&self) -> bool {
        self.done == self.wanted()
    }
}
