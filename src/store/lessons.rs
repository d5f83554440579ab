//! Lesson files, and the scenarios that they name.

use std::path::Path;

use crate::error::{Error, Invalid, Result};
use crate::lesson::Lesson;
use crate::lesson::catalog::preset;
use crate::scenario::{Preset, Scenario};
use crate::store::read;

/// The largest lesson that is read, in bytes.
const LARGEST: u64 = 1 << 20;

/// Reads a lesson file. A scenario that it names is a preset, or a file beside it.
///
/// # Errors
///
/// Where lesson or scenario cannot be read, or hold what is not allowed.
pub fn lesson(path: &Path) -> Result<Lesson> {
    let fault = |source| Error::Read { path: path.to_owned(), source };
    let toml = read::bounded(path, LARGEST).map_err(fault)?;
    let open = |name: &str| match Preset::find(name) {
        Some(_) => preset(name),
        None if !name.contains(['.', '/', '\\']) => preset(name),
        None if name.contains(['/', '\\']) || name.starts_with('.') => {
            let allowed = "a preset, or the name of a file beside the lesson";
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
