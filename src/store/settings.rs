//! Writes settings into the user's configuration file.

use std::fs::File;
use std::io::ErrorKind;
use std::path::Path;

use crate::error::json::Format;
use crate::error::{Error, Invalid, Result};
use crate::store::atomic::{Over, keep_beside, refused, write};
use crate::store::bounded::bounded;
use crate::store::paths::make_folder;

/// The file format of settings. A file without a version is of the first one.
pub const FORMAT: Format = Format { key: "settings", version: 1 };

/// Largest file that is read, in bytes.
pub const LARGEST: u64 = 1 << 16;

/// Sets values in a file of lines `name = value` and keeps all other lines. Existing names are
/// changed in place, new ones are added at the end. `known` lists the names of all settings. A file
/// that contains some of them but is not TOML, or holds them in texts of several lines or in tables,
/// counts as damaged: a copy is kept and a new file is written. A file without a version gets that of
/// this program as its first line. Programs that do this at the same time wait for each other, where
/// the folder can be locked.
///
/// # Errors
///
/// [`Error::Read`] if an existing file cannot be read; [`Error::Value`] for a link, for a file of
/// another version and for a file with anything other than settings; [`Error::Write`] if it cannot be written.
pub fn keep(path: &Path, settings: &[(&str, &str)], known: &[&str]) -> Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    make_folder(folder)?;
    let _held = File::open(folder).and_then(|folder| folder.lock().map(|()| folder)).ok();
    let mut before = match bounded(path, LARGEST) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        Err(source) => return Err(Error::Read { path: path.to_owned(), source }),
    };
    let is_known = |name: &str| name == FORMAT.key || known.contains(&name);
    let name = |line: &str| Some(line.split_once('=')?.0.trim().to_owned());
    let table = before.parse::<toml::Table>();
    if let Some(found) = table.as_ref().ok().and_then(|table| table.get(FORMAT.key)) {
        check(found.as_integer()).map_err(|problem| {
            let field = format!("{}: {}", path.display(), problem.field);
            Invalid { field, ..problem }
        })?;
    }
    let is_ours = match &table {
        Ok(table) => table.keys().all(|name| is_known(name)),
        Err(_) => before.lines().filter_map(name).any(|name| known.contains(&name.as_str())),
    };
    if !is_ours {
        let allowed = format!("lines NAME = VALUE, with the names {}", known.join(", "));
        return Err(refused(path, "a file that does not hold settings", &allowed));
    }
    if table.is_err() {
        keep_beside(path, "damaged")?;
        before.clear();
    }
    let mut text = changed(&before, settings);
    if !holds(&text, settings) {
        keep_beside(path, "damaged")?;
        text = changed("", settings);
    }
    write(path, text.as_bytes(), Over::Any)
}

/// Refuses a version that this program does not read; `None` if the version is no whole number.
pub fn check(version: Option<i64>) -> std::result::Result<(), Invalid> {
    match version {
        Some(version) => FORMAT.check(version as f64),
        None => Err(Invalid::new(FORMAT.key, "no whole number", FORMAT.version.to_string())),
    }
}

/// A text with its version, and with the lines of settings changed or added.
fn changed(before: &str, settings: &[(&str, &str)]) -> String {
    let before = before.trim_start_matches('\u{feff}');
    let mut lines: Vec<String> = before.lines().map(str::to_owned).collect();
    let sets = |line: &str, name: &str| {
        let rest = line.trim_start().strip_prefix(name);
        rest.is_some_and(|rest| rest.trim_start().starts_with('='))
    };
    if !lines.iter().any(|line| sets(line, FORMAT.key)) {
        lines.insert(0, format!("{} = {}", FORMAT.key, FORMAT.version));
    }
    for (name, value) in settings {
        let line = format!("{name} = {}", worded(value));
        match lines.iter_mut().find(|other| sets(other, name)) {
            Some(other) => *other = line,
            None => lines.push(line),
        }
    }
    lines.join("\n") + "\n"
}

/// Returns true if a text is TOML with these settings. It is not if a line that was changed stands
/// inside a text of several lines, or one that was added inside a table.
fn holds(text: &str, settings: &[(&str, &str)]) -> bool {
    let Ok(table) = text.parse::<toml::Table>() else { return false };
    settings.iter().all(|(name, value)| match (table.get(*name), *value) {
        (Some(toml::Value::Boolean(found)), "on" | "off") => *found == (*value == "on"),
        (Some(toml::Value::String(found)), value) => found == value,
        _ => false,
    })
}

/// A value in TOML: booleans for switches, names in quotes.
fn worded(value: &str) -> String {
    match value {
        "on" => "true".to_owned(),
        "off" => "false".to_owned(),
        value => format!("\"{value}\""),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn kept_settings_replace_their_lines_and_leave_all_others() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("taskscope/config.toml");
        let known = ["theme", "mouse", "tips"];
        keep(&path, &[("theme", "light")], &known).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "settings = 1\ntheme = \"light\"\n");
        fs::write(&path, "# mine\n theme=\"dark\"  # why not\ntips = true").unwrap();
        keep(&path, &[("theme", "mono"), ("mouse", "off")], &known).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(text, "settings = 1\n# mine\ntheme = \"mono\"\ntips = true\nmouse = false\n");
        keep(&path, &[("theme", "mono")], &known).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), text, "one version is enough");
    }

    #[test]
    fn a_file_of_a_newer_version_is_refused_by_name_and_stays() {
        for (version, words) in [("2", "this file is newer"), ("\"1\"", "no whole number")] {
            let folder = tempfile::TempDir::new().unwrap();
            let path = folder.path().join("config.toml");
            let text = format!("shape = \"round\"\nsettings = {version}\n");
            fs::write(&path, &text).unwrap();
            let fault = keep(&path, &[("theme", "light")], &["theme"]).unwrap_err().to_string();
            assert!(fault.contains("config.toml: settings: found") && fault.contains(words));
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
    }

    #[test]
    fn a_setting_inside_a_text_of_several_lines_or_in_a_table_is_damage() {
        for text in ["panes = \"\"\"\ntheme = \"dark\"\n\"\"\"\n", "[theme]\nmouse = true\n"] {
            let folder = tempfile::TempDir::new().unwrap();
            let path = folder.path().join("config.toml");
            fs::write(&path, text).unwrap();
            keep(&path, &[("theme", "light")], &["theme", "panes", "mouse"]).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), "settings = 1\ntheme = \"light\"\n");
            let kept = fs::read_to_string(folder.path().join("config.toml.damaged")).unwrap();
            assert_eq!(kept, text);
        }
    }

    #[test]
    fn two_programs_that_keep_settings_at_once_lose_none() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("config.toml");
        let known = ["theme", "mouse", "tips"];
        std::thread::scope(|scope| {
            for name in known {
                let path = &path;
                scope.spawn(move || {
                    for value in ["on", "off"].repeat(4) {
                        keep(path, &[(name, value)], &known).unwrap();
                    }
                });
            }
        });
        let text = fs::read_to_string(&path).unwrap();
        assert!(known.iter().all(|name| text.contains(&format!("{name} = false"))), "{text}");
    }
}
