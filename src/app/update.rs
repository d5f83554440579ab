//! What happened, and what should happen because of it.

mod affinity;
mod changes;
mod fields;
mod files;
mod jobs;
mod keys;
mod reports;
mod studies;

use std::path::PathBuf;

use super::key::Key;
use super::state::App;
use crate::job::{Filed, Filing, Job, JobId, Lane, Report};

/// Something that happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// The user pressed a key.
    Key(Key),
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
    Filed(Filing, Filed),
}

/// Something that should happen.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Start a job; it replaces the one in its lane.
    Start(JobId, Job),
    /// Stop the job in a lane.
    Cancel(Lane),
    /// Find a free name in place of the one offered for a file.
    Offer(PathBuf),
    /// Write a document.
    File(Filing),
    /// Stop until brought back to the foreground.
    Suspend,
    /// Leave the program.
    Quit,
}

impl App {
    /// What should happen when the program starts.
    pub fn start(&mut self) -> Vec<Effect> {
        let effects = self.restart();
        effects.into_iter().chain(self.take_up()).collect()
    }

    /// Takes note of what happened and says what should happen.
    pub fn update(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::Key(key) => self.key(key),
            Message::Paste(text) => {
                if let Some(field) = &mut self.field {
                    field.paste(&text);
                }
                Vec::new()
            }
            Message::Report(id, report) => self.report(id, report),
            Message::Free { offered, free } => {
                self.offer_free(&offered, &free);
                Vec::new()
            }
            Message::Filed(filing, result) => {
                self.filed(&filing, result);
                Vec::new()
            }
        }
    }
}
