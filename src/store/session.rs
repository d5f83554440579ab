//! Sessions: the current work, saved in a folder so that a crash loses only the last moments.
//!
//! Each running program has its own file in the folder, `NAME.json`, which is written atomically,
//! and `NAME.lock`, on which it holds an advisory lock while it runs. A session whose lock is free
//! was left by a program that crashed.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::error::json::{self, Format};
use crate::error::{Error, Result};
use crate::scenario::{Scenario, ScenarioDraft, draft};
use crate::store::atomic;
use crate::store::atomic::Over;
use crate::store::bounded::bounded;

/// The file format of sessions.
pub const FORMAT: Format = Format { key: "session", version: 1 };

/// Largest session that is read, in bytes.
const LARGEST: u64 = 2 << 20;

/// The current work.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Session {
    /// Version of the file format.
    pub session: u32,
    /// Time of saving, in seconds since 1970-01-01, UTC.
    pub time: u64,
    /// Name of the preset or file of the scenario.
    pub name: String,
    /// Name of the screen shown.
    pub screen: String,
    /// Path of the knob in focus.
    pub focus: String,
    /// The scenario.
    pub scenario: ScenarioDraft,
}

impl Session {
    fn to_json(&self) -> Result<String> {
        json::line("the session", self).map(|json| json + "\n")
    }

    /// Reads a session and checks its scenario; checks the version first.
    fn read(path: &Path) -> Result<Self> {
        let fault = |source| Error::Read { path: path.to_owned(), source };
        let json = bounded(path, LARGEST).map_err(fault)?;
        let origin = path.display().to_string();
        let session: Self = json::read_format(&json, &origin, &[FORMAT, draft::FORMAT])?;
        Scenario::check(session.scenario.clone()).map_err(|problem| Error::Scenario {
            origin: format!("{} ({origin})", session.name),
            problem,
        })?;
        Ok(session)
    }
}

/// Saves the sessions of this program.
#[derive(Debug)]
pub struct Keeper {
    folder: PathBuf,
    held: Vec<Held>,
}

/// The files of a session, and the lock on them.
#[derive(Debug)]
struct Held {
    json: PathBuf,
    /// The file is locked as long as it is open.
    _lock: File,
}

impl Held {
    fn remove(self) -> io::Result<()> {
        let removed = fs::remove_file(&self.json);
        let unlocked = fs::remove_file(self.json.with_extension("lock"));
        match removed.and(unlocked) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

impl Keeper {
    /// A keeper for a folder; writes nothing yet.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into(), held: Vec::new() }
    }

    /// Replaces the saved sessions; none removes their files. The folder is created if missing.
    ///
    /// # Errors
    ///
    /// [`Error::Write`] if the folder cannot be created, locked or written, or files that are no
    /// longer needed cannot be removed.
    pub fn keep(&mut self, sessions: &[Session]) -> Result<()> {
        for (i, session) in sessions.iter().enumerate() {
            let json = session.to_json()?;
            if self.held.len() == i {
                let held = hold(&self.folder)
                    .map_err(|source| Error::Write { path: self.folder.clone(), source })?;
                self.held.push(held);
            }
            atomic::write(&self.held[i].json, json.as_bytes(), Over::Ours)?;
        }
        for held in self.held.drain(sessions.len()..) {
            let path = held.json.clone();
            held.remove().map_err(|source| Error::Write { path, source })?;
        }
        Ok(())
    }
}

/// Finds a free name for this program and locks it.
fn hold(folder: &Path) -> io::Result<Held> {
    make(folder)?;
    let process = std::process::id();
    for number in 1_u32.. {
        let lock = folder.join(format!("{process}-{number}.lock"));
        let json = lock.with_extension("json");
        if fs::symlink_metadata(&json).is_ok() {
            continue;
        }
        match OpenOptions::new().write(true).create_new(true).open(&lock) {
            Ok(file) => {
                file.lock()?;
                return Ok(Held { json, _lock: file });
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::other("no name is free"))
}

/// Creates a folder that only its owner can read.
fn make(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// A session left by a program that crashed. While this value lives, no other program finds it.
#[derive(Debug)]
pub struct AbandonedSession {
    session: Session,
    held: Held,
}

/// Result of a search for sessions.
#[derive(Debug, Default)]
pub struct FoundSessions {
    /// Sessions left by crashed programs, newest first.
    pub left: Vec<AbandonedSession>,
    /// Files that cannot be read as sessions, with the reason; they are left unchanged.
    pub skipped: Vec<String>,
}

impl AbandonedSession {
    /// Searches a folder for sessions; a missing folder holds none.
    pub fn find(folder: &Path) -> FoundSessions {
        let mut found = FoundSessions::default();
        let Ok(entries) = fs::read_dir(folder) else { return found };
        let mut files: Vec<PathBuf> = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
            .filter(|path| fs::symlink_metadata(path).is_ok_and(|found| !found.is_symlink()))
            .collect();
        files.sort();
        for json in files {
            let Some(held) = seize(json) else { continue };
            match Session::read(&held.json) {
                Ok(session) => found.left.push(Self { session, held }),
                Err(Error::Read { source, .. }) if source.kind() == ErrorKind::NotFound => {}
                Err(error) => found.skipped.push(error.to_string()),
            }
        }
        found.left.sort_by_key(|left| std::cmp::Reverse(left.session.time));
        found
    }

    /// The saved work.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The path of the session file.
    pub fn path(&self) -> &Path {
        &self.held.json
    }

    /// Removes the session from the folder and returns it.
    ///
    /// # Errors
    ///
    /// [`Error::Write`] if its files cannot be removed.
    pub fn remove(self) -> Result<Session> {
        let path = self.held.json.clone();
        self.held.remove().map_err(|source| Error::Write { path, source })?;
        Ok(self.session)
    }
}

/// Locks a session whose program has ended; `None` if the program runs or this is unknown, for
/// example because another user owns the lock file.
fn seize(json: PathBuf) -> Option<Held> {
    let lock = json.with_extension("lock");
    let file = atomic::lock_file(&lock).ok()?;
    file.try_lock().ok()?;
    Some(Held { json, _lock: file })
}
