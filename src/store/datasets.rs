//! Reads data sets: tables, arrays, and folders of arrays.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::dataset::{Dataset, ReadOptions, folder, npz, table};
use crate::error::{Error, Invalid, Result};
use crate::scenario::ScenarioDraft;
use crate::scenario::draft::DatasetDraft;
use crate::scenario::real;
use crate::store::bounded::regular;
use crate::store::folder::STUDY;
use crate::store::formats;
use crate::store::paths::{is_below, named};
use crate::store::reading::{self, ReadAhead};

/// Name of the manifest in a folder of arrays.
const MANIFEST: &str = "manifest.json";
/// The endings of files that hold arrays.
const ARRAYS: [&str; 2] = ["npz", "npy"];

/// Returns true if a path is a data set: a file with the ending of one or of one that could be
/// converted, a manifest, or a folder that holds a manifest, folders of arrays or tables.
pub fn is_dataset(path: &Path) -> bool {
    if path.is_dir() {
        let is_study = path.join(STUDY).is_file();
        return path.join(MANIFEST).is_file()
            || has_arrays(path)
            || !is_study && !formats::candidates(path).is_empty();
    }
    ARRAYS.contains(&formats::ending(path).as_str())
        || table::is_table(path)
        || path.file_name().is_some_and(|name| name == MANIFEST)
        || formats::conversion(path).is_some()
}

/// Returns true if a folder, or a folder in it, holds features.
fn has_arrays(path: &Path) -> bool {
    let entries = path.read_dir().into_iter().flatten().flatten();
    let is_array = |entry: &Path| ["X_train.npy", "X.npy"].iter().any(|x| entry.join(x).is_file());
    is_array(path) || entries.map(|entry| entry.path()).any(|entry| is_array(&entry))
}

/// Reads a data set from some files or one folder, each byte once; its place has their absolute
/// paths and hashes.
///
/// # Errors
///
/// If a file is missing or holds no data.
pub fn import(paths: &[PathBuf], options: &ReadOptions) -> Result<(DatasetDraft, Dataset)> {
    let mut place = DatasetDraft { read: options.clone(), ..DatasetDraft::default() };
    let mut sets = Vec::new();
    reading::expect(paths.iter().map(|path| size(path)).sum());
    for path in paths {
        let whole = path.canonicalize().map_err(fault(path))?;
        let (dataset, hash) = read_one(&whole, options);
        sets.push(dataset?);
        place.sha256.push(hexadecimal(&hash.map_err(fault(&whole))?));
        place.files.push(named(&whole)?);
    }
    Ok((place, joined(sets)?))
}

/// The error for a file that the system cannot read.
fn fault(path: &Path) -> impl FnOnce(io::Error) -> Error {
    move |source| Error::Read { path: path.to_owned(), source }
}

/// Bytes of a file, or of a folder and its folders.
fn size(path: &Path) -> u64 {
    let beside = |path: &Path| beside(path).map_or(0, |labels| size_of(&labels));
    let size_of_entries = |folder: &Path| -> u64 {
        let entries = folder.read_dir().into_iter().flatten().flatten();
        entries.map(|entry| size_of(&entry.path())).sum()
    };
    match path.is_dir() {
        true => {
            let folders = folders(path).unwrap_or_default();
            let inner = folders.iter().map(|name| size_of_entries(&path.join(name)));
            size_of_entries(path) + inner.sum::<u64>()
        }
        false if path.file_name().is_some_and(|name| name == MANIFEST) => {
            path.parent().map_or(0, size)
        }
        false if formats::ending(path) == "npy" => size_of(path) + beside(path),
        false => size_of(path),
    }
}

fn size_of(path: &Path) -> u64 {
    path.metadata().map_or(0, |found| if found.is_file() { found.len() } else { 0 })
}

/// The hash of a folder: of its manifest if it has one, else of the names of the folders in it.
fn hash_of_folder(path: &Path) -> io::Result<[u8; 32]> {
    if path.join(MANIFEST).is_file() {
        return hash_of_file(&path.join(MANIFEST));
    }
    let mut hash = Sha256::new();
    folders(path)?.iter().for_each(|name| hash.update(name.as_bytes()));
    Ok(hash.finalize().into())
}

/// The hash of a file.
fn hash_of_file(path: &Path) -> io::Result<[u8; 32]> {
    let mut file = opened(path)?;
    let (mut hash, mut block) = (Sha256::new(), vec![0; 1 << 20]);
    loop {
        match reading::read(&mut file, &mut block)? {
            0 => return Ok(hash.finalize().into()),
            count => hash.update(&block[..count]),
        }
    }
}

/// Bytes in hexadecimal digits.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
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

/// Reads the data set at a place, each byte once, and adds the hashes that the place does not have.
///
/// # Errors
///
/// If a file is missing, has changed since its hash was taken, or holds no data.
pub fn read(place: &DatasetDraft) -> Result<(DatasetDraft, Dataset)> {
    let mut sets = Vec::new();
    let mut hashes = Vec::new();
    reading::expect(place.files.iter().map(|file| size(Path::new(file))).sum());
    for (i, file) in place.files.iter().enumerate() {
        let path = Path::new(file);
        let (dataset, hash) = read_one(path, &place.read);
        let expected = place.sha256.get(i).filter(|hash| !hash.is_empty());
        if let (Some(expected), Ok(found)) = (expected, &hash)
            && !hexadecimal(found).eq_ignore_ascii_case(expected)
        {
            let allowed = format!(
                "the file as it was imported, with SHA-256 {}…; to use it as it is, import it again; a \
                 study needs the file of its trials",
                &expected.get(..12).unwrap_or(expected)
            );
            return Err(Invalid::new(file, "a file that has changed", allowed).into());
        }
        sets.push(dataset?);
        hashes.push(match expected {
            Some(expected) => expected.clone(),
            None => hexadecimal(&hash.map_err(fault(path))?),
        });
    }
    Ok((DatasetDraft { sha256: hashes, ..place.clone() }, joined(sets)?))
}

fn joined(mut sets: Vec<Dataset>) -> Result<Dataset> {
    match sets.len() {
        0 => Err(Invalid::new("dataset.files", "no file", "at least one file").into()),
        1 => Ok(sets.remove(0)),
        _ => Dataset::join(sets),
    }
}

/// Reads a file or folder, and hashes it.
fn read_one(path: &Path, options: &ReadOptions) -> (Result<Dataset>, io::Result<[u8; 32]>) {
    let is_manifest = path.file_name().is_some_and(|name| name == MANIFEST);
    if path.is_dir() || is_manifest {
        let root = if is_manifest { path.parent().unwrap_or(path) } else { path };
        let hash = if is_manifest { hash_of_file(path) } else { hash_of_folder(path) };
        let read =
            formats::without_columns(path, options).and_then(|()| read_folder(root, options));
        return (read.map_err(|error| below(root, error)), hash);
    }
    let ending = formats::ending(path);
    let mut refused = formats::convertible(path);
    if ARRAYS.contains(&ending.as_str()) {
        refused = refused.and_then(|()| formats::without_columns(path, options));
    }
    if let Err(refused) = refused {
        return (Err(refused), hash_of_file(path));
    }
    if ending == "npz" {
        return read_archive(path, options);
    }
    let mut input = match ReadAhead::open(path, true) {
        Ok(input) => input,
        Err(error) => return (Err(fault(path)(error)), Err(io::ErrorKind::Other.into())),
    };
    let read = match ending.as_str() {
        "npy" => read_pair(path, &mut input, options),
        _ => table::read(&mut input, &path.display().to_string(), options),
    };
    let missing = || io::Error::other("no hash was taken");
    (read, input.digest().and_then(|digest| digest.ok_or_else(missing)))
}

/// Reads an archive while a thread hashes it.
fn read_archive(path: &Path, options: &ReadOptions) -> (Result<Dataset>, io::Result<[u8; 32]>) {
    let (own, stop) = (path.to_owned(), reading::stop());
    let hash = std::thread::spawn(move || reading::until(&stop, || hash_of_file(&own)));
    let file = opened(path).map_err(fault(path));
    let name = path.display().to_string();
    let read = file.and_then(|file| npz::read(CountedFile(file), &name, options));
    let stopped = |_| Err(io::Error::other("reading was stopped"));
    (read, hash.join().unwrap_or_else(stopped))
}

/// A file whose bytes are counted.
struct CountedFile(File);

impl Read for CountedFile {
    fn read(&mut self, block: &mut [u8]) -> io::Result<usize> {
        reading::counted(&mut self.0, block)
    }
}

impl Seek for CountedFile {
    fn seek(&mut self, place: SeekFrom) -> io::Result<u64> {
        self.0.seek(place)
    }
}

/// The file with the labels of `X.npy`: the same name with y in the place of X.
fn beside(path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?.to_string_lossy().into_owned();
    let labels = path.with_file_name(name.replacen('X', "y", 1));
    (name.contains('X') && labels.is_file()).then_some(labels)
}

/// Reads `X.npy` with the labels beside it.
fn read_pair(path: &Path, x: &mut dyn Read, options: &ReadOptions) -> Result<Dataset> {
    let Some(labels) = beside(path) else {
        let allowed = "features in a file with X in its name, labels in one with y in its place";
        return Err(Invalid::new(path.display().to_string(), "an array alone", allowed).into());
    };
    let mut y = ReadAhead::open(&labels, false).map_err(fault(&labels))?;
    let (x_name, y_name) = (path.display().to_string(), labels.display().to_string());
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let own = name.trim_end_matches(".npy").replacen('X', "", 1);
    let own = own.trim_matches(['_', '-', '.']);
    let folder_name = path.parent().and_then(Path::file_name).map(|name| name.to_string_lossy());
    let title = match (own.is_empty(), folder_name) {
        (true, Some(folder)) => folder.into_owned(),
        _ => own.to_owned(),
    };
    folder::read_pair(&title, (&x_name, x), (&y_name, &mut y), options)
}

fn read_folder(root: &Path, options: &ReadOptions) -> Result<Dataset> {
    let mut open = |name: &str| -> io::Result<Box<dyn Read>> {
        let path = root.join(name);
        if !is_below(root, &path) {
            let found = "found a link out of the folder; allowed: a file in it";
            return Err(io::Error::other(found));
        }
        Ok(Box::new(ReadAhead::open(&path, false)?))
    };
    if root.join(MANIFEST).is_file() {
        return folder::read_manifest(&mut open, options);
    }
    let names = arrays(root).map_err(fault(root))?;
    if names.is_empty() {
        formats::one_of(root)?;
    }
    folder::read(&root.display().to_string(), &names, &mut open, options)
}

/// An error in a file of a folder, with the folder.
fn below(root: &Path, error: Error) -> Error {
    let named = |origin: String| match root.join(&origin) {
        _ if origin == root.display().to_string() => origin,
        file if file.is_file() => file.display().to_string(),
        _ => format!("{}: {origin}", root.display()),
    };
    match error {
        Error::Data { origin, problem } => Error::Data { origin: named(origin), problem },
        Error::Json { origin, line, column, field, message } => {
            Error::Json { origin: named(origin), line, column, field, message }
        }
        Error::Read { path, source } => Error::Read { path: root.join(path), source },
        other => other,
    }
}

/// The scenario with which a data set opens, and its name; `None` if a path is no data set.
pub fn scenario_at(path: &Path) -> Option<Result<(String, ScenarioDraft)>> {
    is_dataset(path).then(|| {
        let (place, dataset) = import(&[path.to_owned()], &ReadOptions::default())?;
        let data = real::opened_as(&place, dataset)?;
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

/// Makes the files of a data set relative to the folder of the scenario where they lie below it.
pub fn relate(draft: &mut ScenarioDraft, scenario: &Path) {
    let folder = scenario.parent().filter(|folder| !folder.as_os_str().is_empty());
    let Ok(folder) = folder.unwrap_or(Path::new(".")).canonicalize() else { return };
    for file in draft.dataset.iter_mut().flat_map(|place| &mut place.files) {
        if let Ok(below) = Path::new(&*file).strip_prefix(&folder)
            && !below.as_os_str().is_empty()
        {
            *file = below.to_string_lossy().into_owned();
        }
    }
}

/// Refuses to write to a file that holds the data of a scenario.
///
/// # Errors
///
/// [`Error::Value`] if it does.
pub fn spare(draft: &ScenarioDraft, out: &Path) -> Result<()> {
    let Ok(whole) = out.canonicalize() else { return Ok(()) };
    let mut files = draft.dataset.iter().flat_map(|place| &place.files);
    match files.any(|file| Path::new(file).canonicalize().is_ok_and(|file| file == whole)) {
        true => {
            let found = "the data of the scenario";
            let allowed = "another file: this one holds the data";
            Err(Invalid::new(out.display().to_string(), found, allowed).into())
        }
        false => Ok(()),
    }
}

/// Makes the files of a scenario's data set absolute. They are relative to the scenario's folder.
///
/// # Errors
///
/// [`Error::Scenario`] for a file out of that folder without its hash: only who has a file knows its
/// hash, as [`import`] writes it. [`Error::Value`] for a path that is not UTF-8.
pub fn settle(draft: &mut ScenarioDraft, scenario: &Path) -> Result<()> {
    let Some(place) = &mut draft.dataset else { return Ok(()) };
    let folder = scenario.parent().unwrap_or(Path::new(""));
    let has_hash: Vec<bool> = (0..place.files.len()).map(|file| place.has_hash(file)).collect();
    for (i, file) in place.files.iter_mut().enumerate() {
        let path = folder.join(&*file);
        if !has_hash[i] && !is_below(folder, &path) {
            let allowed = "a file in the folder of the scenario or below; any other only with its \
                           sha256, as `taskscope import` writes it";
            let found = format!("\"{file}\"");
            let problem = Invalid::new(format!("dataset.files[{i}]"), found, allowed);
            return Err(Error::Scenario { origin: scenario.display().to_string(), problem });
        }
        *file = named(&path.canonicalize().unwrap_or(path))?;
    }
    Ok(())
}
