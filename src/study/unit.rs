//! The units of a study: one trial of one cell each, in an order that shows much early.

use std::fmt;
use std::str::FromStr;

use super::ledger::Ledger;
use super::plan::Study;
use crate::error::Invalid;

/// Trials of every cell in the first pass; each later pass doubles them.
const FIRST_PASS: usize = 20;

/// One trial of one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unit {
    /// Which cell.
    pub cell: usize,
    /// Which of its trials.
    pub trial: usize,
}

/// One of several equal parts of a study: every n-th unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// Which part, from 1.
    pub index: usize,
    /// How many parts.
    pub of: usize,
}

impl Shard {
    /// The study in one part.
    pub const WHOLE: Self = Self { index: 1, of: 1 };

    /// Whether a unit belongs to it, `number` being its place among all units of the study.
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
            .filter(|&(index, of)| (1..=of).contains(&index) && of <= 100_000)
            .map(|(index, of)| Self { index, of })
            .ok_or_else(|| {
                Invalid::new("--shard", format!("\"{text}\""), "I/N with I from 1 to N, as in 1/4")
            })
    }
}

/// All units of a part of a study that the ledger does not hold yet: few trials of every cell
/// first, then more. The cells of a phase diagram come one after the other, coarsely spread ones
/// first, so that what is seen of it is known; those of other studies grow together.
pub fn todo(study: &Study, ledger: &Ledger, shard: Shard) -> Vec<Unit> {
    let mut units: Vec<Unit> = of_shard(study, shard).filter(|unit| !ledger.holds(*unit)).collect();
    let one_by_one = study.is_phase();
    units.sort_by_key(|unit| {
        let Unit { cell, trial } = *unit;
        let level = study.cells()[cell].level as usize;
        let within = if one_by_one { (level, cell, trial) } else { (trial, level, cell) };
        (pass(trial), within)
    });
    units
}

/// All units of a part of a study, cell by cell.
pub fn of_shard(study: &Study, shard: Shard) -> impl Iterator<Item = Unit> {
    let units = study.cells().iter().enumerate().flat_map(|(cell, setting)| {
        (0..setting.scenario.trials()).map(move |trial| Unit { cell, trial })
    });
    units.enumerate().filter(move |(number, _)| shard.holds(*number)).map(|(_, unit)| unit)
}

fn pass(trial: usize) -> u32 {
    (trial / FIRST_PASS).checked_ilog2().map_or(0, |power| power + 1)
}
