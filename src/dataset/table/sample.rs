//! The start of a table, from which its dialect and the kinds of its columns are detected.

use std::collections::HashSet;
use std::io::Read;

use super::super::bytes::Source;
use super::super::fault::fault;
use super::columns::{Column, ColumnTally, unquoted};
use super::dialect::{Dialect, records};
use super::quotes::{Quotes, open_quote};
use crate::error::Result;

/// Size of the sample, unless it holds only few lines.
const USUAL: usize = 1 << 20;
/// Largest size of the sample, and of a line.
pub(super) const LONGEST_LINE: usize = 8 << 20;
/// Line ends that the sample holds at least, if the file does.
const LINES: usize = 8;
/// Most columns of a table.
const MOST_COLUMNS: usize = 100_000;

/// The start of a table.
pub(super) struct Sample {
    /// The bytes behind the byte order mark and the line that names the separator.
    pub(super) bytes: Vec<u8>,
    /// Bytes that are whole lines.
    whole: usize,
    separator: Option<u8>,
    byte_order_mark: bool,
}

/// What the sample says of a table.
#[derive(Debug, Clone)]
pub(super) struct TableLayout {
    pub(super) dialect: Dialect,
    /// Whether the first row holds the names of the columns.
    pub(super) header: bool,
    /// Whether there is no row besides the names.
    pub(super) empty: bool,
    pub(super) columns: Vec<Column>,
}

impl Sample {
    /// Reads the start of a table. Refuses bytes that are no text.
    pub(super) fn read(input: &mut dyn Read, name: &str) -> Result<Self> {
        let mut source = Source::new(input, name);
        let mut bytes = Vec::new();
        let mut ended = false;
        while !ended && bytes.len() < LONGEST_LINE {
            let start = bytes.len();
            bytes.resize(start + USUAL, 0);
            let got = source.fill(&mut bytes[start..])?;
            bytes.truncate(start + got);
            ended = got < USUAL;
            if bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count() >= LINES {
                break;
            }
        }
        is_text(name, &bytes)?;
        let byte_order_mark = bytes.starts_with(b"\xef\xbb\xbf");
        if byte_order_mark {
            bytes.drain(..3);
        }
        let separator = named_separator(&bytes);
        if let Some((_, line)) = separator {
            bytes.drain(..line);
        }
        let last = bytes.iter().rposition(|byte| matches!(byte, b'\n' | b'\r'));
        let whole = if ended { bytes.len() } else { last.map_or(0, |last| last + 1) };
        let separator = separator.map(|(separator, _)| separator);
        Ok(Self { bytes, whole, separator, byte_order_mark })
    }

    /// Lines before the first of [`Sample::bytes`].
    pub(super) fn lines_before(&self) -> u64 {
        u64::from(self.separator.is_some())
    }

    /// Refuses a first row that is too long, or whose quote is not closed.
    fn first_row_ends(&self, name: &str, separator: u8) -> Result<()> {
        let mut quotes = Quotes::new(separator);
        quotes.read(&self.bytes);
        let line = 1 + self.lines_before();
        let origin = || format!("{name}:{line}");
        match quotes.open() {
            Some(opened) if records(&self.bytes, separator).nth(1).is_none() => {
                Err(open_quote(name, opened + self.lines_before()))
            }
            _ if self.whole == 0 && !self.bytes.is_empty() => {
                Err(fault(origin(), "row", "a row of more than 8 MiB", "rows of at most 8 MiB"))
            }
            _ => Ok(()),
        }
    }

    /// Detects dialect, header and columns. `wanted` are names that a header would contain.
    pub(super) fn layout(&mut self, name: &str, wanted: &[&String]) -> Result<TableLayout> {
        let text = &self.bytes[..self.whole];
        let dialect = Dialect::detect(text, self.separator, self.byte_order_mark);
        self.first_row_ends(name, dialect.separator)?;
        let mut rows = records(text, dialect.separator);
        let first: Vec<String> = match rows.next() {
            Some(row) if row.len() > MOST_COLUMNS => {
                let found = format!("{} columns", row.len());
                return Err(fault(name, "columns", found, format!("at most {MOST_COLUMNS}")));
            }
            Some(row) => row
                .iter()
                .map(|cell| std::str::from_utf8(cell).map(|cell| cell.trim().to_owned()))
                .collect::<std::result::Result<_, _>>()
                .map_err(|_| not_utf8(&format!("{name}:1")))?,
            None => {
                let found =
                    if self.bytes.is_empty() { "an empty file" } else { "empty lines only" };
                return Err(fault(name, "rows", found, "rows of cells"));
            }
        };
        let mut tallies = vec![ColumnTally::default(); first.len()];
        let mut count = 0;
        for row in rows {
            count += 1;
            for (tally, cell) in tallies.iter_mut().zip(row.iter()) {
                tally.add(&String::from_utf8_lossy(cell), dialect.decimal_comma);
            }
        }
        let names = without_quotes(&first);
        let wanted: Vec<&str> = wanted.iter().map(|name| unquoted(name)).collect();
        let header = is_header(&names, &tallies, &wanted, dialect.decimal_comma);
        let column = |(at, tally): (usize, ColumnTally)| {
            let mut tally = tally;
            if !header {
                tally.add_first(&first[at], dialect.decimal_comma);
            }
            let named = header && !first[at].is_empty();
            let name = if named { names[at].clone() } else { format!("column {}", at + 1) };
            Column { name, named, tally }
        };
        let columns = tallies.into_iter().enumerate().map(column).collect();
        let empty = header && count == 0 && self.whole == self.bytes.len();
        Ok(TableLayout { dialect, header, empty, columns })
    }
}

/// The refusal of bytes that are no UTF-8.
fn not_utf8(origin: &str) -> crate::error::Error {
    fault(origin, "text", "bytes that are no UTF-8", "UTF-8; save the table as CSV in UTF-8")
}

/// Refuses files that are no text in UTF-8 by name.
fn is_text(name: &str, bytes: &[u8]) -> Result<()> {
    let found = match bytes {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => "UTF-32",
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "UTF-16",
        [b'P', b'K', 3, 4, ..] => "a ZIP archive (an Excel workbook or NPZ)",
        [0xd0, 0xcf, 0x11, 0xe0, ..] => "an old Excel workbook",
        [0x93, b'N', b'U', b'M', b'P', b'Y', ..] => "a NumPy array (NPY)",
        [0x1f, 0x8b, ..] => "a compressed file (gzip)",
        [b'P', b'A', b'R', b'1', ..] => "a Parquet file",
        _ if bytes.contains(&0) => "zero bytes, as in UTF-16 or in a binary file",
        _ => return Ok(()),
    };
    Err(fault(name, "format", found, "a text in UTF-8; save the table as CSV in UTF-8"))
}

/// The separator in a first line such as `sep=;`, and the length of that line.
fn named_separator(bytes: &[u8]) -> Option<(u8, usize)> {
    let end = bytes.iter().take(16).position(|byte| *byte == b'\n')?;
    let line = bytes[..end].strip_suffix(b"\r").unwrap_or(&bytes[..end]);
    let line = line.strip_prefix(b"\"").and_then(|line| line.strip_suffix(b"\"")).unwrap_or(line);
    match line {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', separator] => Some((*separator, end + 1)),
        _ => None,
    }
}

/// The cells of the first row without single quotes, unless two would then be the same.
fn without_quotes(first: &[String]) -> Vec<String> {
    let names: Vec<String> = first.iter().map(|cell| unquoted(cell).to_owned()).collect();
    let different = |names: &[String]| names.iter().collect::<HashSet<_>>().len();
    if different(&names) == different(first) { names } else { first.to_vec() }
}

/// Whether the first row holds names: those that are wanted, or texts above numbers, or no number
/// at all, or the numbers 0, 1, 2 … of columns.
fn is_header(first: &[String], rest: &[ColumnTally], wanted: &[&str], decimal_comma: bool) -> bool {
    use super::cell::Cell;
    if first.iter().any(|cell| wanted.contains(&cell.as_str())) {
        return true;
    }
    let cells: Vec<Cell> = first.iter().map(|cell| Cell::of(cell, decimal_comma)).collect();
    let above_numbers =
        |(cell, tally): (&Cell, &ColumnTally)| *cell == Cell::Text && tally.is_numeric();
    if cells.iter().zip(rest).any(above_numbers) {
        return true;
    }
    let counting = |(at, cell): (usize, &Cell)| *cell == Cell::Number(at as f64);
    if cells.len() > 2 && cells.iter().enumerate().all(counting) {
        return true;
    }
    cells.contains(&Cell::Text) && !cells.iter().any(|cell| matches!(cell, Cell::Number(_)))
}
