//! Answers to a lesson: one file for each student, written at each commit.
//!
//! `LESSON-STUDENT.json` holds the session with a checksum, which shows accidental edits and claims no
//! protection against cheating. While a lesson is played, a lock on `.LESSON-STUDENT.lock` beside it
//! keeps other programs from the same file.

use std::fs::{self, File, TryLockError};
use std::hash::{BuildHasher, RandomState};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::error::{Error, Invalid, Result};
use crate::lesson::{Lesson, LessonSession};
use crate::store::atomic;
use crate::store::atomic::Over;
use crate::store::ours::kind_of;
use crate::store::read::bounded;

/// Version of the form in which answers are written down.
pub const FORMAT: u32 = 1;

/// The largest file of answers that is read, in bytes.
const LARGEST: u64 = 1 << 20;

/// Most files in a folder of answers.
const MOST_FILES: usize = 10_000;

/// Longest name of a student, in characters.
pub const LONGEST_NAME: usize = 80;

/// Numbers of students that a class may give out; larger ones are drawn where none was given.
pub const LARGEST_NUMBER: u64 = 99_999;

/// What a student has answered in a lesson.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answers {
    /// Version of this form.
    pub answers: u32,
    /// Version of the program.
    pub program: String,
    /// Name of the lesson.
    pub lesson: String,
    /// Checksum of the lesson file that was played.
    pub fingerprint: u32,
    /// Name of the student, where they gave one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where they stand, and what they answered.
    pub session: LessonSession,
}

/// Answers and their checksum, as they are written down.
#[derive(Serialize, Deserialize)]
struct Sealed {
    #[serde(flatten)]
    answers: Value,
    checksum: String,
}

impl Answers {
    /// The answers of a student who begins a lesson.
    pub fn new(lesson: &Lesson, student: u64, name: Option<String>) -> Self {
        Self {
            answers: FORMAT,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            lesson: lesson.id.clone(),
            fingerprint: lesson.fingerprint,
            name,
            session: LessonSession::new(student),
        }
    }

    /// Indented JSON with its checksum.
    fn to_json(&self) -> Result<String> {
        let fault =
            |error| Error::Failed(format!("the answers cannot be written as JSON: {error}"));
        let answers = serde_json::to_value(self).map_err(fault)?;
        let sealed = Sealed { checksum: checksum(&answers), answers };
        serde_json::to_string_pretty(&sealed).map(|json| json + "\n").map_err(fault)
    }

    /// Reads a file of answers; version and checksum are looked at first.
    ///
    /// # Errors
    ///
    /// [`Error::Read`] for what is no file of text, [`Error::Lesson`] for what is of another
    /// version, was edited, or holds no answers.
    pub fn read(path: &Path) -> Result<Self> {
        let fault = |source| Error::Read { path: path.to_owned(), source };
        let json = bounded(path, LARGEST).map_err(fault)?;
        let origin = path.display().to_string();
        let refuse = |field: &str, found: String, allowed: String| Error::Lesson {
            origin: origin.clone(),
            problem: Invalid::new(field, found, allowed),
        };
        let value: Value = crate::scenario::read(&json, &origin)?;
        let version = value.get("answers").and_then(Value::as_u64);
        if version != Some(u64::from(FORMAT)) {
            let found = version.map_or_else(|| "nothing".to_owned(), |found| found.to_string());
            let allowed = format!("{FORMAT} (the format this version reads)");
            return Err(refuse("answers", found, allowed));
        }
        let Ok(mut sealed) = serde_json::from_value::<Sealed>(value) else {
            return Err(refuse("checksum", "nothing".into(), "the file as it was written".into()));
        };
        if let Some(fields) = sealed.answers.as_object_mut() {
            fields.remove("checksum");
        }
        let sum = checksum(&sealed.answers);
        if sum != sealed.checksum {
            let found =
                format!("{}, but the answers sum to {sum}: they were edited", sealed.checksum);
            return Err(refuse("checksum", found, "the file as it was written".into()));
        }
        let answers: Self = serde_json::from_value(sealed.answers).map_err(|error| {
            refuse("answers", error.to_string(), "the file as it was written".into())
        })?;
        match answers.name.as_ref().map_or(0, |name| name.chars().count()) {
            length if length > LONGEST_NAME => {
                let allowed = format!("{LONGEST_NAME} characters at most");
                Err(refuse("name", format!("{length} characters"), allowed))
            }
            _ => Ok(answers),
        }
    }

    /// Whether they belong to this wording of a lesson.
    ///
    /// # Errors
    ///
    /// [`Error::Lesson`] where they do not; `path` is where they were found.
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
                "answers to the lesson as it is now; another --student number begins anew";
            return refuse("fingerprint", &format!("{:08x}", self.fingerprint), allowed.into());
        }
        Ok(())
    }
}

fn checksum(answers: &Value) -> String {
    format!("{:08x}", crc32fast::hash(answers.to_string().as_bytes()))
}

/// The file of one student, which no other program plays.
#[derive(Debug)]
pub struct AnswerFile {
    path: PathBuf,
    lock: PathBuf,
    /// The lock lives as long as the file is open.
    _held: File,
}

impl AnswerFile {
    /// Takes the file of a student in a folder, which is made if need be, and reads what stands there.
    /// Without a number: that of the lesson begun last that is not finished and nobody plays, or a
    /// new one drawn at random, beyond those that a class gives out.
    ///
    /// # Errors
    ///
    /// Where another program plays it, where what stands there cannot be read or belongs to another
    /// wording of the lesson, and where the folder cannot be made.
    pub fn take(folder: &Path, lesson: &Lesson, student: Option<u64>) -> Result<(Self, Answers)> {
        let fault = |source| Error::Write { path: folder.to_owned(), source };
        fs::create_dir_all(folder).map_err(fault)?;
        let student = match student {
            Some(student) => student,
            None => match unfinished(folder, lesson) {
                Some((place, answers)) => return Ok((place, answers)),
                None => drawn(folder, lesson),
            },
        };
        let path = path(folder, lesson, student);
        let place = Self::hold(path)?.ok_or_else(|| {
            let found = format!("{student}, whom another program plays");
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

    /// Takes the lock beside a file; `None` where another program holds it.
    fn hold(path: PathBuf) -> Result<Option<Self>> {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let lock = path.with_file_name(format!(".{name}.lock"));
        let held = atomic::lock_file(&lock)?;
        match held.try_lock() {
            Ok(()) => Ok(Some(Self { path, lock, _held: held })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(source)) => Err(Error::Write { path: lock, source }),
        }
    }

    /// Writes the answers in the place of those before. Where these have been damaged since, they are
    /// kept beside.
    ///
    /// # Errors
    ///
    /// [`Error::Value`] where a link or a file that holds no answers stands there by now,
    /// [`Error::Write`] where it cannot be written; what stood there before is untouched.
    pub fn write(&self, answers: &Answers) -> Result<()> {
        let json = answers.to_json()?;
        let is_damaged = Answers::read(&self.path).is_err();
        let is_ours = || kind_of(bounded(&self.path, LARGEST).ok()?.as_bytes());
        if is_damaged && is_ours() == kind_of(json.as_bytes()) {
            atomic::keep_beside(&self.path)?;
        }
        atomic::write(&self.path, json.as_bytes(), Over::Ours)
    }

    /// The file.
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

/// Files of answers in a folder, by name.
///
/// # Errors
///
/// [`Error::Read`] where the folder cannot be read, or holds too many files.
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

/// The answers to a lesson written last that are not finished and that nobody plays.
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

/// Where students stand in lessons, by the name of the lesson, those written last at the end; and why
/// other files were refused. `fits` says whether answers belong to a lesson as it is now.
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

/// The answers of a class to a lesson but those in one's `own` file, and how many files were refused:
/// those that cannot be read, and those to the lesson as it was before.
///
/// # Errors
///
/// [`Error::Read`] where the folder cannot be read.
pub fn of_class(
    folder: &Path,
    lesson: &Lesson,
    own: Option<&Path>,
) -> Result<(Vec<Answers>, usize)> {
    let own = own.and_then(|own| own.canonicalize().ok());
    let (mut class, mut refused) = (Vec::new(), 0);
    for path in files(folder)? {
        if own.is_some() && path.canonicalize().ok() == own {
            continue;
        }
        match Answers::read(&path) {
            Ok(answers) if answers.fit(lesson, &path).is_ok() => class.push(answers),
            Ok(answers) if answers.lesson != lesson.id => {}
            _ => refused += 1,
        }
    }
    Ok((class, refused))
}

/// A number that no file of the folder has.
fn drawn(folder: &Path, lesson: &Lesson) -> u64 {
    let random = |salt: u64| RandomState::new().hash_one(salt) % 900_000 + LARGEST_NUMBER + 1;
    let is_free = |student: &u64| !path(folder, lesson, *student).exists();
    (0..).map(random).find(is_free).unwrap_or_default()
}
