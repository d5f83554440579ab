//! Columns of a table and what the sample says of them.

use super::cell::Cell;

/// Distinct texts that are kept of a column.
const EXAMPLES: usize = 5;
/// Most different numbers that are kept of a column.
const FEW: usize = 20;

/// A name without the single quotes in which some programs write names.
pub(super) fn unquoted(name: &str) -> &str {
    let inner = name.strip_prefix('\'').and_then(|name| name.strip_suffix('\''));
    inner.map(str::trim).filter(|inner| !inner.is_empty()).unwrap_or(name)
}

/// A column of a table.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub(super) name: String,
    /// Whether the table gives the name.
    pub(super) named: bool,
    pub(super) tally: ColumnTally,
}

impl Column {
    /// Whether neither the table nor a program that wrote it gave a name.
    pub(super) fn is_unnamed(&self) -> bool {
        !self.named || self.name == "Unnamed: 0"
    }

    /// Whether it has no name and its numbers count the rows.
    pub(super) fn counts_rows(&self) -> bool {
        self.is_unnamed() && self.tally.is_index()
    }
}

/// Counts of the cells of a column in the sample.
#[derive(Debug, Clone, Default)]
pub(super) struct ColumnTally {
    missing: usize,
    numbers: usize,
    truths: usize,
    texts: usize,
    /// Texts that are neither numbers nor truth values.
    pub(super) examples: Vec<String>,
    /// The different numbers, at most one more than [`FEW`].
    different: Vec<f64>,
    /// The last number, as long as each was one more than the one before.
    last: Option<f64>,
    jumps: bool,
}

impl ColumnTally {
    pub(super) fn add(&mut self, text: &str, decimal_comma: bool) {
        match Cell::of(text, decimal_comma) {
            Cell::Missing => self.missing += 1,
            Cell::Truth(_) => self.truths += 1,
            Cell::Number(number) => {
                self.numbers += 1;
                if self.different.len() <= FEW && !self.different.contains(&number) {
                    self.different.push(number);
                }
                self.jumps |=
                    self.last.map_or(number != 0.0 && number != 1.0, |last| number != last + 1.0);
                self.last = Some(number);
            }
            Cell::Text => {
                self.texts += 1;
                let text = crate::error::brief(text.trim());
                if self.examples.len() < EXAMPLES && !self.examples.contains(&text) {
                    self.examples.push(text);
                }
            }
        }
    }

    /// Adds the cell above all others.
    pub(super) fn add_first(&mut self, text: &str, decimal_comma: bool) {
        let mut first = Self::default();
        first.add(text, decimal_comma);
        self.missing += first.missing;
        self.numbers += first.numbers;
        self.truths += first.truths;
        self.texts += first.texts;
        let new = first
            .examples
            .into_iter()
            .filter(|text| !self.examples.contains(text))
            .collect::<Vec<_>>();
        self.examples.splice(0..0, new);
        // A table without names has no index either.
        self.jumps = true;
    }

    /// Whether another column holds the same few values; `None` if both hold many numbers.
    pub(super) fn has_same_values(&self, other: &Self) -> Option<bool> {
        let within = |one: &Self, other: &Self| {
            one.different.iter().all(|number| other.different.contains(number))
                && one.examples.iter().all(|text| other.examples.contains(text))
        };
        match [self, other].map(|column| column.different.len() > FEW) {
            [true, true] => None,
            [false, false] => Some(
                self.is_truth() == other.is_truth()
                    && self.is_numeric() == other.is_numeric()
                    && (within(self, other) || within(other, self)),
            ),
            _ => Some(false),
        }
    }

    /// Whether most values are numbers.
    pub(super) fn is_numeric(&self) -> bool {
        self.numbers > 0 && self.numbers >= self.texts + self.truths
    }

    /// Whether all values are `true` or `false`.
    pub(super) fn is_truth(&self) -> bool {
        self.truths > 0 && self.numbers + self.texts == 0
    }

    /// Whether there is no value.
    pub(super) fn is_blank(&self) -> bool {
        self.numbers + self.truths + self.texts == 0
    }

    /// Whether the numbers count the rows from 0 or 1.
    pub(super) fn is_index(&self) -> bool {
        self.numbers > 1 && !self.jumps && self.texts + self.truths + self.missing == 0
    }
}
