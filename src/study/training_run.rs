//! A descent to watch: joint and single-task training side by side on the first trial.

use std::sync::Arc;

use crate::model::{Descent, Diverged, Objective, Rule, SharedModel};
use crate::scenario::Scenario;
use crate::study::trial::Trial;

/// Descent ends after this many steps at the latest.
pub const MOST_STEPS: u64 = 20_000;

/// Mean losses per row at one step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LossRecord {
    /// The step, from 0.
    pub step: u64,
    /// Of the pair of tasks watched, trained together with all.
    pub joint: [f64; 2],
    /// Of the first of them, trained alone.
    pub alone: f64,
}

/// Mean losses per row at the optima.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OptimalLosses {
    /// Of the pair of tasks watched at the optimum of joint training.
    pub joint: [f64; 2],
    /// Of the first of them at its single-task optimum.
    pub alone: f64,
}

/// The course of a descent so far: small enough to be handed about.
#[derive(Debug, Clone, PartialEq)]
pub struct TrainingRun {
    /// Joint training.
    pub joint: Descent,
    /// The target alone.
    pub alone: Descent,
    /// The losses at steps that grow by about 4 %, so that their number stays small.
    pub history: Vec<LossRecord>,
}

/// The ground a course runs on: the data of the first trial.
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
    /// The data of a trial of a scenario and the initial weights that belong to it.
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

    /// A course before its first step.
    pub fn start(&self) -> TrainingRun {
        let [joint, alone] = self.start.clone();
        let mut course = TrainingRun {
            joint: Descent::by(self.rule, self.rate, self.joint.as_ref(), joint),
            alone: Descent::by(self.rule, self.rate, self.alone.as_ref(), alone),
            history: Vec::new(),
        };
        self.record(&mut course);
        course
    }

    /// One step of both descents.
    pub fn advance(&self, course: &mut TrainingRun) {
        course.joint.advance(self.joint.as_ref());
        course.alone.advance(self.alone.as_ref());
        let last = course.history.last().map_or(0, |record| record.step);
        if course.steps() >= last + 1 + last / 25 || course.is_finished() {
            self.record(course);
        }
    }

    /// The losses at the optima of the trial.
    pub fn floor(&self, trial: &Trial) -> OptimalLosses {
        OptimalLosses {
            joint: self.joint_losses(&trial.fits[0].optimum.model),
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

    fn record(&self, course: &mut TrainingRun) {
        let record = LossRecord {
            step: course.steps(),
            joint: self.joint_losses(&course.joint.model),
            alone: self.alone_loss(&course.alone.model),
        };
        if course.history.last().map(|r| r.step) != Some(record.step) {
            course.history.push(record);
        }
    }
}

impl TrainingRun {
    /// Steps made by the longer of the two descents.
    pub fn steps(&self) -> u64 {
        self.joint.step.max(self.alone.step)
    }

    /// How the descent of joint training diverged, or that of the task alone, if either did.
    pub fn diverged(&self) -> Option<Diverged> {
        self.joint.diverged.or(self.alone.diverged)
    }

    /// Whether neither descent goes on.
    pub fn is_finished(&self) -> bool {
        (self.joint.finished && self.alone.finished) || self.steps() >= MOST_STEPS
    }
}
