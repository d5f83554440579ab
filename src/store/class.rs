//! The answers of a class, read from a folder, as a table.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::error::names::listed;
use crate::error::{Error, Invalid, Result};
use crate::export::table::{holds_rows, in_csv, safe};
use crate::lesson::catalog::LESSONS;
use crate::lesson::{Lesson, LessonSession};
use crate::store::answers::{Answers, files, left_out};
use crate::store::atomic::{Over, keep_beside, may_write};
use crate::store::bounded::bounded;

/// The columns of the table with descriptions.
pub const COLUMNS: [(&str, &str); 14] = [
    ("student", "number of the student"),
    ("name", "name of the student, if given"),
    ("lesson", "name of the lesson"),
    ("step", "number of the step, from 1"),
    ("kind", "predict, find, free, explain or export"),
    ("choice", "letter of the choice"),
    ("confidence", "how sure the student was: 1 a guess, 2 fairly sure, 3 certain"),
    ("value", "value of the knob given as the answer"),
    ("text", "the answer in words"),
    ("right", "true or false on the draws of the student; empty if unknown"),
    ("measured", "letter of the right choice on the draws of the student"),
    ("tries", "number of tries; 0 without an answer or if it was only begun"),
    ("hints", "hints taken"),
    ("seconds", "seconds from the start of the step to the answer"),
];

/// Number of columns that say whose answer to which step a row holds.
const PLACE: usize = 4;

/// Largest table whose rows are compared with those of a new one, in bytes.
const LARGEST: u64 = 32 << 20;

/// The answers of a class.
#[derive(Debug, Default)]
pub struct ClassAnswers {
    /// The lessons answered, in the order found.
    pub lessons: Vec<Lesson>,
    /// All files that were read.
    pub graded: Vec<Graded>,
    /// An error for each file that was not read.
    pub refused: Vec<Error>,
    /// Messages for the teacher about several files of one student, and about files that were not
    /// looked at.
    pub doubtful: Vec<String>,
}

/// The answers of a file.
#[derive(Debug)]
pub struct Graded {
    /// The file.
    pub path: PathBuf,
    /// Index of the lesson in [`ClassAnswers::lessons`].
    pub lesson: usize,
    /// The answers in the file.
    pub answers: Answers,
}

/// An answer of a student as a row of the table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AnswerRow {
    /// Number of the student.
    pub student: u64,
    /// Name of the student; empty if not given.
    pub name: String,
    /// Name of the lesson.
    pub lesson: String,
    /// Number of the step, from 1.
    pub step: usize,
    /// Kind of the step.
    pub kind: &'static str,
    /// Letter of the choice.
    pub choice: Option<char>,
    /// Confidence of the student, from 1.
    pub confidence: Option<u8>,
    /// Value of the knob given as the answer.
    pub value: Option<f64>,
    /// The answer in words.
    pub text: String,
    /// True if the answer is right on the draws of the student; `None` if unknown.
    pub right: Option<bool>,
    /// Letter of the right choice on the draws of the student.
    pub measured: Option<char>,
    /// Number of tries; 0 without an answer or if it was only begun.
    pub tries: u32,
    /// Number of hints taken.
    pub hints: usize,
    /// Seconds from the start of the step to the answer.
    pub seconds: Option<u64>,
}

impl ClassAnswers {
    /// Reads all answers in a folder. Lessons that are not built in must be `given`.
    ///
    /// # Errors
    ///
    /// [`Error::Read`] if the folder cannot be read. Unreadable files are listed in
    /// [`ClassAnswers::refused`].
    pub fn read(folder: &Path, given: &[Lesson]) -> Result<Self> {
        let mut class = Self::default();
        let mut seen: BTreeMap<(usize, u64), usize> = BTreeMap::new();
        for path in files(folder)? {
            let read = Answers::read(&path).and_then(|answers| {
                let lesson = class.lesson(&answers, given, &path)?;
                Ok((answers, lesson))
            });
            let (answers, lesson) = match read {
                Ok(read) => read,
                Err(error) => {
                    class.refused.push(error);
                    continue;
                }
            };
            let student = answers.session.student;
            if let Some(first) = seen.get(&(lesson, student)) {
                let first = &class.graded[*first];
                let files = format!("{} and {}", first.path.display(), path.display());
                if first.answers == answers {
                    class.doubtful.push(format!("{files} are the same: counted once"));
                    continue;
                }
                let who = format!("student {student} in {}", answers.lesson);
                class.doubtful.push(format!("{files} both belong to {who}: both are counted"));
            }
            seen.entry((lesson, student)).or_insert(class.graded.len());
            class.graded.push(Graded { path, lesson, answers });
        }
        let left_out = left_out(folder)?;
        if !left_out.is_empty() {
            let allowed = "only files directly in the folder whose names end in .json are";
            class.doubtful.push(format!("not read: {}; {allowed}", listed(&left_out)));
        }
        let by_student = |graded: &Graded| (graded.lesson, graded.answers.session.student);
        class.graded.sort_by_key(by_student);
        Ok(class)
    }

    /// The index of the lesson to which answers belong.
    fn lesson(&mut self, answers: &Answers, given: &[Lesson], path: &Path) -> Result<usize> {
        let known = self.lessons.iter().position(|lesson| answers.fit(lesson, path).is_ok());
        if let Some(place) = known {
            return Ok(place);
        }
        let built = LESSONS.iter().filter(|built| built.id == answers.lesson);
        let built = built.map(|built| built.lesson()).collect::<Result<Vec<_>>>()?;
        let named = given.iter().chain(&built).filter(|lesson| lesson.id == answers.lesson);
        let mut refusal = None;
        for lesson in named {
            match answers.fit(lesson, path) {
                Ok(()) => {
                    self.lessons.push(lesson.clone());
                    return Ok(self.lessons.len() - 1);
                }
                Err(error) => refusal = Some(error),
            }
        }
        Err(refusal.unwrap_or_else(|| {
            let ids: Vec<&str> = LESSONS.iter().map(|built| built.id).collect();
            let allowed = format!("{}, or the file of the lesson with --lesson", ids.join(", "));
            let found = format!("\"{}\"", answers.lesson);
            let problem = Invalid::new("lesson", found, allowed);
            Error::Lesson { origin: path.display().to_string(), problem }
        }))
    }

    /// The sessions of the lesson with the given index.
    pub fn sessions(&self, lesson: usize) -> Vec<&LessonSession> {
        let own = self.graded.iter().filter(|graded| graded.lesson == lesson);
        own.map(|graded| &graded.answers.session).collect()
    }

    /// A row for every student and every step with a question.
    pub fn rows(&self) -> Vec<AnswerRow> {
        self.graded.iter().flat_map(|graded| rows(graded, &self.lessons[graded.lesson])).collect()
    }

    /// The table as CSV, safe to open in a spreadsheet.
    ///
    /// # Errors
    ///
    /// [`Error::Failed`] if it cannot be written as text.
    pub fn csv(&self) -> Result<String> {
        let safe = |row: AnswerRow| AnswerRow {
            name: safe(&row.name),
            lesson: safe(&row.lesson),
            text: safe(&row.text),
            ..row
        };
        in_csv(COLUMNS.iter().map(|column| column.0), self.rows().into_iter().map(safe))
    }
}

/// Copies a table that a new one is about to replace to `NAME.old` if a row would be lost, for example
/// a mark written into it. Returns the path of the copy.
///
/// # Errors
///
/// As for [`write()`](super::write), and [`Error::Write`] if it cannot be copied.
pub fn keep_rows(path: &Path, table: &str) -> Result<Option<PathBuf>> {
    may_write(path, table.as_bytes(), Over::Ours)?;
    let is_empty = fs::metadata(path).map_or(true, |found| found.len() == 0);
    let old = bounded(path, LARGEST).ok();
    if is_empty || old.is_some_and(|old| holds_rows(table, &old, PLACE)) {
        return Ok(None);
    }
    keep_beside(path, "old").map(Some)
}

fn rows(graded: &Graded, lesson: &Lesson) -> Vec<AnswerRow> {
    let answers = &graded.answers;
    let session = &answers.session;
    let asked = lesson.steps.iter().enumerate().filter(|(_, step)| step.kind.ask().is_some());
    let row = |(place, step): (usize, &crate::lesson::LessonStep)| {
        let answer = session.answer_to(place);
        let given = session.answers.get(&place).cloned().unwrap_or_default();
        AnswerRow {
            student: session.student,
            name: answers.name.clone().unwrap_or_default(),
            lesson: lesson.id.clone(),
            step: place + 1,
            kind: step.kind.name(),
            choice: given.choice,
            confidence: given.confidence,
            value: given.value,
            text: given.text.unwrap_or_default(),
            right: given.right,
            measured: given.measured,
            tries: answer.map_or(0, |answer| answer.tries),
            hints: session.hints.get(&place).copied().unwrap_or(0),
            seconds: answer.map(|answer| answer.seconds),
        }
    };
    asked.map(row).collect()
}
