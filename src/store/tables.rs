//! Tables for the column picker: read with cancellation, and kept only once they are opened.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::bounded::regular;
use super::datasets::{hexadecimal, name};
use super::paths::named;
use crate::cancel::Cancel;
use crate::dataset::table::preview::{TablePreview, preview};
use crate::dataset::{ReadOptions, check, table};
use crate::error::{Error, Result};
use crate::job::table::{TableAnswer, TableReading, TableRequest};
use crate::scenario::draft::DatasetDraft;
use crate::scenario::real;
use crate::scenario::{Scenario, ScenarioDraft};

/// A file that is hashed while it is read. Once cancelled, reading fails.
struct WatchedFile<'a> {
    file: File,
    hash: Sha256,
    cancel: &'a Cancel,
}

impl Read for WatchedFile<'_> {
    fn read(&mut self, block: &mut [u8]) -> io::Result<usize> {
        if self.cancel.is_cancelled() {
            return Err(io::Error::other("reading was stopped"));
        }
        let count = self.file.read(block)?;
        self.hash.update(&block[..count]);
        Ok(count)
    }
}

/// Carries out a request; `None` if there is nothing to answer.
pub fn answer(request: &TableRequest, cancel: &Cancel) -> Option<TableAnswer> {
    let words = |error: Error| error.to_string();
    Some(match request {
        TableRequest::Columns(place) => TableAnswer::Columns(columns(place, cancel).map_err(words)),
        TableRequest::Read(place) => {
            TableAnswer::Read(read(place, cancel).map(Arc::new).map_err(words))
        }
        TableRequest::Open(reading) => TableAnswer::Opened(
            opened(reading).map(|(name, scenario)| (name, Box::new(scenario))).map_err(words),
        ),
        TableRequest::Stop => return None,
    })
}

/// The columns of a table.
///
/// # Errors
///
/// If the file cannot be read or is no table.
pub fn columns(place: &DatasetDraft, cancel: &Cancel) -> Result<TablePreview> {
    let path = first(place);
    preview(&mut watched(&path, cancel)?, &file_name(&path))
}

/// Reads a table without keeping it. The hash of its bytes is taken on the way.
///
/// # Errors
///
/// If the file cannot be read as its options say, or its tasks cannot be in one scenario. Messages give its name without the folder.
pub fn read(place: &DatasetDraft, cancel: &Cancel) -> Result<TableReading> {
    let path = first(place);
    let fault = |source| Error::Read { path: path.clone(), source };
    let mut input = watched(&path, cancel)?;
    let dataset = table::read(&mut input, &file_name(&path), &place.read)?;
    check::one_kind(dataset.tasks.iter())
        .map_err(|problem| Error::Data { origin: file_name(&path), problem })?;
    io::copy(&mut input, &mut io::sink()).map_err(fault)?;
    let whole = path.canonicalize().map_err(fault)?;
    let hash = hexadecimal(&input.into_inner().hash.finalize());
    let place = DatasetDraft { files: vec![named(&whole)?], sha256: vec![hash], ..place.clone() };
    Ok(TableReading { place, dataset })
}

/// The scenario with which a table opens, and its name. From here on scenarios find the data set.
///
/// # Errors
///
/// If the scenario is refused, for instance because there are too few rows.
pub fn opened(reading: &TableReading) -> Result<(String, Scenario)> {
    let place = &reading.place;
    let data = real::open(place, reading.dataset.clone());
    let draft: ScenarioDraft = real::suggest(place.clone(), &data);
    Ok((name(&first(place)), Scenario::check(draft)?))
}

/// Returns true if a user has to say what the columns of a table are: neither `options` nor the
/// names of the columns tell which are labels. Reads only the start of the file.
///
/// # Errors
///
/// If the file cannot be read or is no table.
pub fn needs_choice(path: &Path, options: &ReadOptions) -> Result<bool> {
    let cancel = Cancel::new();
    let mut input = watched(path, &cancel)?;
    Ok(!table::names_its_labels(&mut input, &path.display().to_string(), options)?)
}

fn watched<'a>(path: &Path, cancel: &'a Cancel) -> Result<BufReader<WatchedFile<'a>>> {
    let fault = |source| Error::Read { path: path.to_owned(), source };
    regular(path).map_err(fault)?;
    let file = File::open(path).map_err(fault)?;
    Ok(BufReader::new(WatchedFile { file, hash: Sha256::new(), cancel }))
}

fn first(place: &DatasetDraft) -> PathBuf {
    place.files.first().map(PathBuf::from).unwrap_or_default()
}

fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}
