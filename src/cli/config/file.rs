//! The user's configuration file. Errors name the line.

use std::collections::HashMap;
use std::io::ErrorKind;

use toml::de::{DeTable, DeValue};

use crate::app::settings::{SETTINGS, SettingInfo};
use crate::cli::config::Place;
use crate::cli::config::value::{self, Found, accepted};
use crate::error::{Error, Invalid, Result};
use crate::store::bounded::bounded;
use crate::store::settings::{FORMAT, LARGEST, check};

/// Reads the settings of a file, by name. A missing file holds none; it is created when settings are
/// saved.
pub(super) fn read(place: &Place) -> Result<HashMap<&'static str, Found>> {
    let Some(path) = &place.path else { return Ok(HashMap::new()) };
    match bounded(path, LARGEST) {
        Ok(text) => settings(&text, &path.display().to_string()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(HashMap::new()),
        Err(source) => Err(Error::Read { path: path.clone(), source }),
    }
}

fn settings(text: &str, origin: &str) -> Result<HashMap<&'static str, Found>> {
    let line = |at: usize| 1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count();
    let refuse = |at: usize, problem: Invalid| {
        Err(Error::Config { origin: origin.to_owned(), line: line(at), problem })
    };
    let table = match DeTable::parse(text) {
        Ok(table) => table,
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            let found = error.message().lines().collect::<Vec<_>>().join(", ");
            return refuse(
                at,
                Invalid::new("configuration", found, "lines of the form NAME = VALUE"),
            );
        }
    };
    if let Some(version) = table.get_ref().get(FORMAT.key)
        && let Err(problem) = check(whole(version.get_ref()))
    {
        return refuse(version.span().start, problem);
    }
    let mut settings = HashMap::new();
    let fields = table.get_ref().iter().filter(|(key, _)| key.get_ref() != FORMAT.key);
    for (key, value) in fields {
        let name: &str = key.get_ref();
        let Some(setting) = SettingInfo::find(name) else {
            let names: Vec<&str> = SETTINGS.iter().map(|setting| setting.name).collect();
            let problem = Invalid::new("setting", format!("\"{name}\""), names.join(", "));
            return refuse(key.span().start, problem);
        };
        let at = value.span().start;
        let found = match value.get_ref() {
            DeValue::String(text) => text.to_string(),
            DeValue::Boolean(on) => if *on { "on" } else { "off" }.to_owned(),
            DeValue::Integer(number) => number.as_str().to_owned(),
            other => {
                let allowed = words(setting);
                let found = format!("a value of type {}", other.type_str());
                return refuse(at, Invalid::new(setting.name, found, allowed));
            }
        };
        let place = format!("{origin}:{}", line(at));
        match accepted(setting, Found { value: found, origin: place }, "") {
            Ok(found) => settings.insert(setting.name, found),
            Err(problem) => {
                let allowed = words(setting);
                return refuse(at, Invalid { field: setting.name.into(), allowed, ..problem });
            }
        };
    }
    Ok(settings)
}

/// A value as a whole number, if it is one.
fn whole(value: &DeValue<'_>) -> Option<i64> {
    let DeValue::Integer(number) = value else { return None };
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}

/// The allowed values as written in the file: names in quotes, switches without.
fn words(setting: &SettingInfo) -> String {
    let word = |value: &&str| match *value {
        "on" => "true".to_owned(),
        "off" => "false".to_owned(),
        value => format!("\"{value}\""),
    };
    value::allowed(setting).iter().map(word).collect::<Vec<_>>().join(", ")
}
