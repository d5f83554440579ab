//! Settings written into the user's file.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::atomic::write;
use crate::error::{Error, Result};

/// Gives settings their values in a file of lines `name = value`; all other lines stay as they are.
/// Names that stand there are changed where they stand, others come at the end.
///
/// # Errors
///
/// [`Error::Read`] where there is a file that cannot be read, [`Error::Write`] where it cannot be
/// written.
pub fn keep(path: &Path, settings: &[(&str, &str)]) -> Result<()> {
    let before = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        Err(source) => return Err(Error::Read { path: path.to_owned(), source }),
    };
    let mut lines: Vec<String> = before.lines().map(str::to_owned).collect();
    for (name, value) in settings {
        let line = format!("{name} = {}", worded(value));
        let is_it = |other: &String| {
            let rest = other.trim_start().strip_prefix(name);
            rest.is_some_and(|rest| rest.trim_start().starts_with('='))
        };
        match lines.iter_mut().find(|other| is_it(other)) {
            Some(other) => *other = line,
            None => lines.push(line),
        }
    }
    if let Some(folder) = path.parent() {
        let made = fs::create_dir_all(folder);
        made.map_err(|source| Error::Write { path: folder.to_owned(), source })?;
    }
    write(path, (lines.join("\n") + "\n").as_bytes(), true)
}

/// A value as TOML has it: switches bare, names in quotes.
fn worded(value: &str) -> String {
    match value {
        "on" => "true".to_owned(),
        "off" => "false".to_owned(),
        value => format!("\"{value}\""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kept_settings_replace_their_lines_and_leave_all_others() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("taskscope/config.toml");
        keep(&path, &[("theme", "light")]).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "theme = \"light\"\n");
        fs::write(&path, "# mine\n theme=\"dark\"  # why not\ntips = true").unwrap();
        keep(&path, &[("theme", "mono"), ("mouse", "off")]).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(text, "# mine\ntheme = \"mono\"\ntips = true\nmouse = false\n");
    }
}
