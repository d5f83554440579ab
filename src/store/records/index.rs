//! Index of the records of a study in its files: one pass accepts every line or reports it.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Invalid, Result};
use crate::store::records::line;
use crate::store::records::line::{header, is_begun, longest, parse, same};
use crate::study::records::TrialRecords;
use crate::study::{Study, TrialRecord, Unit};

/// Number of faults listed per file; further faults are only counted.
const NAMED: usize = 5;
/// Largest number of faults in one file.
const MOST_FAULTS: usize = 1_000_000;
/// A file without our header is given up after this many lines that are not records.
const MOST_STRANGE: usize = 1_000;
/// The beginning of the first line of a file of records, in every version.
const OURS: &[u8] = b"taskscope records ";
/// The beginning of the first line in the first version.
const EARLIER: &[u8] = b"taskscope records 1 of study ";
/// Largest number of files open at once.
const MOST_OPEN: usize = 200;

/// Position of every valid record; takes 8 bytes for every trial of the study.
pub struct Index<'a> {
    study: &'a Study,
    key: u32,
    /// Longest line, in bytes.
    most: usize,
    /// Index of the first unit of every cell.
    first: Vec<usize>,
    /// For every unit: position of its record over all files, plus 1; 0 if there is none.
    places: Vec<u64>,
    /// Files with the position of their first byte over all files.
    parts: Vec<(PathBuf, u64)>,
    /// Open files by part, each with the position read next.
    readers: HashMap<usize, (BufReader<File>, u64)>,
    /// Size of all files together, in bytes.
    end: u64,
    /// True if a record already handed over turned out to be invalid.
    is_corrected: bool,
}

/// Result of scanning a file.
pub struct Scan {
    /// Number of valid records.
    pub valid: usize,
    /// Messages about invalid lines, one line each.
    pub damage: Vec<String>,
    /// True if lines are damaged, apart from an unfinished last line.
    pub is_damaged: bool,
    /// Number of bytes up to the end of the last complete line.
    pub whole: u64,
}

/// The invalid lines of a file.
#[derive(Default)]
struct Faults {
    first: Vec<(u64, &'static str)>,
    count: usize,
}

impl Faults {
    fn add(&mut self, line: u64, what: &'static str) {
        self.count += 1;
        self.first.push((line, what));
        self.first.sort_unstable();
        self.first.truncate(NAMED);
    }

    /// Messages for the first faults and the number of others.
    fn named(&self, path: &Path) -> Vec<String> {
        let path = path.display();
        let mut lines: Vec<String> =
            self.first.iter().map(|(line, what)| format!("{path}:{line}: {what}")).collect();
        if self.count > NAMED {
            lines.push(format!("{path}: {} other damaged lines", self.count - NAMED));
        }
        lines
    }
}

impl<'a> Index<'a> {
    /// An index without files.
    pub fn new(study: &'a Study) -> Result<Self> {
        let trials = study.cells().iter().map(|cell| cell.scenario.trials());
        let first = trials.scan(0, |next, trials| Some(std::mem::replace(next, *next + trials)));
        Ok(Self {
            study,
            key: crate::store::records::key(study)?,
            most: longest(study),
            first: first.collect(),
            places: vec![0; study.trials()],
            parts: Vec::new(),
            readers: HashMap::new(),
            end: 0,
            is_corrected: false,
        })
    }

    /// The key of the study.
    pub(super) fn key(&self) -> u32 {
        self.key
    }

    /// Adds a file that is only read, and enters its records into others. Call [`Index::correct`] after the last file.
    ///
    /// # Errors
    ///
    /// [`Error::Value`] if this version cannot read the file as records or it has too many faults;
    /// [`Error::Read`].
    pub fn load(&mut self, path: &Path, records: &mut TrialRecords) -> Result<Scan> {
        let opened = crate::store::bounded::regular(path).and_then(|()| File::open(path));
        let file = opened.map_err(|source| Error::Read { path: path.to_owned(), source })?;
        self.add(path, file, |unit, record| records.put(unit, record))
    }

    /// Adds a file and hands over its records; some may be handed over twice.
    pub(super) fn add(
        &mut self,
        path: &Path,
        mut file: File,
        mut take: impl FnMut(Unit, &TrialRecord),
    ) -> Result<Scan> {
        let failed = |source| Error::Read { path: path.to_owned(), source };
        let base = self.end;
        file.seek(SeekFrom::Start(0)).map_err(failed)?;
        self.keep_open(self.parts.len(), file, base);
        self.parts.push((path.to_owned(), base));
        let header = header(self.key);
        let mut first = None;
        let (mut line, mut faults, mut known) = (Vec::new(), Faults::default(), 0_usize);
        let (mut number, mut place) = (0, base);
        let mut scan = Scan { valid: 0, damage: Vec::new(), is_damaged: false, whole: 0 };
        loop {
            let (length, is_ended) = self.line_at(place, &mut line).map_err(failed)?;
            if length == 0 {
                break;
            }
            number += 1;
            if number == 1 {
                first = Some(line.clone()).filter(|line| !is_header(line, &header));
                if let Some(first) = first.as_deref().filter(|line| is_earlier(line)) {
                    return Err(foreign(path, first, &header));
                }
            } else {
                match self.enter(place, &line, length, &mut take).map_err(failed)? {
                    Ok(()) => known += 1,
                    Err(what) => {
                        faults.add(number, what);
                        scan.is_damaged |= is_ended || !is_begun(&line);
                    }
                }
            }
            place += length;
            self.end = place;
            if is_ended {
                scan.whole = place - base;
            }
            if first.is_some() && known == 0 && faults.count > MOST_STRANGE {
                break;
            }
            check_count(path, faults.count)?;
        }
        if let Some(first) = first {
            if known == 0 {
                return Err(foreign(path, &first, &header));
            }
            faults.add(1, "the first line is damaged");
            scan.is_damaged = true;
        }
        scan.damage = faults.named(path);
        scan.valid = known;
        Ok(scan)
    }

    /// Empties the records and enters all records again if a record already handed over turned out to
    /// be invalid.
    ///
    /// # Errors
    ///
    /// [`Error::Read`].
    pub fn correct(&mut self, records: &mut TrialRecords) -> Result<()> {
        if !self.is_corrected {
            return Ok(());
        }
        *records = records.emptied(self.study);
        let mut line = Vec::new();
        for number in 0..self.places.len() {
            let Some(place) = self.places[number].checked_sub(1) else { continue };
            self.line_at(place, &mut line).map_err(|source| self.failed(place, source))?;
            if let Ok((unit, record)) = parse(&line, self.study, self.key) {
                records.put(unit, &record);
            }
        }
        Ok(())
    }

    /// Writes all records in order, so that equal records give equal bytes, whatever their order in
    /// the files.
    pub(super) fn copy(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(header(self.key).as_bytes())?;
        let mut line = Vec::new();
        for number in 0..self.places.len() {
            if let Some(place) = self.places[number].checked_sub(1) {
                self.line_at(place, &mut line)?;
                out.write_all(&line)?;
            }
        }
        Ok(())
    }

    /// Enters the line at a position. If it contradicts an earlier record of the same unit, both
    /// become invalid.
    fn enter(
        &mut self,
        place: u64,
        line: &[u8],
        length: u64,
        take: &mut impl FnMut(Unit, &TrialRecord),
    ) -> io::Result<std::result::Result<(), &'static str>> {
        if length > line.len() as u64 {
            return Ok(Err("the line is longer than any record of this study"));
        }
        let (unit, record) = match parse(line, self.study, self.key) {
            Ok(found) => found,
            Err(what) => return Ok(Err(what)),
        };
        let number = self.first[unit.cell] + unit.trial;
        let Some(earlier) = self.places[number].checked_sub(1) else {
            self.places[number] = place + 1;
            take(unit, &record);
            return Ok(Ok(()));
        };
        let mut other = Vec::new();
        self.line_at(earlier, &mut other)?;
        if parse(&other, self.study, self.key).is_ok_and(|(_, other)| same(&other, &record)) {
            return Ok(Ok(()));
        }
        self.places[number] = 0;
        self.is_corrected = true;
        Ok(Err("the record contradicts an earlier one of the same trial"))
    }

    /// Reads the line at a position. Returns its length in the file and whether it is complete.
    fn line_at(&mut self, place: u64, line: &mut Vec<u8>) -> io::Result<(u64, bool)> {
        let part = self.part(place);
        if !self.readers.contains_key(&part) {
            let (path, base) = &self.parts[part];
            let (file, base) = (File::open(path)?, *base);
            self.keep_open(part, file, base);
        }
        let Some((reader, next)) = self.readers.get_mut(&part) else { return Ok((0, false)) };
        reader.seek_relative(place.wrapping_sub(*next) as i64)?;
        *next = place;
        let (length, is_ended) = line::next(reader, self.most, line)?;
        *next = place + length;
        Ok((length, is_ended))
    }

    /// Keeps a file open, positioned at its beginning.
    fn keep_open(&mut self, part: usize, file: File, base: u64) {
        if self.readers.len() >= MOST_OPEN {
            self.readers.clear();
        }
        self.readers.insert(part, (BufReader::new(file), base));
    }

    /// The file that contains a position.
    fn part(&self, place: u64) -> usize {
        self.parts.partition_point(|(_, base)| *base <= place).saturating_sub(1)
    }

    fn failed(&self, place: u64, source: io::Error) -> Error {
        let path = self.parts.get(self.part(place)).map(|(path, _)| path.clone());
        Error::Read { path: path.unwrap_or_default(), source }
    }
}

/// Returns true if a line is the header or the recognisable beginning of one.
fn is_header(line: &[u8], header: &str) -> bool {
    header.as_bytes().starts_with(line) && line.starts_with(OURS)
}

/// Returns true if a line is the header of an earlier version, whose records have other numbers.
fn is_earlier(line: &[u8]) -> bool {
    line.starts_with(EARLIER)
}

fn check_count(path: &Path, faults: usize) -> Result<()> {
    if faults <= MOST_FAULTS {
        return Ok(());
    }
    let found = format!("more than {MOST_FAULTS} damaged lines");
    let allowed = format!("a file of records with at most {MOST_FAULTS}");
    Err(Invalid::new(path.display().to_string(), found, allowed).into())
}

fn foreign(path: &Path, first: &[u8], header: &str) -> Error {
    let first = String::from_utf8_lossy(first);
    let place = format!("{}:1", path.display());
    if first.strip_suffix("\r\n") == header.strip_suffix('\n') {
        let allowed = "the file as it was written, with line ends of Unix (LF): copy it again as \
                       binary";
        return Invalid::new(place, "line ends of Windows (CRLF)", allowed).into();
    }
    let rest = match is_earlier(first.as_bytes()) {
        true => "; an earlier version wrote the file: run the study again in another folder",
        false => "",
    };
    let allowed = format!("\"{}\", records of this study{rest}", header.trim_end());
    let found = format!("\"{}\"", first.trim_end());
    Invalid::new(place, found, allowed).into()
}
