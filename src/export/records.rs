//! The records of a study as a file that only grows: one line each, with a checksum that also
//! says whose they are.
//!
//! A file is read line by line: memory holds a line, 8 bytes for every trial of the study, and the
//! first few faults.

mod index;
mod line;

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use tempfile::Builder;

use super::atomic::settled;
use crate::error::{Error, Invalid, Result};
use crate::study::{Ledger, Record, Study, Unit};

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
    pub fn open(path: &Path, study: &Study, ledger: &mut Ledger) -> Result<(Self, Vec<String>)> {
        let failed = |source| Error::Write { path: path.to_owned(), source };
        check_place(path)?;
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
            let place = keep_beside(path, &mut file)?;
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
    pub fn append(&mut self, units: &[Unit], records: &[Record]) -> Result<()> {
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
        replace(&self.path, true, |out| index.copy(out))
    }
}

/// Writes all records that a ledger keeps in their order; over a file that is there only where
/// `over` says so.
pub fn save(path: &Path, study: &Study, ledger: &Ledger, over: bool) -> Result<()> {
    check_place(path)?;
    let key = key(study)?;
    replace(path, over, |out| {
        out.write_all(line::header(key).as_bytes())?;
        for cell in 0..study.cells().len() {
            for (trial, record) in ledger.records(cell) {
                out.write_all(line::line(Unit { cell, trial }, &record, key).as_bytes())?;
            }
        }
        Ok(())
    })
}

/// Writes a file beside its place and moves it there.
fn replace(
    path: &Path,
    over: bool,
    fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<()> {
    let _writing = settled();
    let place = || -> io::Result<()> {
        let mut file = BufWriter::new(beside(path)?);
        fill(&mut file)?;
        let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        if !over {
            return file.persist_noclobber(path).map(drop).map_err(|error| error.error);
        }
        if let Ok(old) = fs::metadata(path) {
            file.as_file().set_permissions(old.permissions())?;
        }
        file.persist(path).map(drop).map_err(|error| error.error)
    };
    place().map_err(|source| Error::Write { path: path.to_owned(), source })
}

fn beside(path: &Path) -> io::Result<tempfile::NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut builder = Builder::new();
    builder.prefix(".taskscope-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder.unwrap_or(Path::new(".")))
}

/// Copies a damaged file to the first free of `NAME.damaged`, `NAME.damaged-2`, …
fn keep_beside(path: &Path, file: &mut File) -> Result<PathBuf> {
    let _writing = settled();
    for number in 1.. {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(if number == 1 { ".damaged".to_owned() } else { format!(".damaged-{number}") });
        let place = path.with_file_name(name);
        let copied = OpenOptions::new().write(true).create_new(true).open(&place);
        let copied = copied.and_then(|mut copy| {
            file.seek(SeekFrom::Start(0))?;
            io::copy(file, &mut copy)
        });
        match copied {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(source) => return Err(Error::Write { path: place, source }),
            Ok(_) => return Ok(place),
        }
    }
    Err(Error::Failed("there is no free name".into()))
}

/// Refuses a link, and what is no regular file, in the place of records that are to be written.
fn check_place(path: &Path) -> Result<()> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_symlink() => {
            let allowed = "a regular file, or a name that is free";
            Err(Invalid::new(path.display().to_string(), "a link", allowed).into())
        }
        Ok(_) => regular(path).map_err(|source| Error::Write { path: path.to_owned(), source }),
        Err(_) => Ok(()),
    }
}

/// Whether a place holds a regular file: others can be read without end.
pub(super) fn regular(path: &Path) -> io::Result<()> {
    if fs::metadata(path)?.is_file() {
        return Ok(());
    }
    Err(io::Error::other("found no regular file; allowed: a regular file"))
}
