//! Paths that files name.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::error::{Error, Invalid, Result};

/// Makes sure that there is a folder, with those above it.
///
/// # Errors
///
/// [`Error::Write`], with words for people where the path is that of a file.
pub fn make_folder(path: &Path) -> Result<()> {
    let said = |source: io::Error| match path.exists() && !path.is_dir() {
        true => io::Error::other("found a file; allowed: a folder"),
        false => source,
    };
    fs::create_dir_all(path)
        .map_err(|source| Error::Write { path: path.to_owned(), source: said(source) })
}

/// A path as the text by which a file names it.
///
/// # Errors
///
/// [`Error::Value`](crate::error::Error::Value) for a path that is not UTF-8, which no file could
/// name.
pub(super) fn named(path: &Path) -> Result<String> {
    path.to_str().map(str::to_owned).ok_or_else(|| {
        let found = format!("\"{}\", which is not UTF-8", path.display());
        Invalid::new("file", found, "a path in UTF-8: rename the file or its folder").into()
    })
}

/// Returns true if a path that a file names stays in that file's folder or below it, also through
/// links. What does not exist leads nowhere.
pub(super) fn is_below(folder: &Path, path: &Path) -> bool {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    match (folder.canonicalize(), path.canonicalize()) {
        (Ok(folder), Ok(path)) => path.starts_with(folder),
        _ => true,
    }
}

/// A path as the system knows it, whether or not there is anything yet.
pub(crate) fn placed(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let there = whole.ancestors().find_map(|known| Some((known, known.canonicalize().ok()?)));
    there
        .and_then(|(known, real)| Some(real.join(whole.strip_prefix(known).ok()?)))
        .unwrap_or_else(|| whole.clone())
}
