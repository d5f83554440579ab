//! Files are written beside their place and moved into it: whole, or not at all.

use std::fs::{self, FileType};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::{Builder, NamedTempFile};

use crate::error::{Error, Result};

/// Held while a file is written.
static WRITING: Mutex<()> = Mutex::new(());

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

/// Puts `bytes` in the place of `path`. What stood there before is replaced only with
/// `overwrite`, keeps its permissions, and is untouched by any failure. A link is followed.
///
/// # Errors
///
/// [`Error::Write`] where the folder is missing or closed, the place is taken by what is
/// no regular file, by one that is read-only, or by any file without `overwrite`, or the disk is full.
pub fn write(path: &Path, bytes: &[u8], overwrite: bool) -> Result<()> {
    let _writing = settled();
    replace(path, bytes, overwrite).map_err(|source| Error::Write { path: path.to_owned(), source })
}

fn replace(path: &Path, bytes: &[u8], overwrite: bool) -> io::Result<()> {
    let place = followed(path);
    let old = fs::metadata(&place).ok();
    if let Some(old) = old.as_ref().filter(|old| !old.is_file()) {
        let found = kind(old.file_type());
        return Err(io::Error::other(format!("found {found}; allowed: a regular file")));
    }
    let mut file = beside(&place)?;
    file.as_file_mut().write_all(bytes)?;
    if !overwrite {
        return file.persist_noclobber(&place).map(drop).map_err(|e| e.error);
    }
    if let Some(permissions) = old.map(|old| old.permissions()) {
        if permissions.readonly() {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        file.as_file().set_permissions(permissions)?;
    }
    file.persist(&place).map(drop).map_err(|e| e.error)
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
    if found.is_dir() { "a folder" } else { "a device" }
}

fn followed(path: &Path) -> PathBuf {
    if path.is_symlink() {
        fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
    } else {
        path.to_owned()
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
