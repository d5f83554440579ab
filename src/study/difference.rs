//! Comparison of two studies: differences of their gains, with confidence intervals.

use std::collections::HashMap;

use super::measurement;
use super::plan::Study;
use super::results::StudyResults;
use crate::math::stats::{self, Interval, Ratio};
use crate::study::cell::{CellPosition, StudyCell};

/// The gains of two studies at one setting, and their difference.
#[derive(Debug, Clone, PartialEq)]
pub struct StudyDifference {
    /// Index of the cell in each study.
    pub cells: [usize; 2],
    /// The gain of the targets in each study.
    pub gains: [Interval; 2],
    /// Number of trials behind each gain.
    pub trials: [usize; 2],
    /// The first gain minus the second.
    pub difference: Interval,
    /// True if the studies share trials with equal draws, whose errors are compared one by one.
    pub paired: bool,
}

/// Returns the differences at all settings that two studies have in common. Each gain is that of
/// the scenario's own approach; settings at which a gain is undefined are left out.
pub fn between(one: &StudyResults, other: &StudyResults) -> Vec<StudyDifference> {
    let common = common(&one.study, &other.study).into_iter();
    common.filter_map(|[a, b]| at(one, a, other, b)).collect()
}

/// Returns the cells that two studies have in common, in the order of the first study: points with
/// equal knobs and values, or groups of the same tasks.
pub fn common(one: &Study, other: &Study) -> Vec<[usize; 2]> {
    let cells = other.cells().iter().enumerate();
    let theirs: HashMap<Spot<'_>, usize> =
        cells.map(|(index, cell)| (Spot::of(other, cell), index)).collect();
    let cells = one.cells().iter().enumerate();
    cells.filter_map(|(a, cell)| Some([a, *theirs.get(&Spot::of(one, cell))?])).collect()
}

/// The position of a cell, comparable between studies.
#[derive(PartialEq, Eq, Hash)]
enum Spot<'a> {
    /// Paths of the knobs and the bit patterns of their values.
    Point([Option<(&'a str, u64)>; 2]),
    /// Names of the tasks.
    Group(Vec<&'a str>),
}

impl<'a> Spot<'a> {
    fn of(study: &'a Study, cell: &StudyCell) -> Self {
        match &cell.place {
            CellPosition::Point { line, x, y } => {
                let line = &study.lines()[*line];
                let y = line.y.as_ref().zip(*y);
                let y = y.map(|(axis, value)| (axis.path.as_str(), value.to_bits()));
                Self::Point([Some((line.x.path.as_str(), x.to_bits())), y])
            }
            CellPosition::Group(tasks) => {
                let base = &study.bases()[0];
                let partners = base.partners();
                let name = |&task: &usize| base.draft().tasks[partners[task]].name.as_str();
                Self::Group(tasks.iter().map(name).collect())
            }
        }
    }
}

/// Returns the difference between a cell of one study and a cell of another.
pub fn at(one: &StudyResults, a: usize, other: &StudyResults, b: usize) -> Option<StudyDifference> {
    let (first, second) = (Sample::of(one, a)?, Sample::of(other, b)?);
    let is_common = |trial: &usize| second.trials.binary_search(trial).is_ok();
    let paired = seed(one, a) == seed(other, b) && first.trials.iter().any(is_common);
    let apart: Vec<usize>;
    let theirs = if paired {
        &second.trials
    } else {
        apart = second.trials.iter().map(|trial| usize::MAX - trial).collect();
        &apart
    };
    let difference = stats::difference((&first.ratio, &first.trials), (&second.ratio, theirs));
    Some(StudyDifference {
        cells: [a, b],
        gains: [first.gain, second.gain],
        trials: [first.trials.len(), second.trials.len()],
        difference,
        paired,
    })
}

fn seed(results: &StudyResults, cell: usize) -> f64 {
    results.study.cells()[cell].scenario.draft().seed
}

/// The gain of the targets of a cell, with the contribution of every trial.
struct Sample {
    gain: Interval,
    ratio: Ratio,
    trials: Vec<usize>,
}

impl Sample {
    fn of(results: &StudyResults, cell: usize) -> Option<Self> {
        let gain = results.records.measurement(cell)?.own().targets.gain?;
        let targets = results.study.cells()[cell].scenario.targets();
        let (mut single, mut multi, mut trials) = (Vec::new(), Vec::new(), Vec::new());
        for (trial, record) in results.records.records(cell) {
            single.push(measurement::mean(targets.iter().copied(), &record.alone));
            let errors = &record.fits.first()?.errors;
            multi.push(measurement::mean(targets.iter().copied(), errors));
            trials.push(trial);
        }
        let ratio = Ratio { gain: gain.mean, ..stats::ratio(&multi, &single)? };
        Some(Self { gain, ratio, trials })
    }
}
