//! What happened, and what should happen because of it.

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
    /// The user moved the mouse, pressed it, turned its wheel.
    Pointer(Pointer),
    /// So many seconds have passed since the start of the program.
    Time(u64),
    /// Settings were written into a file, or could not be.
    Kept(std::result::Result<PathBuf, String>),
    /// What is being worked on cannot be kept, and why.
    Unkept(String),
    /// A picture was drawn to be looked at, or could not be.
    Previewed(std::result::Result<(Arc<Image>, PreviewMode), String>),
    /// A scenario was read, or could not be.
    Read(std::result::Result<(String, Box<ScenarioDraft>), String>),
    /// The user pasted text.
    Paste(String),
    /// A job has found something.
    Report(JobId, Report),
    /// Which name is free in place of the one offered for a file.
    Free {
        /// The name offered.
        offered: PathBuf,
        /// The free one.
        free: PathBuf,
    },
    /// A document was written, or could not be.
    Filed(SaveRequest, SaveResult),
    /// A file of answers to a lesson was taken, with what stands in it, or could not be.
    Taken(std::result::Result<(PathBuf, Box<LessonSession>), String>),
    /// Where students stand in lessons that were begun, with the name of the lesson, and why some
    /// files were refused.
    Progress(Vec<(String, LessonSession)>, Vec<String>),
    /// The answers of the class, or why they cannot be read.
    Class(std::result::Result<ClassView, String>),
}

/// Something that should happen.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Start a job; it replaces the one in its slot.
    Start(JobId, Job),
    /// Stop the job in a slot.
    Cancel(JobSlot),
    /// Find a free name in place of the one offered for a file.
    Offer(PathBuf),
    /// Write a document.
    File(SaveRequest),
    /// Write the screen as it is now.
    Screen {
        /// Where.
        path: PathBuf,
        /// Whether a file that is there already is replaced.
        replace: bool,
    },
    /// Draw a picture to be looked at.
    Preview {
        /// The figure.
        figure: Box<Figure>,
        /// What it shows.
        scenario: Arc<Scenario>,
        /// What of it is drawn.
        drawing: Box<Provenance>,
    },
    /// Read a scenario file.
    Read(PathBuf),
    /// Write settings, by name and value, into the user's file.
    Keep(Vec<(&'static str, &'static str)>),
    /// Copy a text to the clipboard of the terminal.
    Copy(String),
    /// Take a file for the answers to a lesson.
    Take(Arc<Lesson>),
    /// Write the answers into it.
    Answers(Box<LessonSession>),
    /// Let it go.
    Release,
    /// Find out where students stand in lessons that were begun.
    Progress,
    /// Read the answers of the class to a lesson.
    Class(Arc<Lesson>),
    /// Listen to the mouse, or no longer.
    Mouse(bool),
    /// Stop until brought back to the foreground.
    Suspend,
    /// Leave the program.
    Quit {
        /// Whether the session stays, so that the next start offers it.
        keeping: bool,
    },
}

impl App {
    /// What should happen when the program starts.
    pub fn start(&mut self) -> Vec<Effect> {
        if self.playing().is_some() {
            return self.start_lesson();
        }
        let effects = self.restart();
        effects.into_iter().chain(self.take_up()).collect()
    }

    /// Takes note of what happened and says what should happen.
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
