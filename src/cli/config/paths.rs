//! Paths of the configuration and the state.

use std::path::PathBuf;
use std::{env, fmt};

use directories::ProjectDirs;

/// A path and its origin.
#[derive(Debug, Clone)]
pub(in crate::cli) struct Place {
    /// The path; `None` if the platform has no such folder.
    pub path: Option<PathBuf>,
    /// The environment variable that names it.
    pub variable: Option<&'static str>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(path) = &self.path else { return write!(f, "none: there is no home folder") };
        let there = if path.exists() { "" } else { ", missing" };
        match self.variable {
            Some(variable) => write!(f, "{} ({variable}{there})", path.display()),
            None => write!(f, "{} (default{there})", path.display()),
        }
    }
}

/// The user's configuration file.
pub(in crate::cli) fn config_file() -> Place {
    place("TASKSCOPE_CONFIG", |dirs| dirs.config_dir().join("config.toml"))
}

/// The folder of everything kept between runs.
pub(in crate::cli) fn state() -> Place {
    place("TASKSCOPE_STATE", |dirs| dirs.state_dir().unwrap_or(dirs.data_local_dir()).to_owned())
}

/// The folder of sessions.
pub(in crate::cli) fn sessions() -> Option<PathBuf> {
    state().path.map(|state| state.join("sessions"))
}

/// The folder of lesson answers.
pub(in crate::cli) fn answers() -> Option<PathBuf> {
    state().path.map(|state| state.join("answers"))
}

/// The folder of the user's own lessons.
pub(in crate::cli) fn lessons() -> Option<PathBuf> {
    state().path.map(|state| state.join("lessons"))
}

/// The paths that the screen reads and writes.
pub(in crate::cli) fn places() -> crate::tui::Places {
    crate::tui::Places {
        sessions: sessions(),
        config: config_file().path,
        lessons: lessons(),
        answers: answers(),
        ..crate::tui::Places::default()
    }
}

fn place(variable: &'static str, default: impl FnOnce(&ProjectDirs) -> PathBuf) -> Place {
    match env::var_os(variable).filter(|path| !path.is_empty()) {
        Some(path) => Place { path: Some(path.into()), variable: Some(variable) },
        None => {
            let dirs = ProjectDirs::from("", "", "taskscope");
            Place { path: dirs.as_ref().map(default), variable: None }
        }
    }
}
