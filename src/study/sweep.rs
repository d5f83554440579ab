//! What a sweep has found: the gain along each of its lines.

use super::crossing::{Crossing, crossings};
use super::plan::{CellPosition, StudyLine};
use super::results::StudyResults;
use crate::transfer::Outcome;

/// A point of a line.
#[derive(Debug, Clone, Copy)]
pub struct SweepPoint<'a> {
    /// Its cell.
    pub cell: usize,
    /// The value of the knob.
    pub x: f64,
    /// What the targets gain there.
    pub outcome: &'a Outcome,
}

impl StudyResults {
    /// The points of a line for one of the ways of training, as far as they are known.
    pub fn points(&self, line: &StudyLine, method: usize) -> Vec<SweepPoint<'_>> {
        let point = |cell: usize| {
            let CellPosition::Point { x, .. } = self.study.cells()[cell].place else { return None };
            Some(SweepPoint { cell, x, outcome: self.outcome(cell, method)? })
        };
        line.cells().filter_map(point).collect()
    }

    /// What the targets of a cell gain by one of the ways of training.
    pub fn outcome(&self, cell: usize, method: usize) -> Option<&Outcome> {
        Some(&self.ledger.measurement(cell)?.approaches.get(method)?.targets)
    }

    /// Where the gain along a line changes its sign and is told from zero on either side; nowhere on a
    /// choice between names.
    pub fn crossings(&self, line: &StudyLine, method: usize) -> Vec<Crossing> {
        if line.y.is_some() || line.x.handle.knob.is_choice() {
            return Vec::new();
        }
        let points = self.points(line, method);
        let known: Vec<_> = points.iter().filter_map(|p| Some((p.x, p.outcome.gain?))).collect();
        let mut found = crossings(&known, line.x.log);
        found.retain(Crossing::is_certain);
        found
    }
}
