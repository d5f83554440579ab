//! Folders of NPY files, with or without a manifest, and single pairs of them.

use std::collections::HashMap;
use std::io::{self, Read};
use std::sync::Arc;

use super::arrays::Arrays;
pub use super::arrays::Open;
use super::bytes::unreadable;
use super::complete::complete;
use super::fault::fault;
use super::layout::{self, PartFiles, TaskFiles};
use super::manifest::{self, Manifest};
use super::options::ReadOptions;
use super::types::{Dataset, DatasetTask, all_share_x};
use crate::error::Result;

/// Reads a folder. `title` is its name; `names` are its files below it, with `/` between folders,
/// of which those outside the layout of a task are left alone. If `manifest.json` is among them,
/// only files that it lists are read, and each must be as it says.
///
/// # Errors
///
/// [`Error::Data`](crate::error::Error::Data) or [`Error::Json`](crate::error::Error::Json) if
/// files cannot be used, [`Error::Read`](crate::error::Error::Read) if one cannot be read.
pub fn read<'a>(
    title: &str,
    names: &[String],
    open: Open<'_, 'a>,
    options: &ReadOptions,
) -> Result<Dataset> {
    if names.iter().any(|name| name == manifest::NAME) {
        return read_manifest(open, options);
    }
    let files = layout::tasks(title, names)?;
    let mut arrays = Arrays::new(open, options, HashMap::new());
    let tasks = arrays.tasks(title, &files, &|_| None)?;
    let notes = std::mem::take(&mut arrays.notes);
    let (features, source) = (numbered(&tasks), Vec::new());
    let dataset = Dataset {
        title: title.to_owned(),
        features,
        same_x: all_share_x(&tasks),
        tasks,
        source,
        notes,
    };
    complete(dataset, options)
}

/// Reads the folder whose manifest `open` finds at `manifest.json`.
///
/// # Errors
///
/// As [`read`]; also if the manifest names a file outside its folder.
pub fn read_manifest<'a>(open: Open<'_, 'a>, options: &ReadOptions) -> Result<Dataset> {
    let json = manifest::text(open)?;
    let mut manifest = Manifest::parse(&json)?;
    let files = task_files(&manifest, open)?;
    let mut arrays = Arrays::new(open, options, manifest.promises());
    let tasks = arrays.tasks(&manifest.title, &files, &|folder| manifest.kind(folder))?;
    let mut notes = std::mem::take(&mut manifest.notes);
    notes.append(&mut arrays.notes);
    let same_x = all_share_x(&tasks);
    if manifest.same_x == Some(true) && !same_x {
        let differs = tasks.iter().find(|task| !Arc::ptr_eq(&task.x, &tasks[0].x));
        let name = differs.map(|task| task.name.as_str()).unwrap_or_default();
        let found = format!("true, but the X of {name} differs from that of {}", tasks[0].name);
        let allowed = "false, or files with the same X for all tasks";
        return Err(fault(manifest::NAME, "same_x", found, allowed));
    }
    let features = manifest.features(tasks.first().map_or(0, |task| task.x.ncols()))?;
    let (title, source) = (manifest.title, manifest.source);
    complete(Dataset { title, features, tasks, same_x, source, notes }, options)
}

/// The files of the tasks of a manifest, in its order. If it lists no files, those of the usual
/// names that can be opened.
fn task_files<'a>(manifest: &Manifest, open: Open<'_, 'a>) -> Result<Vec<TaskFiles>> {
    let names = match &manifest.files {
        Some(files) => files.iter().map(|(name, _)| name.clone()).collect(),
        None => {
            let mut found = Vec::new();
            for name in manifest.tasks.iter().flat_map(|task| layout::possible_names(task)) {
                match open(&name) {
                    Ok(_) => found.push(name),
                    Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                    Err(error) => return Err(unreadable(&name, error)),
                }
            }
            found
        }
    };
    let mut files = layout::tasks(manifest::NAME, &names)?;
    if manifest.tasks.is_empty() {
        return Ok(files);
    }
    let mut ordered = Vec::new();
    for task in &manifest.tasks {
        let Some(place) = files.iter().position(|files| files.folder == *task) else {
            return Err(manifest::no_files(task));
        };
        ordered.push(files.swap_remove(place));
    }
    Ok(ordered)
}

/// Reads X (m × d) and y (m, or m × k for k tasks) from two NPY files, each with its name.
///
/// # Errors
///
/// As [`read`].
pub fn read_pair<'a>(
    title: &str,
    x: (&str, &'a mut dyn Read),
    y: (&str, &'a mut dyn Read),
    options: &ReadOptions,
) -> Result<Dataset> {
    let whole = PartFiles { x: Some(x.0.to_owned()), y: Some(y.0.to_owned()), groups: None };
    let mut files = TaskFiles::default();
    files.parts[0] = whole;
    let mut inputs = [(x.0.to_owned(), Some(x.1)), (y.0.to_owned(), Some(y.1))];
    let mut open = |name: &str| -> io::Result<Box<dyn Read + 'a>> {
        let named = inputs.iter_mut().find(|(known, input)| known == name && input.is_some());
        match named.and_then(|(_, input)| input.take()) {
            Some(input) => Ok(Box::new(input)),
            None => Err(io::ErrorKind::NotFound.into()),
        }
    };
    let mut arrays = Arrays::new(&mut open, options, HashMap::new());
    let tasks = arrays.tasks(title, &[files], &|_| None)?;
    let notes = std::mem::take(&mut arrays.notes);
    let dataset = Dataset {
        title: title.to_owned(),
        features: numbered(&tasks),
        same_x: all_share_x(&tasks),
        tasks,
        source: Vec::new(),
        notes,
    };
    complete(dataset, options)
}

/// Names of features that have none: x1, x2 and so on.
fn numbered(tasks: &[DatasetTask]) -> Vec<String> {
    let columns = tasks.first().map_or(0, |task| task.x.ncols());
    (1..=columns).map(|column| format!("x{column}")).collect()
}
