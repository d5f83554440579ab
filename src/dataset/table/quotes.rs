//! Which quote of a table is open, and what goes over several lines.

use super::super::fault::{counted, fault};
use crate::error::Error;

/// The quotes of a table, byte by byte, as [`csv`] reads them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quotes {
    separator: u8,
    previous: u8,
    /// Whether the byte before closed a quote; another quote then opens it again.
    closed: bool,
    /// The line at hand, counted from 1.
    line: u64,
    /// The line of the quote that opened last.
    opened: u64,
    is_open: bool,
    has_ended: bool,
}

impl Quotes {
    pub(super) fn new(separator: u8) -> Self {
        Self {
            separator,
            previous: b'\n',
            closed: false,
            line: 1,
            opened: 1,
            is_open: false,
            has_ended: false,
        }
    }

    /// The line in which the open quote stands.
    pub(super) fn open(&self) -> Option<u64> {
        self.is_open.then_some(self.opened)
    }

    /// The line of the quote that is open at the end of the table.
    pub(super) fn unclosed(&self) -> Option<u64> {
        self.open().filter(|_| self.has_ended)
    }

    pub(super) fn end(&mut self) {
        self.has_ended = true;
    }

    pub(super) fn read(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while let Some(quote) = rest.iter().position(|byte| *byte == b'"') {
            self.pass(&rest[..quote]);
            self.quote();
            rest = &rest[quote + 1..];
        }
        self.pass(rest);
    }

    fn pass(&mut self, bytes: &[u8]) {
        let Some(last) = bytes.last() else { return };
        self.line += lines(bytes);
        (self.previous, self.closed) = (*last, false);
    }

    fn quote(&mut self) {
        let begins = [self.separator, b'\n', b'\r'].contains(&self.previous);
        if self.is_open || self.closed {
            (self.is_open, self.closed) = (self.closed, self.is_open);
        } else if begins {
            (self.is_open, self.opened) = (true, self.line);
        }
        self.previous = b'"';
    }
}

/// The refusal of a quote that nothing closes.
pub(super) fn open_quote(name: &str, line: u64) -> Error {
    let allowed = "a second quote that closes it; all that follows is one cell, of which no row can be \
                   dropped";
    fault(format!("{name}:{line}"), "quotes", "a quote that is not closed", allowed)
}

/// Number of line ends.
pub(super) fn lines(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|byte| **byte == b'\n').count() as u64
}

/// The quoted cells that go over several lines.
#[derive(Debug, Default)]
pub(super) struct LongCells {
    cells: usize,
    /// Lines that begin within one of them.
    pub(super) lines: u64,
    /// First and last line of the longest.
    longest: (u64, u64),
}

impl LongCells {
    /// Adds the cells of a row that begins in line `from`.
    pub(super) fn add<'c>(&mut self, row: impl Iterator<Item = &'c [u8]>, from: u64) {
        let mut from = from;
        for more in row.map(lines).filter(|more| *more > 0) {
            self.cells += 1;
            self.lines += more;
            if more > self.longest.1 - self.longest.0 {
                self.longest = (from, from + more);
            }
            from += more;
        }
    }

    /// How many there are, and where the longest is.
    pub(super) fn in_words(&self) -> Option<String> {
        let (from, to) = self.longest;
        let cells = counted(self.cells, "quoted cell");
        match self.cells {
            0 => None,
            1 => Some(format!(
                "{cells} goes over several lines: its quote opens in line {from} and closes in line {to}."
            )),
            _ => Some(format!(
                "{cells} go over several lines; the quote of the longest opens in line {from} and closes in line {to}."
            )),
        }
    }
}
