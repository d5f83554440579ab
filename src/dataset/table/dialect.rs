//! How a table is written: its separator, its decimals and its line ends.

use csv::{ByteRecord, ReaderBuilder};

use super::cell::{Cell, has_decimal_comma, may_be_thousands};

/// Separators, those that occur within numbers and texts last.
const SEPARATORS: [u8; 4] = [b'\t', b';', b'|', b','];
/// Records that decide on the separator.
const RECORDS: usize = 100;

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dialect {
    pub(super) separator: u8,
    pub(super) decimal_comma: bool,
    /// Whether all decimal commas could also separate thousands.
    pub(super) doubtful_comma: bool,
    pub(super) byte_order_mark: bool,
    /// Whether the first line names the separator, as Excel writes it.
    pub(super) names_separator: bool,
    pub(super) crlf: bool,
    pub(super) quotes: bool,
}

/// The records of a text, without a check of their lengths.
pub(super) fn records(text: &[u8], separator: u8) -> impl Iterator<Item = ByteRecord> {
    let mut reader = ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text);
    std::iter::from_fn(move || {
        let mut record = ByteRecord::new();
        matches!(reader.read_byte_record(&mut record), Ok(true)).then_some(record)
    })
}

impl Dialect {
    /// Detects the dialect of whole lines. `separator` is the one that the first line named.
    pub(super) fn detect(text: &[u8], separator: Option<u8>, byte_order_mark: bool) -> Self {
        let found = separator.unwrap_or_else(|| detect_separator(text));
        let (decimal_comma, doubtful_comma) = decimal_comma(text, found);
        Self {
            separator: found,
            decimal_comma,
            doubtful_comma,
            byte_order_mark,
            names_separator: separator.is_some(),
            crlf: text.windows(2).any(|pair| pair == b"\r\n"),
            quotes: text.contains(&b'"'),
        }
    }

    /// The separator for people.
    pub(super) fn separator_in_words(&self) -> &'static str {
        match self.separator {
            b'\t' => "tab",
            b';' => "semicolon",
            b'|' => "vertical bar",
            _ => "comma",
        }
    }

    /// What was detected, as a sentence.
    pub(super) fn in_words(&self, header: bool) -> String {
        let mut words = vec![format!("separator: {}", self.separator_in_words())];
        if self.names_separator {
            words.push("named in the first line".to_owned());
        }
        words.push(format!("decimal {}", if self.decimal_comma { "comma" } else { "point" }));
        if self.doubtful_comma {
            words.push("which might separate thousands instead".to_owned());
        }
        words.push(if header { "names in the first row" } else { "no row of names" }.to_owned());
        for (has, word) in [
            (self.quotes, "quotes"),
            (self.crlf, "line ends of Windows (CRLF)"),
            (self.byte_order_mark, "byte order mark"),
        ] {
            if has {
                words.push(word.to_owned());
            }
        }
        format!("Table with {}.", words.join(", "))
    }
}

/// The first separator that divides all records into equally many cells; otherwise the one that
/// does so for the largest share.
fn detect_separator(text: &[u8]) -> u8 {
    let mut best = (0.0, b',');
    for separator in SEPARATORS {
        let counts: Vec<usize> =
            records(text, separator).take(RECORDS).map(|record| record.len()).collect();
        let equal = |count: &usize| counts.iter().filter(|other| *other == count).count();
        let most = counts.iter().filter(|count| **count > 1).map(equal).max().unwrap_or_default();
        let share = most as f64 / counts.len().max(1) as f64;
        if share > best.0 {
            best = (share, separator);
        }
    }
    best.1
}

/// Whether decimals follow a comma, and whether that is in doubt.
fn decimal_comma(text: &[u8], separator: u8) -> (bool, bool) {
    let (mut commas, mut thousands, mut points) = (0_usize, 0_usize, 0_usize);
    for record in records(text, separator) {
        for cell in record.iter().filter_map(|cell| std::str::from_utf8(cell).ok()) {
            if has_decimal_comma(cell) {
                commas += 1;
                thousands += usize::from(may_be_thousands(cell));
            } else if cell.contains('.') && matches!(Cell::of(cell, false), Cell::Number(_)) {
                points += 1;
            }
        }
    }
    let doubtful = commas > 0 && commas == thousands;
    // Programs that write numbers with a decimal comma separate cells with semicolons.
    (commas > points && (!doubtful || separator == b';'), doubtful && separator == b';')
}
