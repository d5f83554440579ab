//! A screen as a file: SVG, PNG, text with terminal colours, or plain text.

mod ansi;
mod arms;
mod forms;
mod grid;
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
