//! The bytes of a figure in one format.

use super::font::Font;
use super::options::RenderOptions;
use super::printed::alone;
use super::{document, notes, pdf, png, points, printed, svg, tex};
use crate::error::{Error, Result};
use crate::figure::Figure;
use crate::job::FigureFormat;
use crate::provenance::{FigureSource, Provenance, command};

/// The bytes of a figure in one format, in one of the bundled typefaces. The same source and
/// provenance give the same bytes.
///
/// # Errors
///
/// [`Error::Value`](crate::error::Error::Value) if the provenance names an unknown size preset, or
/// a font file.
pub fn picture<'a>(
    kind: FigureFormat,
    figure: &Figure,
    of: impl Into<FigureSource<'a>>,
    drawing: &Provenance,
) -> Result<Vec<u8>> {
    picture_with(kind, figure, of, drawing, RenderOptions::of(drawing)?)
}

/// The same as [`picture()`], with the options given.
///
/// # Errors
///
/// As for the format.
pub fn picture_with<'a>(
    kind: FigureFormat,
    figure: &Figure,
    of: impl Into<FigureSource<'a>>,
    drawing: &Provenance,
    look: RenderOptions,
) -> Result<Vec<u8>> {
    let of = of.into();
    let figure = &printed(figure, of, drawing);
    look.typeface.check(figure)?;
    let notes = || notes::notes(drawing, of);
    let drawn = || Ok::<_, Error>(alone(figure.clone(), &look, &Font::of(&look.typeface)?));
    Ok(match kind {
        FigureFormat::Png => png(&drawn()?, look, &notes()?)?,
        FigureFormat::Svg => svg(&drawn()?, look, &notes()?)?.into_bytes(),
        FigureFormat::Pdf => pdf(&drawn()?, look, &notes()?)?,
        FigureFormat::Csv => points::csv(figure)?.into_bytes(),
        FigureFormat::Json => document::json(figure, of, drawing)?.into_bytes(),
        FigureFormat::Tex => tex(&drawn()?, look, &command::figure(drawing, of))?.into_bytes(),
    })
}
