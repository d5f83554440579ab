//! A data set as a folder with a manifest.

use std::collections::{BTreeMap, HashSet};

use serde::Serialize;

use super::super::bytes::{digest, hexadecimal};
use super::super::npy::{write_matrix, write_vector};
use super::super::types::{Dataset, DatasetTask, TaskKind};
use super::names::Entries;
use super::{FORMAT, NAME};
use crate::error::json;

/// A manifest as written.
#[derive(Serialize)]
struct Written<'d> {
    manifest: u32,
    title: &'d str,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<TaskKind>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    kinds: BTreeMap<String, TaskKind>,
    same_x: bool,
    dim: usize,
    columns: &'d [String],
    source: &'d [String],
    notes: &'d [String],
    tasks: Entries<String>,
    files: Entries<WrittenFile>,
}

/// A file in a manifest.
#[derive(Serialize)]
struct WrittenFile {
    shape: Vec<usize>,
    sha256: String,
}

/// The files of a data set, each with its name below the folder and its bytes; the manifest is the
/// first. [`folder::read_manifest`](crate::dataset::folder::read_manifest) reads the same numbers
/// from them. Parts that the files gave are written as parts, without rows that lack a label; other
/// tasks are written whole.
pub fn write(dataset: &Dataset) -> Vec<(String, Vec<u8>)> {
    let folders = folders(&dataset.tasks);
    let mut entries = Entries::default();
    let mut files = vec![(NAME.to_owned(), Vec::new())];
    for (folder, task) in folders.iter().zip(&dataset.tasks) {
        for (name, shape, bytes) in task_files(task) {
            let name = format!("{folder}/{name}");
            let sha256 = hexadecimal(&digest(&bytes));
            entries.0.push((name.clone(), WrittenFile { shape, sha256 }));
            files.push((name, bytes));
        }
    }
    let first = dataset.tasks.first().map(|task| task.kind);
    let kind = first.filter(|kind| dataset.tasks.iter().all(|task| task.kind == *kind));
    let kinds = folders.iter().zip(&dataset.tasks).filter(|_| kind.is_none());
    let manifest = Written {
        manifest: FORMAT.version,
        title: &dataset.title,
        kind,
        kinds: kinds.map(|(folder, task)| (folder.clone(), task.kind)).collect(),
        same_x: dataset.same_x,
        dim: dataset.features.len(),
        columns: &dataset.features,
        source: &dataset.source,
        notes: &dataset.notes,
        tasks: Entries(folders.into_iter().map(|folder| (folder, String::new())).collect()),
        files: entries,
    };
    // Texts and numbers in maps with text keys: this cannot fail.
    files[0].1 = json::pretty("the manifest", &manifest).unwrap_or_default().into_bytes();
    files
}

/// The files of a task: name, shape and bytes.
fn task_files(task: &DatasetTask) -> Vec<(String, Vec<usize>, Vec<u8>)> {
    let all: Vec<usize> = (0..task.y.len()).collect();
    let parts: Vec<(&str, &[usize])> = if task.split.given {
        let [train, validation, test] = task.split.parts().map(|(_, rows)| rows);
        vec![("_train", train), ("_val", validation), ("_test", test)]
    } else {
        vec![("", &all)]
    };
    let mut files = Vec::new();
    for (part, rows) in parts.into_iter().filter(|(_, rows)| !rows.is_empty()) {
        let x = task.x.select_rows(rows);
        let y: Vec<f64> = rows.iter().map(|row| task.y[*row]).collect();
        files.push((format!("X{part}.npy"), vec![x.nrows(), x.ncols()], write_matrix(&x)));
        files.push((format!("y{part}.npy"), vec![y.len()], write_vector(&y)));
        if let Some(groups) = &task.groups {
            let groups: Vec<f64> = rows.iter().map(|row| groups[*row] as f64).collect();
            files.push((format!("groups{part}.npy"), vec![groups.len()], write_vector(&groups)));
        }
    }
    files
}

/// Names of folders for the tasks: their own, without characters that file systems refuse.
fn folders(tasks: &[DatasetTask]) -> Vec<String> {
    let mut taken = HashSet::new();
    let allowed = |c: char| c.is_alphanumeric() || " -_=+,()".contains(c);
    let folder = |task: &DatasetTask| {
        let mut name: String =
            task.name.chars().map(|c| if allowed(c) || c == '.' { c } else { '_' }).collect();
        if name.trim_matches(['.', ' ']).len() != name.len() || name.is_empty() {
            name = format!("_{}_", name.trim_matches(['.', ' ']));
        }
        while !taken.insert(name.to_lowercase()) {
            name.push('_');
        }
        name
    };
    tasks.iter().map(folder).collect()
}
