//! Reads the font file of a drawing.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::bounded::{regular, too_large};
use crate::error::{Error, Result};
use crate::export::{RenderOptions, Typeface};
use crate::provenance::Provenance;

/// Largest font file that is read, in bytes.
const LARGEST: u64 = 32 << 20;

/// Size, colours and typeface of a drawing; a font file is read.
///
/// # Errors
///
/// [`Error::Read`] for a file that cannot be read; [`Error::Value`] for one that is no font, and for
/// an unknown size preset or unknown colours.
pub fn look(drawing: &Provenance) -> Result<RenderOptions> {
    let typeface = match drawing.font.as_deref() {
        None => Typeface::default(),
        Some(name) => match Typeface::named(name) {
            Some(bundled) => bundled,
            None => Typeface::of_file(name, bytes(Path::new(name))?)?,
        },
    };
    Ok(RenderOptions::with(drawing, typeface)?)
}

fn bytes(path: &Path) -> Result<Vec<u8>> {
    let fault = |source| Error::Read { path: path.to_owned(), source };
    regular(path).map_err(fault)?;
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(fault)?;
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(fault)?;
    if bytes.len() as u64 > LARGEST {
        return Err(fault(too_large(LARGEST)));
    }
    Ok(bytes)
}
