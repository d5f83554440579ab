//! Refusals of files.

use std::fmt;

pub(super) use crate::error::names::listed;
use crate::error::{Error, Invalid};

/// A refusal: the file or its line, the place in it, what was found, and what is allowed.
pub(super) fn fault(
    origin: impl Into<String>,
    field: impl Into<String>,
    found: impl fmt::Display,
    allowed: impl Into<String>,
) -> Error {
    Error::Data { origin: origin.into(), problem: Invalid::new(field, found, allowed) }
}

/// A count with its noun, which takes an s unless there is one.
pub(super) fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
