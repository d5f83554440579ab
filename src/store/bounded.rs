//! Files of bounded size: the limits, and reading no more than them.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::text;

/// Largest scenario that is read, in bytes.
pub(super) const LARGEST_SCENARIO: u64 = 1 << 20;
/// Largest study that is read, in bytes.
pub(super) const LARGEST_STUDY: u64 = 8 << 20;
/// Largest figure that is read, in bytes; each text inside has its own limit.
pub const LARGEST_FIGURE: u64 = 32 << 20;

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
    decoded(bytes)
}

/// Bytes of a file as text.
pub(super) fn decoded(bytes: Vec<u8>) -> io::Result<String> {
    text::decoded(bytes)
        .map_err(|found| io::Error::other(format!("found {found}; allowed: {}", text::ALLOWED)))
}

/// The error for a file, or a text in one, that is larger than `most` bytes.
pub(super) fn too_large(most: u64) -> io::Error {
    let (most, unit) = if most >> 20 > 0 { (most >> 20, "MiB") } else { (most >> 10, "KiB") };
    io::Error::other(format!("found more than {most} {unit}; allowed: {most} {unit} at most"))
}
