//! Where files go, and whether they can be written there.

use std::fs::{self, OpenOptions};
use std::path::Path;

use super::row;
use crate::cli::config;

/// The places of configuration and state.
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

/// Whether a file can be made in a folder, or the folder itself where it is not there yet.
fn writable(folder: &Path) -> String {
    let Some(there) = folder.ancestors().find(|folder| folder.exists()) else {
        return "no folder above it is there".to_owned();
    };
    let probe = there.join(format!(".taskscope-probe-{}", std::process::id()));
    match OpenOptions::new().write(true).create_new(true).open(&probe) {
        Ok(_) => {
            let _ = fs::remove_file(&probe);
            "can be written".to_owned()
        }
        Err(error) => format!("cannot be written: {error}"),
    }
}
