//! The result of a study in one line.

use super::words;
use crate::study::crossing::Crossing;
use crate::study::groups::pairs;
use crate::study::{Study, StudyResults};
use crate::transfer::Verdict;

/// Counts of the verdicts over the settings of a study, for the scenario's own approach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct VerdictCounts {
    /// Settings in which joint training helps the targets.
    pub helps: usize,
    /// Settings in which it hurts them.
    pub hurts: usize,
    /// Settings in which it makes no difference.
    pub same: usize,
    /// Settings in which it may help or hurt.
    pub undecided: usize,
    /// Settings without a verdict: every trial is the same, or there is one task.
    pub none: usize,
    /// All settings.
    pub all: usize,
}

impl VerdictCounts {
    /// Counts the verdicts over cells, or over ordered pairs in an affinity study.
    pub fn of(results: &StudyResults) -> Self {
        let verdicts: Vec<Option<Verdict>> = if results.study.is_affinity() {
            let pairs = pairs(results.tasks().len());
            pairs.map(|(a, b)| Some(results.pair(a, b)?.verdict)).collect()
        } else {
            let cells = 0..results.study.cells().len();
            cells.map(|cell| Some(results.outcome(cell, 0)?.verdict)).collect()
        };
        Self { all: verdicts.len(), ..Self::count(verdicts.into_iter().flatten()) }
    }

    /// Counts verdicts.
    pub fn count(verdicts: impl Iterator<Item = Verdict>) -> Self {
        let mut counts = Self::default();
        for verdict in verdicts {
            counts.all += 1;
            *match verdict {
                Verdict::Helps => &mut counts.helps,
                Verdict::Hurts => &mut counts.hurts,
                Verdict::NoDifference => &mut counts.same,
                Verdict::Undecided => &mut counts.undecided,
                Verdict::SameTrials | Verdict::OneTask => &mut counts.none,
            } += 1;
        }
        counts
    }

    fn known(&self) -> usize {
        self.helps + self.hurts + self.same + self.undecided + self.none
    }
}

/// Describes the results so far:
/// `helps at 8, hurts at 9 of 21 points, measured break-even at 31° (LEVEL: 30 to 33)`.
pub fn words(results: &StudyResults) -> String {
    let counts = VerdictCounts::of(results);
    if counts.known() == 0 {
        return "nothing yet".to_owned();
    }
    let places = places(&results.study);
    let so_far = match results.records.is_complete() {
        true => String::new(),
        false => {
            let cells = results.study.cells().len().max(1);
            format!("so far, n ≈ {}: ", results.records.done().div_ceil(cells))
        }
    };
    let open = match counts.undecided {
        0 => String::new(),
        undecided => format!(", undecided at {undecided}"),
    };
    let mut text = so_far
        + &format!(
            "helps at {}, hurts at {}{open} of {} {places}",
            counts.helps, counts.hurts, counts.all
        );
    if let Some(line) = results.study.lines().first() {
        let crossings = results.crossings(line, 0);
        let near: Vec<&Crossing> = crossings.iter().take(2).collect();
        if !near.is_empty() {
            text += &format!(", {}", words::break_evens(line.x.handle, &near));
        }
    }
    text
}

fn places(study: &Study) -> &'static str {
    if study.is_affinity() {
        "ordered pairs"
    } else if study.is_phase() {
        "cells"
    } else {
        "points"
    }
}
