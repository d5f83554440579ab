//! The form of a figure in a file, where nothing can be turned and paths of knobs mean nothing.

use super::font::Font;
use super::layout::Layout;
use super::options::RenderOptions;
use super::paint;
use crate::figure::{Figure, Mark, MarkRole, Shape, affinity, words};
use crate::provenance::{FigureSource, Provenance};

/// What a legend entry on the screen says of a theory line, and captions in files say.
const NO_TRAINING: &str = ", no training";

/// The legend entry of the band of a theory line; a terminal has no room for it.
const BAND: &str = "theory ± margin";

/// Legend entries that are short on the screen, and what they are in files.
const SPELT_OUT: [(&str, &str); 2] =
    [("B", "shared module B"), ("population", "with the covariances Σᵢ")];

/// The figure as it is drawn into a file: without the mark of the current setting, with knobs in the
/// words of a reader, and with title, labels and names of the drawing.
pub fn printed<'a>(
    figure: &Figure,
    of: impl Into<FigureSource<'a>>,
    drawing: &Provenance,
) -> Figure {
    let drafts = match of.into() {
        FigureSource::Scenario(scenario) => vec![scenario],
        FigureSource::Study(study) => study.scenarios.iter().map(|one| &one.scenario).collect(),
    };
    let mut figure = figure.clone();
    if figure.id == "gain" {
        figure.marks.retain(|mark| !is_current(mark));
        let is_band = |mark: &&mut Mark| {
            mark.role == MarkRole::Theory && matches!(mark.shape, Shape::Band { .. })
        };
        if let Some(band) = figure.marks.iter_mut().find(is_band) {
            band.name.get_or_insert_with(|| BAND.to_owned());
        }
    }
    figure.marks.iter_mut().for_each(|mark| mark.name = mark.name.take().map(brief));
    drawing.wording.apply(words::for_reader(figure, &drafts))
}

/// The figure as it is drawn alone: with the names of horizontal lines beside the lines in place of
/// the legend, if there is room, and without intervals in the legend if no cell has room for its
/// own. Panels share a legend instead.
pub(super) fn alone(mut figure: Figure, look: &RenderOptions, font: &Font) -> Figure {
    if !figure.is_lying() {
        figure.marks.iter_mut().for_each(named_beside);
    }
    let layout = Layout::with(&figure, &look.size, font);
    for index in paint::unnamed_levels(&figure, &layout, font) {
        let mark = &mut figure.marks[index];
        mark.name = mark.labels.pop();
    }
    let has_cells = figure.marks.iter().any(|mark| matches!(mark.shape, Shape::Cells(_)));
    if has_cells && !paint::has_intervals(&figure, &layout, font) {
        affinity::leave_out_intervals(&mut figure);
    }
    figure
}

/// A legend entry without what the caption says, and in words that need no other screen.
fn brief(name: String) -> String {
    if let Some((_, words)) = SPELT_OUT.iter().find(|(short, _)| *short == name) {
        return (*words).to_owned();
    }
    match name.strip_suffix(NO_TRAINING) {
        Some(theory) => theory.to_owned(),
        None => name,
    }
}

/// Moves the name of a horizontal line from the legend to the line itself. A line with another name
/// beside it keeps its entry in the legend.
fn named_beside(mark: &mut Mark) {
    let is_free = matches!(mark.shape, Shape::Level { .. }) && mark.labels.is_empty();
    if let Some(name) = mark.name.take_if(|_| is_free) {
        mark.labels.push(name.clone());
        mark.series.get_or_insert(name);
    }
}

/// Returns true for the mark of the current setting of a knob.
fn is_current(mark: &Mark) -> bool {
    let shape = matches!(mark.shape, Shape::Upright { .. } | Shape::Points { .. });
    mark.role == MarkRole::Here && shape
}
