//! The records of a study as a file that only grows: one line each, with a checksum that also
//! says whose they are.
//!
//! A file is read line by line: memory holds a line, 8 bytes for every trial of the study, and the
//! first few faults.

mod index;
mod line;

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::store::atomic::{Over, keep_beside, regular, settled, write_by};
use crate::study::records::TrialRecords;
use crate::study::{Study, TrialRecord, Unit};

pub use index::Index;
pub use line::key;

/// A file of records that is being written.
pub struct Records {
    file: File,
    path: PathBuf,
    key: u32,
}

impl Records {
    /// Opens the file of a study, or begins one, and enters all records that can be trusted into
    /// the ledger, which holds none yet. What cannot be is named, and left to be computed again; a
    /// damaged file is kept beside as `NAME.damaged`. Nobody else may write the file meanwhile.
    ///
    /// # Errors
    ///
    /// [`Error::Write`] where the file cannot be read and written, or is being written already;
    /// [`Error::Value`] where it is a link, or no file of records that this version reads.
    pub fn open(
        path: &Path,
        study: &Study,
        ledger: &mut TrialRecords,
    ) -> Result<(Self, Vec<String>)> {
        let failed = |source| Error::Write { path: path.to_owned(), source };
        regular(path)?;
        let mut options = OpenOptions::new();
        let mut file = options.read(true).append(true).create(true).open(path).map_err(failed)?;
        if let Err(TryLockError::WouldBlock) = file.try_lock() {
            let busy = io::Error::new(io::ErrorKind::ResourceBusy, "another run writes it");
            return Err(failed(busy));
        }
        let mut index = Index::new(study)?;
        let own = file.try_clone().map_err(failed)?;
        let scan = index.add(path, own, |unit, record| ledger.put(unit, record))?;
        index.correct(ledger)?;
        let again = |what: String| format!("{what}; what cannot be trusted is run again");
        let mut damage: Vec<String> = scan.damage.into_iter().map(again).collect();
        if scan.is_damaged {
            let place = keep_beside(path)?;
            damage.push(format!("{}: kept as {}", path.display(), place.display()));
        }
        file.set_len(scan.whole).map_err(failed)?;
        file.seek(SeekFrom::End(0)).map_err(failed)?;
        let mut records = Self { file, path: path.to_owned(), key: index.key() };
        if scan.whole == 0 {
            records.write(&line::header(records.key))?;
        }
        Ok((records, damage))
    }

    /// Adds records; they are there when this returns, whatever happens to the program.
    pub fn append(&mut self, units: &[Unit], records: &[TrialRecord]) -> Result<()> {
        let lines = units.iter().zip(records);
        let text: String =
            lines.map(|(unit, record)| line::line(*unit, record, self.key)).collect();
        self.write(&text)
    }

    fn write(&mut self, text: &str) -> Result<()> {
        let _writing = settled();
        let failed = |source| Error::Write { path: self.path.clone(), source };
        self.file.write_all(text.as_bytes()).map_err(failed)
    }

    /// Puts the records in order: the same bytes for the same records, however they came.
    pub fn tidy(&self, study: &Study) -> Result<()> {
        let failed = |source| Error::Write { path: self.path.clone(), source };
        let mut index = Index::new(study)?;
        let file = self.file.try_clone().map_err(failed)?;
        index.add(&self.path, file, |_, _| {})?;
        self.replace(&mut index)
    }

    /// Puts the records of an index, in their order, in the place of those of the file.
    pub fn replace(&self, index: &mut Index<'_>) -> Result<()> {
        write_by(&self.path, line::header(self.key).as_bytes(), Over::Ours, |out| index.copy(out))
    }
}

/// Writes all records that a ledger keeps in their order, over nothing but records.
pub fn save(path: &Path, study: &Study, ledger: &TrialRecords) -> Result<()> {
    let key = key(study)?;
    let header = line::header(key);
    write_by(path, header.as_bytes(), Over::Ours, |out| {
        out.write_all(header.as_bytes())?;
        for cell in 0..study.cells().len() {
            for (trial, record) in ledger.records(cell) {
                out.write_all(line::line(Unit { cell, trial }, &record, key).as_bytes())?;
            }
        }
        Ok(())
    })
}
