//! Effects: things that should happen outside the program's state.

use std::path::PathBuf;
use std::sync::Arc;

use crate::figure::Figure;
use crate::job::table::TableRequest;
use crate::job::{Job, JobId, JobSlot, SaveRequest};
use crate::lesson::{Lesson, LessonSession};
use crate::provenance::Provenance;
use crate::scenario::Scenario;

/// Something that should happen.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Start a job, replacing the one in its slot.
    Start(JobId, Job),
    /// Stop the job in a slot.
    Cancel(JobSlot),
    /// Find a free name in place of the one suggested for a file.
    Offer(PathBuf),
    /// Save a document.
    File(SaveRequest),
    /// Save the screen as it is now.
    Screen {
        /// The path.
        path: PathBuf,
        /// True if an existing file may be replaced.
        replace: bool,
    },
    /// Draw a picture for preview.
    Preview {
        /// The figure.
        figure: Box<Figure>,
        /// The scenario that it shows.
        scenario: Arc<Scenario>,
        /// Its provenance.
        drawing: Box<Provenance>,
    },
    /// Read a scenario file with its data set, in place of one in reading; the number stands in the
    /// answers.
    Read(u64, PathBuf),
    /// Stop reading a scenario file.
    StopReading,
    /// Read or open a table, replacing the request before; the number stands in the answer.
    Table(u64, TableRequest),
    /// Save settings, by name and value, to the user's file.
    Keep(Vec<(&'static str, &'static str)>),
    /// Copy a text to the terminal's clipboard.
    Copy(String),
    /// Open a file for the answers to a lesson.
    OpenAnswers(Arc<Lesson>),
    /// Write the answers to that file.
    Answers(Box<LessonSession>),
    /// Close that file.
    Release,
    /// Find the user's own lessons, and the student's progress in all lessons.
    Progress,
    /// Read the class's answers to a lesson.
    Class(Arc<Lesson>),
    /// Capture the mouse, or release it.
    Mouse(bool),
    /// Suspend the program until it is brought back to the foreground.
    Suspend,
    /// Quit the program.
    Quit {
        /// True if the session is kept, so that the next start offers it.
        keeping: bool,
    },
}
