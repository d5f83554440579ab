//! The manifest of a folder: a JSON file that names its tasks and files.

mod names;
mod write;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::Read;

use serde::Deserialize;
use serde_json::Value;

use super::arrays::{Open, Promise};
use super::bytes::unreadable;
use super::fault::fault;
use super::types::TaskKind;
use crate::error::json::{self, Format};
use crate::error::{Error, Result};
use crate::text;
use names::Entries;

pub use write::write;

/// The file name of a manifest.
pub const NAME: &str = "manifest.json";
/// Longest manifest in bytes.
const LONGEST: u64 = 16 << 20;

/// The format of manifests. One without a version is read too.
const FORMAT: Format = Format { key: "manifest", version: 1 };

/// A manifest as written.
#[derive(Deserialize)]
struct ManifestFile {
    name: Option<String>,
    title: Option<String>,
    kind: Option<TaskKind>,
    #[serde(default)]
    kinds: BTreeMap<String, TaskKind>,
    same_x: Option<bool>,
    dim: Option<u64>,
    columns: Option<Vec<String>>,
    source: Option<Value>,
    #[serde(alias = "license")]
    licence: Option<Value>,
    citation: Option<Value>,
    labels: Option<Value>,
    features: Option<Value>,
    splits: Option<Value>,
    notes: Option<Value>,
    #[serde(default)]
    tasks: Entries<Value>,
    files: Option<Entries<FileEntry>>,
}

/// A file in a manifest.
#[derive(Clone, Default, Deserialize)]
struct FileEntry {
    shape: Option<Vec<u64>>,
    sha256: Option<String>,
}

/// A manifest, checked.
pub(super) struct Manifest {
    pub(super) title: String,
    kind: Option<TaskKind>,
    kinds: BTreeMap<String, TaskKind>,
    pub(super) same_x: Option<bool>,
    dimension: Option<u64>,
    columns: Option<Vec<String>>,
    pub(super) source: Vec<String>,
    pub(super) notes: Vec<String>,
    /// The folders of the tasks.
    pub(super) tasks: Vec<String>,
    pub(super) files: Option<Vec<(String, Promise)>>,
}

/// The text of the manifest.
pub(super) fn text(open: Open<'_, '_>) -> Result<String> {
    let input = open(NAME).map_err(|error| unreadable(NAME, error))?;
    let mut bytes = Vec::new();
    input.take(LONGEST + 1).read_to_end(&mut bytes).map_err(|error| unreadable(NAME, error))?;
    if bytes.len() as u64 > LONGEST {
        return Err(fault(NAME, "size", "more than 16 MiB", "at most 16 MiB"));
    }
    text::decoded(bytes).map_err(|found| fault(NAME, "text", found, text::ALLOWED))
}

/// The refusal of a task without files.
pub(super) fn no_files(task: &str) -> Error {
    let allowed = format!("{task}/X_train.npy and so on among the files; add them or take it out");
    fault(NAME, format!("tasks.{task}"), "no files", allowed)
}

impl Manifest {
    /// Reads a manifest. Fields that are not known are left alone.
    pub(super) fn parse(json: &str) -> Result<Self> {
        let file: ManifestFile = json::read_format(json, NAME, &[FORMAT])?;
        for name in file.tasks.names().chain(file.kinds.keys()) {
            safe("tasks", name)?;
        }
        let mut seen = HashSet::new();
        for name in file.files.iter().flat_map(Entries::names) {
            safe("files", name)?;
            if !seen.insert(name) {
                return Err(fault(NAME, "files", format!("{name} twice"), "each file once"));
            }
        }
        let mut source = lines(None, file.source.as_ref());
        source.extend(lines(Some("Licence"), file.licence.as_ref()));
        source.extend(lines(None, file.citation.as_ref()));
        let mut notes = lines(Some("Labels"), file.labels.as_ref());
        notes.extend(lines(Some("Features"), file.features.as_ref()));
        notes.extend(lines(Some("Parts"), file.splits.as_ref()));
        for (task, about) in &file.tasks.0 {
            notes.extend(lines(Some(task), Some(about)));
        }
        notes.extend(lines(None, file.notes.as_ref()));
        let promise = |entry: FileEntry| Promise { shape: entry.shape, sha256: entry.sha256 };
        let files = file
            .files
            .map(|files| files.0.into_iter().map(|(name, entry)| (name, promise(entry))).collect());
        Ok(Self {
            title: file.title.or(file.name).unwrap_or_else(|| "data".to_owned()),
            kind: file.kind,
            kinds: file.kinds,
            same_x: file.same_x,
            dimension: file.dim,
            columns: file.columns,
            source,
            notes,
            tasks: file.tasks.0.into_iter().map(|(name, _)| name).collect(),
            files,
        })
    }

    /// The kind of the labels in a folder.
    pub(super) fn kind(&self, folder: &str) -> Option<TaskKind> {
        self.kinds.get(folder).copied().or(self.kind)
    }

    /// What the manifest promises of its files.
    pub(super) fn promises(&self) -> HashMap<String, Promise> {
        self.files.iter().flatten().cloned().collect()
    }

    /// The names of `columns` features. Refuses a manifest that has another number of them.
    pub(super) fn features(&self, columns: usize) -> Result<Vec<String>> {
        if let Some(wanted) = self.dimension.filter(|wanted| *wanted != columns as u64) {
            let allowed = format!("{columns}, as in the files");
            return Err(fault(NAME, "dim", wanted.to_string(), allowed));
        }
        match &self.columns {
            Some(names) if names.len() != columns => {
                let found = format!("{} names", names.len());
                Err(fault(NAME, "columns", found, format!("{columns}, as in the files")))
            }
            Some(names) => Ok(names.clone()),
            None => Ok((1..=columns).map(|column| format!("x{column}")).collect()),
        }
    }
}

/// Refuses names that lead out of the folder.
fn safe(field: &str, name: &str) -> Result<()> {
    let parts = || name.split('/');
    let bad = name.is_empty()
        || name.contains(['\\', ':', '\0'])
        || parts().any(|part| part.is_empty() || part == "." || part == "..");
    if bad {
        let allowed = "a name below the folder, with / between folders: no \\, no : and no ..";
        return Err(fault(NAME, field, format!("{name:?}"), allowed));
    }
    Ok(())
}

/// The sentences of a field: a text or a list of texts, each behind its heading.
fn lines(heading: Option<&str>, value: Option<&Value>) -> Vec<String> {
    let with_heading = |text: &str| match heading {
        Some(heading) => format!("{heading}: {text}"),
        None => text.to_owned(),
    };
    let texts: Vec<&str> = match value {
        Some(Value::String(text)) => vec![text],
        Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    texts.into_iter().filter(|text| !text.trim().is_empty()).map(with_heading).collect()
}
