//! Reads lesson files and the scenarios they name.

use super::bounded::bounded;
use std::path::Path;

use crate::error::{Error, Invalid, Result};
use crate::lesson::Lesson;
use crate::lesson::catalog::preset;
use crate::scenario::{Preset, Scenario};
use crate::store::read;

/// Largest lesson that is read, in bytes.
const LARGEST: u64 = 1 << 20;

/// Reads a lesson file. A scenario it names is a preset or a file in the same folder.
///
/// # Errors
///
/// If the lesson or a scenario cannot be read or is invalid.
pub fn lesson(path: &Path) -> Result<Lesson> {
    let fault = |source| Error::Read { path: path.to_owned(), source };
    let toml = bounded(path, LARGEST).map_err(fault)?;
    let open = |name: &str| match Preset::find(name) {
        Some(_) => preset(name),
        None if !name.contains(['.', '/', '\\']) => preset(name),
        None if name.contains(['/', '\\']) || name.starts_with('.') => {
            let allowed = "a preset, or the name of a file in the lesson's folder";
            Err(Invalid::new("scenario", format!("\"{name}\""), allowed).into())
        }
        None => {
            let beside = path.parent().unwrap_or(Path::new("")).join(name);
            let (_, draft) = read::scenario(&beside)?;
            let origin = beside.display().to_string();
            Scenario::check(draft).map_err(|problem| Error::Scenario { origin, problem })
        }
    };
    Lesson::parse(&toml, &path.display().to_string(), &open)
}
