//! Bytes of a file: counted, hashed and limited.

use std::io::{self, Read};
use std::path::PathBuf;

use sha2::{Digest, Sha256};

use super::fault::fault;
use super::words::{KEEP, MEMORY};
use crate::error::{Error, Result};

/// The bytes of a file, counted.
pub(super) struct Source<'r> {
    input: &'r mut dyn Read,
    /// Name of the file.
    pub(super) name: &'r str,
    /// Number of bytes read so far.
    pub(super) at: u64,
}

impl<'r> Source<'r> {
    pub(super) fn new(input: &'r mut dyn Read, name: &'r str) -> Self {
        Self { input, name, at: 0 }
    }

    /// Fills the buffer as far as the file reaches; returns the number of bytes.
    pub(super) fn fill(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let mut filled = 0;
        while filled < buffer.len() {
            match self.input.read(&mut buffer[filled..]) {
                Ok(0) => break,
                Ok(count) => filled += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(unreadable(self.name, error)),
            }
        }
        self.at += filled as u64;
        Ok(filled)
    }
}

/// The refusal of a file that the system cannot read.
pub(super) fn unreadable(name: &str, source: io::Error) -> Error {
    Error::Read { path: PathBuf::from(name), source }
}

/// Hands on the bytes of a file and hashes them if that is wanted.
pub(super) struct Hashing<R> {
    input: R,
    hash: Option<Sha256>,
}

impl<R: Read> Hashing<R> {
    pub(super) fn new(input: R, is_wanted: bool) -> Self {
        Self { input, hash: is_wanted.then(Sha256::new) }
    }

    /// The SHA-256 of all bytes read.
    pub(super) fn digest(self) -> Option<[u8; 32]> {
        self.hash.map(|hash| hash.finalize().into())
    }
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(buffer)?;
        self.hash.iter_mut().for_each(|hash| hash.update(&buffer[..count]));
        Ok(count)
    }
}

/// The SHA-256 of bytes.
pub(super) fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// A digest as 64 hexadecimal digits.
pub(super) fn hexadecimal(digest: &[u8]) -> String {
    use std::fmt::Write as _;
    digest.iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The bytes of memory that numbers may still take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Budget {
    max: u64,
    used: u64,
}

impl Budget {
    pub(super) fn new(max: u64) -> Self {
        Self { max, used: 0 }
    }

    /// Takes the bytes of `rows` × `columns` numbers.
    pub(super) fn take(&mut self, origin: &str, rows: u64, columns: u64) -> Result<()> {
        let bytes = rows.saturating_mul(columns).saturating_mul(8);
        let used = self.used.saturating_add(bytes);
        if used > self.max {
            let found = format!("{} with {rows} × {columns} more numbers", size(used));
            return Err(fault(origin, "size", found, self.allowed()));
        }
        self.used = used;
        Ok(())
    }

    /// All bytes that numbers may take.
    pub(super) fn max(&self) -> u64 {
        self.max
    }

    /// Gives back what [`Budget::take`] took.
    pub(super) fn give_back(&mut self, rows: usize, columns: usize) {
        self.used = self.used.saturating_sub((rows as u64).saturating_mul(columns as u64) * 8);
    }

    /// What is allowed, and what to do.
    pub(super) fn allowed(&self) -> String {
        let size = size(self.max);
        format!("at most {size}; keep fewer rows ({KEEP}) or features, or allow more ({MEMORY})")
    }
}

/// A number of bytes for people.
pub(super) fn size(bytes: u64) -> String {
    const UNITS: [(&str, u64); 3] = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)];
    let fitting = UNITS.iter().find(|(_, unit)| bytes >= *unit);
    match fitting {
        Some((name, unit)) => format!("{:.1} {name}", bytes as f64 / *unit as f64),
        None => format!("{bytes} bytes"),
    }
}
