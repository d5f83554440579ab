//! The results of a sweep as a tidy table, with one row for each point, method and task.

use serde::Serialize;

use super::plan::StudyLine;
use super::results::StudyResults;
use crate::math::stats::{Interval, level};
use crate::study::cell::CellPosition;
use crate::study::held_out::{HeldOutMeans, Score};
use crate::study::measurement::Measured;
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
    /// Its standard error; `None` if every trial is the same.
    pub alone_se: Option<f64>,
    /// Mean error of the task trained with the others.
    pub together: f64,
    /// Its standard error; `None` if every trial is the same.
    pub together_se: Option<f64>,
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
    /// `helps`, `hurts`, `no difference` or `undecided`, from the interval.
    pub verdict: Verdict,
}

/// Means on held-out rows with their standard errors, for labels ±1; `None` for other labels, and
/// where a score is not defined.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct HeldOutMeasures {
    /// Accuracy of the task trained alone.
    pub accuracy_alone: Option<f64>,
    /// Its standard error.
    pub accuracy_alone_se: Option<f64>,
    /// Accuracy of the task trained with the others.
    pub accuracy_together: Option<f64>,
    /// Its standard error.
    pub accuracy_together_se: Option<f64>,
    /// Logistic loss alone.
    pub logistic_alone: Option<f64>,
    /// Its standard error.
    pub logistic_alone_se: Option<f64>,
    /// Logistic loss together.
    pub logistic_together: Option<f64>,
    /// Its standard error.
    pub logistic_together_se: Option<f64>,
    /// Area under the ROC curve alone.
    pub auc_alone: Option<f64>,
    /// Its standard error.
    pub auc_alone_se: Option<f64>,
    /// Area under the ROC curve together.
    pub auc_together: Option<f64>,
    /// Its standard error.
    pub auc_together_se: Option<f64>,
    /// F1 of the class +1 alone.
    pub f1_alone: Option<f64>,
    /// Its standard error.
    pub f1_alone_se: Option<f64>,
    /// F1 of the class +1 together.
    pub f1_together: Option<f64>,
    /// Its standard error.
    pub f1_together_se: Option<f64>,
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
    /// Performance on held-out rows; not for the mean over several targets.
    #[serde(flatten)]
    pub held_out: HeldOutMeasures,
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
    (
        "verdict",
        "helps, hurts or no difference, from the interval; undecided if that is too wide; `one task` has none; `no verdict` if every trial is the same",
    ),
];

/// Names and descriptions of the columns of [`HeldOutMeasures`], in order.
pub const HELD_OUT: &[(&str, &str)] = &[
    ("accuracy_alone", "accuracy alone on held-out rows, for labels ±1; else empty"),
    ("accuracy_alone_se", "its standard error"),
    ("accuracy_together", "accuracy together"),
    ("accuracy_together_se", "its standard error"),
    ("logistic_alone", "logistic loss alone"),
    ("logistic_alone_se", "its standard error"),
    ("logistic_together", "logistic loss together"),
    ("logistic_together_se", "its standard error"),
    ("auc_alone", "area under the ROC curve alone; empty if a class has no row"),
    ("auc_alone_se", "its standard error"),
    ("auc_together", "area under the ROC curve together"),
    ("auc_together_se", "its standard error"),
    ("f1_alone", "F1 of the class +1 alone"),
    ("f1_alone_se", "its standard error"),
    ("f1_together", "F1 of the class +1 together"),
    ("f1_together_se", "its standard error"),
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

impl HeldOutMeasures {
    /// Collects the means of a group, by its index; all `None` if labels are not ±1.
    pub fn of_group(measured: &Measured, group: usize) -> Self {
        let all = measured.held_out.as_deref().unwrap_or_default();
        all.get(group).map(Self::of).unwrap_or_default()
    }

    fn of([alone, together]: &[HeldOutMeans; 2]) -> Self {
        let mean = |score: Option<Score>| score.map(|score| score.mean.mean);
        let se = |score: Option<Score>| score.map(|score| score.mean.se).filter(|se| !se.is_nan());
        let both = |score: Option<Score>| (mean(score), se(score));
        let (accuracy_alone, accuracy_alone_se) = both(Some(alone.accuracy));
        let (accuracy_together, accuracy_together_se) = both(Some(together.accuracy));
        let (logistic_alone, logistic_alone_se) = both(Some(alone.logistic_loss));
        let (logistic_together, logistic_together_se) = both(Some(together.logistic_loss));
        let (auc_alone, auc_alone_se) = both(alone.auc);
        let (auc_together, auc_together_se) = both(together.auc);
        let (f1_alone, f1_alone_se) = both(alone.f1);
        let (f1_together, f1_together_se) = both(together.f1);
        Self {
            accuracy_alone,
            accuracy_alone_se,
            accuracy_together,
            accuracy_together_se,
            logistic_alone,
            logistic_alone_se,
            logistic_together,
            logistic_together_se,
            auc_alone,
            auc_alone_se,
            auc_together,
            auc_together_se,
            f1_alone,
            f1_alone_se,
            f1_together,
            f1_together_se,
        }
    }
}

impl Measures {
    /// Collects the numbers of an outcome; `optimum` is the kind of optimum of its models.
    pub fn of(outcome: &Outcome, seed: u64, optimum: String) -> Self {
        let known = |value: f64| Some(value).filter(|value| !value.is_nan());
        let of = |interval: Option<Interval>, end: fn(Interval) -> f64| known(end(interval?));
        let ratio = outcome.log_ratio.map(|log| Interval {
            mean: log.mean.exp(),
            low: log.low.exp(),
            high: log.high.exp(),
        });
        Self {
            trials: outcome.trials,
            seed,
            optimum,
            alone: outcome.single.mean,
            alone_se: known(outcome.single.se),
            together: outcome.multi.mean,
            together_se: known(outcome.multi.se),
            gain: of(outcome.gain, |gain| gain.mean),
            gain_low: of(outcome.gain, |gain| gain.low),
            gain_high: of(outcome.gain, |gain| gain.high),
            ratio: of(ratio, |ratio| ratio.mean),
            ratio_low: of(ratio, |ratio| ratio.low),
            ratio_high: of(ratio, |ratio| ratio.high),
            helped: outcome.helped,
            verdict: outcome.verdict,
        }
    }
}

/// Returns the names and descriptions of all columns of the table of a sweep.
pub fn columns() -> impl Iterator<Item = (&'static str, &'static str)> {
    BEFORE.iter().chain(MEASURES).chain(BEHIND).chain(HELD_OUT).copied()
}

impl StudyResults {
    /// Returns the rows of all cells that have a measurement, in the order of the cells.
    pub fn rows(&self) -> Vec<TableRow> {
        let lines = self.study.lines().iter();
        let cells = lines.flat_map(|line| line.cells().map(move |cell| (line, cell)));
        cells.flat_map(|(line, cell)| self.rows_of(line, cell)).collect()
    }

    fn rows_of(&self, line: &StudyLine, cell: usize) -> Vec<TableRow> {
        let Some(measurement) = self.records.measurement(cell) else { return Vec::new() };
        let scenario = &self.study.cells()[cell].scenario;
        let targets = scenario.targets();
        let mut rows = Vec::new();
        for (place, measured) in measurement.approaches.iter().enumerate() {
            let mut add =
                |task: &str, outcome: &Outcome, of_targets: bool, group: Option<usize>| {
                    let mut row = self.row(line, cell, place, outcome);
                    let held_out = |group| HeldOutMeasures::of_group(measured, group);
                    row.held_out = group.map(held_out).unwrap_or_default();
                    row.task = task.to_owned();
                    row.theory = row.theory.filter(|_| of_targets);
                    rows.push(row);
                };
            if targets.len() > 1 {
                add("targets", &measured.targets, true, None);
            }
            let groups = scenario.groups().iter().zip(&measured.groups).enumerate();
            for (index, (group, outcome)) in groups {
                let of_targets = group.tasks.clone().eq(targets.iter().copied());
                add(&group.name, outcome, of_targets, Some(index));
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
        let kind = self.records.measurement(cell).map(|m| m.approaches[place].kind.to_string());
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
                kind.unwrap_or_default(),
            ),
            theory: theory.map(|prediction| prediction.gain).filter(|gain| gain.is_finite()),
            held_out: HeldOutMeasures::default(),
        }
    }
}
