//! Messages: things that happened.

use std::path::PathBuf;
use std::sync::Arc;

use super::key::Key;
use super::pointer::Pointer;
use super::preview::PreviewMode;
use super::saved_work::SavedWork;
use super::screen::lessons::{ClassView, LessonRow};
use crate::figure::image::Image;
use crate::job::table::TableAnswer;
use crate::job::{JobId, Report, SaveRequest, SaveResult};
use crate::lesson::LessonSession;
use crate::scenario::Scenario;

/// Something that happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// The user pressed a key.
    Key(Key),
    /// The user moved the mouse, clicked or turned the wheel.
    Pointer(Pointer),
    /// Seconds since the program started.
    Time(u64),
    /// Settings were saved to a file, or saving failed.
    SettingsSaved(std::result::Result<PathBuf, String>),
    /// Something that the user should know, such as a reason why work cannot be saved.
    Told(String),
    /// A session left behind by a crash was found, and its data set is read.
    Left(Box<SavedWork>),
    /// A session left behind cannot be restored now: its name and the reason.
    Waits(String),
    /// A preview was drawn, or drawing failed.
    Previewed(std::result::Result<(Arc<Image>, PreviewMode), String>),
    /// A share of the data set of a scenario is read; with the number of the request.
    Reading(u64, f64),
    /// A scenario was read with its name, or reading failed; with the number of the request.
    Read(u64, std::result::Result<(String, Box<Scenario>), String>),
    /// The answer to a request about a table, with its number.
    Table(u64, TableAnswer),
    /// The user pasted text.
    Paste(String),
    /// A job has reported.
    Report(JobId, Report),
    /// A free name in place of the one suggested for a file.
    Free {
        /// The name suggested.
        offered: PathBuf,
        /// The free one.
        free: PathBuf,
    },
    /// A document was saved, or saving failed.
    Filed(SaveRequest, SaveResult),
    /// A file for the answers to a lesson was opened, with its contents, or opening failed.
    AnswersOpened(std::result::Result<(PathBuf, Box<LessonSession>), String>),
    /// The user's own lessons, in the order of the list.
    OwnLessons(Vec<LessonRow>),
    /// The student's progress in lessons, by the lesson's id, and the reasons why files were
    /// refused.
    Progress(Vec<(String, LessonSession)>, Vec<String>),
    /// The class's answers, or why they cannot be read.
    Class(std::result::Result<ClassView, String>),
}
