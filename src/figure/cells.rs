//! Grids of cells: phase diagrams and affinity matrices.

use super::words;
use crate::math::stats::Interval;
use crate::transfer::{Outcome, Verdict};

/// Adjacent cells between edges, which ascend or descend along the axes.
#[derive(Debug, Clone, PartialEq)]
pub struct Cells {
    /// Edges of the columns in units of the horizontal axis: one more than there are columns.
    pub columns: Vec<f64>,
    /// Edges of the rows in units of the vertical axis: one more than there are rows.
    pub rows: Vec<f64>,
    /// The cells in row-major order, from the first two edges on; `None` if nothing is known.
    pub cells: Vec<Option<Cell>>,
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// The gain.
    pub value: f64,
    /// Lower end of its interval; NaN if unknown.
    pub low: f64,
    /// Upper end of its interval; NaN if unknown.
    pub high: f64,
    /// The verdict; decides the colour.
    pub verdict: Verdict,
    /// Text in the cell, shown if it fits.
    pub text: Option<String>,
    /// True if the gain was measured here; otherwise it is copied from another cell or unknown.
    pub measured: bool,
}

/// The verdicts with the legend texts of their shades.
pub const SHADES: [(Verdict, &str); 4] = [
    (Verdict::Helps, "helps, 0 to +100 %"),
    (Verdict::NoDifference, "no difference"),
    (Verdict::Hurts, "hurts, 0 to ≤ −100 %"),
    (Verdict::Undecided, "undecided"),
];
/// Marks cells that are undecided, without colour.
pub const UNDECIDED: &str = "?";

impl Cells {
    /// Returns the number of columns and of rows.
    pub fn size(&self) -> (usize, usize) {
        (self.columns.len().saturating_sub(1), self.rows.len().saturating_sub(1))
    }

    /// Returns the cell in a column and a row, if it is known.
    pub fn get(&self, column: usize, row: usize) -> Option<&Cell> {
        let (columns, rows) = self.size();
        let inside = column < columns && row < rows;
        self.cells.get(row * columns + column).filter(|_| inside)?.as_ref()
    }

    /// Returns the column and the row of a point.
    pub fn find(&self, (x, y): (f64, f64)) -> Option<(usize, usize)> {
        Some((self.column_at(x)?, self.row_at(y)?))
    }

    /// Returns the column of a horizontal position; on an edge, the first of the two.
    pub fn column_at(&self, x: f64) -> Option<usize> {
        between(&self.columns, x)
    }

    /// Returns the row of a vertical position; on an edge, the first of the two.
    pub fn row_at(&self, y: f64) -> Option<usize> {
        between(&self.rows, y)
    }

    /// Iterates over the column and row of all cells, in row-major order.
    pub fn places(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        let (columns, rows) = self.size();
        (0..rows).flat_map(move |row| (0..columns).map(move |column| (column, row)))
    }

    /// The verdicts with the legend texts of their shades; undecided only if some cell is.
    pub fn shades(&self) -> impl Iterator<Item = (Verdict, &'static str)> + use<> {
        let is_open = |cell: &Cell| cell.verdict == Verdict::Undecided;
        let some = self.cells.iter().flatten().any(is_open);
        SHADES.into_iter().filter(move |(verdict, _)| some || *verdict != Verdict::Undecided)
    }

    /// Returns true if some cell is unknown.
    pub fn is_partial(&self) -> bool {
        self.places().any(|(column, row)| self.get(column, row).is_none())
    }
}

impl Cell {
    /// Creates a cell without text and without an interval.
    pub fn new(value: f64, verdict: Verdict) -> Self {
        let none = f64::NAN;
        Self { value, low: none, high: none, verdict, text: None, measured: true }
    }

    /// The cell of an outcome, of which `size` is the gain to show, if there is one.
    pub fn of(outcome: &Outcome, size: Option<Interval>) -> Self {
        match size {
            Some(gain) => Self::new(gain.mean, outcome.verdict).within(gain.low, gain.high),
            None => Self::new(f64::NAN, outcome.verdict),
        }
    }

    /// Writes the gain of an outcome into its cell, with [`UNDECIDED`] before it if it is.
    pub fn telling(self, outcome: &Outcome) -> Self {
        let text = words::tight(outcome);
        match outcome.verdict {
            Verdict::Undecided if text != UNDECIDED => self.saying(format!("{UNDECIDED} {text}")),
            _ => self.saying(text),
        }
    }

    /// Sets the ends of the interval.
    pub fn within(mut self, low: f64, high: f64) -> Self {
        (self.low, self.high) = (low, high);
        self
    }

    /// Marks the cell as not measured.
    pub fn unmeasured(mut self) -> Self {
        self.measured = false;
        self
    }

    /// Sets the text.
    pub fn saying(mut self, text: impl Into<String>) -> Self {
        self.text = Some(text.into());
        self
    }

    /// Returns the strength of the shade: 0 for no difference, 1 for a gain beyond ±100 %.
    pub fn strength(&self) -> f64 {
        match self.verdict {
            Verdict::Helps | Verdict::Hurts if !self.value.is_nan() => self.value.abs().min(1.0),
            _ => 0.0,
        }
    }
}

/// The interval between neighbouring edges that holds a value.
fn between(edges: &[f64], value: f64) -> Option<usize> {
    let holds = |(a, b): (f64, f64)| (a.min(b)..=a.max(b)).contains(&value);
    edges.windows(2).position(|pair| holds((pair[0], pair[1])))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells() -> Cells {
        let cell = |value| Some(Cell::new(value, Verdict::Helps));
        Cells {
            columns: vec![1.0, 10.0, 100.0],
            rows: vec![0.0, -1.0, -2.0, -3.0],
            cells: vec![cell(0.0), cell(0.1), cell(0.2), None, cell(0.4)],
        }
    }

    #[test]
    fn a_point_is_found_between_rising_and_falling_edges() {
        let cells = cells();
        assert_eq!(cells.size(), (2, 3));
        assert_eq!(cells.find((5.0, -2.5)), Some((0, 2)));
        assert_eq!(cells.find((50.0, -0.5)), Some((1, 0)));
        assert_eq!(cells.find((100.0, -3.0)), Some((1, 2)));
        assert_eq!(cells.find((101.0, -0.5)), None);
        assert_eq!(cells.find((5.0, f64::NAN)), None);
    }

    #[test]
    fn a_cell_of_which_nothing_is_known_or_that_is_none_is_not_there() {
        let cells = cells();
        assert_eq!(cells.get(0, 2).map(|cell| cell.value), Some(0.4));
        assert!([(1, 1), (1, 2), (2, 0), (0, 3)].iter().all(|&(x, y)| cells.get(x, y).is_none()));
        assert!(cells.is_partial() && cells.places().count() == 6);
    }

    #[test]
    fn the_shade_of_a_cell_ends_at_the_whole_error_and_is_none_without_a_difference() {
        let strength = |value, verdict| Cell::new(value, verdict).strength();
        assert_eq!(strength(0.3, Verdict::Helps), 0.3);
        assert_eq!(strength(-7.0, Verdict::Hurts), 1.0);
        assert_eq!(strength(0.3, Verdict::NoDifference), 0.0);
        assert_eq!(strength(f64::NAN, Verdict::Hurts), 0.0);
    }
}
