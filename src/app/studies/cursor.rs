//! The cursor in the chart of a sweep.

use crate::study::Study;
use crate::study::plan::Line;

/// Where the cursor stands in a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cursor {
    /// Which value along x.
    pub column: usize,
    /// Which value along y, in a phase diagram; else which line or method.
    pub row: usize,
}

impl Cursor {
    /// The cursor moved to the right and up, as far as the study goes.
    pub fn moved(self, right: i32, up: i32, study: &Study) -> Self {
        let (columns, rows) = extent(study, self);
        let to = |at: usize, by: i32, count: usize| {
            at.saturating_add_signed(by as isize).min(count.saturating_sub(1))
        };
        let row = to(self.row, up, rows);
        Self { column: to(self.column, right, columns), row }.inside(study)
    }

    /// The cursor on the nearest point there is.
    pub fn inside(self, study: &Study) -> Self {
        let (_, rows) = extent(study, self);
        let row = self.row.min(rows.saturating_sub(1));
        let (columns, _) = extent(study, Self { row, ..self });
        Self { column: self.column.min(columns.saturating_sub(1)), row }
    }

    /// The line it stands on, and the method it reads.
    pub fn line<'a>(self, study: &'a Study) -> Option<(&'a Line, usize)> {
        let methods = study.methods().len().max(1);
        if study.is_phase() {
            return study.lines().first().map(|line| (line, 0));
        }
        Some((study.lines().get(self.row / methods)?, self.row % methods))
    }

    /// The cell it stands on, and the method it reads.
    pub fn cell(self, study: &Study) -> Option<(usize, usize)> {
        let (line, method) = self.line(study)?;
        let row = if line.y.is_some() { self.row } else { 0 };
        let cell = line.first + row * line.x.values.len() + self.column;
        let inside = self.column < line.x.values.len() && line.cells().contains(&cell);
        inside.then_some((cell, method))
    }

}

/// Columns and rows there are.
fn extent(study: &Study, cursor: Cursor) -> (usize, usize) {
    let methods = study.methods().len().max(1);
    let rows = match study.lines().first().and_then(|line| line.y.as_ref()) {
        Some(y) => y.values.len(),
        None => study.lines().len() * methods,
    };
    let line = cursor.line(study).or_else(|| study.lines().first().map(|line| (line, 0)));
    (line.map_or(0, |(line, _)| line.x.values.len()), rows)
}
