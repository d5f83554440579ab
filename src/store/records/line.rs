//! One record as a line of text, and reading lines with a limit on their length.

use std::fmt::Write as _;
use std::io::{self, BufRead, Read};

use crate::error::Result;
use crate::study::{Study, TrialRecord, Unit};

/// The beginning of the first line of every file; the key of the study follows.
const HEADER: &str = "taskscope records 2 of study";
/// Longest number in a line with the space before it, in bytes.
const NUMBER: usize = 26;
/// Longest rest of a line without its numbers, and longest header, in bytes.
const REST: usize = 64;

/// The key of a study, wherever its files of data lie. Records with another key belong to another
/// study.
pub fn key(study: &Study) -> Result<u32> {
    study.draft().without_folders().to_json().map(|json| crc32fast::hash(json.as_bytes()))
}

/// The first line.
pub(super) fn header(key: u32) -> String {
    format!("{HEADER} {key:08x}\n")
}

/// The line of a record.
pub(super) fn line(unit: Unit, record: &TrialRecord, key: u32) -> String {
    let mut body = format!("{} {}", unit.cell, unit.trial);
    for number in record.numbers() {
        let _ = write!(body, " {number:?}");
    }
    format!("{:08x} {body}\n", checksum(&body, key))
}

/// Parses the record in a line, or says what is wrong with it.
pub(super) fn parse(
    line: &[u8],
    study: &Study,
    key: u32,
) -> std::result::Result<(Unit, TrialRecord), &'static str> {
    let line = std::str::from_utf8(line).ok().and_then(|text| text.strip_suffix('\n'));
    let line = line.ok_or("the record is incomplete")?;
    let fault = "the checksum does not match";
    let (sum, body) = line.split_once(' ').ok_or(fault)?;
    if sum != format!("{:08x}", checksum(body, key)) {
        return Err(fault);
    }
    let unit_and_record = || {
        let mut words = body.split(' ');
        let unit = Unit { cell: words.next()?.parse().ok()?, trial: words.next()?.parse().ok()? };
        let cell = study.cells().get(unit.cell)?;
        let numbers: Option<Vec<f64>> = words.map(|word| word.parse().ok()).collect();
        let record = TrialRecord::from_numbers(&numbers?, cell.shape())?;
        (unit.trial < cell.scenario.trials()).then_some((unit, record))
    };
    unit_and_record().ok_or("the record belongs to another study")
}

/// Longest line of a study, in bytes.
pub(super) fn longest(study: &Study) -> usize {
    let numbers = study.cells().iter().map(|cell| cell.shape().count()).max();
    REST + NUMBER * numbers.unwrap_or(0)
}

/// Returns true if two records are equal bit by bit.
pub(super) fn same(one: &TrialRecord, other: &TrialRecord) -> bool {
    let bits =
        |record: &TrialRecord| record.numbers().into_iter().map(f64::to_bits).collect::<Vec<_>>();
    bits(one) == bits(other)
}

/// Returns true if bytes without a line end are the beginning of a record, as an interrupted run
/// leaves it.
pub(super) fn is_begun(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| byte.is_ascii_hexdigit() || b" .-+infNa".contains(byte))
}

/// Reads a line with its end into `line`, but at most `most` bytes. Returns its length in the file
/// and whether it is complete.
pub(super) fn next(
    reader: &mut impl BufRead,
    most: usize,
    line: &mut Vec<u8>,
) -> io::Result<(u64, bool)> {
    line.clear();
    let mut length = reader.by_ref().take(most as u64).read_until(b'\n', line)? as u64;
    let mut is_ended = line.last() == Some(&b'\n');
    while !is_ended && length >= most as u64 {
        let bytes = reader.fill_buf()?;
        if bytes.is_empty() {
            break;
        }
        let end = bytes.iter().position(|byte| *byte == b'\n');
        let passed = end.map_or(bytes.len(), |end| end + 1);
        is_ended = end.is_some();
        reader.consume(passed);
        length += passed as u64;
    }
    Ok((length, is_ended))
}

fn checksum(body: &str, key: u32) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&key.to_le_bytes());
    hasher.update(body.as_bytes());
    hasher.finalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_beyond_the_limit_is_passed_over_whole() {
        let text = [b"ab\n".to_vec(), vec![b'x'; 50_000], b"\ncd\nrest".to_vec()].concat();
        let mut reader = io::BufReader::with_capacity(16, &text[..]);
        let mut line = Vec::new();
        let mut read = || {
            let (length, is_ended) = next(&mut reader, 8, &mut line).unwrap();
            (length, is_ended, String::from_utf8(line.clone()).unwrap())
        };
        assert_eq!(read(), (3, true, "ab\n".into()));
        assert_eq!(read(), (50_001, true, "xxxxxxxx".into()));
        assert_eq!(read(), (3, true, "cd\n".into()));
        assert_eq!(read(), (4, false, "rest".into()));
        assert_eq!(read(), (0, false, String::new()));
    }
}
