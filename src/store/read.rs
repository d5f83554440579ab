//! Reads scenario files, and figures that hold a scenario, as text and as drafts.

use super::bounded::{LARGEST_FIGURE, LARGEST_SCENARIO, decoded, regular, too_large};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::error::{Error, Result};
use crate::scenario::ScenarioDraft;
use crate::store::datasets;
use crate::store::embedded::{EmbeddedExperiment, held, inside};
use crate::store::folder::STUDY;
use crate::store::notes::ContainerFormat;

/// Reads the name and draft of a scenario file or figure, or of a data set. Errors name the file, line and field.
pub fn scenario(path: &Path) -> Result<(String, ScenarioDraft)> {
    if let Some(opened) = datasets::scenario_at(path) {
        return opened;
    }
    let fault = |source| Error::Read { path: path.to_owned(), source };
    regular(path).map_err(fault)?;
    let json = text(path).map_err(fault)?;
    let mut draft = ScenarioDraft::parse(&json, &path.display().to_string())?;
    datasets::settle(&mut draft, path)?;
    Ok((name(path), draft))
}

/// The name of the scenario in a file: the one kept in the figure, else the file name.
pub fn name(path: &Path) -> String {
    let drawing = figure(path).ok().flatten().and_then(|held| held.drawing().cloned());
    let of_file =
        || path.file_stem().map_or_else(|| "scenario".into(), |s| s.to_string_lossy().into_owned());
    drawing.and_then(|drawing| drawing.name).unwrap_or_else(of_file)
}

/// Reads the text of a scenario file, or of the scenario in a figure, up to their size limits.
pub fn text(file: &Path) -> io::Result<String> {
    let (bytes, kind) = bytes(file)?;
    match kind {
        Some(kind) => inside(&bytes, kind).map(|inside| inside.scenario),
        None => decoded(bytes),
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

pub(super) fn bytes(path: &Path) -> io::Result<(Vec<u8>, Option<ContainerFormat>)> {
    let file = File::open(path)?;
    if file.metadata()?.is_dir() {
        return Err(io::Error::other(match path.join(STUDY).is_file() {
            true => {
                "found the folder of a study, allowed: a scenario file; taskscope FOLDER opens it"
            }
            false => {
                "found a folder without a study.json; allowed: a scenario file, or the folder of a study"
            }
        }));
    }
    let mut bytes = Vec::new();
    let mut file = file.take(LARGEST_SCENARIO + 1);
    file.read_to_end(&mut bytes)?;
    let kind = ContainerFormat::of(&bytes);
    let largest = if kind.is_some() { LARGEST_FIGURE } else { LARGEST_SCENARIO };
    file.set_limit(largest.saturating_sub(LARGEST_SCENARIO));
    file.read_to_end(&mut bytes)?;
    if bytes.len() as u64 > largest {
        return Err(too_large(largest));
    }
    Ok((bytes, kind))
}
