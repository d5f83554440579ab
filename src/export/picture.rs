//! The bytes of a figure in one format.

use super::options::RenderOptions;
use super::{document, notes, pdf, pgfplots, png, points, svg};
use crate::error::{Invalid, Result};
use crate::figure::Figure;
use crate::job::FigureFormat;
use crate::provenance::{FigureSource, Provenance, command};

/// The bytes of a figure in one format; `stem` is the file name without extension. The same source
/// and provenance give the same bytes.
///
/// # Errors
///
/// [`Error::Value`](crate::error::Error::Value) if the provenance names an unknown size preset.
pub fn picture<'a>(
    kind: FigureFormat,
    figure: &Figure,
    of: impl Into<FigureSource<'a>>,
    drawing: &Provenance,
    stem: &str,
) -> Result<Vec<u8>> {
    let look = RenderOptions::of(drawing)?;
    let of = of.into();
    let notes = || notes::notes(drawing, of);
    Ok(match kind {
        FigureFormat::Png => png(figure, look, &notes()?)?,
        FigureFormat::Svg => svg(figure, look, &notes()?)?.into_bytes(),
        FigureFormat::Pdf => pdf(figure, look, &notes()?)?,
        FigureFormat::Csv => points::csv(figure)?.into_bytes(),
        FigureFormat::Json => document::json(figure, of, drawing)?.into_bytes(),
        FigureFormat::Tex => {
            let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
            if !stem.chars().all(plain) {
                let allowed = "for .tex a name of letters, digits, hyphens, dots and _";
                return Err(Invalid::new("--out", format!("\"{stem}\""), allowed).into());
            }
            let command = command::figure(drawing, of);
            pgfplots::tex(figure, look, &format!("{stem}.csv"), &command).into_bytes()
        }
    })
}
