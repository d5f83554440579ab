//! Where the records of a study stand in its files: one pass that trusts or names every line.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Invalid, Result};
use crate::store::records::line;
use crate::store::records::line::{header, is_begun, longest, parse, same};
use crate::study::records::TrialRecords;
use crate::study::{Study, TrialRecord, Unit};

/// Faults of one file that are named; of others only the number.
const NAMED: usize = 5;
/// Most faults of one file.
const MOST_FAULTS: usize = 1_000_000;
/// A file that does not begin as ours is given up after so many lines that are no record.
const MOST_STRANGE: usize = 1_000;
/// What the first line of a file of records of any version begins with.
const OURS: &[u8] = b"taskscope records ";
/// Most files that are open at once.
const MOST_OPEN: usize = 200;

/// Where every record that can be trusted stands: 8 bytes for every trial of the study.
pub struct Index<'a> {
    study: &'a Study,
    key: u32,
    /// Most bytes of a line.
    most: usize,
    /// Number of the first unit of every cell.
    first: Vec<usize>,
    /// By number of unit: its place counted over all files, plus 1; 0 where there is none.
    places: Vec<u64>,
    /// Files with the place of their first byte, counted over all files.
    parts: Vec<(PathBuf, u64)>,
    /// Files that are open, by part, with the place that is read next.
    readers: HashMap<usize, (BufReader<File>, u64)>,
    /// Bytes of all files.
    end: u64,
    /// Whether a record that was handed over is trusted no more.
    is_corrected: bool,
}

/// What was found in a file.
pub(super) struct Scan {
    /// What cannot be trusted, a line each.
    pub damage: Vec<String>,
    /// Whether lines are damaged, beside a last one that was being written.
    pub is_damaged: bool,
    /// Bytes up to the end of the last line that has one.
    pub whole: u64,
}

/// The lines of a file that are no record.
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

    /// The first faults by name, and how many others there are.
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
    /// An index of no file yet.
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

    /// The key of its study.
    pub(super) fn key(&self) -> u32 {
        self.key
    }

    /// Adds a file that is only read, and enters its records into a ledger; names what cannot be
    /// trusted. [`Index::correct`] follows after the last file.
    ///
    /// # Errors
    ///
    /// [`Error::Value`] where it is no file of records that this version reads, or has too many
    /// faults; [`Error::Read`].
    pub fn load(&mut self, path: &Path, ledger: &mut TrialRecords) -> Result<Vec<String>> {
        let opened = crate::store::read::regular(path).and_then(|()| File::open(path));
        let file = opened.map_err(|source| Error::Read { path: path.to_owned(), source })?;
        Ok(self.add(path, file, |unit, record| ledger.put(unit, record))?.damage)
    }

    /// Adds a file, and hands over its records, some of them perhaps twice.
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
        let mut scan = Scan { damage: Vec::new(), is_damaged: false, whole: 0 };
        loop {
            let (length, is_ended) = self.line_at(place, &mut line).map_err(failed)?;
            if length == 0 {
                break;
            }
            number += 1;
            if number == 1 {
                first = Some(line.clone()).filter(|line| !is_header(line, &header));
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
        Ok(scan)
    }

    /// Empties a ledger and enters all records again where some that were handed over are trusted
    /// no more.
    ///
    /// # Errors
    ///
    /// [`Error::Read`].
    pub fn correct(&mut self, ledger: &mut TrialRecords) -> Result<()> {
        if !self.is_corrected {
            return Ok(());
        }
        *ledger = ledger.emptied(self.study);
        let mut line = Vec::new();
        for number in 0..self.places.len() {
            let Some(place) = self.places[number].checked_sub(1) else { continue };
            self.line_at(place, &mut line).map_err(|source| self.failed(place, source))?;
            if let Ok((unit, record)) = parse(&line, self.study, self.key) {
                ledger.put(unit, &record);
            }
        }
        Ok(())
    }

    /// Writes a file of all records in their order: the same bytes for the same records, however
    /// they came.
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

    /// Enters the line at a place, unless it contradicts an earlier one of the same unit: then
    /// neither is trusted.
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

    /// Reads the line at a place: how many bytes it has in its file, and whether it has an end.
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

    /// Keeps a file open that stands at its beginning.
    fn keep_open(&mut self, part: usize, file: File, base: u64) {
        if self.readers.len() >= MOST_OPEN {
            self.readers.clear();
        }
        self.readers.insert(part, (BufReader::new(file), base));
    }

    /// The file in which a place lies.
    fn part(&self, place: u64) -> usize {
        self.parts.partition_point(|(_, base)| *base <= place).saturating_sub(1)
    }

    fn failed(&self, place: u64, source: io::Error) -> Error {
        let path = self.parts.get(self.part(place)).map(|(path, _)| path.clone());
        Error::Read { path: path.unwrap_or_default(), source }
    }
}

/// Whether a line is the header, or as much of it as says that it is one.
fn is_header(line: &[u8], header: &str) -> bool {
    header.as_bytes().starts_with(line) && line.starts_with(OURS)
}

fn check_count(path: &Path, faults: usize) -> Result<()> {
    if faults <= MOST_FAULTS {
        return Ok(());
    }
    let found = format!("more than {MOST_FAULTS} damaged lines");
    let allowed = format!("a file of records with at most {MOST_FAULTS} of them");
    Err(Invalid::new(path.display().to_string(), found, allowed).into())
}

fn foreign(path: &Path, first: &[u8], header: &str) -> Error {
    let first = String::from_utf8_lossy(first);
    let allowed = format!("\"{}\", records of this study", header.trim_end());
    let found = format!("\"{}\"", first.trim_end());
    Invalid::new(format!("{}:1", path.display()), found, allowed).into()
}
