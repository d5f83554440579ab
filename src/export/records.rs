//! The records of a study as a file that only grows: one line each, with a checksum that also
//! says whose they are.

use std::fmt::Write as _;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Invalid, Result};
use crate::study::{Ledger, Record, Study, Unit};

/// The first line of every file.
const HEADER: &str = "taskscope records 1";

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
            records.write(&format!("{HEADER}\n"))?;
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
        let failed = |source| Error::Write { path: self.path.clone(), source };
        self.file.write_all(text.as_bytes()).map_err(failed)
    }
}

/// Enters the records of a file into a ledger and names what cannot be trusted.
pub fn load(path: &Path, study: &Study, ledger: &mut Ledger) -> Result<Vec<String>> {
    let bytes =
        std::fs::read(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
    read(&bytes, path, study, key(study)?, ledger)
}

/// All records of a ledger in their order: the same text for the same records, however they came.
pub fn text(study: &Study, ledger: &Ledger) -> Result<String> {
    let key = key(study)?;
    let mut text = format!("{HEADER}\n");
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
    let mut damage = Vec::new();
    let mut lines = bytes.split_inclusive(|byte| *byte == b'\n').enumerate();
    if let Some((_, first)) = lines.next() {
        check_header(first, path, &mut damage)?;
    }
    for (number, bytes) in lines {
        let outcome = match std::str::from_utf8(bytes).ok().and_then(|s| s.strip_suffix('\n')) {
            None => Err("the record is not whole"),
            Some(line) => {
                parse(line, study, key).and_then(|(unit, record)| match ledger.record(unit) {
                    Some(other) if !same(other, &record) => {
                        ledger.remove(unit);
                        Err("the record contradicts an earlier one of the same trial")
                    }
                    _ => {
                        ledger.put(unit, record);
                        Ok(())
                    }
                })
            }
        };
        if let Err(what) = outcome {
            damage.push(format!("{}:{}: {what}", path.display(), number + 1));
        }
    }
    ledger.sum_up(study);
    Ok(damage)
}

fn check_header(first: &[u8], path: &Path, damage: &mut Vec<String>) -> Result<()> {
    let text = String::from_utf8_lossy(first);
    let known = "taskscope records ";
    match text.trim_end() {
        HEADER => Ok(()),
        other if other.starts_with(known) => {
            let place = format!("{}:1", path.display());
            Err(Invalid::new(place, format!("\"{other}\""), format!("\"{HEADER}\"")).into())
        }
        _ => {
            damage.push(format!("{}:1: the first line is damaged", path.display()));
            Ok(())
        }
    }
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
