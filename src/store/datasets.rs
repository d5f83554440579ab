//! Reads data sets: tables, arrays, and folders of arrays.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::dataset::{Dataset, ReadOptions, folder, npz, table};
use crate::error::{Error, Invalid, Result};
use crate::scenario::ScenarioDraft;
use crate::scenario::draft::DatasetDraft;
use crate::scenario::real;
use crate::store::bounded::regular;

/// Name of the manifest in a folder of arrays.
const MANIFEST: &str = "manifest.json";
/// The endings of files that hold arrays.
const ARRAYS: [&str; 2] = ["npz", "npy"];

/// Returns true if a path is a data set: a file with the ending of one, a manifest, or a folder
/// that holds a manifest or folders of arrays.
pub fn is_dataset(path: &Path) -> bool {
    if path.is_dir() {
        return path.join(MANIFEST).is_file() || has_arrays(path);
    }
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| ARRAYS.contains(&ending.as_str()))
        || table::is_table(path)
        || path.file_name().is_some_and(|name| name == MANIFEST)
}

/// Returns true if a folder, or a folder in it, holds features.
fn has_arrays(path: &Path) -> bool {
    let entries = path.read_dir().into_iter().flatten().flatten();
    let is_array = |entry: &Path| ["X_train.npy", "X.npy"].iter().any(|x| entry.join(x).is_file());
    is_array(path) || entries.map(|entry| entry.path()).any(|entry| is_array(&entry))
}

/// The place of a data set in some files or one folder: their absolute paths and hashes.
pub fn place(paths: &[PathBuf], read: &ReadOptions) -> Result<DatasetDraft> {
    let mut place = DatasetDraft { read: read.clone(), ..DatasetDraft::default() };
    for path in paths {
        let fault = |source| Error::Read { path: path.clone(), source };
        let whole = path.canonicalize().map_err(fault)?;
        place.files.push(whole.to_string_lossy().into_owned());
        place.sha256.push(hash_of(&whole).map_err(fault)?);
    }
    Ok(place)
}

/// The hash of a file; that of its manifest for a folder with one, else of the names in it.
fn hash_of(path: &Path) -> io::Result<String> {
    let mut hash = Sha256::new();
    match path.is_dir() {
        true if path.join(MANIFEST).is_file() => {
            add(&path.join(MANIFEST), &mut hash)?;
        }
        true => folders(path)?.iter().for_each(|name| hash.update(name.as_bytes())),
        false => add(path, &mut hash)?,
    }
    Ok(hexadecimal(&hash.finalize()))
}

/// Bytes in hexadecimal digits.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Adds the bytes of a file to a hash.
fn add(path: &Path, hash: &mut Sha256) -> io::Result<()> {
    let mut file = opened(path)?;
    let mut block = vec![0; 1 << 16];
    loop {
        match file.read(&mut block)? {
            0 => return Ok(()),
            count => hash.update(&block[..count]),
        }
    }
}

/// The names of the folders in a folder, in order.
fn folders(path: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in path.read_dir()? {
        let entry = entry?;
        if entry.path().is_dir() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

/// The name of a scenario of a data set: that of the file or folder.
pub fn name(path: &Path) -> String {
    let whole = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let own = match whole.file_name().is_some_and(|name| name == MANIFEST) {
        true => whole.parent().and_then(Path::file_name),
        false if whole.is_dir() => whole.file_name(),
        false => whole.file_stem(),
    };
    own.map_or_else(|| "data".to_owned(), |name| name.to_string_lossy().into_owned())
}

/// Reads the data set at a place.
///
/// # Errors
///
/// If a file is missing, has changed since its hash was taken, or holds no data.
pub fn read(place: &DatasetDraft) -> Result<Dataset> {
    let mut sets = Vec::new();
    for (i, file) in place.files.iter().enumerate() {
        let path = Path::new(file);
        if let Some(expected) = place.sha256.get(i) {
            let found =
                hash_of(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
            if found != *expected {
                let allowed = format!(
                    "the file as it was imported, with SHA-256 {}…; import it again to use it as it is",
                    &expected.get(..12).unwrap_or(expected)
                );
                return Err(Invalid::new(file, "a file that has changed", allowed).into());
            }
        }
        sets.push(read_one(path, &place.read)?);
    }
    if sets.is_empty() {
        return Err(Invalid::new("dataset.files", "no file", "at least one file").into());
    }
    if sets.len() == 1 {
        return Ok(sets.remove(0));
    }
    Dataset::join(sets)
}

fn read_one(path: &Path, options: &ReadOptions) -> Result<Dataset> {
    let fault = |source| Error::Read { path: path.to_owned(), source };
    let name = path.display().to_string();
    let is_manifest = path.file_name().is_some_and(|name| name == MANIFEST);
    if path.is_dir() || is_manifest {
        let root = if is_manifest { path.parent().unwrap_or(path) } else { path };
        return read_folder(root, options);
    }
    let mut input = BufReader::new(opened(path).map_err(fault)?);
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("npz") => npz::read(&mut input, &name, options),
        Some("npy") => read_pair(path, options),
        _ => table::read(&mut input, &name, options),
    }
}

/// Reads `X.npy` with the labels beside it: the same name with y in the place of X.
fn read_pair(path: &Path, options: &ReadOptions) -> Result<Dataset> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let labels = path.with_file_name(name.replacen('X', "y", 1));
    if !name.contains('X') || !labels.is_file() {
        let allowed = "features in a file with X in its name, labels in one with y in its place";
        return Err(Invalid::new(path.display().to_string(), "an array alone", allowed).into());
    }
    let open = |path: &Path| {
        let fault = |source| Error::Read { path: path.to_owned(), source };
        opened(path).map(BufReader::new).map_err(fault)
    };
    let (mut x, mut y) = (open(path)?, open(&labels)?);
    let (x_name, y_name) = (path.display().to_string(), labels.display().to_string());
    let own = name.trim_end_matches(".npy").replacen('X', "", 1);
    let own = own.trim_matches(['_', '-', '.']);
    let folder_name = path.parent().and_then(Path::file_name).map(|name| name.to_string_lossy());
    let title = match (own.is_empty(), folder_name) {
        (true, Some(folder)) => folder.into_owned(),
        _ => own.to_owned(),
    };
    folder::read_pair(&title, (&x_name, &mut x), (&y_name, &mut y), options)
}

fn read_folder(root: &Path, options: &ReadOptions) -> Result<Dataset> {
    let mut open = |name: &str| -> io::Result<Box<dyn Read>> {
        Ok(Box::new(BufReader::new(opened(&root.join(name))?)))
    };
    if root.join(MANIFEST).is_file() {
        return folder::read_manifest(&mut open, options);
    }
    let names = arrays(root).map_err(|source| Error::Read { path: root.to_owned(), source })?;
    folder::read(&root.display().to_string(), &names, &mut open, options)
}

/// The scenario with which a data set opens, and its name; `None` if a path is no data set.
pub fn scenario_at(path: &Path) -> Option<Result<(String, ScenarioDraft)>> {
    is_dataset(path).then(|| {
        let place = place(&[path.to_owned()], &ReadOptions::default())?;
        let data = real::find(&place)?;
        let name = path.file_stem().map_or_else(|| "data".into(), |name| name.to_string_lossy());
        Ok((name.into_owned(), real::suggest(place, &data)))
    })
}

/// The arrays in a folder and in its folders, with `/` between folder and file.
fn arrays(root: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for (before, folder) in std::iter::once((String::new(), root.to_owned()))
        .chain(folders(root)?.into_iter().map(|name| (format!("{name}/"), root.join(&name))))
    {
        for entry in folder.read_dir()? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            if name.ends_with(".npy") {
                names.push(before.clone() + &name);
            }
        }
    }
    names.sort();
    Ok(names)
}

/// Opens a regular file; a pipe or a device would be waited for without end.
fn opened(path: &Path) -> io::Result<File> {
    regular(path)?;
    File::open(path)
}

/// Makes the files of a scenario's data set absolute. They are relative to the scenario's folder.
pub fn settle(draft: &mut ScenarioDraft, scenario: &Path) {
    let Some(place) = &mut draft.dataset else { return };
    let folder = scenario.parent().unwrap_or(Path::new(""));
    for file in &mut place.files {
        let path = folder.join(&*file);
        *file = path.canonicalize().unwrap_or(path).to_string_lossy().into_owned();
    }
}
