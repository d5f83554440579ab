//! Descent to watch: joint and single-task training side by side on the first trial.

use std::sync::Arc;

use crate::model::{Descent, Diverged, Objective, Rule, SharedModel};
use crate::scenario::Scenario;
use crate::study::trial::Trial;

/// The largest number of steps of a descent.
pub const MOST_STEPS: u64 = 20_000;

/// Mean losses per row at one step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LossRecord {
    /// The step, from 0.
    pub step: u64,
    /// Losses of the watched pair of tasks, trained together with all others.
    pub joint: [f64; 2],
    /// Loss of the first of them, trained alone.
    pub alone: f64,
}

/// Mean losses per row at the optima.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OptimalLosses {
    /// Losses of the watched pair at the optimum of joint training.
    pub joint: [f64; 2],
    /// Loss of the first of them at its single-task optimum.
    pub alone: f64,
    /// The weighted sum over all tasks and rows, which joint training minimises.
    pub sum: f64,
}

/// A training run so far; small enough to send between threads.
#[derive(Debug, Clone, PartialEq)]
pub struct TrainingRun {
    /// Joint training.
    pub joint: Descent,
    /// The target alone.
    pub alone: Descent,
    /// The losses at selected steps, about 4 % apart, so that the list stays short.
    pub history: Vec<LossRecord>,
}

/// The objectives and initial weights of a training run.
#[derive(Debug, Clone)]
pub struct TrainingSetup {
    joint: Arc<dyn Objective>,
    alone: Arc<dyn Objective>,
    pair: [usize; 2],
    start: [SharedModel; 2],
    rule: Rule,
    rate: Option<f64>,
}

impl TrainingSetup {
    /// Prepares a run on the data of a trial of a scenario.
    pub fn of(scenario: &Scenario, trial: &Trial) -> Self {
        let (pair, d) = (scenario.pair(), scenario.dimension());
        let seed = scenario.trial_seed(0).child("initial", 0);
        let weights = trial.fits[0].weights.clone();
        let first = &trial.training;
        Self {
            alone: first.only(pair[0]).objective(vec![weights[pair[0]]]).into(),
            joint: first.objective(weights).into(),
            pair,
            rule: scenario.draft().model.descent,
            rate: scenario.draft().model.rate.filter(|rate| *rate > 0.0),
            start: [
                SharedModel::random(d, scenario.width(), scenario.tasks().len(), seed),
                SharedModel::random(d, 1, 1, seed.child("alone", 0)),
            ],
        }
    }

    /// Returns a run before its first step.
    pub fn start(&self) -> TrainingRun {
        let [joint, alone] = self.start.clone();
        let mut descent = TrainingRun {
            joint: Descent::by(self.rule, self.rate, self.joint.as_ref(), joint),
            alone: Descent::by(self.rule, self.rate, self.alone.as_ref(), alone),
            history: Vec::new(),
        };
        self.record(&mut descent);
        descent
    }

    /// Advances both descents by one step.
    pub fn advance(&self, descent: &mut TrainingRun) {
        descent.joint.advance(self.joint.as_ref());
        descent.alone.advance(self.alone.as_ref());
        let last = descent.history.last().map_or(0, |record| record.step);
        if descent.steps() >= last + 1 + last / 25 || descent.is_finished() {
            self.record(descent);
        }
    }

    /// Returns the losses at the optima of the trial.
    pub fn floor(&self, trial: &Trial) -> OptimalLosses {
        let model = &trial.fits[0].optimum.model;
        OptimalLosses {
            joint: self.joint_losses(model),
            sum: self.joint.loss(model),
            alone: self.alone_loss(&trial.training.alone[self.pair[0]].model),
        }
    }

    /// Mean losses per row of the pair under a joint model.
    fn joint_losses(&self, model: &SharedModel) -> [f64; 2] {
        let losses = self.joint.task_losses(model);
        self.pair.map(|i| losses[i] / self.joint.samples(i) as f64)
    }

    fn alone_loss(&self, model: &SharedModel) -> f64 {
        self.alone.task_losses(model)[0] / self.alone.samples(0) as f64
    }

    fn record(&self, descent: &mut TrainingRun) {
        let record = LossRecord {
            step: descent.steps(),
            joint: self.joint_losses(&descent.joint.model),
            alone: self.alone_loss(&descent.alone.model),
        };
        if descent.history.last().map(|r| r.step) != Some(record.step) {
            descent.history.push(record);
        }
    }
}

impl TrainingRun {
    /// Returns the steps of the longer of the two descents.
    pub fn steps(&self) -> u64 {
        self.joint.step.max(self.alone.step)
    }

    /// Returns how joint training diverged, or else single-task training; `None` if neither did.
    pub fn diverged(&self) -> Option<Diverged> {
        self.joint.diverged.or(self.alone.diverged)
    }

    /// Returns true if both descents have ended.
    pub fn is_finished(&self) -> bool {
        (self.joint.finished && self.alone.finished) || self.steps() >= MOST_STEPS
    }
}
