//! Answers to a lesson: one file per student, written at every commit.
//!
//! `LESSON-STUDENT.json` holds the session with a checksum. The checksum detects accidental edits;
//! it does not prevent cheating. While a lesson is played, a lock on `.LESSON-STUDENT.lock` beside
//! it keeps other programs from using the same file.

use std::cell::RefCell;
use std::fs::{self, File, TryLockError};
use std::hash::{BuildHasher, RandomState};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::error::json::{self, Format};
use crate::error::{Error, Invalid, Result};
use crate::lesson::{Lesson, LessonSession};
use crate::store::atomic;
use crate::store::atomic::Over;
use crate::store::bounded::bounded;
use crate::store::ours::kind_of;
use crate::store::paths::make_folder;

/// The file format of answers.
pub const FORMAT: Format = Format { key: "answers", version: 1 };

/// Largest file of answers that is read, in bytes.
const LARGEST: u64 = 1 << 20;

/// Largest number of files in a folder of answers.
const MOST_FILES: usize = 10_000;

/// Longest name of a student, in characters.
pub const LONGEST_NAME: usize = 80;

/// Largest student number that a class assigns; a student without a number gets a larger one.
pub const LARGEST_NUMBER: u64 = 99_999;

/// The answers of a student to a lesson.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answers {
    /// Version of the file format.
    pub answers: u32,
    /// Version of the program.
    pub program: String,
    /// Name of the lesson.
    pub lesson: String,
    /// Checksum of the lesson file that was played.
    pub fingerprint: u32,
    /// Name of the student, if given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The current step and the answers.
    pub session: LessonSession,
}

/// Answers with their checksum, as stored in the file.
#[derive(Serialize, Deserialize)]
struct Sealed {
    #[serde(flatten)]
    answers: Value,
    checksum: String,
}

impl Answers {
    /// The answers of a student at the start of a lesson.
    pub fn new(lesson: &Lesson, student: u64, name: Option<String>) -> Self {
        Self {
            answers: FORMAT.version,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            lesson: lesson.id.clone(),
            fingerprint: lesson.fingerprint,
            name,
            session: LessonSession::new(student),
        }
    }

    /// The answers and their checksum as indented JSON.
    fn to_json(&self) -> Result<String> {
        let fault =
            |error| Error::Failed(format!("the answers cannot be written as JSON: {error}"));
        let answers = serde_json::to_value(self).map_err(fault)?;
        let sealed = Sealed { checksum: checksum(&answers), answers };
        json::pretty("the answers", &sealed)
    }

    /// Reads a file of answers; checks version and checksum first.
    ///
    /// # Errors
    ///
    /// [`Error::Read`] if it is not a text file; [`Error::Lesson`] if it has another version, was
    /// edited, or holds no answers.
    pub fn read(path: &Path) -> Result<Self> {
        let fault = |source| Error::Read { path: path.to_owned(), source };
        let json = bounded(path, LARGEST).map_err(fault)?;
        let origin = path.display().to_string();
        let refuse = |field: &str, found: String, allowed: String| Error::Lesson {
            origin: origin.clone(),
            problem: Invalid::new(field, found, allowed),
        };
        let value: Value = json::read_format(&json, &origin, &[FORMAT])?;
        if !value["answers"].is_number() {
            let allowed = format!("{} (the format this version reads)", FORMAT.version);
            return Err(refuse("answers", "nothing".into(), allowed));
        }
        let Ok(mut sealed) = serde_json::from_value::<Sealed>(value) else {
            return Err(refuse("checksum", "nothing".into(), "the unedited file".into()));
        };
        if let Some(fields) = sealed.answers.as_object_mut() {
            fields.remove("checksum");
        }
        let sum = checksum(&sealed.answers);
        if sum != sealed.checksum {
            let found =
                format!("{}, but the answers give {sum}: they were edited", sealed.checksum);
            return Err(refuse("checksum", found, "the unedited file".into()));
        }
        let answers: Self = serde_json::from_value(sealed.answers)
            .map_err(|error| refuse("answers", error.to_string(), "the unedited file".into()))?;
        match answers.name.as_ref().map_or(0, |name| name.chars().count()) {
            length if length > LONGEST_NAME => {
                let allowed = format!("{LONGEST_NAME} characters at most");
                Err(refuse("name", format!("{length} characters"), allowed))
            }
            _ => Ok(answers),
        }
    }

    /// Checks that the answers belong to this version of a lesson.
    ///
    /// # Errors
    ///
    /// [`Error::Lesson`] if they do not; `path` is the file of the answers.
    pub fn fit(&self, lesson: &Lesson, path: &Path) -> Result<()> {
        let refuse = |field: &str, found: &str, allowed: String| {
            let problem = Invalid::new(field, format!("\"{found}\""), allowed);
            Err(Error::Lesson { origin: path.display().to_string(), problem })
        };
        if self.lesson != lesson.id {
            return refuse("lesson", &self.lesson, format!("\"{}\"", lesson.id));
        }
        if self.fingerprint != lesson.fingerprint || !self.session.fits(lesson) {
            let allowed =
                "answers to this version of the lesson; another --student number starts anew";
            return refuse("fingerprint", &format!("{:08x}", self.fingerprint), allowed.into());
        }
        Ok(())
    }
}

fn checksum(answers: &Value) -> String {
    format!("{:08x}", crc32fast::hash(answers.to_string().as_bytes()))
}

/// The file of one student, locked against other programs.
#[derive(Debug)]
pub struct AnswerFile {
    path: PathBuf,
    lock: PathBuf,
    /// The file is locked as long as it is open.
    _held: File,
    /// What was last read or written; `None` if there was no file.
    known: RefCell<Option<String>>,
    /// The copy of a file that something else has changed, until it is told.
    kept: RefCell<Option<PathBuf>>,
}

impl AnswerFile {
    /// Locks and reads the file of a student in a folder; creates a missing folder. If `student` is
    /// `None`, continues the last unfinished attempt that no other program plays, or draws a new
    /// number above [`LARGEST_NUMBER`].
    ///
    /// # Errors
    ///
    /// If another program plays it, if the file cannot be read or belongs to another version of the
    /// lesson, or if the folder cannot be created.
    pub fn open(folder: &Path, lesson: &Lesson, student: Option<u64>) -> Result<(Self, Answers)> {
        make_folder(folder)?;
        let student = match student {
            Some(student) => student,
            None => match unfinished(folder, lesson) {
                Some((place, answers)) => return Ok((place, answers)),
                None => drawn(folder, lesson),
            },
        };
        let path = path(folder, lesson, student);
        let place = Self::hold(path)?.ok_or_else(|| {
            let found = format!("{student}, which another program is playing");
            Error::Value(Invalid::new("--student", found, "another number"))
        })?;
        let answers = match fs::symlink_metadata(&place.path) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                Answers::new(lesson, student, None)
            }
            _ => Answers::read(&place.path)?,
        };
        answers.fit(lesson, &place.path)?;
        if answers.session.student != student {
            let problem = Invalid::new("student", answers.session.student, student.to_string());
            return Err(Error::Lesson { origin: place.path.display().to_string(), problem });
        }
        Ok((place, answers))
    }

    /// Locks a file; `None` if another program holds the lock.
    fn hold(path: PathBuf) -> Result<Option<Self>> {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let lock = path.with_file_name(format!(".{name}.lock"));
        let held = atomic::lock_file(&lock)?;
        match held.try_lock() {
            Ok(()) => {
                let known = RefCell::new(bounded(&path, LARGEST).ok());
                Ok(Some(Self { path, lock, _held: held, known, kept: RefCell::default() }))
            }
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(source)) => Err(Error::Write { path: lock, source }),
        }
    }

    /// Replaces the answers in the file. If the file has been changed or damaged in the meantime, a
    /// copy of it is [kept](Self::kept).
    ///
    /// # Errors
    ///
    /// [`Error::Value`] if the path is now a link or a file without answers; [`Error::Write`] if it
    /// cannot be written. The old file is then unchanged.
    pub fn write(&self, answers: &Answers) -> Result<()> {
        let json = answers.to_json()?;
        let found = bounded(&self.path, LARGEST).ok();
        let is_ours = |found: &String| kind_of(found.as_bytes()) == kind_of(json.as_bytes());
        if found.as_ref().is_some_and(is_ours) && found != *self.known.borrow() {
            let is_damaged = Answers::read(&self.path).is_err();
            let ending = if is_damaged { "damaged" } else { "changed" };
            self.kept.replace(Some(atomic::keep_beside(&self.path, ending)?));
            self.known.replace(found);
        }
        atomic::write(&self.path, json.as_bytes(), Over::Ours)?;
        self.known.replace(Some(json));
        Ok(())
    }

    /// Says once that another program has changed the file, and where its version is.
    pub fn kept(&self) -> Option<String> {
        let (path, copy) = (self.path.display(), self.kept.take()?);
        Some(format!("Another program has changed {path}; its version is in {}.", copy.display()))
    }

    /// The path of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for AnswerFile {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.lock);
    }
}

fn path(folder: &Path, lesson: &Lesson, student: u64) -> PathBuf {
    folder.join(format!("{}-{student}.json", lesson.id))
}

/// Files of answers in a folder, sorted by name.
///
/// # Errors
///
/// [`Error::Read`] if the folder cannot be read or holds too many files.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let fault = |source| Error::Read { path: folder.to_owned(), source };
    let entries = fs::read_dir(folder).map_err(fault)?;
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.map_err(fault)?.path();
        if path.extension().is_some_and(|ending| ending == "json") {
            paths.push(path);
        }
        if paths.len() > MOST_FILES {
            let found = format!("found more than {MOST_FILES} files of answers");
            let allowed = format!("allowed: {MOST_FILES} at most");
            return Err(fault(io::Error::other(format!("{found}; {allowed}"))));
        }
    }
    paths.sort();
    Ok(paths)
}

/// What of a folder [`files`] leaves out although it seems to be or to hold answers, by name: folders
/// with JSON in them, and files with another ending behind or instead of `.json`.
///
/// # Errors
///
/// [`Error::Read`] if the folder cannot be read.
pub fn left_out(folder: &Path) -> Result<Vec<String>> {
    let fault = |source| Error::Read { path: folder.to_owned(), source };
    let names = |folder: &Path| -> io::Result<Vec<String>> {
        let name = |entry: io::Result<fs::DirEntry>| {
            entry.map(|entry| entry.file_name().to_string_lossy().into_owned())
        };
        fs::read_dir(folder)?.map(name).collect()
    };
    let is_json = |name: &String| name.to_lowercase().contains(".json") && !name.starts_with('.');
    let is_left_out = |name: &String| {
        let holds_any = || names(&folder.join(name)).is_ok_and(|inside| inside.iter().any(is_json));
        (is_json(name) && !name.ends_with(".json")) || holds_any()
    };
    let mut found: Vec<String> = names(folder).map_err(fault)?;
    found.retain(is_left_out);
    found.sort();
    Ok(found)
}

/// The last unfinished answers to a lesson that no other program plays.
fn unfinished(folder: &Path, lesson: &Lesson) -> Option<(AnswerFile, Answers)> {
    let changed = |path: &PathBuf| fs::metadata(path).and_then(|data| data.modified()).ok();
    let mut paths = files(folder).ok()?;
    paths.sort_by_key(|path| std::cmp::Reverse(changed(path)));
    paths.into_iter().find_map(|path| {
        let answers = Answers::read(&path).ok()?;
        let is_it = crate::store::answers::path(folder, lesson, answers.session.student) == path;
        let fits = answers.fit(lesson, &path).is_ok() && !answers.session.finished && is_it;
        let place = if fits { AnswerFile::hold(path).ok()?? } else { return None };
        Some((place, answers))
    })
}

/// All readable answers in a folder, sorted by lesson, the newest last; and an error for each other
/// file. `fits` returns true if answers belong to the current version of their lesson.
pub fn begun(folder: &Path, fits: impl Fn(&Answers) -> bool) -> (Vec<Answers>, Vec<Error>) {
    let changed = |path: &PathBuf| fs::metadata(path).and_then(|data| data.modified()).ok();
    let mut paths = files(folder).unwrap_or_default();
    paths.sort_by_key(changed);
    let (mut begun, mut refused) = (Vec::new(), Vec::new());
    for path in paths {
        match Answers::read(&path) {
            Ok(answers) if fits(&answers) => begun.push(answers),
            Ok(_) => {}
            Err(error) => refused.push(error),
        }
    }
    (begun, refused)
}

/// The answers of a class to a lesson, without those in the file `own`, copies of a file counted once;
/// and the number of files that cannot be read or belong to another version of the lesson.
///
/// # Errors
///
/// [`Error::Read`] if the folder cannot be read.
pub fn of_class(
    folder: &Path,
    lesson: &Lesson,
    own: Option<&Path>,
) -> Result<(Vec<Answers>, usize)> {
    let whole = own.and_then(|own| own.canonicalize().ok());
    let mine = own.and_then(|own| Answers::read(own).ok());
    let (mut class, mut refused) = (Vec::new(), 0);
    for path in files(folder)? {
        if whole.is_some() && path.canonicalize().ok() == whole {
            continue;
        }
        match Answers::read(&path) {
            Ok(answers) if class.contains(&answers) || mine.as_ref() == Some(&answers) => {}
            Ok(answers) if answers.fit(lesson, &path).is_ok() => class.push(answers),
            Ok(answers) if answers.lesson != lesson.id => {}
            _ => refused += 1,
        }
    }
    Ok((class, refused))
}

/// A random student number that no file of the folder has.
fn drawn(folder: &Path, lesson: &Lesson) -> u64 {
    let random = |salt: u64| RandomState::new().hash_one(salt) % 900_000 + LARGEST_NUMBER + 1;
    let is_free = |student: &u64| !path(folder, lesson, *student).exists();
    (0..).map(random).find(is_free).unwrap_or_default()
}
