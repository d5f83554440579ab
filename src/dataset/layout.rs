//! Which files of a folder belong to which task and part.
//!
//! A task is a folder with `X_train.npy`, `y_train.npy`, `X_val.npy`, `y_val.npy`, `X_test.npy`
//! and `y_test.npy`, or with `X.npy` and `y.npy` if the parts are to be drawn. `groups.npy` or
//! `groups_train.npy` and so on hold the groups of the rows. Files at the top are one task.

use super::fault::{fault, listed};
use crate::error::Result;

/// The names of the parts in files; the first of each is written.
pub(super) const PARTS: [&[&str]; 4] =
    [&[""], &["_train"], &["_val", "_valid", "_validation", "_dev"], &["_test"]];

/// The files of a task.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct TaskFiles {
    /// The folder; empty at the top.
    pub(super) folder: String,
    /// The files of all rows, of train, validation and test.
    pub(super) parts: [PartFiles; 4],
}

/// The files of a part of a task.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct PartFiles {
    pub(super) x: Option<String>,
    pub(super) y: Option<String>,
    pub(super) groups: Option<String>,
}

impl PartFiles {
    fn is_empty(&self) -> bool {
        self.x.is_none() && self.y.is_none() && self.groups.is_none()
    }

    /// The files of X, y and groups if there are any. Refuses X without y and the reverse.
    pub(super) fn pair(&self) -> Result<Option<(&str, &str, Option<&str>)>> {
        match (&self.x, &self.y, &self.groups) {
            (Some(x), Some(y), groups) => Ok(Some((x, y, groups.as_deref()))),
            (Some(x), None, _) => Err(fault(x, "labels", "no y file", "X and y of each part")),
            (None, Some(y), _) => Err(fault(y, "features", "no X file", "X and y of each part")),
            (None, None, Some(groups)) => {
                Err(fault(groups, "features", "no X file", "groups beside X and y"))
            }
            (None, None, None) => Ok(None),
        }
    }
}

impl TaskFiles {
    /// Whether the files give the parts. Refuses both parts and a whole, and parts that lack one.
    pub(super) fn split_is_given(&self, origin: &str) -> Result<bool> {
        let [whole, train, _, test] = &self.parts;
        let given = self.parts[1..].iter().any(|part| !part.is_empty());
        let place = if self.folder.is_empty() { "files" } else { &self.folder };
        if given && !whole.is_empty() {
            let allowed = "parts (X_train, X_test) or a whole (X), not both";
            return Err(fault(origin, place, "X and parts of X", allowed));
        }
        for (part, name) in [(train, "train"), (test, "test")] {
            if given && part.is_empty() {
                let allowed = format!("X_{name}.npy and y_{name}.npy beside the other parts");
                return Err(fault(origin, place, format!("no {name} part"), allowed));
            }
        }
        Ok(given)
    }
}

/// The tasks that files make, in the order of their names. Files with other names are left alone.
pub(super) fn tasks(origin: &str, names: &[String]) -> Result<Vec<TaskFiles>> {
    let mut tasks: Vec<TaskFiles> = Vec::new();
    let mut names: Vec<&String> = names.iter().collect();
    names.sort_unstable();
    names.dedup();
    for name in &names {
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
        let Some((role, part)) = file.strip_suffix(".npy").and_then(role_and_part) else {
            continue;
        };
        let task = match tasks.iter().position(|task| task.folder == folder) {
            Some(known) => &mut tasks[known],
            None => {
                tasks.push(TaskFiles { folder: folder.to_owned(), ..TaskFiles::default() });
                let last = tasks.len() - 1;
                &mut tasks[last]
            }
        };
        let files = &mut task.parts[part];
        let place = match role {
            "x" => &mut files.x,
            "y" => &mut files.y,
            _ => &mut files.groups,
        };
        if let Some(other) = place {
            let found = format!("{other} and {name}");
            return Err(fault(origin, "files", found, "one file for each part"));
        }
        *place = Some((*name).clone());
    }
    // Groups alone are the file of something else.
    tasks.retain(|task| task.parts.iter().any(|part| part.x.is_some() || part.y.is_some()));
    if tasks.is_empty() {
        let names: Vec<&String> = names.into_iter().collect();
        let found = if names.is_empty() { "no files".to_owned() } else { listed(&names) };
        let allowed = "TASK/X_train.npy, TASK/y_train.npy, TASK/X_test.npy …, or X.npy and y.npy";
        return Err(fault(origin, "files", found, allowed));
    }
    Ok(tasks)
}

/// What a file without its ending holds: `x`, `y` or `groups`, and of which part.
fn role_and_part(stem: &str) -> Option<(&'static str, usize)> {
    let stem = stem.to_ascii_lowercase();
    let (role, rest) =
        ["groups", "x", "y"].into_iter().find_map(|role| Some((role, stem.strip_prefix(role)?)))?;
    let part = PARTS.iter().position(|names| names.contains(&rest))?;
    Some((role, part))
}

/// All names that the files of a task may have.
pub(super) fn possible_names(folder: &str) -> Vec<String> {
    let roles = ["X", "y", "groups"];
    let names = PARTS.iter().flat_map(|names| names.iter());
    let pairs = names.flat_map(|part| roles.map(|role| format!("{folder}/{role}{part}.npy")));
    pairs.collect()
}
