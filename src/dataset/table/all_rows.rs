//! Sums over all rows of a table, of which only some are kept.

use super::super::fault::fault;
use super::super::labels::{LabelCounts, RawLabel, TaskLabels};
use super::super::moments::TaskMoments;
use super::super::sums::{ColumnSizes, Sums, block_rows};
use super::super::words::{KEEP, MEMORY};
use super::roles::{Encoding, Placed};
use crate::error::Result;

/// Rows of all tasks that wait to be added.
const WAITING: usize = 1 << 14;
/// Bytes that all sums of products may take.
const LARGEST: usize = 1 << 30;

/// The rows of one task.
#[derive(Debug)]
pub(super) struct TaskSums {
    sums: Sums,
    /// The labels of all rows.
    pub(super) counts: Vec<LabelCounts>,
    /// Rows that wait to be added, and the classes of their labels.
    block: Vec<f64>,
    classes: Vec<u8>,
    /// Labels that were missing.
    pub(super) missing: Vec<usize>,
}

/// Sums over all rows, for every task of the task column.
#[derive(Debug)]
pub(super) struct AllRows {
    labels: usize,
    /// Feature and value of every column; no value for numbers.
    columns: Vec<(usize, Option<usize>)>,
    pub(super) tasks: Vec<TaskSums>,
    row: Vec<f64>,
}

impl AllRows {
    pub(super) fn new(labels: usize, features: &[Placed<Encoding>]) -> Self {
        let numbers = features.iter().enumerate();
        let numbers = numbers.filter(|(_, feature)| feature.what != Encoding::OneHot);
        let columns = numbers.map(|(at, _)| (at, None)).collect();
        Self { labels, columns, tasks: Vec::new(), row: Vec::new() }
    }

    /// Adds a row of a task: its labels, and its features with the place of the value where it is a
    /// text.
    pub(super) fn add<'l>(
        &mut self,
        origin: &str,
        task: usize,
        labels: impl Iterator<Item = &'l RawLabel>,
        features: impl Iterator<Item = (f64, bool)>,
    ) -> Result<()> {
        self.row.clear();
        self.row.resize(self.columns.len(), 0.0);
        let mut number = 0;
        for (feature, (value, is_text)) in features.enumerate() {
            if !is_text {
                self.row[number] = value;
                number += 1;
                continue;
            }
            let column = (feature, Some(value as usize));
            match self.columns.iter().position(|known| *known == column) {
                Some(known) => self.row[known] = 1.0,
                None => {
                    self.columns.push(column);
                    self.row.push(1.0);
                }
            }
        }
        while self.tasks.len() <= task {
            self.tasks.push(TaskSums::new(self.labels, self.columns.len()));
            self.affordable(origin)?;
        }
        let waiting = WAITING / self.tasks.len();
        self.tasks[task].add(labels, &self.row, waiting);
        Ok(())
    }

    /// Refuses tasks and columns whose sums do not fit into memory.
    fn affordable(&self, origin: &str) -> Result<()> {
        let width = self.labels + self.columns.len();
        let bytes = (width * width).saturating_mul(8).saturating_mul(self.tasks.len());
        if bytes <= LARGEST {
            return Ok(());
        }
        let found =
            format!("{width} columns and {} tasks in more rows than are kept", self.tasks.len());
        let allowed =
            format!("fewer columns or tasks, or all rows in memory ({MEMORY}), without {KEEP}");
        Err(fault(origin, "size", found, allowed))
    }

    /// Adds all rows that wait.
    pub(super) fn finish(&mut self) {
        let features = self.columns.len();
        self.tasks.iter_mut().for_each(|task| {
            task.flush();
            task.sums.widen(features);
        });
    }

    /// The labels of all rows of all tasks, for a label.
    pub(super) fn counts(&self, label: usize) -> LabelCounts {
        let mut all = LabelCounts::default();
        self.tasks.iter().for_each(|task| all.merge(&task.counts[label]));
        all
    }

    /// Largest sizes of a label and a feature.
    pub(super) fn largest(&self) -> [f64; 2] {
        self.tasks.iter().fold([0.0; 2], |[y, x], task| {
            let [label, feature] = task.sums.largest;
            [y.max(label), x.max(feature)]
        })
    }

    /// The moments of a task that a label of a task of the table makes, with the features in the
    /// order of `columns`: the feature and its value of each.
    pub(super) fn moments(
        &self,
        task: usize,
        label: usize,
        made: &TaskLabels,
        columns: &[(usize, Option<usize>)],
    ) -> Option<TaskMoments> {
        let own = self.tasks.get(task)?;
        let place = |wanted| self.columns.iter().position(|column| column == wanted);
        let order: Vec<usize> = columns.iter().filter_map(place).collect();
        Some(own.sums.moments(label, made, &own.counts[label]).in_order(&order))
    }
}

impl TaskSums {
    fn new(labels: usize, features: usize) -> Self {
        Self {
            sums: Sums::new(labels, features),
            counts: vec![LabelCounts::default(); labels],
            block: Vec::new(),
            classes: Vec::new(),
            missing: vec![0; labels],
        }
    }

    fn add<'l>(
        &mut self,
        labels: impl Iterator<Item = &'l RawLabel>,
        features: &[f64],
        waiting: usize,
    ) {
        if self.sums.width() < self.counts.len() + features.len() {
            self.flush();
            self.sums.widen(features.len());
        }
        for (label, value) in labels.enumerate() {
            self.missing[label] += usize::from(*value == RawLabel::Missing);
            self.classes.push(self.counts[label].add(value));
            self.block.push(match value {
                RawLabel::Missing => f64::NAN,
                RawLabel::Number(number) => *number,
                RawLabel::Text(_) => 0.0,
            });
        }
        self.block.extend_from_slice(features);
        let width = self.sums.width();
        if self.block.len() >= width * waiting.clamp(16, block_rows(width)) {
            self.flush();
        }
    }

    fn flush(&mut self) {
        let sizes = ColumnSizes::of(&self.block, self.sums.width());
        self.sums.add(&mut self.block, &self.classes, &sizes);
        self.block.clear();
        self.classes.clear();
        for (label, counts) in self.counts.iter().enumerate() {
            if counts.has_many() {
                self.sums.forget_classes(label);
            }
        }
    }
}
