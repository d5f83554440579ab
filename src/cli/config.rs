//! The configuration. Flags override environment variables, those override the user's file, and
//! that overrides what is detected of the terminal.
//!
//! There is no per-project file: settings depend on the user and the terminal, and a folder that
//! someone else wrote must not change them.

mod file;
mod paths;
mod terminal;
pub(super) mod value;

use std::env;

use crate::app::settings::{SETTINGS, Settings};
use crate::cli::config::value::{AUTO, Found, accepted};
use crate::cli::looks::{Looks, When};
use crate::cli::output;
use crate::error::Result;

pub(super) use paths::{Place, answers, config_file, lessons, state};
pub(super) use paths::{places, sessions};
pub(super) use terminal::{Background, background, colours};

/// The settings and their origins.
#[derive(Debug)]
pub(super) struct Config {
    pub settings: Settings,
    /// The origin of each of [`SETTINGS`].
    pub origins: Vec<String>,
}

/// Reads all settings.
///
/// # Errors
///
/// If a flag, a variable or the file holds a value that is not allowed, or the file cannot be
/// read.
pub(super) fn config(looks: &Looks) -> Result<Config> {
    let in_file = file::read(&paths::config_file())?;
    let mut settings = Settings::default();
    let mut origins = Vec::new();
    for setting in SETTINGS {
        let named = match flag(looks, setting.name) {
            Some(found) => Some(accepted(setting, found, "--")?),
            None => match variable(setting.name) {
                Some(found) => Some(accepted(setting, found, "")?),
                None => in_file.get(setting.name).cloned(),
            },
        };
        let found = match named {
            Some(found) if found.value != AUTO => found,
            named => terminal::concluded(setting, named.map(|found| found.origin), looks.color),
        };
        setting.set(&mut settings, &found.value)?;
        origins.push(found.origin);
    }
    Ok(Config { settings, origins })
}

/// The value of a setting given by a flag.
fn flag(looks: &Looks, name: &str) -> Option<Found> {
    let found = |value: &str, origin: &str| {
        Some(Found { value: value.to_owned(), origin: origin.to_owned() })
    };
    let named = |value: &Option<String>| {
        value.as_ref().and_then(|value| found(value, &format!("--{name}")))
    };
    match name {
        "theme" => named(&looks.theme),
        "colours" => match looks.color {
            Some(When::Never) => found("none", "--color never"),
            Some(When::Always) => found(AUTO, "--color always"),
            Some(When::Auto) => found(AUTO, "--color auto"),
            None => named(&looks.colours),
        },
        "marks" => named(&looks.marks),
        "mouse" if looks.no_mouse => found("off", "--no-mouse"),
        "tips" if looks.no_tips => found("off", "--no-tips"),
        _ => None,
    }
}

/// The value of a setting given by an environment variable.
fn variable(name: &str) -> Option<Found> {
    let origin = format!("TASKSCOPE_{}", name.to_uppercase());
    let value = env::var(&origin).ok().filter(|value| !value.is_empty())?;
    Some(Found { value, origin })
}

/// `--print-config`: prints every setting with its value and origin, and the paths of files.
pub(super) fn print(looks: &Looks) -> Result<()> {
    let config = config(looks)?;
    let mut text = String::new();
    for (setting, origin) in SETTINGS.iter().zip(&config.origins) {
        let value = setting.get(&config.settings);
        text += &format!("{:<8}  {value:<8}  {origin}\n", setting.name);
    }
    text += "\n";
    for (what, place) in [("config", config_file()), ("state", state())] {
        text += &format!("{what:<8}  {place}\n");
    }
    output::print(&text)
}
