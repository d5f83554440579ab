//! The cursor in the chart of a sweep.

use crate::study::Study;
use crate::study::plan::StudyLine;

/// Position of the cursor in a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cursor {
    /// Index of the value along x, in the order asked for.
    pub column: usize,
    /// Index of the value along y in a phase diagram; otherwise index of the line.
    pub row: usize,
    /// Index of the method.
    pub method: usize,
}

impl Cursor {
    /// Moves the cursor right and up, within the study. On a line chart, up and down move between
    /// methods and between lines.
    pub fn moved(self, right: i32, up: i32, study: &Study) -> Self {
        let here = self.inside(study);
        let Some(line) = here.line(study) else { return here };
        let x = &line.x.values;
        let column = step(here.column, if falls(x) { -right } else { right }, x.len());
        match &line.y {
            Some(y) => {
                let up = if falls(&y.values) { -up } else { up };
                Self { column, row: step(here.row, up, y.values.len()), ..here }
            }
            None => {
                let methods = study.methods().len().max(1);
                let series = here.row * methods + here.method;
                let series = step(series, -up, study.lines().len() * methods);
                let (row, method) = (series / methods, series % methods);
                Self { column, row, method }.inside(study)
            }
        }
    }

    /// Moves to the next method.
    pub fn other_method(self, study: &Study) -> Self {
        let here = self.inside(study);
        Self { method: (here.method + 1) % study.methods().len().max(1), ..here }
    }

    /// Moves the cursor to the nearest existing point.
    pub fn inside(self, study: &Study) -> Self {
        let last = |count: usize| count.saturating_sub(1);
        let method = self.method.min(last(study.methods().len()));
        let rows = match study.lines().first().and_then(|line| line.y.as_ref()) {
            Some(y) => y.values.len(),
            None => study.lines().len(),
        };
        let here = Self { row: self.row.min(last(rows)), method, ..self };
        let columns = here.line(study).map_or(0, |line| line.x.values.len());
        Self { column: self.column.min(last(columns)), ..here }
    }

    /// The line under the cursor.
    pub fn line(self, study: &Study) -> Option<&StudyLine> {
        study.lines().get(if study.is_phase() { 0 } else { self.row })
    }

    /// The cell under the cursor.
    pub fn cell(self, study: &Study) -> Option<usize> {
        let line = self.line(study)?;
        let row = if line.y.is_some() { self.row } else { 0 };
        let cell = line.first + row * line.x.values.len() + self.column;
        let inside = self.column < line.x.values.len() && line.cells().contains(&cell);
        inside.then_some(cell)
    }
}

fn step(at: usize, by: i32, count: usize) -> usize {
    at.saturating_add_signed(by as isize).min(count.saturating_sub(1))
}

fn falls(values: &[f64]) -> bool {
    matches!(values, [first, .., last] if first > last)
}
