//! Reads scenario files, and figures that hold a scenario, as text and as drafts.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::error::{Error, Result};
use crate::scenario::ScenarioDraft;
use crate::store::embedded;
use crate::store::embedded::{ContainerFormat, EmbeddedExperiment, held, inside};

/// Largest scenario that is read, in bytes.
pub(super) const LARGEST: u64 = 1 << 20;

/// Reads the name and draft of a scenario file or figure. Errors name the file, line and field.
pub fn scenario(path: &Path) -> Result<(String, ScenarioDraft)> {
    let fault = |source| Error::Read { path: path.to_owned(), source };
    regular(path).map_err(fault)?;
    let json = text(path).map_err(fault)?;
    let draft = ScenarioDraft::parse(&json, &path.display().to_string())?;
    Ok((name(path), draft))
}

/// The name of the scenario in a file: the one kept in the figure, else the file name.
pub fn name(path: &Path) -> String {
    let drawing = figure(path).ok().flatten().and_then(|held| held.drawing().cloned());
    let of_file =
        || path.file_stem().map_or_else(|| "scenario".into(), |s| s.to_string_lossy().into_owned());
    drawing.and_then(|drawing| drawing.name).unwrap_or_else(of_file)
}

/// Refuses pipes and devices, which might never end.
pub fn regular(path: &Path) -> io::Result<()> {
    let metadata = std::fs::metadata(path)?;
    match metadata.is_file() || metadata.is_dir() {
        true => Ok(()),
        false => Err(io::Error::other("found a pipe or a device; allowed: a file")),
    }
}

/// Reads a regular UTF-8 file of at most `most` bytes.
///
/// # Errors
///
/// A message that says what was found and what is allowed.
pub fn bounded(path: &Path, most: u64) -> io::Result<String> {
    regular(path)?;
    let mut bytes = Vec::new();
    File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(too_large(most));
    }
    String::from_utf8(bytes)
        .map_err(|_| io::Error::other("found bytes that are not text; allowed: text in UTF-8"))
}

/// The error for a file, or a text in one, that is larger than `most` bytes.
pub(super) fn too_large(most: u64) -> io::Error {
    let (most, unit) = if most >> 20 > 0 { (most >> 20, "MiB") } else { (most >> 10, "KiB") };
    io::Error::other(format!("found more than {most} {unit}; allowed: {most} {unit} at most"))
}

/// Reads the text of a scenario file, or of the scenario in a figure, up to their size limits.
pub fn text(file: &Path) -> io::Result<String> {
    let (bytes, kind) = bytes(file)?;
    match kind {
        Some(kind) => inside(&bytes, kind).map(|inside| inside.scenario),
        None => String::from_utf8(bytes)
            .map_err(|_| io::Error::other("found bytes that are not text; allowed: JSON in UTF-8")),
    }
}

/// Reads the experiment in a figure; `None` if the file is not a picture.
///
/// # Errors
///
/// As [`held()`].
pub fn figure(file: &Path) -> io::Result<Option<EmbeddedExperiment>> {
    let (bytes, kind) = bytes(file)?;
    kind.map(|kind| held(&bytes, kind)).transpose()
}

fn bytes(file: &Path) -> io::Result<(Vec<u8>, Option<ContainerFormat>)> {
    let file = File::open(file)?;
    if file.metadata()?.is_dir() {
        return Err(io::Error::other(
            "found a folder without a study.json; allowed: a scenario file, or the folder of a study",
        ));
    }
    let mut bytes = Vec::new();
    let mut file = file.take(LARGEST + 1);
    file.read_to_end(&mut bytes)?;
    let kind = ContainerFormat::of(&bytes);
    let largest = if kind.is_some() { embedded::LARGEST } else { LARGEST };
    file.set_limit(largest.saturating_sub(LARGEST));
    file.read_to_end(&mut bytes)?;
    if bytes.len() as u64 > largest {
        return Err(too_large(largest));
    }
    Ok((bytes, kind))
}
