//! Reads scenario files.

use std::io;
use std::path::{Path, PathBuf};

use crate::error::{Error, Invalid, Result};
use crate::scenario::preset::PRESETS;
use crate::store::read::text;

/// Reads a scenario file, up to the size limit of scenario files.
pub(super) fn read(file: &str) -> Result<String> {
    text(file.as_ref()).map_err(|source| {
        let looks_like_name = !file.contains(['/', '\\', '.']);
        if looks_like_name && source.kind() == io::ErrorKind::NotFound {
            let names: Vec<&str> = PRESETS.iter().map(|preset| preset.name).collect();
            let allowed = format!("a file, or one of {}", names.join(", "));
            return Invalid::new(
                "scenario",
                format!("\"{file}\", which is neither a preset nor a file"),
                allowed,
            )
            .into();
        }
        Error::Read { path: file.into(), source }
    })
}

/// Refuses to overwrite the input file.
pub(super) fn other_than(read: &str, out: &Path) -> Result<()> {
    let same = |read: PathBuf| out.canonicalize().is_ok_and(|out| out == read);
    match Path::new(read).canonicalize().is_ok_and(same) {
        true => Err(Invalid::new("--out", out.display(), "a file other than the input").into()),
        false => Ok(()),
    }
}
