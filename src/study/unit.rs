//! The units of a study: single trials of single cells, ordered to show a rough picture early.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use super::plan::Study;
use crate::error::Invalid;

/// Trials of every cell in the first pass; each later pass doubles the total.
const FIRST_PASS: usize = 20;
/// Largest number of parts.
const MOST_PARTS: usize = 100_000;

/// One trial of one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unit {
    /// Index of the cell.
    pub cell: usize,
    /// Index of the trial.
    pub trial: usize,
}

/// One of several equal parts of a study: every n-th unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// Number of this part, from 1.
    pub index: usize,
    /// Number of parts.
    pub of: usize,
}

impl Shard {
    /// The whole study as one part.
    pub const WHOLE: Self = Self { index: 1, of: 1 };

    /// Returns true if the unit at position `number` among all units belongs to this part.
    fn holds(self, number: usize) -> bool {
        number % self.of == self.index - 1
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.index, self.of)
    }
}

impl FromStr for Shard {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let parts =
            text.split_once('/').and_then(|(i, n)| Some((i.parse().ok()?, n.parse().ok()?)));
        parts
            .filter(|&(index, of)| (1..=of).contains(&index) && of <= MOST_PARTS)
            .map(|(index, of)| Self { index, of })
            .ok_or_else(|| {
                let allowed = format!("I/N with I from 1 to N and N up to {MOST_PARTS}, as in 1/4");
                Invalid::new("--shard", format!("\"{text}\""), allowed)
            })
    }
}

/// Returns all units of a part of a study: a few trials of every cell first, then more. The cells
/// of a phase diagram come one by one, on a coarse grid first, so that every visible cell is
/// reliable; the cells of other studies grow together. The sequence is lazy.
pub fn in_order(study: &Study, shard: Shard) -> impl Iterator<Item = Unit> {
    let trials: Vec<usize> = study.cells().iter().map(|cell| cell.scenario.trials()).collect();
    let most = trials.iter().copied().max().unwrap_or(0);
    let first: Vec<usize> = trials
        .iter()
        .scan(0, |next, trials| Some(std::mem::replace(next, *next + trials)))
        .collect();
    let mut order: Vec<usize> = (0..trials.len()).collect();
    order.sort_by_key(|&cell| study.cells()[cell].level);
    let (cells, one_by_one) = (order.len(), study.is_phase());
    let places =
        passes(most).flat_map(move |pass| (0..pass.len() * cells).map(move |i| (pass.clone(), i)));
    let unit = move |(pass, i): (Range<usize>, usize)| {
        let (place, trial) =
            if one_by_one { (i / pass.len(), i % pass.len()) } else { (i % cells, i / cells) };
        Unit { cell: order[place], trial: pass.start + trial }
    };
    places.map(unit).filter(move |unit| {
        unit.trial < trials[unit.cell] && shard.holds(first[unit.cell] + unit.trial)
    })
}

/// Returns all units of a part of a study, cell by cell.
pub fn of_shard(study: &Study, shard: Shard) -> impl Iterator<Item = Unit> {
    let units = study.cells().iter().enumerate().flat_map(|(cell, setting)| {
        (0..setting.scenario.trials()).map(move |trial| Unit { cell, trial })
    });
    units.enumerate().filter(move |(number, _)| shard.holds(*number)).map(|(_, unit)| unit)
}

/// The trials of each pass, if a cell has at most `most`.
fn passes(most: usize) -> impl Iterator<Item = Range<usize>> {
    let doubled = |pass: &Range<usize>| Some(pass.end..pass.end * 2);
    let passes = std::iter::successors(Some(0..FIRST_PASS), doubled);
    passes.take_while(move |pass| pass.start < most).map(move |pass| pass.start..pass.end.min(most))
}
