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
        let mut counts = Self { all: verdicts.len(), ..Self::default() };
        for verdict in verdicts.into_iter().flatten() {
            match verdict {
                Verdict::Helps => counts.helps += 1,
                Verdict::Hurts => counts.hurts += 1,
                Verdict::NoDifference | Verdict::Undecided | Verdict::OneTask => counts.same += 1,
            }
        }
        counts
    }

    fn known(&self) -> usize {
        self.helps + self.hurts + self.same
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
    let mut text = so_far
        + &format!(
            "helps at {}, hurts at {} of {} {places}",
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
