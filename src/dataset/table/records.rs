//! The rows of a table, one after the other, each of bounded length.

use std::cell::Cell;
use std::io::{self, Chain, Cursor, Read};
use std::rc::Rc;

use csv::{ByteRecord, ErrorKind, ReaderBuilder};

use super::super::bytes::unreadable;
use super::super::fault::fault;
use super::sample::{LONGEST_LINE, Sample, TableLayout};
use crate::error::{Error, Result};

/// Hands on bytes until a row is too long. Every line ends with one `\n`, the last one too.
struct Lines<R> {
    input: R,
    /// Bytes since the last row ended.
    since: Rc<Cell<usize>>,
    /// The last byte that was read.
    last: u8,
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.since.get() > LONGEST_LINE {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        loop {
            let count = self.input.read(buffer)?;
            let count = match (count, self.last, buffer.first_mut()) {
                (0, b'\n' | b'\r', _) | (0, _, None) => return Ok(0),
                (0, _, Some(first)) => {
                    (self.last, *first) = (b'\n', b'\n');
                    1
                }
                (count, _, _) => self.with_one_end(&mut buffer[..count]),
            };
            if count > 0 {
                self.since.set(self.since.get() + count);
                return Ok(count);
            }
        }
    }
}

impl<R> Lines<R> {
    /// Writes `\n` for `\r\n` and `\r`; returns the number of bytes that are left.
    fn with_one_end(&mut self, bytes: &mut [u8]) -> usize {
        if self.last != b'\r' && !bytes.contains(&b'\r') {
            self.last = bytes.last().copied().unwrap_or(self.last);
            return bytes.len();
        }
        let mut kept = 0;
        for at in 0..bytes.len() {
            let byte = bytes[at];
            if !(byte == b'\n' && self.last == b'\r') {
                bytes[kept] = if byte == b'\r' { b'\n' } else { byte };
                kept += 1;
            }
            self.last = byte;
        }
        kept
    }
}

/// The start of a table and what follows.
type Whole<'r> = Chain<Cursor<Vec<u8>>, &'r mut dyn Read>;

/// The rows of a table.
pub(super) struct Records<'r> {
    reader: csv::Reader<Lines<Whole<'r>>>,
    since: Rc<Cell<usize>>,
    name: &'r str,
    lines_before: u64,
    /// The line behind the row before the last.
    begin: u64,
    /// Whether the next row holds the names of the columns.
    header: bool,
    /// The row that was read last.
    pub(super) row: ByteRecord,
    pub(super) decimal_comma: bool,
}

impl<'r> Records<'r> {
    /// The rows of a table whose start is `sample`.
    pub(super) fn new(
        sample: Sample,
        input: &'r mut dyn Read,
        name: &'r str,
        layout: &TableLayout,
    ) -> Self {
        let since = Rc::new(Cell::new(0));
        let lines_before = sample.lines_before();
        let input = Cursor::new(sample.bytes).chain(input);
        let lines = Lines { input, since: Rc::clone(&since), last: b'\n' };
        let reader = ReaderBuilder::new()
            .delimiter(layout.dialect.separator)
            .has_headers(false)
            .flexible(true)
            .from_reader(lines);
        Self {
            reader,
            since,
            name,
            lines_before,
            begin: 1,
            header: layout.header,
            row: ByteRecord::new(),
            decimal_comma: layout.dialect.decimal_comma,
        }
    }

    /// Reads the next row behind the names; false at the end.
    pub(super) fn next(&mut self) -> Result<bool> {
        if std::mem::take(&mut self.header) && !self.read()? {
            return Ok(false);
        }
        self.read()
    }

    /// What to look for if a cell of the last row goes over several lines: a quote that opens there
    /// may not be closed.
    pub(super) fn long_quote(&self) -> String {
        let lines = |cell: &[u8]| cell.iter().filter(|byte| **byte == b'\n').count() as u64;
        let mut line = self.line();
        for cell in &self.row {
            match lines(cell) {
                0 => {}
                more => {
                    let end = line + more;
                    return format!(
                        "; the quote that opens in line {line} goes on to line {end}: is it closed?"
                    );
                }
            }
            line += lines(cell);
        }
        String::new()
    }

    fn read(&mut self) -> Result<bool> {
        self.begin = self.reader.position().line() + self.lines_before;
        let found = self.reader.read_byte_record(&mut self.row);
        self.since.set(0);
        found.map_err(|error| self.fault(error))
    }

    /// The file.
    pub(super) fn file(&self) -> &'r str {
        self.name
    }

    /// The file with the line of the row that was read last.
    pub(super) fn origin(&self) -> String {
        format!("{}:{}", self.name, self.line())
    }

    /// The line at which the last row starts, counted from 1.
    pub(super) fn line(&self) -> u64 {
        // The row may start behind blank lines. It ends with a line, unless a quote stays open.
        let from = self.row.position().map_or(1, csv::Position::line);
        let within = self.row.as_slice().iter().filter(|byte| **byte == b'\n').count() as u64;
        let ended = self.reader.position().line();
        from.max(ended.saturating_sub(within + 1)) + self.lines_before
    }

    fn fault(&self, error: csv::Error) -> Error {
        let said = error.to_string();
        match error.into_kind() {
            ErrorKind::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => {
                let begin = self.begin;
                let allowed = format!(
                    "at most 8 MiB; look for a quote that is not closed and opens in line {begin}"
                );
                fault(format!("{}:{begin}", self.name), "row", "more than 8 MiB", allowed)
            }
            ErrorKind::Io(error) => unreadable(self.name, error),
            _ => fault(self.name, "row", said, "a row of cells"),
        }
    }
}
