//! The rows of a table, one after the other, each of bounded length.

use std::cell::Cell;
use std::io::{self, Chain, Cursor, Read};
use std::rc::Rc;

use csv::{ByteRecord, ErrorKind, ReaderBuilder};

use super::super::bytes::unreadable;
use super::super::fault::fault;
use super::quotes::{LongCells, Quotes, lines, open_quote};
use super::sample::{LONGEST_LINE, Sample, TableLayout};
use crate::error::names::grouped;
use crate::error::{Error, Result};

/// Hands on bytes until a row is too long. Every line ends with one `\n`, the last one too.
struct Lines<R> {
    input: R,
    /// Bytes since the last row ended.
    since: Rc<Cell<usize>>,
    quotes: Rc<Cell<Quotes>>,
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
                (0, b'\n' | b'\r', _) | (0, _, None) => {
                    self.see(Quotes::end);
                    return Ok(0);
                }
                (0, _, Some(first)) => {
                    (self.last, *first) = (b'\n', b'\n');
                    1
                }
                (count, _, _) => self.with_one_end(&mut buffer[..count]),
            };
            if count > 0 {
                self.since.set(self.since.get() + count);
                self.see(|quotes| quotes.read(&buffer[..count]));
                return Ok(count);
            }
        }
    }
}

impl<R> Lines<R> {
    fn see(&self, seen: impl FnOnce(&mut Quotes)) {
        let mut quotes = self.quotes.get();
        seen(&mut quotes);
        self.quotes.set(quotes);
    }

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
    /// The quotes of all bytes that were read, which may be ahead of the rows.
    quotes: Rc<Cell<Quotes>>,
    long: LongCells,
    /// The last line of the names.
    names_end: u64,
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
        let quotes = Rc::new(Cell::new(Quotes::new(layout.dialect.separator)));
        let lines =
            Lines { input, since: Rc::clone(&since), quotes: Rc::clone(&quotes), last: b'\n' };
        let reader = ReaderBuilder::new()
            .delimiter(layout.dialect.separator)
            .has_headers(false)
            .flexible(true)
            .from_reader(lines);
        Self {
            reader,
            since,
            quotes,
            long: LongCells::default(),
            names_end: 0,
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
        if std::mem::take(&mut self.header) {
            if !self.read()? {
                return Ok(false);
            }
            self.names_end = self.line() + self.more_lines();
        }
        self.read()
    }

    /// Lines of the last row behind its first.
    pub(super) fn more_lines(&self) -> u64 {
        lines(self.row.as_slice())
    }

    /// What to look for if a cell of the last row, or of the names, goes over several lines: a
    /// quote that opens there may not be closed where it should be.
    pub(super) fn long_quote(&self) -> String {
        let words = |from: u64, to: u64| {
            format!(
                "; the quote that opens in line {from} goes on to line {to}: see that it is closed, no \
                 row within it can be dropped"
            )
        };
        let first = 1 + self.lines_before;
        match self.row.iter().map(lines).find(|more| *more > 0) {
            Some(more) => words(self.line(), self.line() + more),
            None if self.names_end > first => words(first, self.names_end),
            None => String::new(),
        }
    }

    /// What became of every line of the table, once all are read: `parts` are numbers of lines with
    /// what they are.
    pub(super) fn account(&self, parts: &[(u64, &str)]) -> Vec<String> {
        let all = self.reader.position().line() - 1 + self.lines_before;
        let names = u64::from(self.names_end > 0);
        let known = self.lines_before + names + self.long.lines;
        let known = known + parts.iter().map(|(lines, _)| lines).sum::<u64>();
        let before = [(self.lines_before, "that names the separator"), (names, "of names")];
        let within = if self.long.lines == 1 { "line" } else { "lines" };
        let within = format!("more {within} of quoted cells");
        let after = [(all.saturating_sub(known), "empty"), (self.long.lines, within.as_str())];
        let shown = before.iter().chain(parts).chain(&after).filter(|(lines, _)| *lines > 0);
        let shown: Vec<String> =
            shown.map(|(lines, what)| format!("{} {what}", grouped(*lines))).collect();
        let lines = if all == 1 { "line" } else { "lines" };
        let mut words = vec![format!("Read {} {lines}: {}.", grouped(all), shown.join(", "))];
        words.extend(self.long_cells());
        words
    }

    /// Which cells of the rows read so far go over several lines.
    pub(super) fn long_cells(&self) -> Option<String> {
        self.long.in_words()
    }

    fn read(&mut self) -> Result<bool> {
        self.begin = self.reader.position().line() + self.lines_before;
        let found = self.reader.read_byte_record(&mut self.row);
        self.since.set(0);
        let found = found.map_err(|error| self.fault(error))?;
        if let Some(line) = self.quotes.get().unclosed() {
            return Err(open_quote(self.name, line + self.lines_before));
        }
        if found && self.more_lines() > 0 {
            let from = self.line();
            self.long.add(self.row.iter(), from);
        }
        Ok(found)
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
                if let Some(line) = self.quotes.get().open() {
                    return open_quote(self.name, line + self.lines_before);
                }
                let origin = format!("{}:{}", self.name, self.begin);
                fault(origin, "row", "a row of more than 8 MiB", "rows of at most 8 MiB")
            }
            ErrorKind::Io(error) => unreadable(self.name, error),
            _ => fault(self.name, "row", said, "a row of cells"),
        }
    }
}
