//! Two studies side by side: how far their gains differ, and how surely.

use super::measure;
use super::plan::{Cell, Place};
use super::results::Results;
use crate::math::stats::{self, Interval, Ratio};

/// The gains of two studies at one setting, and their difference.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The cell in either study.
    pub cells: [usize; 2],
    /// What the targets gain in either study.
    pub gains: [Interval; 2],
    /// Trials behind either gain.
    pub trials: [usize; 2],
    /// The first gain less the second.
    pub difference: Interval,
    /// Whether both have trials with the same draws, whose errors were compared trial by trial.
    pub paired: bool,
}

/// The differences at all settings that two studies have in common, in the order of the first:
/// points at which the same knobs have the same values, or groups of the same tasks. Gains are
/// those of either study's own training. Settings at which a gain cannot be named are left out.
pub fn between(one: &Results, other: &Results) -> Vec<Difference> {
    let cells = one.study.cells().iter().enumerate();
    let differences = cells.filter_map(|(a, cell)| {
        let b = counterpart(one, cell, other)?;
        at(one, a, other, b)
    });
    differences.collect()
}

/// The difference between a cell of one study and a cell of another.
pub fn at(one: &Results, a: usize, other: &Results, b: usize) -> Option<Difference> {
    let (first, second) = (Sample::of(one, a)?, Sample::of(other, b)?);
    let paired = seed(one, a) == seed(other, b)
        && first.trials.iter().any(|trial| second.trials.contains(trial));
    let apart: Vec<usize>;
    let theirs = if paired {
        &second.trials
    } else {
        apart = second.trials.iter().map(|trial| usize::MAX - trial).collect();
        &apart
    };
    let difference = stats::difference((&first.ratio, &first.trials), (&second.ratio, theirs));
    Some(Difference {
        cells: [a, b],
        gains: [first.ratio.interval(), second.ratio.interval()],
        trials: [first.trials.len(), second.trials.len()],
        difference,
        paired,
    })
}

fn seed(results: &Results, cell: usize) -> f64 {
    results.study.cells()[cell].scenario.draft().seed
}

/// The gain of the targets of a cell, with what every trial adds to its error.
struct Sample {
    ratio: Ratio,
    trials: Vec<usize>,
}

impl Sample {
    fn of(results: &Results, cell: usize) -> Option<Self> {
        let targets = results.study.cells()[cell].scenario.targets();
        let (mut single, mut multi, mut trials) = (Vec::new(), Vec::new(), Vec::new());
        for (trial, record) in results.ledger.records(cell) {
            single.push(measure::mean(&targets, &record.alone));
            multi.push(measure::mean(&targets, &record.fits.first()?.errors));
            trials.push(trial);
        }
        let ratio = stats::ratio(&multi, &single).filter(|_| trials.len() > 1)?;
        Some(Self { ratio, trials })
    }
}

/// The cell of another study that stands where this one does.
fn counterpart(one: &Results, cell: &Cell, other: &Results) -> Option<usize> {
    let knobs = |results: &Results, line: usize| {
        let line = &results.study.lines()[line];
        (line.x.path.clone(), line.y.as_ref().map(|y| y.path.clone()))
    };
    let same = |theirs: &Cell| match (&cell.place, &theirs.place) {
        (&Place::Point { line, x, y }, &Place::Point { line: other_line, x: u, y: v }) => {
            x == u && y == v && knobs(one, line) == knobs(other, other_line)
        }
        (Place::Group(tasks), Place::Group(others)) => tasks == others,
        _ => false,
    };
    other.study.cells().iter().position(same)
}
