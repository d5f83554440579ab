//! Messages and the effects that follow from them.

mod affinity;
mod changes;
mod crosshair;
mod fields;
mod files;
mod jobs;
mod keys;
mod lessons;
mod overlays;
mod playing;
mod pointer;
mod preview;
mod recover;
mod reports;
mod studies;
mod tasks;
mod theory;

use std::path::PathBuf;
use std::sync::Arc;

use super::key::Key;
use super::lessons::ClassView;
use super::pointer::Pointer;
use super::preview::PreviewMode;
use super::state::App;
use crate::figure::Figure;
use crate::figure::image::Image;
use crate::job::{Job, JobId, JobSlot, Report, SaveRequest, SaveResult};
use crate::lesson::{Lesson, LessonSession};
use crate::provenance::Provenance;
use crate::scenario::{Scenario, ScenarioDraft};

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
    Kept(std::result::Result<PathBuf, String>),
    /// The current work cannot be saved automatically, with the reason.
    Unkept(String),
    /// A preview was drawn, or drawing failed.
    Previewed(std::result::Result<(Arc<Image>, PreviewMode), String>),
    /// A scenario was read, or reading failed.
    Read(std::result::Result<(String, Box<ScenarioDraft>), String>),
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
    Taken(std::result::Result<(PathBuf, Box<LessonSession>), String>),
    /// The student's progress in lessons, by the lesson's id, and the reasons why files were
    /// refused.
    Progress(Vec<(String, LessonSession)>, Vec<String>),
    /// The class's answers, or why they cannot be read.
    Class(std::result::Result<ClassView, String>),
}

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
    /// Read a scenario file.
    Read(PathBuf),
    /// Save settings, by name and value, to the user's file.
    Keep(Vec<(&'static str, &'static str)>),
    /// Copy a text to the terminal's clipboard.
    Copy(String),
    /// Open a file for the answers to a lesson.
    Take(Arc<Lesson>),
    /// Write the answers to that file.
    Answers(Box<LessonSession>),
    /// Close that file.
    Release,
    /// Find the student's progress in lessons.
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

impl App {
    /// Effects at the start of the program.
    pub fn start(&mut self) -> Vec<Effect> {
        if self.playing().is_some() {
            return self.start_lesson();
        }
        let effects = self.restart();
        effects.into_iter().chain(self.take_up()).collect()
    }

    /// Handles a message and returns its effects.
    pub fn update(&mut self, message: Message) -> Vec<Effect> {
        let effects = self.answer(message);
        self.kept_before_leaving(effects)
    }

    fn answer(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::Key(key) => self.key(key),
            Message::Pointer(pointer) => self.pointer(pointer),
            Message::Time(seconds) => {
                self.tips.tick(seconds);
                self.lessons.now = seconds;
                self.class_at_times()
            }
            Message::Kept(kept) => {
                self.note = Some(match kept {
                    Ok(path) => {
                        self.kept = self.settings;
                        format!("wrote {}", path.display())
                    }
                    Err(problem) => problem,
                });
                Vec::new()
            }
            Message::Unkept(problem) => self.say(&problem),
            Message::Previewed(drawn) => self.previewed(drawn),
            Message::Read(read) => self.read(read),
            Message::Paste(text) => {
                match (&mut self.field, &mut self.over) {
                    (Some(field), _) => field.paste(&text),
                    (None, Some(layer)) if layer.overlay.is_searched() => layer.query.paste(&text),
                    _ => {}
                }
                Vec::new()
            }
            Message::Report(id, report) => self.report(id, report),
            Message::Free { offered, free } => {
                self.offer_free(&offered, &free);
                Vec::new()
            }
            Message::Filed(filing, result) => self.filed(&filing, result),
            Message::Taken(taken) => self.taken(taken),
            Message::Progress(begun, refused) => self.take_progress(begun, &refused),
            Message::Class(class) => self.take_class(class),
        }
    }
}
