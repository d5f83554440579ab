//! Refusals of files.

use std::fmt;

use crate::error::{Error, Invalid, brief};

/// A refusal: the file or its line, the place in it, what was found, and what is allowed.
pub(super) fn fault(
    origin: impl Into<String>,
    field: impl Into<String>,
    found: impl fmt::Display,
    allowed: impl Into<String>,
) -> Error {
    Error::Data { origin: origin.into(), problem: Invalid::new(field, found, allowed) }
}

/// Names in a row, with the number of those left out.
pub(super) fn listed<T: AsRef<str>>(names: &[T]) -> String {
    const SHOWN: usize = 12;
    let shown: Vec<String> = names.iter().take(SHOWN).map(|name| brief(name.as_ref())).collect();
    match names.len().saturating_sub(SHOWN) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// A count with its noun, which takes an s unless there is one.
pub(super) fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
