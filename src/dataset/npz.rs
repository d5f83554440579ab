//! NPZ files of NumPy: archives of arrays.

use std::cell::RefCell;
use std::collections::HashMap;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use flate2::read::DeflateDecoder;
use rawzip::{CompressionMethod, ErrorKind, ReaderAt, ZipArchive, ZipArchiveEntryWayfinder};

use super::bytes::unreadable;
use super::fault::fault;
use super::folder;
use super::options::ReadOptions;
use super::types::Dataset;
use crate::error::{Error, Result};

/// Bytes of a buffer for parts of the archive.
const BUFFER: usize = 1 << 17;
/// Most arrays of a file.
const MOST_ARRAYS: usize = 10_000;

/// A file that is read at several places by turns.
struct Positioned<R>(RefCell<R>);

impl<R: Read + Seek> ReaderAt for Positioned<R> {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let mut input = self.0.borrow_mut();
        input.seek(SeekFrom::Start(offset))?;
        input.read(buffer)
    }
}

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
pub fn read(mut input: impl Read + Seek, name: &str, options: &ReadOptions) -> Result<Dataset> {
    let length = input.seek(SeekFrom::End(0)).map_err(|error| unreadable(name, error))?;
    let mut buffer = vec![0; BUFFER];
    let archive = ZipArchive::with_max_search_space(1 << 17)
        .locate_in_reader(Positioned(RefCell::new(input)), &mut buffer, length)
        .map_err(|(_, error)| broken(name, error))?;
    let members = members(&archive, name, &mut buffer)?;
    let mut names: Vec<String> = members.keys().cloned().collect();
    names.sort_unstable();
    let title = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let title = title.strip_suffix(".npz").unwrap_or(title);
    let mut open = |wanted: &str| -> io::Result<Box<dyn Read + '_>> {
        let member = members.get(wanted).ok_or(io::ErrorKind::NotFound)?;
        let entry = archive.get_entry(member.place).map_err(io::Error::other)?;
        let data = entry.reader();
        Ok(if member.compressed {
            let data = BufReader::with_capacity(BUFFER, data);
            Box::new(BufReader::new(entry.verifying_reader(DeflateDecoder::new(data))))
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
fn members(
    archive: &ZipArchive<impl ReaderAt>,
    name: &str,
    buffer: &mut [u8],
) -> Result<HashMap<String, Member>> {
    let mut members = HashMap::new();
    let mut entries = archive.entries(buffer);
    while let Some(entry) = entries.next_entry().map_err(|error| broken(name, error))? {
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

fn broken(name: &str, error: rawzip::Error) -> Error {
    let said = error.to_string();
    match error.into_kind() {
        ErrorKind::IO(error) if error.kind() != io::ErrorKind::UnexpectedEof => {
            unreadable(name, error)
        }
        _ => {
            let allowed = "a whole file that numpy.savez wrote (NPZ); copy it again";
            fault(name, "format", said, allowed)
        }
    }
}
