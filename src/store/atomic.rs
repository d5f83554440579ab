//! Atomic writing: a file is written under a temporary name and then renamed, whole or not at all.
//!
//! Every file the program writes goes through [`write()`] or [`write_all()`]. A link is refused; it
//! is neither followed nor replaced. What cannot be computed again is on the disk when the write
//! returns, so that it outlives a loss of power. An existing file is replaced only if [`Over`] allows it; a
//! file that is not ours is replaced only if the user confirmed it for this file. Parent folders
//! may be links.

use std::fs::{self, File, FileType, OpenOptions};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::{Builder, NamedTempFile};

use crate::error::{Error, Invalid, Result};
use crate::store::ours::{LOOKED_AT, has_other_columns, kind_of};

/// Held while a file is written.
static WRITING: Mutex<()> = Mutex::new(());

/// The kinds of existing files that a new file may replace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// Nothing: no file of that name may exist.
    Nothing,
    /// An empty file, or one of the same kind whose content shows that taskscope wrote it.
    Ours,
    /// Any regular file: the user confirmed it, or the caller has checked the file.
    Any,
}

/// Whether a file must be on the disk when its write returns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Keeping {
    /// It must, for example the user's work.
    Disk,
    /// The system may write it later, because it can be computed again.
    Later,
}

/// Waits until the file being written is finished. No other file is started while the guard lives:
/// hold it while ending the program, so that no partial file is left.
pub fn settled() -> MutexGuard<'static, ()> {
    WRITING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The path itself if it is free, else the first free one of `name-2`, `name-3`, …
pub fn free(path: &Path) -> PathBuf {
    let is_free = |path: &PathBuf| fs::symlink_metadata(path).is_err();
    let numbered = (2..).map(|number: u32| {
        let mut name = path.file_stem().unwrap_or_default().to_owned();
        name.push(format!("-{number}"));
        if let Some(ending) = path.extension() {
            name.push(".");
            name.push(ending);
        }
        path.with_file_name(name)
    });
    std::iter::once(path.to_owned()).chain(numbered).find(is_free).unwrap_or_default()
}

/// Writes `bytes` to `path` atomically. An existing file is replaced only if `over` allows it; its
/// permissions are kept, and a failure leaves it unchanged.
///
/// # Errors
///
/// [`Error::Value`] for a link and for a file that is not ours; [`Error::Exists`] if a file exists
/// and none may be replaced; [`Error::Write`] if the folder is missing or not writable, the path is
/// not a regular file or is read-only, or the disk is full.
pub fn write(path: &Path, bytes: &[u8], over: Over) -> Result<()> {
    put(path, bytes, (over, Keeping::Disk), |out| out.write_all(bytes))
}

/// Like [`write()`], for a file too long to be held in memory: `fill` writes it, and `head` is its
/// beginning.
///
/// # Errors
///
/// As for [`write()`], and the error of `fill`.
pub fn write_by(
    path: &Path,
    head: &[u8],
    over: Over,
    fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<()> {
    put(path, head, (over, Keeping::Disk), fill)
}

fn put(
    path: &Path,
    head: &[u8],
    (over, keeping): (Over, Keeping),
    fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<()> {
    let _writing = settled();
    may_write(path, head, over)?;
    replace(path, (over, keeping), fill).map_err(|source| match source.kind() {
        io::ErrorKind::AlreadyExists => Error::Exists(path.to_owned()),
        _ => Error::Write { path: path.to_owned(), source },
    })
}

/// Writes several files that can be computed again, and replaces only [ours](Over::Ours). All paths
/// are checked before the first file is written.
///
/// # Errors
///
/// As for [`write()`], for the first path that is taken, else for the first file that cannot be
/// written; the files before it have been written.
pub fn write_all(files: &[(PathBuf, Vec<u8>)]) -> Result<()> {
    files.iter().try_for_each(|(path, bytes)| may_write(path, bytes, Over::Ours))?;
    files.iter().try_for_each(|(path, bytes)| {
        put(path, bytes, (Over::Ours, Keeping::Later), |out| out.write_all(bytes))
    })
}

/// Checks, without creating it, that a file of ours may be written to a path.
///
/// # Errors
///
/// [`Error::Value`] for a link and for a file that is not ours; [`Error::Write`] for anything else
/// that is not a regular file.
pub fn look_at(path: &Path) -> Result<()> {
    match beginning(path)?.is_some_and(|old| kind_of(&old).is_none()) {
        true => of_kind(path, None, None),
        false => Ok(()),
    }
}

/// Copies a file that is about to be replaced to `NAME.damaged`, or another ending that says why, in
/// its folder, or the first free `NAME-2.damaged`, …
///
/// # Errors
///
/// [`Error::Write`] if it cannot be copied.
pub fn keep_beside(path: &Path, ending: &str) -> Result<PathBuf> {
    let _writing = settled();
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{ending}"));
    let place = free(&path.with_file_name(name));
    let copied = File::open(path).and_then(|mut damaged| {
        let mut copy = beside(&place)?;
        io::copy(&mut damaged, &mut copy)?;
        copy.as_file().sync_all()?;
        copy.persist_noclobber(&place).map(drop).map_err(|error| error.error)
    });
    copied.map_err(unnamed).map_err(|source| Error::Write { path: place.clone(), source })?;
    Ok(place)
}

/// Opens an empty file for locking; creates it if missing.
///
/// # Errors
///
/// [`Error::Value`] for a link and for a file that is not empty; [`Error::Write`] if it cannot be
/// opened.
pub(super) fn lock_file(path: &Path) -> Result<File> {
    let found = fs::symlink_metadata(path).ok();
    if let Some(found) = found.filter(|found| !found.is_file() || found.len() > 0) {
        let found = if found.is_file() { "a file with content" } else { kind(found.file_type()) };
        return Err(refused(path, found, "an empty file, or none"));
    }
    let opened = OpenOptions::new().write(true).create(true).truncate(false).open(path);
    opened.map_err(|source| Error::Write { path: path.to_owned(), source })
}

/// The error for a path that is taken by something else.
pub(super) fn refused(path: &Path, found: &str, allowed: &str) -> Error {
    let field = path.display().to_string();
    Invalid { field, found: found.to_owned(), allowed: allowed.to_owned() }.into()
}

/// Checks that a path is free or holds a file that `over` allows to replace by a file that begins
/// with `bytes`.
///
/// # Errors
///
/// As for [`write()`], before anything is written.
pub fn may_write(path: &Path, bytes: &[u8], over: Over) -> Result<()> {
    match over {
        Over::Any => regular(path).map(drop),
        Over::Nothing => match regular(path)? {
            Some(_) => Err(Error::Exists(path.to_owned())),
            None => Ok(()),
        },
        Over::Ours => match beginning(path)? {
            Some(old) if has_other_columns(&old, bytes) => {
                let found = "a table of taskscope with other columns, as if some had been added";
                Err(refused(path, found, "a name that is free"))
            }
            Some(old) => of_kind(path, kind_of(&old), kind_of(bytes)),
            None => Ok(()),
        },
    }
}

/// The length of the regular file at a path; `None` if nothing exists there.
///
/// # Errors
///
/// [`Error::Value`] for a link and for `-`, [`Error::Write`] for anything else that is not a regular
/// file.
pub(super) fn regular(path: &Path) -> Result<Option<u64>> {
    if path == Path::new("-") {
        let allowed = "the name of a file; ./- for a file of this name";
        return Err(refused(path, "a dash, which names no file", allowed));
    }
    let Ok(old) = fs::symlink_metadata(path) else { return Ok(None) };
    if old.is_symlink() {
        return Err(refused(path, "a link", "a regular file, or a name that is free"));
    }
    if !old.is_file() {
        let found = format!("found {}; allowed: a regular file", kind(old.file_type()));
        return Err(Error::Write { path: path.to_owned(), source: io::Error::other(found) });
    }
    Ok(Some(old.len()))
}

/// The beginning of the file at a path, as far as its kind is told by it; `None` if there is no file
/// or an empty one.
fn beginning(path: &Path) -> Result<Option<Vec<u8>>> {
    if regular(path)?.is_none_or(|length| length == 0) {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(LOOKED_AT).read_to_end(&mut bytes));
    read.map_err(|source| Error::Write { path: path.to_owned(), source })?;
    Ok(Some(bytes))
}

/// Refuses an old file whose kind differs from that of the new one.
fn of_kind(path: &Path, old: Option<&str>, new: Option<&str>) -> Result<()> {
    let found = match (old, new) {
        (Some(old), Some(new)) if old == new => return Ok(()),
        (Some(old), _) => format!("{old} of taskscope, which is another kind of file"),
        (None, _) => "a file that taskscope did not write".to_owned(),
    };
    let allowed = new.map_or("a name that is free".to_owned(), |new| {
        format!("a name that is free, or {new} of taskscope")
    });
    Err(refused(path, &found, &allowed))
}

fn replace(
    path: &Path,
    (over, keeping): (Over, Keeping),
    fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut file = BufWriter::new(beside(path)?);
    fill(&mut file).map_err(unnamed)?;
    let file = file.into_inner().map_err(|error| unnamed(error.into_error()))?;
    if keeping == Keeping::Disk {
        file.as_file().sync_all()?;
    }
    put_in_place(file, path, over)?;
    if keeping == Keeping::Disk {
        sync_folder(path);
    }
    Ok(())
}

/// Writes the names in the folder of a file to the disk, where the system can do so.
pub(super) fn sync_folder(path: &Path) {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let _ = File::open(folder.unwrap_or(Path::new("."))).and_then(|folder| folder.sync_all());
}

fn put_in_place(file: NamedTempFile, path: &Path, over: Over) -> io::Result<()> {
    if over == Over::Nothing {
        return file.persist_noclobber(path).map(drop).map_err(|e| e.error);
    }
    if let Ok(old) = fs::symlink_metadata(path) {
        if old.permissions().readonly() {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        file.as_file().set_permissions(old.permissions())?;
    }
    file.persist(path).map(drop).map_err(|e| e.error)
}

/// Names the type of something that is not a regular file.
fn kind(found: FileType) -> &'static str {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if found.is_fifo() {
            return "a pipe";
        }
        if found.is_socket() {
            return "a socket";
        }
    }
    match found {
        found if found.is_symlink() => "a link",
        found if found.is_dir() => "a folder",
        _ => "a device",
    }
}

fn beside(place: &Path) -> io::Result<NamedTempFile> {
    let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut builder = Builder::new();
    builder.prefix(".taskscope-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder.unwrap_or(Path::new("."))).map_err(plain)
}

/// The error of the system without the name of the temporary file and the number of the error.
fn unnamed(error: io::Error) -> io::Error {
    let words = error.to_string();
    match words.split_once(" at path \"") {
        Some((words, _)) => {
            let words = words.split(" (os error").next().unwrap_or(words);
            io::Error::new(error.kind(), words.to_owned())
        }
        None => error,
    }
}

/// The error without the name of the temporary file.
fn plain(error: io::Error) -> io::Error {
    match error.kind() {
        kind @ io::ErrorKind::NotFound => io::Error::new(kind, "the folder does not exist"),
        kind => kind.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_of_the_system_names_no_temporary_file_and_no_number() {
        let folder = tempfile::tempdir().unwrap();
        let nowhere = Builder::new().tempfile_in(folder.path().join("nowhere")).unwrap_err();
        assert!(nowhere.to_string().contains("at path"), "{nowhere}");
        let (kind, said) = (nowhere.kind(), unnamed(nowhere));
        assert_eq!(said.kind(), kind);
        let said = said.to_string();
        assert!(!said.contains("os error") && !said.contains("nowhere"), "{said}");
        assert_eq!(unnamed(io::Error::other("too long")).to_string(), "too long");
    }
}
