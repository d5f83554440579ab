//! The user's own lessons, and answers to lessons: the student's file while a lesson is played, and
//! the files of a class.

use std::path::PathBuf;
use std::sync::Arc;

use crate::app::screen::lessons::{ClassView, LessonRow, listed};
use crate::error::Error;
use crate::lesson::{Lesson, LessonSession};
use crate::store::answers;
use crate::store::answers::{AnswerFile, Answers, LARGEST_NUMBER};
use crate::store::lessons::{self, OwnLesson};

/// An open file of answers, and the answers last written to it.
#[derive(Debug)]
pub struct OpenedAnswers {
    /// The file.
    pub place: AnswerFile,
    /// Its contents.
    pub answers: Answers,
}

/// The user's own lessons, the student's file of answers, and the class that a teacher follows.
pub struct LessonFiles {
    /// The folder of the user's own lessons.
    lessons: Option<PathBuf>,
    /// The lesson file that was opened by its path.
    opened: Option<PathBuf>,
    /// The user's own lessons, as last read.
    own: Vec<LessonRow>,
    folder: Option<PathBuf>,
    teacher: Option<PathBuf>,
    /// The file of the lesson being played.
    held: Option<OpenedAnswers>,
    /// True if the last answers could not be written.
    unsaved: bool,
    /// Answers of lessons that were left before they could be written.
    waiting: Vec<OpenedAnswers>,
    /// The student's number and name, if given.
    student: (Option<u64>, Option<String>),
}

impl LessonFiles {
    /// The files of a session; nothing is read yet.
    pub fn new(
        (lessons, opened): (Option<PathBuf>, Option<PathBuf>),
        folder: Option<PathBuf>,
        teacher: Option<PathBuf>,
        held: Option<OpenedAnswers>,
    ) -> Self {
        let student = held.as_ref().map_or((None, None), |held| {
            let number = held.answers.session.student;
            (Some(number).filter(|number| *number <= LARGEST_NUMBER), held.answers.name.clone())
        });
        let (own, waiting, unsaved) = (Vec::new(), Vec::new(), false);
        Self { lessons, opened, own, folder, teacher, held, unsaved, waiting, student }
    }

    /// Opens the student's file of answers to a lesson. Answers that still wait to be written go on
    /// where they were.
    pub fn open(&mut self, lesson: &Lesson) -> Result<(PathBuf, Box<LessonSession>), String> {
        let _ = self.release();
        let again = self.student.0.is_some();
        let goes_on = |left: &OpenedAnswers| {
            let answers = &left.answers;
            let is_it = answers.lesson == lesson.id && answers.fingerprint == lesson.fingerprint;
            is_it && (again || !answers.session.finished)
        };
        let waits = self.waiting.iter().position(goes_on);
        let opened = match waits {
            Some(place) => self.waiting.remove(place),
            None => self.read(lesson)?,
        };
        self.unsaved = waits.is_some();
        let begun = (opened.place.path().to_owned(), Box::new(opened.answers.session.clone()));
        self.held = Some(opened);
        Ok(begun)
    }

    fn read(&self, lesson: &Lesson) -> Result<OpenedAnswers, String> {
        let none = || "this machine has no folder for answers".to_owned();
        let folder = self.folder.as_ref().ok_or_else(none)?;
        let (place, mut answers) =
            AnswerFile::open(folder, lesson, self.student.0).map_err(|error| error.to_string())?;
        if answers.name.is_none() {
            answers.name.clone_from(&self.student.1);
        }
        Ok(OpenedAnswers { place, answers })
    }

    /// Writes the answers to the open file, if there is one. Returns what the user should know.
    ///
    /// # Errors
    ///
    /// [`Error::Write`] if they cannot be written; they are kept.
    pub fn write(&mut self, session: LessonSession) -> Result<Option<String>, Error> {
        let Some(held) = &mut self.held else { return Ok(None) };
        held.answers.session = session;
        let written = held.place.write(&held.answers);
        self.unsaved = written.is_err();
        written.map(|()| held.place.kept())
    }

    /// Retries every write that failed.
    ///
    /// # Errors
    ///
    /// [`Error::Write`] if it fails again.
    pub fn settle(&mut self) -> Result<(), Error> {
        let held = self.held.as_ref().filter(|_| self.unsaved);
        let mut settled = held.map_or(Ok(()), |held| held.place.write(&held.answers));
        self.unsaved &= settled.is_err();
        self.waiting.retain(|left| {
            let written = left.place.write(&left.answers);
            let waits = written.is_err();
            settled = std::mem::replace(&mut settled, Ok(())).and(written);
            waits
        });
        settled
    }

    /// Closes the file. Answers that cannot be written wait until they can be.
    ///
    /// # Errors
    ///
    /// [`Error::Write`] if there are such answers.
    pub fn release(&mut self) -> Result<(), Error> {
        let settled = self.settle();
        let left = self.held.take();
        if std::mem::take(&mut self.unsaved) {
            self.waiting.extend(left);
        }
        settled
    }

    /// Reads the user's own lessons: those of the folder, and the one opened by its path.
    pub(super) fn own(&mut self) -> Vec<LessonRow> {
        let row = |own: OwnLesson| LessonRow {
            id: own.id,
            origin: Some(own.path),
            lesson: own.lesson.map(Arc::new).map_err(|error| error.to_string()),
        };
        let own = lessons::own(self.lessons.as_deref(), self.opened.as_deref());
        self.own = own.into_iter().map(row).collect();
        self.own.clone()
    }

    /// The student's progress in lessons, and the reasons why files were refused.
    pub(super) fn progress(&self) -> (Vec<(String, LessonSession)>, Vec<String>) {
        let Some(folder) = &self.folder else { return (Vec::new(), Vec::new()) };
        let lesson = |id: &str| -> Option<&Arc<Lesson>> {
            let known = listed().iter().chain(&self.own);
            known.filter_map(|row| row.lesson.as_ref().ok()).find(|lesson| lesson.id == id)
        };
        let fits = |answers: &Answers| {
            let own = self.student.0.is_none_or(|number| number == answers.session.student);
            let lesson = lesson(&answers.lesson).filter(|_| own);
            lesson.is_some_and(|lesson| {
                answers.fingerprint == lesson.fingerprint && answers.session.fits(lesson)
            })
        };
        let (begun, refused) = answers::begun(folder, fits);
        let waiting = self.waiting.iter().map(|left| left.answers.clone());
        let begun = begun.into_iter().chain(waiting);
        let begun = begun.map(|answers| (answers.lesson, answers.session)).collect();
        (begun, refused.iter().map(ToString::to_string).collect())
    }

    /// The class's answers to a lesson.
    pub(super) fn class(&self, lesson: &Lesson) -> Result<ClassView, String> {
        let Some(folder) = &self.teacher else { return Err("no folder was named".to_owned()) };
        let own = self.held.as_ref().map(|held| held.place.path());
        let (class, refused) =
            answers::of_class(folder, lesson, own).map_err(|error| error.to_string())?;
        let sessions = class.into_iter().map(|answers| answers.session).collect();
        Ok(ClassView { sessions, refused })
    }
}

/// Why answers cannot be written, without the path of their file.
pub(super) fn reason(error: &Error) -> String {
    match error {
        Error::Write { source, .. } => source.to_string(),
        other => other.to_string(),
    }
}
