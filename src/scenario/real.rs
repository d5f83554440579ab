//! Scenarios of real tasks: data sets from files instead of populations.
//!
//! A trial draws its training rows from those of the data set, fits the models to them, chooses
//! the ridge penalties on the validation rows, and measures the errors on the test rows. Features
//! are centred by the means of the training rows. Every model has an intercept: with squared loss
//! the mean of the training labels, with logistic loss one without a penalty.

mod bundled;
mod feature_map;
mod open;
mod reference;
mod suggest;

pub use bundled::{BUNDLED, BundledDataset};
pub(crate) use feature_map::FeatureMap;
pub(crate) use open::UNREADABLE;
pub use open::{
    OpenDataset, UNLIKE_SCALES, UnlikeScales, find, open, opened_as, pinned, read_with,
};
pub use reference::WEAKEST_PENALTY;
pub use suggest::{MOST, suggest, suggested_like};

use std::sync::Arc;

use crate::dataset::{TaskKind, check};

/// The real tasks behind the drawn tasks of a scenario.
#[derive(Debug, Clone)]
pub struct RealTasks {
    pub(super) data: Arc<OpenDataset>,
    /// For every drawn task, its index in the data set.
    pub(super) tasks: Vec<usize>,
}

impl PartialEq for RealTasks {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.data, &other.data) && self.tasks == other.tasks
    }
}

impl RealTasks {
    /// The data set.
    pub fn data(&self) -> &OpenDataset {
        &self.data
    }

    /// The kinds of the drawn tasks with these addresses.
    pub fn kinds(&self, addresses: &[usize]) -> Vec<TaskKind> {
        let kind = |&address: &usize| self.data.tasks()[self.tasks[address]].kind;
        addresses.iter().map(kind).collect()
    }

    /// The most training rows of an entry of the scenario; of all entries if they share their rows.
    pub(super) fn most_rows(&self, entry: usize, shared: bool) -> usize {
        let most = |&task: &usize| self.data.most_rows(task);
        match shared {
            true => self.tasks.iter().map(most).min().unwrap_or(0),
            false => self.tasks.get(entry).map_or(0, most),
        }
    }

    /// The variance of the labels of the drawn tasks with these addresses: over the test rows, or over
    /// all rows if every trial draws its own.
    pub fn test_variances(&self, addresses: &[usize]) -> Vec<f64> {
        let variance = |&address: &usize| {
            let task = &self.data.tasks()[self.tasks[address]];
            let labels: Vec<f64> = match task.split.given {
                true => task.split.test.iter().map(|&row| task.y[row]).collect(),
                false => task.y.iter().copied().filter(|y| y.is_finite()).collect(),
            };
            let mean = labels.iter().sum::<f64>() / labels.len() as f64;
            labels.iter().map(|y| (y - mean).powi(2)).sum::<f64>() / labels.len() as f64
        };
        addresses.iter().map(variance).collect()
    }

    /// Notes on the test parts of the drawn tasks with these addresses: those with few rows, with
    /// copies of training rows, or without rows of the largest group.
    pub fn test_doubts(&self, addresses: &[usize]) -> Vec<String> {
        let tasks = self.data.tasks();
        let places = addresses.iter().map(|&address| self.tasks[address]);
        let few = places.clone().filter_map(|place| check::few_test_rows(&tasks[place]));
        let drawn = places.map(|place| (tasks[place].name.as_str(), self.data.doubts(place)));
        few.chain(check::of_tasks(&drawn.collect::<Vec<_>>())).collect()
    }

    /// Returns true if a drawn task with one of these addresses has no validation rows, because the
    /// files give the parts.
    pub fn lacks_validation(&self, addresses: &[usize]) -> bool {
        let split = |&address: &usize| &self.data.tasks()[self.tasks[address]].split;
        addresses.iter().map(split).any(|split| split.given && split.validation.is_empty())
    }

    /// Returns true if every trial draws its own parts, because the files give none.
    pub fn draws_splits(&self) -> bool {
        self.tasks.iter().any(|&task| !self.data.tasks()[task].split.given)
    }
}
