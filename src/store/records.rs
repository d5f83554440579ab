//! The records of a study as an append-only file: one line per record, with a checksum that also
//! identifies the study.
//!
//! Files are read line by line. Memory holds one line, 8 bytes per trial of the study, and the
//! first few faults.

mod index;
mod line;

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::store::atomic::{Over, keep_beside, regular, settled, sync_folder, write_by};
use crate::study::records::TrialRecords;
use crate::study::{Study, TrialRecord, Unit};

pub use index::{Index, Scan};
pub use line::key;

/// A file of records open for writing.
pub struct Records {
    file: File,
    path: PathBuf,
    key: u32,
}

impl Records {
    /// Opens or creates the file of a study, locks it, and enters all valid records into
    /// `records`, which is empty. Returns messages about invalid records, whose trials are run again. A damaged file
    /// is kept as `NAME.damaged`.
    ///
    /// # Errors
    ///
    /// [`Error::Write`] if the file cannot be read and written, or another run is writing it;
    /// [`Error::Value`] if it is a link, or this version cannot read it as records.
    pub fn open(
        path: &Path,
        study: &Study,
        records: &mut TrialRecords,
    ) -> Result<(Self, Vec<String>)> {
        let failed = |source| Error::Write { path: path.to_owned(), source };
        regular(path)?;
        let mut options = OpenOptions::new();
        let mut file = options.read(true).append(true).create(true).open(path).map_err(failed)?;
        lock(&file, path)?;
        let mut index = Index::new(study)?;
        let own = file.try_clone().map_err(failed)?;
        let scan = index.add(path, own, |unit, record| records.put(unit, record))?;
        index.correct(records)?;
        let again = |what: String| format!("{what}; damaged trials are run again");
        let mut damage: Vec<String> = scan.damage.into_iter().map(again).collect();
        if scan.is_damaged {
            let place = keep_beside(path, "damaged")?;
            damage.push(format!("{}: kept as {}", path.display(), place.display()));
        }
        file.set_len(scan.whole).map_err(failed)?;
        file.seek(SeekFrom::End(0)).map_err(failed)?;
        let mut records = Self { file, path: path.to_owned(), key: index.key() };
        if scan.whole == 0 {
            records.write(&line::header(records.key))?;
            sync_folder(path);
        }
        Ok((records, damage))
    }

    /// Appends records. When this returns, they survive a crash of the program; after
    /// [`sync`](Self::sync), a loss of power too.
    pub fn append(&mut self, units: &[Unit], records: &[TrialRecord]) -> Result<()> {
        let lines = units.iter().zip(records);
        let text: String =
            lines.map(|(unit, record)| line::line(*unit, record, self.key)).collect();
        self.write(&text)
    }

    /// Waits until all appended records are on the disk.
    pub fn sync(&self) -> Result<()> {
        let failed = |source| Error::Write { path: self.path.clone(), source };
        self.file.sync_data().map_err(failed)
    }

    fn write(&mut self, text: &str) -> Result<()> {
        let _writing = settled();
        let failed = |source| Error::Write { path: self.path.clone(), source };
        self.file.write_all(text.as_bytes()).map_err(failed)
    }

    /// Sorts the records, so that equal records give equal bytes, whatever their order.
    pub fn tidy(&self, study: &Study) -> Result<()> {
        let failed = |source| Error::Write { path: self.path.clone(), source };
        let mut index = Index::new(study)?;
        let file = self.file.try_clone().map_err(failed)?;
        index.add(&self.path, file, |_, _| {})?;
        self.replace(&mut index)
    }

    /// Replaces the records of the file by those of an index, sorted.
    pub fn replace(&self, index: &mut Index<'_>) -> Result<()> {
        write_by(&self.path, line::header(self.key).as_bytes(), Over::Ours, |out| index.copy(out))
    }
}

/// Locks a file of records, so that no other run writes it.
fn lock(file: &File, path: &Path) -> Result<()> {
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => {
            let source = io::Error::new(io::ErrorKind::ResourceBusy, "another run is writing it");
            Err(Error::Write { path: path.to_owned(), source })
        }
        _ => Ok(()),
    }
}

/// Writes all records, sorted; replaces only a file of records that no other run is writing.
pub fn save(path: &Path, study: &Study, records: &TrialRecords) -> Result<()> {
    let key = key(study)?;
    let header = line::header(key);
    regular(path)?;
    let old = File::open(path).ok();
    old.as_ref().map_or(Ok(()), |old| lock(old, path))?;
    write_by(path, header.as_bytes(), Over::Ours, |out| {
        out.write_all(header.as_bytes())?;
        for cell in 0..study.cells().len() {
            for (trial, record) in records.records(cell) {
                out.write_all(line::line(Unit { cell, trial }, &record, key).as_bytes())?;
            }
        }
        Ok(())
    })
}
