//! Versions of the formats of files.

use super::Invalid;

/// A kind of file with a version of its format.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Format {
    /// The key that holds the version, at the beginning of the file.
    pub key: &'static str,
    /// The version that this program reads and writes.
    pub version: u32,
}

impl Format {
    /// Refuses another version than that of this program, and names both.
    pub fn check(self, found: f64) -> std::result::Result<(), Invalid> {
        let own = f64::from(self.version);
        if found == own {
            return Ok(());
        }
        let age = if found > own { "newer" } else { "older" };
        let allowed = format!("{own} (the format this version reads; this file is {age})");
        Err(Invalid::new(self.key, found, allowed))
    }
}
