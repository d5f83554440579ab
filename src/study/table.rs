//! The results of a sweep as a tidy table, with one row for each point, method and task.

use serde::Serialize;

use super::plan::StudyLine;
use super::results::StudyResults;
use crate::math::stats::level;
use crate::study::cell::CellPosition;
use crate::transfer::{Outcome, Verdict};

/// Results for one task. Errors are excess risks; for labels ±1, shares of misclassified rows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Measures {
    /// Number of trials n.
    pub trials: usize,
    /// The random seed.
    pub seed: u64,
    /// Kind of optimum of the joint models.
    pub optimum: String,
    /// Mean error of the task trained alone.
    pub alone: f64,
    /// Its standard error.
    pub alone_se: f64,
    /// Mean error of the task trained with the others.
    pub together: f64,
    /// Its standard error.
    pub together_se: f64,
    /// `1 − together/alone`; `None` if the gain is undefined.
    pub gain: Option<f64>,
    /// Lower end of its paired interval.
    pub gain_low: Option<f64>,
    /// Upper end of its paired interval.
    pub gain_high: Option<f64>,
    /// Geometric mean of together/alone over trials; `None` if an error is zero. It gives the
    /// verdict if there is no gain.
    pub ratio: Option<f64>,
    /// Lower end of its interval.
    pub ratio_low: Option<f64>,
    /// Upper end of its interval.
    pub ratio_high: Option<f64>,
    /// Share of trials in which training together lowered the error.
    pub helped: f64,
    /// `helps`, `hurts` or `no difference`, from the interval.
    pub verdict: Verdict,
}

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TableRow {
    /// Name of the scenario.
    pub scenario: String,
    /// Path of the knob along x.
    pub x_knob: String,
    /// Its value.
    pub x: String,
    /// Path of the knob along y; empty outside phase diagrams.
    pub y_knob: String,
    /// Its value.
    pub y: String,
    /// Name of the method.
    pub method: String,
    /// Name of the task, or `targets` for the mean over several targets.
    pub task: String,
    /// The numbers.
    #[serde(flatten)]
    pub measures: Measures,
    /// The predicted gain of the targets, for the scenario's own approach.
    pub theory: Option<f64>,
}

/// Names and descriptions of the columns of [`Measures`], in order.
pub const MEASURES: &[(&str, &str)] = &[
    ("trials", "number of trials n"),
    ("seed", "random seed"),
    ("optimum", "kind of optimum of the joint models"),
    ("alone", "mean error of the task trained alone"),
    ("alone_se", "its standard error"),
    ("together", "mean error of the task trained with the others"),
    ("together_se", "its standard error"),
    ("gain", "1 − together/alone; empty if the error alone may be zero"),
    ("gain_low", concat!("lower end of its paired ", level!(), " interval")),
    ("gain_high", concat!("upper end of its paired ", level!(), " interval")),
    ("ratio", "geometric mean of together/alone over trials; gives the verdict if gain is empty"),
    ("ratio_low", concat!("lower end of its ", level!(), " interval")),
    ("ratio_high", concat!("upper end of its ", level!(), " interval")),
    ("helped", "share of trials in which training together lowered the error"),
    ("verdict", "helps, hurts or no difference, from the interval"),
];

const BEFORE: &[(&str, &str)] = &[
    ("scenario", "preset or file"),
    ("x_knob", "knob along x"),
    ("x", "its value"),
    ("y_knob", "knob along y, in a phase diagram"),
    ("y", "its value"),
    ("method", "how the tasks were trained together"),
    ("task", "the task; `targets` for the mean of several targets"),
];

const BEHIND: &[(&str, &str)] =
    &[("theory", "predicted gain of the targets, if the theory applies")];

impl Measures {
    /// Collects the numbers of an outcome; `optimum` is the kind of optimum of its models.
    pub fn of(outcome: &Outcome, seed: u64, optimum: String) -> Self {
        Self {
            trials: outcome.trials,
            seed,
            optimum,
            alone: outcome.single.mean,
            alone_se: outcome.single.se,
            together: outcome.multi.mean,
            together_se: outcome.multi.se,
            gain: outcome.gain.map(|gain| gain.mean),
            gain_low: outcome.gain.map(|gain| gain.low),
            gain_high: outcome.gain.map(|gain| gain.high),
            ratio: outcome.log_ratio.map(|ratio| ratio.mean.exp()),
            ratio_low: outcome.log_ratio.map(|ratio| ratio.low.exp()),
            ratio_high: outcome.log_ratio.map(|ratio| ratio.high.exp()),
            helped: outcome.helped,
            verdict: outcome.verdict,
        }
    }
}

/// Returns the names and descriptions of all columns of the table of a sweep.
pub fn columns() -> impl Iterator<Item = (&'static str, &'static str)> {
    BEFORE.iter().chain(MEASURES).chain(BEHIND).copied()
}

impl StudyResults {
    /// Returns the rows of all cells that have a measurement, in the order of the cells.
    pub fn rows(&self) -> Vec<TableRow> {
        let lines = self.study.lines().iter();
        let cells = lines.flat_map(|line| line.cells().map(move |cell| (line, cell)));
        cells.flat_map(|(line, cell)| self.rows_of(line, cell)).collect()
    }

    fn rows_of(&self, line: &StudyLine, cell: usize) -> Vec<TableRow> {
        let Some(measurement) = self.ledger.measurement(cell) else { return Vec::new() };
        let scenario = &self.study.cells()[cell].scenario;
        let targets = scenario.targets();
        let mut rows = Vec::new();
        for (place, measured) in measurement.approaches.iter().enumerate() {
            let mut add = |task: &str, outcome: &Outcome, of_targets: bool| {
                let mut row = self.row(line, cell, place, outcome);
                row.task = task.to_owned();
                row.theory = row.theory.filter(|_| of_targets);
                rows.push(row);
            };
            if targets.len() > 1 {
                add("targets", &measured.targets, true);
            }
            for (group, outcome) in scenario.groups().iter().zip(&measured.groups) {
                add(&group.name, outcome, group.tasks.clone().eq(targets.iter().copied()));
            }
        }
        rows
    }

    /// The row of the targets of a cell.
    fn row(&self, line: &StudyLine, cell: usize, place: usize, outcome: &Outcome) -> TableRow {
        let setting = &self.study.cells()[cell];
        let (x, y) = match setting.place {
            CellPosition::Point { x, y, .. } => (x, y),
            CellPosition::Group(_) => (f64::NAN, None),
        };
        let y = line.y.as_ref().zip(y);
        let claim = self.ledger.measurement(cell).map(|m| m.approaches[place].claim.to_string());
        let theory = self.prediction(cell).filter(|_| place == 0);
        TableRow {
            scenario: self.study.name(line.base).to_owned(),
            x_knob: line.x.path.clone(),
            x: line.x.handle.knob.exact(x),
            y_knob: y.map_or_else(String::new, |(axis, _)| axis.path.clone()),
            y: y.map_or_else(String::new, |(axis, y)| axis.handle.knob.exact(y)),
            method: self.study.methods()[place].clone(),
            task: "targets".to_owned(),
            measures: Measures::of(
                outcome,
                setting.scenario.draft().seed as u64,
                claim.unwrap_or_default(),
            ),
            theory: theory.map(|prediction| prediction.gain).filter(|gain| gain.is_finite()),
        }
    }
}
