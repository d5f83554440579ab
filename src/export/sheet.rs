//! A screen as a file: SVG, PNG, text with terminal colours, or plain text.

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
/// Font size: a cell of DejaVu Sans Mono is 1233/2048 em wide.
const EM: f64 = ACROSS * 2048.0 / 1233.0;
/// Distance of the baseline from the top of a cell.
const BASELINE: f64 = 15.75;
/// Margin around the cells.
const MARGIN: f64 = 10.0;

/// The bytes of a screen in one format. SVG and PNG contain the scenario and the provenance. Equal
/// sheet, scenario and provenance give equal bytes.
///
/// # Errors
///
/// [`Error::Failed`](crate::error::Error::Failed) if it cannot be encoded.
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
