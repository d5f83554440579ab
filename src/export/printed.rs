//! The form of a figure in a file, where nothing can be turned and paths of knobs mean nothing.

use crate::figure::{Figure, Mark, MarkRole, Shape, words};
use crate::provenance::{FigureSource, Provenance};

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
    }
    drawing.wording.apply(words::for_reader(figure, &drafts))
}

/// Returns true for the mark of the current setting of a knob.
fn is_current(mark: &Mark) -> bool {
    let shape = matches!(mark.shape, Shape::Upright { .. } | Shape::Points { .. });
    mark.role == MarkRole::Here && shape
}
