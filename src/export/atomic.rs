//! Files are written beside their place and moved into it: whole, or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

use crate::error::{Error, Result};

/// Puts `bytes` in the place of `path`. What stood there before is replaced only with
/// `overwrite`, keeps its permissions, and is untouched by any failure. A link is followed.
///
/// # Errors
///
/// [`Error::Write`] where the folder is missing or closed, the place is taken by a folder, by a
/// file that is read-only, or by any file without `overwrite`, or the disk is full.
pub fn write(path: &Path, bytes: &[u8], overwrite: bool) -> Result<()> {
    replace(path, bytes, overwrite).map_err(|source| Error::Write { path: path.to_owned(), source })
}

fn replace(path: &Path, bytes: &[u8], overwrite: bool) -> io::Result<()> {
    let place = followed(path);
    let old = fs::metadata(&place).ok();
    if old.as_ref().is_some_and(fs::Metadata::is_dir) {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let mut file = beside(&place)?;
    file.write_all(bytes)?;
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
