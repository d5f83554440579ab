//! Reads lesson files, the scenarios they name, and the user's folder of lessons.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{Error, Invalid, Result};
use crate::lesson::Lesson;
use crate::lesson::catalog::{LESSONS, preset};
use crate::scenario::{Preset, Scenario};
use crate::store::read;

use super::bounded::bounded;
use super::paths::is_below;

/// The most lesson files that are read from a folder.
const MOST: usize = 200;

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
            if !is_below(path.parent().unwrap_or(Path::new("")), &beside) {
                let allowed = "a file in the lesson's folder, and no link out of it";
                return Err(Invalid::new("scenario", format!("\"{name}\""), allowed).into());
            }
            let (_, draft) = read::scenario(&beside)?;
            let origin = beside.display().to_string();
            Scenario::check(draft).map_err(|problem| Error::Scenario { origin, problem })
        }
    };
    Lesson::parse(&toml, &path.display().to_string(), &open)
}

/// A lesson file of the user.
#[derive(Debug)]
pub struct OwnLesson {
    /// The id of the lesson; if it cannot be read, the name of the file without its ending.
    pub id: String,
    /// The file.
    pub path: PathBuf,
    /// The lesson, or the reason why it cannot be played.
    pub lesson: Result<Lesson>,
}

/// Reads the user's own lessons: the TOML files of a folder by name, then the one that was opened by
/// its path unless it is among them. A missing folder holds none. A lesson whose id is taken by one
/// before it cannot be played, because files of answers are named after the id.
pub fn own(folder: Option<&Path>, opened: Option<&Path>) -> Vec<OwnLesson> {
    let mut paths: Vec<PathBuf> = folder
        .and_then(|folder| fs::read_dir(folder).ok())
        .map(|entries| entries.filter_map(|entry| Some(entry.ok()?.path())).collect())
        .unwrap_or_default();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    paths.sort();
    paths.truncate(MOST);
    let is_known = |opened: &Path| {
        let same = |path: &PathBuf| fs::canonicalize(path).ok() == fs::canonicalize(opened).ok();
        paths.iter().any(same)
    };
    let opened = opened.filter(|opened| !is_known(opened)).map(Path::to_owned);
    let mut all: Vec<OwnLesson> = Vec::new();
    for path in paths.into_iter().chain(opened) {
        let lesson = lesson(&path).and_then(|lesson| distinct(lesson, &path, &all));
        let name = path.file_stem().unwrap_or(path.as_os_str());
        let id = match &lesson {
            Ok(lesson) => lesson.id.clone(),
            Err(_) => name.to_string_lossy().into_owned(),
        };
        all.push(OwnLesson { id, path, lesson });
    }
    all
}

/// Refuses a lesson whose id belongs to a lesson before it.
fn distinct(lesson: Lesson, path: &Path, before: &[OwnLesson]) -> Result<Lesson> {
    let is_it = |own: &&OwnLesson| own.lesson.as_ref().is_ok_and(|own| own.id == lesson.id);
    let of = match before.iter().find(is_it) {
        Some(own) => own.path.display().to_string(),
        None if LESSONS.iter().any(|built| built.id == lesson.id) => {
            "a lesson that comes with the program".to_owned()
        }
        None => return Ok(lesson),
    };
    let found = format!("\"{}\", the id of {of}", lesson.id);
    let problem = Invalid::new("id", found, "an id that no other lesson has");
    Err(Error::Lesson { origin: path.display().to_string(), problem })
}
