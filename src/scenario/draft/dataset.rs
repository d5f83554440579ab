//! The data set of a scenario of real tasks, as written in its file.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::is_default;
use crate::dataset::ReadOptions;

/// The place of a data set, and the choices made in reading it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DatasetDraft {
    /// Name of a data set that comes with the program; absent: it is read from files.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The files, or one manifest, relative to the folder of the scenario.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
    /// SHA-256 of every file, in hexadecimal digits; absent: the files may change.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sha256: Vec<String>,
    /// How the files are read.
    #[serde(skip_serializing_if = "is_default")]
    pub read: ReadOptions,
    /// True if every feature is divided by its standard deviation over the training rows.
    #[serde(skip_serializing_if = "is_default")]
    pub standardise: bool,
    /// Number of principal components that replace the features; absent: the features stay.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub components: Option<usize>,
}

impl DatasetDraft {
    /// A data set that comes with the program.
    pub fn bundled(name: &str) -> Self {
        Self { name: Some(name.to_owned()), ..Self::default() }
    }

    /// Returns true if the file with an index has its hash: who wrote the scenario had the file.
    pub fn has_hash(&self, file: usize) -> bool {
        self.sha256.get(file).is_some_and(|hash| !hash.is_empty())
    }

    /// The key by which an open data set is found.
    pub(in crate::scenario) fn key(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The data set wherever its files lie: each file that has its hash is named without folders.
    pub fn without_folders(&self) -> Self {
        let file = |i: usize| match self.has_hash(i) {
            true => name(&self.files[i]),
            false => self.files[i].clone(),
        };
        Self { files: (0..self.files.len()).map(file).collect(), ..self.clone() }
    }

    /// The data set in a few words: its name or that of its first file, without folders.
    pub fn words(&self) -> String {
        match (&self.name, self.files.as_slice()) {
            (Some(name), _) => name.clone(),
            (None, [only]) => name(only),
            (None, [first, ..]) => format!("{} and {} more", name(first), self.files.len() - 1),
            (None, []) => "no file".to_owned(),
        }
    }
}

/// The name of a file without its folders.
fn name(file: &str) -> String {
    let name = Path::new(file).file_name();
    name.map_or_else(|| file.to_owned(), |name| name.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_readers_name_files_without_their_folders() {
        let of = |files: &[&str]| {
            let files = files.iter().map(|file| (*file).to_owned()).collect();
            DatasetDraft { files, ..DatasetDraft::default() }.words()
        };
        assert_eq!(of(&["/home/ada/rows.csv"]), "rows.csv");
        assert_eq!(of(&["data/a.csv", "b.csv"]), "a.csv and 1 more");
    }
}
