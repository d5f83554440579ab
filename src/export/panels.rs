//! Several figures as the panels of one, and the text that describes them.

use super::composition::Composition;
use super::font::Font;
use super::options::RenderOptions;
use super::{alt, notes, pdf, raster, svg, tex};
use crate::error::{Invalid, Result};
use crate::figure::Figure;
use crate::job::FigureFormat;
use crate::provenance::{FigureSource, Provenance, command};
use crate::scenario::{Preset, share};

/// The formats of panels.
pub const PANEL_FORMATS: [FigureFormat; 4] =
    [FigureFormat::Png, FigureFormat::Svg, FigureFormat::Pdf, FigureFormat::Tex];

/// The bytes of figures in the form of files, side by side as panels (a), (b), (c), … The drawing
/// says in how many columns.
///
/// # Errors
///
/// [`Error::Value`](crate::error::Error::Value) for a format without panels.
pub fn panels<'a>(
    kind: FigureFormat,
    figures: &[Figure],
    of: impl Into<FigureSource<'a>>,
    drawing: &Provenance,
    look: &RenderOptions,
) -> Result<Vec<u8>> {
    let of = of.into();
    let figures = &distinct(figures, drawing)[..];
    for figure in figures {
        look.typeface.check(figure)?;
    }
    let font = Font::of(&look.typeface)?;
    let room = (f64::from(look.size.width) / (LEAST * look.size.em())) as usize;
    let columns = drawing.columns.unwrap_or_else(|| columns(figures.len()).min(room.max(1)));
    let title = drawing.wording.title.as_deref().unwrap_or_default();
    let shown = Composition::panels(figures, columns, title, look, &font);
    let notes = || notes::notes(drawing, of);
    Ok(match kind {
        FigureFormat::Png => raster::drawn(&shown, look, &font, &notes()?)?,
        FigureFormat::Svg => svg::drawn(&shown, look, &font, &notes()?)?.into_bytes(),
        FigureFormat::Pdf => pdf::document(&shown, look, &font, &notes()?)?,
        FigureFormat::Tex => {
            tex::document(&shown, look, &font, &command::figure(drawing, of))?.into_bytes()
        }
        FigureFormat::Csv | FigureFormat::Json => {
            return Err(Invalid::new("--format", kind.ending(), "png, svg, pdf, tex").into());
        }
    })
}

/// Longest name of a scenario behind a title.
const LONGEST_NAME: usize = 24;

/// The figures; titles that several have alike are followed by the names of their scenarios.
fn distinct(figures: &[Figure], drawing: &Provenance) -> Vec<Figure> {
    let is_shared = |title: &str| figures.iter().filter(|other| other.title == title).count() > 1;
    let named = |(place, figure): (usize, &Figure)| {
        let panel = drawing.panels.get(place);
        let name = panel.and_then(|panel| name(panel.scenario.as_deref()?));
        match name.filter(|name| is_shared(&figure.title) && name.len() <= LONGEST_NAME) {
            Some(name) => Figure { title: format!("{}: {}", name, figure.title), ..figure.clone() },
            None => figure.clone(),
        }
    };
    figures.iter().enumerate().map(named).collect()
}

/// The name of the scenario of a panel: a preset, or that in a shared string.
fn name(scenario: &str) -> Option<String> {
    match Preset::find(scenario) {
        Some(preset) => Some(preset.name.to_owned()),
        None => share::from_string(scenario).ok().map(|(name, _)| name),
    }
}

/// Smallest width of a panel unless the columns are asked for, in heights of the text.
const LEAST: f64 = 17.0;

/// Columns of a number of panels: one row of up to three, else as square as possible.
fn columns(count: usize) -> usize {
    match count {
        0..=3 => count.max(1),
        more => (1..).find(|columns| columns * columns >= more).unwrap_or(more),
    }
}

/// Title, caption, alternative text and command of panels, one paragraph each.
pub fn text(figures: &[Figure], command: &str) -> String {
    let letter = |place: usize| char::from(b'a' + (place % 26) as u8);
    let lead = |(place, figure): (usize, &Figure)| {
        (format!("({})", letter(place)), figure.title.clone(), figure.caption.clone())
    };
    let parts: Vec<(String, String, String)> = figures.iter().enumerate().map(lead).collect();
    let titles = parts.iter().map(|(letter, title, _)| format!("{letter} {title}"));
    let captions = parts.iter().map(|(letter, _, caption)| format!("{letter} {caption}"));
    let all = figures
        .iter()
        .enumerate()
        .map(|(place, figure)| format!("Panel ({}): {}", letter(place), alt::alternative(figure)));
    let Some(first) = figures.first() else { return String::new() };
    let title = titles.collect::<Vec<_>>().join("; ");
    let caption = captions.collect::<Vec<_>>().join(" ");
    let whole = Figure { title, caption, ..first.clone() };
    alt::with(&whole, &all.collect::<Vec<_>>().join(" "), command)
}
