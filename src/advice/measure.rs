//! Measures models over trials, each model once, in parallel.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::plan::{Plan, PlannedModel};
use super::trial::{AdviceTrial, Part};
use crate::cancel::Cancel;
use crate::math::stats::{self, Interval, Ratio};
use crate::scenario::Scenario;

/// The errors of models over trials, beside every task alone.
pub(super) struct MeasuredModels {
    /// By task, then by trial.
    alone: Vec<Vec<f64>>,
    /// By model, then by task of the model, then by trial.
    models: HashMap<PlannedModel, Vec<Vec<f64>>>,
}

impl MeasuredModels {
    /// Measures models on a range of trials. `advance` is called after every model of
    /// every trial. `None` if
    /// cancelled.
    pub(super) fn new(
        scenario: &Scenario,
        trials: std::ops::Range<usize>,
        part: Part,
        models: &[PlannedModel],
        cancel: &Cancel,
        advance: &(dyn Fn() + Sync),
    ) -> Option<Self> {
        let runs: Vec<(Vec<f64>, Vec<Vec<f64>>)> = trials
            .into_par_iter()
            .with_max_len(1)
            .map(|trial| {
                let drawn =
                    (!cancel.is_cancelled()).then(|| AdviceTrial::new(scenario, trial, part))?;
                let errors = |model| {
                    let found = (!cancel.is_cancelled()).then(|| drawn.errors(model));
                    advance();
                    found
                };
                let found = models.iter().map(errors).collect::<Option<_>>()?;
                Some((drawn.alone(), found))
            })
            .collect::<Option<_>>()?;
        let tasks = runs.first().map_or(0, |run| run.0.len());
        let alone = (0..tasks).map(|task| runs.iter().map(|run| run.0[task]).collect()).collect();
        let of_model = |(m, model): (usize, &PlannedModel)| {
            let of_place = |place: usize| runs.iter().map(|run| run.1[m][place]).collect();
            (model.clone(), (0..model.tasks.len()).map(of_place).collect())
        };
        Some(Self { alone, models: models.iter().enumerate().map(of_model).collect() })
    }

    /// Errors alone, by task and trial, and those of models, by task of the model and trial.
    #[cfg(test)]
    pub(super) fn of_errors(
        alone: Vec<Vec<f64>>,
        models: impl IntoIterator<Item = (PlannedModel, Vec<Vec<f64>>)>,
    ) -> Self {
        Self { alone, models: models.into_iter().collect() }
    }

    /// The mean gain of every task of a model, in its order; `None` if it was not measured.
    pub(super) fn gains(&self, model: &PlannedModel) -> Option<Vec<f64>> {
        let errors = self.models.get(model)?;
        let gain = |(errors, &task): (&Vec<f64>, &usize)| {
            1.0 - stats::mean(errors).mean / stats::mean(&self.alone[task]).mean
        };
        Some(errors.iter().zip(&model.tasks).map(gain).collect())
    }

    /// The errors of every task under a plan, by trial.
    fn under(&self, plan: &Plan) -> Vec<Vec<f64>> {
        let mut all = self.alone.clone();
        for model in &plan.models {
            let Some(errors) = self.models.get(model) else { continue };
            for (errors, &task) in errors.iter().zip(&model.tasks) {
                all[task].clone_from(errors);
            }
        }
        all
    }

    /// The gain in the mean error of the tasks under a plan, with its interval over the trials, one
    /// of those of `plans` plans that hold at once.
    pub(super) fn value(&self, plan: &Plan, plans: usize) -> Option<Interval> {
        if plan.is_alone() {
            return Some(Interval { mean: 0.0, low: 0.0, high: 0.0 });
        }
        let gain = self.ratio(plan)?.among(plans);
        gain.half_width().is_finite().then_some(gain)
    }

    /// The gain under one plan less that under another, over the same trials.
    pub(super) fn difference(&self, one: &Plan, other: &Plan) -> Option<Interval> {
        let (one, other) = (self.ratio(one)?, self.ratio(other)?);
        let trials: Vec<usize> = (0..one.residuals.len()).collect();
        Some(stats::difference((&one, &trials), (&other, &trials)))
    }

    fn ratio(&self, plan: &Plan) -> Option<Ratio> {
        stats::ratio(&mean_of_tasks(&self.under(plan)), &mean_of_tasks(&self.alone))
    }

    /// For every task: its mean error alone and under a plan, the gain, and the difference of the
    /// errors (alone − plan), with intervals.
    pub(super) fn by_task(&self, plan: &Plan) -> Vec<TaskGain> {
        let under = self.under(plan);
        let of_task = |(alone, plan): (&Vec<f64>, &Vec<f64>)| {
            let saved: Vec<f64> =
                alone.iter().zip(plan).map(|(alone, plan)| alone - plan).collect();
            TaskGain {
                alone: stats::mean(alone).mean,
                planned: stats::mean(plan).mean,
                gain: stats::gain_of_lists(plan, alone),
                saved: stats::interval(&saved),
            }
        };
        self.alone.iter().zip(&under).map(of_task).collect()
    }
}

/// Counts steps of which there are `all`, and reports the share that is done.
pub(super) fn steps(all: usize, report: impl Fn(f64) + Sync) -> impl Fn() + Sync {
    let done = AtomicUsize::new(0);
    move || report((done.fetch_add(1, Ordering::Relaxed) + 1) as f64 / all.max(1) as f64)
}

/// The mean over tasks for every trial.
fn mean_of_tasks(errors: &[Vec<f64>]) -> Vec<f64> {
    let trials = errors.first().map_or(0, Vec::len);
    let mean = |trial: usize| errors.iter().map(|task| task[trial]).sum::<f64>();
    (0..trials).map(|trial| mean(trial) / errors.len() as f64).collect()
}

/// The errors of a task alone and under a plan, on test rows.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct TaskGain {
    /// Mean error alone: the share of misclassified rows, or 1 − R².
    pub alone: f64,
    /// Mean error under the plan.
    pub planned: f64,
    /// 1 − planned/alone; `None` where the error alone is too close to zero.
    pub gain: Option<Interval>,
    /// alone − planned, over paired trials.
    pub saved: Interval,
}
