//! A screen as a file: words that stay words, pixels, colours for terminals, or plain text.

mod ansi;
mod arms;
mod forms;
mod image;
mod layers;
mod plain;
mod vectors;

use super::notes;
use crate::error::Result;
use crate::figure::Sheet;
use crate::job::ScreenFormat;
use crate::provenance::Provenance;
use crate::scenario::ScenarioDraft;

pub use image::pixels;

/// Width of a cell, in units of the drawing.
const ACROSS: f64 = 10.0;
/// Height of a cell.
const DOWN: f64 = 20.0;
/// Height of the letters: a cell of DejaVu Sans Mono is 1233/2048 of it wide.
const EM: f64 = ACROSS * 2048.0 / 1233.0;
/// Where letters stand in a cell, from its top.
const BASELINE: f64 = 15.75;
/// Room around the cells.
const MARGIN: f64 = 10.0;

/// The bytes of a screen as one kind of file. SVG and PNG hold the scenario and what is drawn of
/// it. The same sheet, scenario and drawing give the same bytes.
///
/// # Errors
///
/// [`Error::Failed`](crate::error::Error::Failed) where it cannot be encoded.
pub fn printout(
    kind: ScreenFormat,
    sheet: &Sheet,
    scenario: &ScenarioDraft,
    drawing: &Provenance,
) -> Result<Vec<u8>> {
    Ok(match kind {
        ScreenFormat::Svg => vectors::svg(sheet, &notes::notes(drawing, scenario)?).into_bytes(),
        ScreenFormat::Png => image::png(sheet, &notes::notes(drawing, scenario)?)?,
        ScreenFormat::Ansi => ansi::text(sheet).into_bytes(),
        ScreenFormat::Text => plain::text(sheet).into_bytes(),
    })
}
