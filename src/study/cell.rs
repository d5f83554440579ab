//! The cells of a study: one setting each.

use crate::method::Approach;
use crate::scenario::Scenario;
use crate::study::probe::PROXIES;
use crate::study::record::RecordShape;
use std::sync::Arc;

/// One setting, with trials of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct StudyCell {
    /// The scenario; its trials and seed are those of the study.
    pub scenario: Arc<Scenario>,
    /// The scenario's own approach, followed by the approaches it is compared with.
    pub approaches: Vec<Approach>,
    /// Steps of descent for the proxies; `None` if no proxies are requested.
    pub steps: Option<usize>,
    /// 0 for the cells of the coarsest grid, larger for finer grids.
    pub level: u32,
    /// Its position in the study.
    pub place: CellPosition,
}

/// The position of a cell in its study.
#[derive(Debug, Clone, PartialEq)]
pub enum CellPosition {
    /// A point of a line, or of a phase diagram.
    Point {
        /// Index of the line.
        line: usize,
        /// Value along x.
        x: f64,
        /// Value along y, in a phase diagram.
        y: Option<f64>,
    },
    /// A group of tasks that are trained together.
    Group(Vec<usize>),
}

impl StudyCell {
    /// Returns the shape of its records.
    pub fn shape(&self) -> RecordShape {
        RecordShape {
            tasks: self.scenario.tasks().len(),
            held_out: self.scenario.classifies(),
            fits: self.approaches.len(),
            proxies: if self.steps.is_some() { PROXIES.len() } else { 0 },
        }
    }
}
