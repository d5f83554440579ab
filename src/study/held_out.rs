//! Means of the performance on held-out rows over the trials of one setting.

use crate::math::stats::Mean;
use crate::math::sums::Sums;
use crate::task::HeldOut;

/// Means over trials for one group of tasks with labels ±1; in every trial, the mean over its tasks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeldOutMeans {
    /// Share of the rows whose label has the predicted sign.
    pub accuracy: Score,
    /// Mean of `ln(1 + exp(−y f))`.
    pub logistic_loss: Score,
    /// Area under the ROC curve; `None` if it is defined in no trial.
    pub auc: Option<Score>,
    /// F1 of the class +1; `None` if it is defined in no trial.
    pub f1: Option<Score>,
}

/// A mean over the trials in which a figure is defined.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// The mean and its standard error.
    pub mean: Mean,
    /// The number of trials.
    pub trials: usize,
}

impl HeldOutMeans {
    /// The means if every trial has the same rows: those of one trial.
    pub(super) fn of_same_rows(self) -> Self {
        let once = |score: Score| Score { mean: score.mean.of_one(), trials: 1 };
        Self {
            accuracy: once(self.accuracy),
            logistic_loss: once(self.logistic_loss),
            auc: self.auc.map(once),
            f1: self.f1.map(once),
        }
    }
}

/// The sums over trials for one group.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct HeldOutSums {
    accuracy: Sums,
    logistic_loss: Sums,
    auc: Sums,
    f1: Sums,
}

impl HeldOutSums {
    /// Adds the tasks of the group in one trial.
    pub(super) fn add(&mut self, tasks: impl Iterator<Item = HeldOut> + Clone) {
        add(&mut self.accuracy, tasks.clone().map(|task| task.accuracy));
        add(&mut self.logistic_loss, tasks.clone().map(|task| task.logistic_loss));
        add(&mut self.auc, tasks.clone().filter_map(|task| task.auc));
        add(&mut self.f1, tasks.filter_map(|task| task.f1));
    }

    /// The means; `None` without trials.
    pub(super) fn means(&self) -> Option<HeldOutMeans> {
        Some(HeldOutMeans {
            accuracy: score(&self.accuracy)?,
            logistic_loss: score(&self.logistic_loss)?,
            auc: score(&self.auc),
            f1: score(&self.f1),
        })
    }
}

/// Adds the mean of some numbers; nothing if there are none.
fn add(sums: &mut Sums, numbers: impl Iterator<Item = f64>) {
    let (count, sum) = numbers.fold((0, 0.0), |(count, sum), number| (count + 1, sum + number));
    if count > 0 {
        sums.add(sum / f64::from(count));
    }
}

fn score(sums: &Sums) -> Option<Score> {
    let trials = sums.count();
    (trials > 0).then(|| Score { mean: sums.mean(), trials })
}
