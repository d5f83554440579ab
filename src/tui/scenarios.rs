//! The thread that reads a scenario file and the data set that it names.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use super::event::Event;
use crate::app::Message;
use crate::cancel::Cancel;
use crate::error::{Error, Result};
use crate::log;
use crate::scenario::{Scenario, share};
use crate::store::{self, reading};
use crate::worker::fault::caught;

/// How often the share that is read is told.
const EVERY: Duration = Duration::from_millis(100);

/// Reads scenario files, each on a thread of its own. The newest request stops the one before.
pub(super) struct ScenarioReader {
    events: Sender<Event>,
    current: Cancel,
}

impl ScenarioReader {
    /// A reader whose answers go to `events`.
    pub(super) fn new(events: Sender<Event>) -> Self {
        Self { events, current: Cancel::new() }
    }

    /// Reads a file; the number stands in the answers.
    pub(super) fn read(&mut self, number: u64, path: PathBuf) {
        self.stop();
        self.current = Cancel::new();
        let (cancel, events) = (self.current.clone(), self.events.clone());
        let (done, read) = channel();
        thread::spawn(move || {
            let read = reading::until(&cancel, || caught(|| scenario(&path)))
                .inspect(|(_, scenario)| log::scenario(scenario.draft()))
                .inspect_err(log::error);
            let _ = done.send(read.map_err(|error| error.to_string()));
        });
        thread::spawn(move || {
            loop {
                let message = match read.recv_timeout(EVERY) {
                    Ok(read) => Message::Read(number, read),
                    Err(RecvTimeoutError::Timeout) => Message::Reading(number, share()),
                    Err(RecvTimeoutError::Disconnected) => return,
                };
                if events.send(Event::told(message)).is_err() {
                    return;
                }
            }
        });
    }

    /// Stops reading.
    pub(super) fn stop(&mut self) {
        self.current.cancel();
    }
}

/// The scenario of a file or shared string with its data set, and its name.
fn scenario(path: &Path) -> Result<(String, Box<Scenario>)> {
    let (name, draft) = match path.to_str().filter(|text| share::is_shared(text)) {
        Some(text) => share::from_string(text)?,
        None => store::read::scenario(path)?,
    };
    let origin = path.display().to_string();
    let scenario = Scenario::check(draft).map_err(|problem| Error::Scenario { origin, problem })?;
    Ok((name, Box::new(scenario)))
}

/// The share of the data set that is read.
fn share() -> f64 {
    let (read, total) = reading::progress();
    read as f64 / total.max(1) as f64
}
