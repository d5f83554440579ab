//! Results of a sweep: the gain along each of its lines.

use super::crossing::{Crossing, crossings};
use super::plan::StudyLine;
use super::results::StudyResults;
use crate::study::cell::CellPosition;
use crate::transfer::Outcome;

/// A measured point of a line.
#[derive(Debug, Clone, Copy)]
pub struct SweepPoint<'a> {
    /// Index of its cell in the study.
    pub cell: usize,
    /// The value of the knob.
    pub x: f64,
    /// The outcome for the targets.
    pub outcome: &'a Outcome,
}

impl StudyResults {
    /// Returns the measured points of a line for one method, given by its index.
    pub fn points(&self, line: &StudyLine, method: usize) -> Vec<SweepPoint<'_>> {
        let point = |cell: usize| {
            let CellPosition::Point { x, .. } = self.study.cells()[cell].place else { return None };
            Some(SweepPoint { cell, x, outcome: self.outcome(cell, method)? })
        };
        line.cells().filter_map(point).collect()
    }

    /// Returns the outcome for the targets of a cell under one method; `None` if not measured yet.
    pub fn outcome(&self, cell: usize, method: usize) -> Option<&Outcome> {
        Some(&self.records.measurement(cell)?.approaches.get(method)?.targets)
    }

    /// Returns the sign changes of the gain along a line if the band excludes zero on both
    /// sides. Empty for phase diagrams and for knobs that choose between names.
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
