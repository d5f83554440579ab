//! The folder of a study: its question, records and results.

use super::bounded::{LARGEST_STUDY, bounded};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::cancel::Cancel;
use crate::error::{Error, Invalid, Result, brief};
use crate::export::results;
use crate::scenario::real;
use crate::store::atomic::{Over, look_at, write, write_all};
use crate::store::paths::make_folder;
use crate::store::records;
use crate::store::records::{Index, Records};
use crate::study::affinity::Insight;
use crate::study::records::TrialRecords;
use crate::study::{Shard, Study, StudyDraft, StudyResults, engine};

/// Name of the file with the question of the study.
pub const STUDY: &str = "study.json";
/// What to do where the data of a study cannot be read.
const MOVED: &str = "its files where they were, or the whole command again with their new place and \
--resume";
/// Largest such file whose first difference from another is searched for, in bytes.
const COMPARED: usize = 1 << 20;

/// The folder of a running study.
pub struct StudyFolder {
    path: PathBuf,
    /// The file to which records are added.
    pub records: Records,
}

/// What a study makes before its records are open. Dropping removes it, unless it is kept.
struct Made<'a> {
    /// The file with its question, if it was not there.
    question: Option<PathBuf>,
    /// The folders that were not there, the innermost first.
    folders: Vec<&'a Path>,
}

impl Made<'_> {
    fn keep(mut self) {
        (self.question, self.folders) = (None, Vec::new());
    }
}

impl Drop for Made<'_> {
    fn drop(&mut self) {
        self.question.iter().for_each(|file| drop(fs::remove_file(file)));
        self.folders.iter().for_each(|folder| drop(fs::remove_dir(folder)));
    }
}

/// A study read from its folders.
pub struct OpenedStudy {
    /// The study.
    pub study: Study,
    /// Its records so far.
    pub records: TrialRecords,
    /// Messages about damaged records, one line each.
    pub damage: Vec<String>,
}

impl StudyFolder {
    /// Starts a study in a folder, or continues it if `resume` is true. If that fails, nothing stays
    /// that was not there before.
    ///
    /// # Errors
    ///
    /// [`Error::Value`] if the folder holds another study, or records of this one while `resume` is
    /// false; [`Error::Write`] if it cannot be written.
    pub fn begin(
        path: &Path,
        study: &Study,
        shard: Shard,
        resume: bool,
    ) -> Result<(Self, TrialRecords, Vec<String>)> {
        let json = study.draft().to_json()?;
        let mut found = TrialRecords::lean(study)?;
        if shard == Shard::WHOLE {
            look_at_results(path, study)?;
        }
        let mut made = Made { question: None, folders: missing(path) };
        make_folder(path)?;
        let place = path.join(STUDY);
        let is_declared = place.is_file();
        made.question = declare(&place, &json)?.then_some(place);
        let log = path.join(name(shard));
        if log.is_file() && !resume {
            let (found, allowed) = match is_declared {
                true => {
                    ("records of this study", "--resume to continue with them, or another folder")
                }
                false => ("records without the study.json of their study", "another folder"),
            };
            return Err(Invalid::new(log.display().to_string(), found, allowed).into());
        }
        let (records, damage) = Records::open(&log, study, &mut found)?;
        made.keep();
        Ok((Self { path: path.to_owned(), records }, found, damage))
    }

    /// Rewrites question and records in order, so that equal records give equal bytes.
    pub fn tidy(&self, study: &Study) -> Result<()> {
        write(&self.path.join(STUDY), study.draft().to_json()?.as_bytes(), Over::Ours)?;
        self.records.tidy(study)
    }

    /// Replaces the records of this folder by those of several folders, in order.
    pub fn merge(&self, study: &Study, parts: &[PathBuf]) -> Result<()> {
        write(&self.path.join(STUDY), study.draft().to_json()?.as_bytes(), Over::Ours)?;
        let mut records = TrialRecords::lean(study)?;
        let (mut index, _) = load(parts, study, &mut records)?;
        self.records.replace(&mut index)
    }
}

/// Writes a study, its records and results into a new folder. An existing folder is used only if
/// `replace` is true and it holds no other study.
///
/// # Errors
///
/// [`Error::Exists`] if the folder exists and holds no other study; [`Error::Write`] if it cannot be written;
/// [`Error::Value`] if it holds another study, or a file of the same name that is not ours.
pub fn save(
    path: &Path,
    found: &StudyResults,
    insight: Option<&Insight>,
    replace: bool,
) -> Result<()> {
    if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        make_folder(parent)?;
    }
    match fs::create_dir(path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists && path.is_dir() => match replace {
            true => {}
            false => {
                if path.join(STUDY).is_file() {
                    declare(&path.join(STUDY), &found.study.draft().to_json()?)?;
                }
                return Err(Error::Exists(path.to_owned()));
            }
        },
        Err(_) => make_folder(path)?,
        Ok(()) => {}
    }
    declare(&path.join(STUDY), &found.study.draft().to_json()?)?;
    records::save(&path.join(name(Shard::WHOLE)), &found.study, &found.records)?;
    let theory = match found.theory.is_empty() {
        true => engine::predictions(&found.study, &Cancel::new()).unwrap_or_default().into(),
        false => found.theory.clone(),
    };
    save_results(path, &StudyResults { theory, ..found.clone() }, insight).map(|_| ())
}

/// Writes the files that follow from the records of a study into its folder and returns their
/// paths. Files of ours that stood there before are replaced.
///
/// # Errors
///
/// As [`write_all()`].
pub fn save_results(
    path: &Path,
    found: &StudyResults,
    insight: Option<&Insight>,
) -> Result<Vec<PathBuf>> {
    let files = results::files(found, insight)?.into_iter();
    let files: Vec<_> = files.map(|(name, bytes)| (path.join(name), bytes)).collect();
    write_all(&files)?;
    Ok(files.into_iter().map(|(place, _)| place).collect())
}

/// The folders of a path that do not exist, the innermost first.
fn missing(path: &Path) -> Vec<&Path> {
    path.ancestors()
        .take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists())
        .collect()
}

/// Looks at the places of the results of a study before it is run.
///
/// # Errors
///
/// As [`look_at()`].
fn look_at_results(path: &Path, study: &Study) -> Result<()> {
    results::names(study).iter().try_for_each(|name| look_at(&path.join(name)))
}

/// Writes the question of a study unless it is already there; returns true if it was not. Other parts
/// of the study may do this at the same time. If only its data lies elsewhere, the new places are
/// written.
fn declare(place: &Path, json: &str) -> Result<bool> {
    if json.len() as u64 > LARGEST_STUDY {
        let found = format!("a study of {} MiB as JSON", json.len() >> 20);
        return Err(Invalid::new(place.display().to_string(), found, "8 MiB at most").into());
    }
    match write(place, json.as_bytes(), Over::Nothing) {
        Err(Error::Exists(_)) => {}
        written => return written.map(|()| true),
    }
    let failed = |source| Error::Read { path: place.to_owned(), source };
    let found = bounded(place, LARGEST_STUDY).map_err(failed)?;
    if found == json {
        return Ok(false);
    }
    let without_folders = |json: String| {
        let draft = StudyDraft::parse(&json, "").map(|draft| draft.without_folders());
        draft.and_then(|draft| draft.to_json()).unwrap_or(json)
    };
    let (found, asked) = (without_folders(found), without_folders(json.to_owned()));
    if found == asked {
        return write(place, json.as_bytes(), Over::Ours).map(|()| false);
    }
    let differs =
        difference(&found, &asked, "asked for").map_or(String::new(), |what| format!(" ({what})"));
    let allowed = "the study of this command, or a folder without a study";
    let place = place.display().to_string();
    Err(Invalid { field: place, found: format!("another study{differs}"), allowed: allowed.into() }
        .into())
}

/// The first difference of two documents, with words for the other one:
/// `scenarios/0/scenario/trials: 60, asked for 100`.
pub(super) fn difference(found: &str, other: &str, words: &str) -> Option<String> {
    fn first(path: &str, a: &Value, b: &Value) -> Option<(String, String, String)> {
        let inside = |key: &str| format!("{path}{}{key}", if path.is_empty() { "" } else { "/" });
        match (a, b) {
            (Value::Object(a), Value::Object(b)) => {
                let keys = a.keys().chain(b.keys());
                let at = |map: &serde_json::Map<String, Value>, key: &str| {
                    map.get(key).cloned().unwrap_or(Value::Null)
                };
                keys.into_iter().find_map(|key| first(&inside(key), &at(a, key), &at(b, key)))
            }
            (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
                let pairs = a.iter().zip(b).enumerate();
                pairs.into_iter().find_map(|(i, (a, b))| first(&inside(&i.to_string()), a, b))
            }
            _ if a == b => None,
            _ => {
                let short = |value: &Value| brief(&value.to_string());
                Some((path.to_owned(), short(a), short(b)))
            }
        }
    }
    if found.len() > COMPARED {
        return None;
    }
    let read = |text: &str| serde_json::from_str::<Value>(text).ok();
    let (path, here, there) = first("", &read(found)?, &read(other)?)?;
    Some(format!("{path}: {here}, {words} {there}"))
}

/// Reads the study of a folder, without its records.
pub fn study(path: &Path) -> Result<Study> {
    checked(path, draft(path)?)
}

/// Reads the study of a folder as this version wrote it there, without its data and records.
pub(super) fn draft(path: &Path) -> Result<StudyDraft> {
    let place = path.join(STUDY);
    let failed = |source| Error::Read { path: place.clone(), source };
    let json = bounded(&place, LARGEST_STUDY).map_err(failed)?;
    let origin = place.display().to_string();
    let draft = StudyDraft::parse(&json, &origin)?;
    draft.check_version().map_err(|problem| Error::Scenario { origin, problem })?;
    Ok(draft)
}

/// Checks the study of a folder and reads its data.
pub(super) fn checked(path: &Path, draft: StudyDraft) -> Result<Study> {
    let origin = path.join(STUDY).display().to_string();
    let told = |problem: Invalid| match problem.allowed.as_str() {
        real::UNREADABLE => Invalid { allowed: MOVED.to_owned(), ..problem },
        _ => problem,
    };
    Study::check(draft).map_err(|problem| Error::Scenario { origin, problem: told(problem) })
}

/// Reads the study of a folder, and enters the records of all its parts into those that `begin`
/// creates.
///
/// # Errors
///
/// If the folder holds no study that can be read.
pub fn open(
    path: &Path,
    begin: impl FnOnce(&Study) -> std::result::Result<TrialRecords, Invalid>,
) -> Result<OpenedStudy> {
    let study = study(path)?;
    let mut records = begin(&study)?;
    let (_, damage) = load(&[path.to_owned()], &study, &mut records)?;
    Ok(OpenedStudy { study, records, damage })
}

/// Enters the records of several folders of a study into records that are still empty.
fn load<'a>(
    paths: &[PathBuf],
    study: &'a Study,
    records: &mut TrialRecords,
) -> Result<(Index<'a>, Vec<String>)> {
    let mut index = Index::new(study)?;
    let mut damage = Vec::new();
    for path in paths {
        for log in logs(path)? {
            damage.extend(index.load(&log, records)?.damage);
        }
    }
    index.correct(records)?;
    Ok((index, damage))
}

/// The files of records in a folder, sorted by name.
pub(super) fn logs(path: &Path) -> Result<Vec<PathBuf>> {
    let failed = |source| Error::Read { path: path.to_owned(), source };
    let mut found = Vec::new();
    for entry in fs::read_dir(path).map_err(failed)? {
        let entry = entry.map_err(failed)?.path();
        let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with("records") && name.ends_with(".log") {
            found.push(entry);
        }
    }
    found.sort();
    Ok(found)
}

/// The part of a study whose records a file holds, from its name.
pub(super) fn shard(log: &Path) -> Option<Shard> {
    let name = log.file_name()?.to_str()?;
    let part = name.strip_prefix("records-")?.strip_suffix(".log")?;
    part.replace("-of-", "/").parse().ok()
}

/// The parts of a study whose records a folder holds; empty if it holds records of the whole, or
/// none.
///
/// # Errors
///
/// If the folder cannot be read.
pub fn parts(path: &Path) -> Result<Vec<Shard>> {
    if !path.is_dir() || path.join(name(Shard::WHOLE)).is_file() {
        return Ok(Vec::new());
    }
    Ok(logs(path)?.iter().filter_map(|log| shard(log)).collect())
}

/// File name of the records of a part of a study.
fn name(shard: Shard) -> String {
    if shard == Shard::WHOLE {
        "records.log".to_owned()
    } else {
        format!("records-{}-of-{}.log", shard.index, shard.of)
    }
}
