//! The records of a study as a file that only grows: one line each, with a checksum that also
//! says whose they are.

use std::fmt::Write as _;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::atomic::settled;
use crate::error::{Error, Invalid, Result};
use crate::study::{Ledger, Record, Study, Unit};

/// What the first line of every file begins with; the key of the study follows.
const HEADER: &str = "taskscope records 1 of study";
/// Faults of one file that are named; of others only the number.
const NAMED: usize = 5;

/// A file of records that is being written.
pub struct Records {
    file: File,
    path: PathBuf,
    key: u32,
}

/// The key of a study: records with another one are not its own.
pub fn key(study: &Study) -> Result<u32> {
    study.draft().to_json().map(|json| crc32fast::hash(json.as_bytes()))
}

impl Records {
    /// Opens the file of a study, or begins one, and enters all records that can be trusted into
    /// the ledger. What cannot be is named, and left to be computed again. Nobody else may write
    /// the file meanwhile.
    ///
    /// # Errors
    ///
    /// [`Error::Write`] where the file cannot be read and written, or is being written already;
    /// [`Error::Value`] where it is no file of records that this version reads.
    pub fn open(path: &Path, study: &Study, ledger: &mut Ledger) -> Result<(Self, Vec<String>)> {
        let failed = |source| Error::Write { path: path.to_owned(), source };
        if path.exists() {
            regular(path).map_err(failed)?;
        }
        let mut options = OpenOptions::new();
        let mut file = options.read(true).append(true).create(true).open(path).map_err(failed)?;
        if let Err(TryLockError::WouldBlock) = file.try_lock() {
            let busy = io::Error::new(io::ErrorKind::ResourceBusy, "another run writes it");
            return Err(failed(busy));
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(failed)?;
        let key = key(study)?;
        let damage = read(&bytes, path, study, key, ledger)?;
        let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        file.set_len(whole as u64).map_err(failed)?;
        file.seek(SeekFrom::End(0)).map_err(failed)?;
        let mut records = Self { file, path: path.to_owned(), key };
        if whole == 0 {
            records.write(&header(key))?;
        }
        Ok((records, damage))
    }

    /// Adds records; they are there when this returns, whatever happens to the program.
    pub fn append(&mut self, units: &[Unit], records: &[Record]) -> Result<()> {
        let lines = units.iter().zip(records);
        let text: String = lines.map(|(unit, record)| line(*unit, record, self.key)).collect();
        self.write(&text)
    }

    fn write(&mut self, text: &str) -> Result<()> {
        let _writing = settled();
        let failed = |source| Error::Write { path: self.path.clone(), source };
        self.file.write_all(text.as_bytes()).map_err(failed)
    }
}

/// Enters the records of a file into a ledger and names what cannot be trusted.
pub fn load(path: &Path, study: &Study, ledger: &mut Ledger) -> Result<Vec<String>> {
    let failed = |source| Error::Read { path: path.to_owned(), source };
    regular(path).map_err(failed)?;
    let bytes = std::fs::read(path).map_err(failed)?;
    read(&bytes, path, study, key(study)?, ledger)
}

/// All records of a ledger in their order: the same text for the same records, however they came.
pub fn text(study: &Study, ledger: &Ledger) -> Result<String> {
    let key = key(study)?;
    let mut text = header(key);
    for cell in 0..study.cells().len() {
        for (trial, record) in ledger.records(cell) {
            text += &line(Unit { cell, trial }, record, key);
        }
    }
    Ok(text)
}

fn read(
    bytes: &[u8],
    path: &Path,
    study: &Study,
    key: u32,
    ledger: &mut Ledger,
) -> Result<Vec<String>> {
    let mut lines = bytes.split_inclusive(|byte| *byte == b'\n').enumerate();
    let first = lines.next().map_or("", |(_, line)| std::str::from_utf8(line).unwrap_or_default());
    let (mut damage, mut known) = (Vec::new(), 0);
    for (number, bytes) in lines {
        let outcome = match std::str::from_utf8(bytes).ok().and_then(|s| s.strip_suffix('\n')) {
            None => Err("the record is not whole"),
            Some(line) => {
                parse(line, study, key).and_then(|(unit, record)| enter(unit, record, ledger))
            }
        };
        match outcome {
            Ok(()) => known += 1,
            Err(what) => damage.push((number + 1, what)),
        }
    }
    ledger.sum_up(study);
    if !bytes.is_empty() && first != header(key) {
        if known == 0 && first.starts_with("taskscope records ") {
            let place = format!("{}:1", path.display());
            let allowed = format!("\"{}\", those of this study", header(key).trim_end());
            return Err(Invalid::new(place, format!("\"{}\"", first.trim_end()), allowed).into());
        }
        damage.insert(0, (1, "the first line is damaged"));
    }
    Ok(named(path, &damage))
}

/// Enters a record, unless it contradicts one that is there: then neither is trusted.
fn enter(unit: Unit, record: Record, ledger: &mut Ledger) -> std::result::Result<(), &'static str> {
    if ledger.record(unit).is_some_and(|other| !same(other, &record)) {
        ledger.remove(unit);
        return Err("the record contradicts an earlier one of the same trial");
    }
    ledger.put(unit, record);
    Ok(())
}

/// The first faults by name, and how many others there are.
fn named(path: &Path, damage: &[(usize, &str)]) -> Vec<String> {
    let first = damage.iter().take(NAMED);
    let mut lines: Vec<String> =
        first.map(|(line, what)| format!("{}:{line}: {what}", path.display())).collect();
    if damage.len() > NAMED {
        let others = damage.len() - NAMED;
        lines.push(format!("{}: {others} other damaged lines", path.display()));
    }
    lines
}

fn header(key: u32) -> String {
    format!("{HEADER} {key:08x}\n")
}

/// Whether a place holds a regular file: others can be read without end.
pub(super) fn regular(path: &Path) -> io::Result<()> {
    if std::fs::metadata(path)?.is_file() {
        return Ok(());
    }
    Err(io::Error::other("found no regular file; allowed: a regular file"))
}

/// Whether two records are equal to the bit.
fn same(one: &Record, other: &Record) -> bool {
    let bits = |record: &Record| record.numbers().into_iter().map(f64::to_bits).collect::<Vec<_>>();
    bits(one) == bits(other)
}

fn line(unit: Unit, record: &Record, key: u32) -> String {
    let mut body = format!("{} {}", unit.cell, unit.trial);
    for number in record.numbers() {
        let _ = write!(body, " {number:?}");
    }
    format!("{:08x} {body}\n", checksum(&body, key))
}

fn parse(line: &str, study: &Study, key: u32) -> std::result::Result<(Unit, Record), &'static str> {
    let fault = "the checksum does not fit";
    let (sum, body) = line.split_once(' ').ok_or(fault)?;
    if u32::from_str_radix(sum, 16).ok() != Some(checksum(body, key)) {
        return Err(fault);
    }
    let unit_and_record = || {
        let mut words = body.split(' ');
        let unit = Unit { cell: words.next()?.parse().ok()?, trial: words.next()?.parse().ok()? };
        let cell = study.cells().get(unit.cell)?;
        let numbers: Option<Vec<f64>> = words.map(|word| word.parse().ok()).collect();
        let record = Record::from_numbers(&numbers?, cell.shape())?;
        (unit.trial < cell.scenario.trials()).then_some((unit, record))
    };
    unit_and_record().ok_or("the record is none of this study")
}

fn checksum(body: &str, key: u32) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&key.to_le_bytes());
    hasher.update(body.as_bytes());
    hasher.finalize()
}
