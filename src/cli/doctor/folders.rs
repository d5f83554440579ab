//! The folders of configuration and state, and whether they are writable.

use std::fs;
use std::fs::OpenOptions;
use std::path::Path;

use crate::cli::config;
use crate::cli::doctor::row::row;

/// A row for each place, and below it whether it is writable.
pub(super) fn text() -> String {
    let config = config::config_file();
    let state = config::state();
    let mut text = row("config", &config.to_string());
    if let Some(folder) = config.path.as_ref().and_then(|file| file.parent()) {
        text += &row("", &writable(folder));
    }
    text += &row("state", &state.to_string());
    if let Some(state) = &state.path {
        text += &row("", &writable(state));
    }
    text
}

/// Says whether a file can be created in a folder, or the folder itself if it is missing.
fn writable(folder: &Path) -> String {
    let Some(there) = folder.ancestors().find(|folder| folder.exists()) else {
        return "no parent folder exists".to_owned();
    };
    let probe = there.join(format!(".taskscope-probe-{}", std::process::id()));
    match OpenOptions::new().write(true).create_new(true).open(&probe) {
        Ok(_) => {
            let _ = fs::remove_file(&probe);
            "writable".to_owned()
        }
        Err(error) => format!("not writable: {error}"),
    }
}
