//! Files are written beside their place and moved into it: whole, or not at all.
//!
//! Every file that the program writes goes through [`write()`] or [`write_all()`], and so follows one
//! rule. A link is refused, never followed and never replaced. What stands in the place of the file
//! is replaced only as far as [`Over`] allows: a file that is not ours never is, unless a person has
//! said so of this very file. Folders on the way may be links.

use std::fs::{self, File, FileType, OpenOptions};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::{Builder, NamedTempFile};

use crate::error::{Error, Invalid, Result};
use crate::store::ours::{LOOKED_AT, kind_of};

/// Held while a file is written.
static WRITING: Mutex<()> = Mutex::new(());

/// What a new file may replace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// Nothing: the place must be free.
    Nothing,
    /// An empty file, or one that shows by its content that taskscope wrote it, and of the same kind.
    Ours,
    /// Any regular file: a person has said so, or the caller has looked at it.
    Any,
}

/// Waits for the file that is being written. None is begun while what is returned lives: whoever
/// ends the program holds it, and leaves no half of a file.
pub fn settled() -> MutexGuard<'static, ()> {
    WRITING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The path itself where nothing stands there, else the first free one of `name-2`, `name-3`, …
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

/// Puts `bytes` in the place of `path`. What stood there before is replaced only as far as `over`
/// allows, keeps its permissions, and is untouched by any failure.
///
/// # Errors
///
/// [`Error::Value`] for a link, and for a file that is not ours; [`Error::Exists`] where the place
/// had to be free; [`Error::Write`] where the folder is missing or closed, the place is taken by
/// what is no regular file or by one that is read-only, or the disk is full.
pub fn write(path: &Path, bytes: &[u8], over: Over) -> Result<()> {
    write_by(path, bytes, over, |out| out.write_all(bytes))
}

/// As [`write()`], for a file that is too long to be held in memory: `fill` writes it, and `head` is
/// what it begins with.
///
/// # Errors
///
/// As [`write()`], and what `fill` returns.
pub fn write_by(
    path: &Path,
    head: &[u8],
    over: Over,
    fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<()> {
    let _writing = settled();
    may_write(path, head, over)?;
    replace(path, over, fill).map_err(|source| match source.kind() {
        io::ErrorKind::AlreadyExists => Error::Exists(path.to_owned()),
        _ => Error::Write { path: path.to_owned(), source },
    })
}

/// Writes several files over none but [ours](Over::Ours). All places are looked at before the first
/// file is written.
///
/// # Errors
///
/// As [`write()`], for the first place that is taken, else for the first file that cannot be written;
/// those before it are there, whole.
pub fn write_all(files: &[(PathBuf, Vec<u8>)]) -> Result<()> {
    files.iter().try_for_each(|(path, bytes)| may_write(path, bytes, Over::Ours))?;
    files.iter().try_for_each(|(path, bytes)| write(path, bytes, Over::Ours))
}

/// Whether a file of ours may be written there, as far as that can be said before it is made.
///
/// # Errors
///
/// [`Error::Value`] for a link, and for a file that is not ours; [`Error::Write`] for what is no
/// regular file.
pub fn look_at(path: &Path) -> Result<()> {
    match kind_at(path)? {
        Some(None) => of_kind(path, None, None),
        _ => Ok(()),
    }
}

/// Copies a damaged file to `NAME.damaged` beside it, or to the first free of `NAME-2.damaged`, …
///
/// # Errors
///
/// [`Error::Write`] where it cannot be copied.
pub fn keep_beside(path: &Path) -> Result<PathBuf> {
    let _writing = settled();
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".damaged");
    let place = free(&path.with_file_name(name));
    let copied = File::open(path).and_then(|mut damaged| {
        let mut copy = beside(&place)?;
        io::copy(&mut damaged, &mut copy)?;
        copy.persist_noclobber(&place).map(drop).map_err(|error| error.error)
    });
    copied.map_err(|source| Error::Write { path: place.clone(), source }).map(|()| place)
}

/// Opens the file on which a lock is taken: an empty one, made where there is none.
///
/// # Errors
///
/// [`Error::Value`] for a link, and for a file that holds something; [`Error::Write`] where it cannot
/// be opened.
pub(super) fn lock_file(path: &Path) -> Result<File> {
    let found = fs::symlink_metadata(path).ok();
    if let Some(found) = found.filter(|found| !found.is_file() || found.len() > 0) {
        let found = if found.is_file() { "a file with content" } else { kind(found.file_type()) };
        return Err(refused(path, found, "an empty file, or none"));
    }
    let opened = OpenOptions::new().write(true).create(true).truncate(false).open(path);
    opened.map_err(|source| Error::Write { path: path.to_owned(), source })
}

/// Refuses what stands in the place of a file.
pub(super) fn refused(path: &Path, found: &str, allowed: &str) -> Error {
    let field = path.display().to_string();
    Invalid { field, found: found.to_owned(), allowed: allowed.to_owned() }.into()
}

/// Whether a file may be written: the place is free, or holds what `over` lets it replace.
fn may_write(path: &Path, bytes: &[u8], over: Over) -> Result<()> {
    match over {
        Over::Any => regular(path).map(drop),
        Over::Nothing => match regular(path)? {
            Some(_) => Err(Error::Exists(path.to_owned())),
            None => Ok(()),
        },
        Over::Ours => match kind_at(path)? {
            Some(old) => of_kind(path, old, kind_of(bytes)),
            None => Ok(()),
        },
    }
}

/// The length of the regular file at a place; `None` where nothing stands there.
///
/// # Errors
///
/// [`Error::Value`] for a link, [`Error::Write`] for what is no regular file.
pub(super) fn regular(path: &Path) -> Result<Option<u64>> {
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

/// The kind of our files that stands at a place, `Some(None)` for a file of somebody else; `None`
/// where there is none, or an empty one.
fn kind_at(path: &Path) -> Result<Option<Option<&'static str>>> {
    if regular(path)?.is_none_or(|length| length == 0) {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(LOOKED_AT).read_to_end(&mut bytes));
    read.map_err(|source| Error::Write { path: path.to_owned(), source })?;
    Ok(Some(kind_of(&bytes)))
}

/// Refuses an old file that is not of the kind of the new one.
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
    over: Over,
    fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut file = BufWriter::new(beside(path)?);
    fill(&mut file)?;
    let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
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

/// What stands in the place of a regular file.
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

/// The error without the name of the file that was to be renamed.
fn plain(error: io::Error) -> io::Error {
    match error.kind() {
        kind @ io::ErrorKind::NotFound => io::Error::new(kind, "there is no such folder"),
        kind => kind.into(),
    }
}
