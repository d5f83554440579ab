//! The columns of a table, summarised for a picker.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Read;

use super::cell::Cell;
use super::columns::Column;
use super::records::Records;
use super::sample::Sample;
use crate::error::{Result, brief};

/// Rows that a preview reads at most.
pub const PREVIEWED_ROWS: usize = 100_000;
/// Distinct values that are counted at most.
pub const MOST_DISTINCT: usize = 1000;
/// Examples of a column.
const EXAMPLES: usize = 5;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Mostly numbers.
    Number,
    /// Text.
    Text,
    /// `true` and `false` only.
    Boolean,
    /// No value.
    Blank,
}

/// A column in a few numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnSummary {
    /// The name in the header, or `column 1` and so on.
    pub name: String,
    /// What it holds.
    pub kind: ColumnKind,
    /// Rows without a value.
    pub missing: usize,
    /// Different values, counted up to [`MOST_DISTINCT`].
    pub distinct: usize,
    /// The smallest finite number.
    pub min: Option<f64>,
    /// The largest finite number.
    pub max: Option<f64>,
    /// The mean of the finite numbers.
    pub mean: Option<f64>,
    /// Their standard deviation (n − 1), if there are two.
    pub deviation: Option<f64>,
    /// The first different values as they are written, at most 5.
    pub examples: Vec<String>,
    /// True if it has no name and its numbers count the rows; readers leave it out.
    pub counts_rows: bool,
}

/// The columns of a table, and what to know of it before anything is chosen.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TablePreview {
    /// The columns.
    pub columns: Vec<ColumnSummary>,
    /// A note on quoted cells that go over several lines, in a sentence.
    pub long_cells: Option<String>,
}

/// Counts of a column.
#[derive(Default)]
struct Summing {
    missing: usize,
    truths: usize,
    texts: usize,
    numbers: usize,
    finite: usize,
    mean: f64,
    squares: f64,
    range: Option<(f64, f64)>,
    seen: HashSet<u64>,
    examples: Vec<String>,
}

/// Summarises every column of a table from its first rows, at most [`PREVIEWED_ROWS`]. `name` is
/// the file in messages.
///
/// # Errors
///
/// [`Error::Data`](crate::error::Error::Data) if the bytes are no table,
/// [`Error::Read`](crate::error::Error::Read) if `input` fails.
pub fn preview(input: &mut dyn Read, name: &str) -> Result<TablePreview> {
    let mut sample = Sample::read(input, name)?;
    let layout = sample.layout(name, &[])?;
    let mut records = Records::new(sample, input, name, &layout);
    let mut sums: Vec<Summing> = layout.columns.iter().map(|_| Summing::default()).collect();
    let mut rows = 0;
    while rows < PREVIEWED_ROWS && records.next()? {
        if records.row.iter().all(|cell| cell.trim_ascii().is_empty()) {
            continue;
        }
        rows += 1;
        for (at, sum) in sums.iter_mut().enumerate() {
            let cell = records.row.get(at).unwrap_or_default();
            sum.add(&String::from_utf8_lossy(cell), layout.dialect.decimal_comma);
        }
    }
    let long_cells = records.long_cells();
    let columns = layout.columns.into_iter().zip(sums);
    let columns = columns.map(|(column, sum)| sum.summary(column)).collect();
    Ok(TablePreview { columns, long_cells })
}

impl Summing {
    fn add(&mut self, text: &str, decimal_comma: bool) {
        let text = text.trim();
        let mut hasher = DefaultHasher::new();
        match Cell::of(text, decimal_comma) {
            Cell::Missing => {
                self.missing += 1;
                return;
            }
            Cell::Truth(truth) => {
                self.truths += 1;
                truth.hash(&mut hasher);
            }
            Cell::Text => {
                self.texts += 1;
                text.hash(&mut hasher);
            }
            Cell::Number(number) => {
                self.numbers += 1;
                (number + 0.0).to_bits().hash(&mut hasher);
                if number.is_finite() {
                    self.add_number(number);
                }
            }
        }
        if self.seen.len() < MOST_DISTINCT
            && self.seen.insert(hasher.finish())
            && self.examples.len() < EXAMPLES
        {
            self.examples.push(brief(text));
        }
    }

    /// Adds a number to mean and squares as Welford does, without cancellation.
    fn add_number(&mut self, number: f64) {
        self.finite += 1;
        let before = number - self.mean;
        self.mean += before / self.finite as f64;
        self.squares += before * (number - self.mean);
        let (min, max) = self.range.unwrap_or((number, number));
        self.range = Some((min.min(number), max.max(number)));
    }

    fn summary(self, column: Column) -> ColumnSummary {
        let kind = if self.numbers > 0 && self.numbers >= self.texts + self.truths {
            ColumnKind::Number
        } else if self.texts > 0 || self.numbers > 0 {
            ColumnKind::Text
        } else if self.truths > 0 {
            ColumnKind::Boolean
        } else {
            ColumnKind::Blank
        };
        let some = |count: usize, value: f64| (self.finite >= count).then_some(value);
        ColumnSummary {
            counts_rows: column.counts_rows(),
            name: column.name,
            kind,
            missing: self.missing,
            distinct: self.seen.len(),
            min: self.range.map(|(min, _)| min),
            max: self.range.map(|(_, max)| max),
            mean: some(1, self.mean),
            deviation: some(2, (self.squares / (self.finite as f64 - 1.0)).sqrt()),
            examples: self.examples,
        }
    }
}
