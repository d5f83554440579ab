//! NPZ files of NumPy: archives of arrays.

use std::collections::HashMap;
use std::io::{self, Read};
use std::path::Path;

use flate2::read::DeflateDecoder;
use rawzip::{CompressionMethod, ZipArchive, ZipArchiveEntryWayfinder, ZipSliceArchive};

use super::bytes::{size, unreadable};
use super::fault::fault;
use super::folder;
use super::options::ReadOptions;
use super::types::Dataset;
use crate::error::{Error, Result};

/// Most arrays of a file.
const MOST_ARRAYS: usize = 10_000;

/// Where an array lies in the archive.
struct Member {
    place: ZipArchiveEntryWayfinder,
    compressed: bool,
}

/// Reads an NPZ file as if it were a folder of its arrays: `X` and `y`, or `X_train`, `y_train`,
/// `X_test` and so on, at the top or with `TASK/` before them. `name` is the file in messages.
///
/// # Errors
///
/// [`Error::Data`] if the file or its arrays cannot be used, [`Error::Read`] if `input` fails.
pub fn read(input: &mut dyn Read, name: &str, options: &ReadOptions) -> Result<Dataset> {
    let mut bytes = Vec::new();
    let limit = options.max_bytes;
    input
        .take(limit.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| unreadable(name, error))?;
    if bytes.len() as u64 > limit {
        let allowed = format!(
            "at most {}; allow more (max-bytes; --memory on the command line)",
            size(limit)
        );
        return Err(fault(name, "size", format!("more than {}", size(limit)), allowed));
    }
    let archive = ZipArchive::from_slice(&bytes).map_err(|error| broken(name, &error))?;
    let members = members(&archive, name)?;
    let mut names: Vec<String> = members.keys().cloned().collect();
    names.sort_unstable();
    let title = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let title = title.strip_suffix(".npz").unwrap_or(title);
    let mut open = |wanted: &str| -> io::Result<Box<dyn Read + '_>> {
        let member = members.get(wanted).ok_or(io::ErrorKind::NotFound)?;
        let entry = archive.get_entry(member.place).map_err(io::Error::other)?;
        let data = entry.data();
        Ok(if member.compressed {
            Box::new(entry.verifying_reader(DeflateDecoder::new(data)))
        } else {
            Box::new(entry.verifying_reader(data))
        })
    };
    folder::read(title, &names, &mut open, options).map_err(|error| within(name, title, error))
}

/// An error in an array of the file `name`, with that name.
fn within(name: &str, title: &str, error: Error) -> Error {
    match error {
        Error::Data { origin, problem } if origin == title => {
            Error::Data { origin: name.to_owned(), problem }
        }
        Error::Data { origin, problem } => {
            Error::Data { origin: format!("{name}: {origin}"), problem }
        }
        Error::Read { path, source } => Error::Read { path: Path::new(name).join(path), source },
        other => other,
    }
}

/// The arrays of an archive by their names.
fn members(archive: &ZipSliceArchive<&Vec<u8>>, name: &str) -> Result<HashMap<String, Member>> {
    let mut members = HashMap::new();
    let mut entries = archive.entries();
    while let Some(entry) = entries.next_entry().map_err(|error| broken(name, &error))? {
        let path = entry.file_path();
        let member = String::from_utf8_lossy(path.as_bytes()).into_owned();
        if !member.ends_with(".npy") {
            continue;
        }
        if entry.flags().is_encrypted() {
            return Err(fault(name, member, "an encrypted array", "arrays that numpy.savez wrote"));
        }
        let compressed = match entry.compression_method() {
            CompressionMethod::STORE => false,
            CompressionMethod::DEFLATE => true,
            other => {
                let found = format!("compression method {}", other.as_u16());
                return Err(fault(name, member, found, "stored or deflated, as numpy.savez does"));
            }
        };
        if members.len() == MOST_ARRAYS {
            let found = format!("more than {MOST_ARRAYS}");
            return Err(fault(name, "arrays", found, format!("at most {MOST_ARRAYS}")));
        }
        let place = entry.wayfinder();
        if members.insert(member.clone(), Member { place, compressed }).is_some() {
            return Err(fault(name, member, "the same name twice", "each array once"));
        }
    }
    Ok(members)
}

fn broken(name: &str, error: &rawzip::Error) -> Error {
    let allowed = "a whole file that numpy.savez wrote (NPZ); copy it again";
    fault(name, "format", error.to_string(), allowed)
}
