//! What a study has found, in one line.

use super::words;
use crate::study::{Results, Study};
use crate::transfer::Verdict;

/// How many settings of a study have which verdict under the scenario's own training.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Settings in which training together helps the targets.
    pub helps: usize,
    /// Settings in which it hurts them.
    pub hurts: usize,
    /// Settings in which it makes no difference.
    pub same: usize,
    /// Settings there are.
    pub all: usize,
}

impl Counts {
    /// Counts the verdicts.
    pub fn of(results: &Results) -> Self {
        let mut counts = Self { all: results.study.cells().len(), ..Self::default() };
        for cell in 0..counts.all {
            match results.outcome(cell, 0).map(|outcome| outcome.verdict) {
                Some(Verdict::Helps) => counts.helps += 1,
                Some(Verdict::Hurts) => counts.hurts += 1,
                Some(Verdict::NoDifference) => counts.same += 1,
                None => {}
            }
        }
        counts
    }

    fn known(&self) -> usize {
        self.helps + self.hurts + self.same
    }
}

/// What has been found so far: `helps at 8, hurts at 9 of 21 points, 0 near 31°`.
pub fn words(results: &Results) -> String {
    let counts = Counts::of(results);
    if counts.known() == 0 {
        return "nothing yet".to_owned();
    }
    let places = places(&results.study);
    let mut text =
        format!("helps at {}, hurts at {} of {} {places}", counts.helps, counts.hurts, counts.all);
    if let Some(line) = results.study.lines().first() {
        let crossings = results.crossings(line, 0);
        let near: Vec<String> = crossings
            .iter()
            .take(2)
            .map(|crossing| match line.x.handle.knob.unit {
                "°" => format!("{}°", words::short(crossing.at)),
                _ => words::short(crossing.at),
            })
            .collect();
        if !near.is_empty() {
            text += &format!(", 0 near {}", near.join(", "));
        }
    }
    text
}

fn places(study: &Study) -> &'static str {
    if study.is_affinity() {
        "groups"
    } else if study.is_phase() {
        "cells"
    } else {
        "points"
    }
}
