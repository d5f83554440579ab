//! The entries of the legend that several panels have: they stand once above all panels.

use super::super::layout::entries;
use super::super::points::look_of;
use crate::figure::{Figure, LegendEntry, LegendSample, Mark, Shape};

/// The common entries, with a figure that has their marks.
pub(super) struct Common {
    /// The figure; `None` without panels.
    pub(super) figure: Option<Figure>,
    /// The entries, by their marks in it.
    pub(super) entries: Vec<LegendEntry>,
}

impl Common {
    /// The entries that at least two figures have. A number of trials is among them only if no
    /// figure has another.
    pub(super) fn of(figures: &[Figure]) -> Self {
        let Some(first) = figures.first() else {
            return Self { figure: None, entries: Vec::new() };
        };
        let figure = Figure { marks: Vec::new(), ..first.clone() };
        let mut common = Self { figure: Some(figure), entries: Vec::new() };
        for figure in figures {
            for entry in entries(figure) {
                let having = figures.iter().filter(|other| has(other, &entry, figure)).count();
                let differs = is_head(&entry, figure)
                    && figures.iter().any(|other| {
                        let mut heads = entries(other).into_iter();
                        heads.any(|own| is_head(&own, other) && own.text != entry.text)
                    });
                if having > 1 && !differs && !common.holds(&entry, figure) {
                    common.add(&entry, figure);
                }
            }
        }
        common
    }

    /// Returns true if an entry of a figure is among them.
    pub(super) fn holds(&self, entry: &LegendEntry, of: &Figure) -> bool {
        let own = self.figure.as_ref();
        own.is_some_and(|own| self.entries.iter().any(|other| is_alike(other, own, entry, of)))
    }

    /// Adds an entry with its mark, and the line of its points. An entry that would take the line of
    /// another stays with its own figure.
    fn add(&mut self, entry: &LegendEntry, of: &Figure) {
        let Some(figure) = &mut self.figure else { return };
        let Some(mark) = of.marks.get(entry.mark) else {
            self.entries.push(entry.clone());
            return;
        };
        let before = figure.marks.len();
        figure.marks.push(mark.clone());
        if let Some(dash) = of.line_of(mark) {
            figure.marks.push(Mark::new(mark.role, Shape::Line { points: Vec::new(), dash }));
        }
        if figure.line_of(mark) == of.line_of(mark) {
            self.entries.push(LegendEntry { mark: before, ..entry.clone() });
        } else {
            figure.marks.truncate(before);
        }
    }
}

/// Returns true for the entry of all trials, which explains no mark.
fn is_head(entry: &LegendEntry, of: &Figure) -> bool {
    entry.mark >= of.marks.len()
}

/// Returns true if a figure has an entry like that of another.
fn has(figure: &Figure, entry: &LegendEntry, of: &Figure) -> bool {
    entries(figure).iter().any(|own| is_alike(own, figure, entry, of))
}

/// Returns true if the entries of two figures have the same text and look.
fn is_alike(one: &LegendEntry, of: &Figure, other: &LegendEntry, of_other: &Figure) -> bool {
    let look = |figure: &Figure, entry: &LegendEntry| match entry.sample {
        LegendSample::Cell(verdict) => Some(format!("{verdict:?}")),
        LegendSample::Mark => figure.marks.get(entry.mark).map(|mark| {
            let line = figure.line_of(mark);
            format!("{:?} {} {line:?}", mark.role, look_of(&mark.shape))
        }),
    };
    one.text == other.text && look(of, one) == look(of_other, other)
}
