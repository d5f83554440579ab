//! A descent to watch: joint and single-task training side by side on the first trial.

use super::trial::Trial;
use crate::model::{Descent, LeastSquares, Objective, SharedModel};
use crate::scenario::Scenario;

/// Descent ends after this many steps at the latest.
pub const MOST_STEPS: u64 = 20_000;

/// Mean squared residuals per row at one step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Record {
    /// The step, from 0.
    pub step: u64,
    /// Of target and source, trained together.
    pub joint: [f64; 2],
    /// Of the target, trained alone.
    pub alone: f64,
}

/// Mean squared residuals per row at the exact optima.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Floor {
    /// Of target and source at the optimum of joint training.
    pub joint: [f64; 2],
    /// Of the target at its single-task optimum.
    pub alone: f64,
}

/// The course of a descent so far: small enough to be handed about.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// Joint training.
    pub joint: Descent,
    /// The target alone.
    pub alone: Descent,
    /// The losses at steps that grow by about 4 %, so that their number stays small.
    pub history: Vec<Record>,
}

/// The ground a course runs on: the data of the first trial.
#[derive(Debug, Clone)]
pub struct Ground {
    joint: LeastSquares,
    alone: LeastSquares,
    order: [usize; 2],
    start: [SharedModel; 2],
}

impl Ground {
    /// The data of a trial of a scenario and the initial weights that belong to it.
    pub fn of(scenario: &Scenario, trial: &Trial) -> Self {
        let (target, d) = (scenario.target(), scenario.dimension());
        let seed = scenario.trial_seed(0).child("initial", 0);
        Self {
            alone: LeastSquares {
                data: vec![trial.objective.data[target].clone()],
                weights: vec![trial.objective.weights[target]],
            },
            joint: trial.objective.clone(),
            order: [target, scenario.source()],
            start: [
                SharedModel::random(d, scenario.width(), 2, seed),
                SharedModel::random(d, 1, 1, seed.child("alone", 0)),
            ],
        }
    }

    /// A course before its first step.
    pub fn start(&self) -> Course {
        let [joint, alone] = self.start.clone();
        let mut course = Course {
            joint: Descent::new(&self.joint, joint),
            alone: Descent::new(&self.alone, alone),
            history: Vec::new(),
        };
        self.record(&mut course);
        course
    }

    /// One step of both descents.
    pub fn advance(&self, course: &mut Course) {
        course.joint.advance(&self.joint);
        course.alone.advance(&self.alone);
        let last = course.history.last().map_or(0, |record| record.step);
        if course.steps() >= last + 1 + last / 25 || course.is_finished() {
            self.record(course);
        }
    }

    /// The losses at the exact optima of the trial.
    pub fn floor(&self, trial: &Trial) -> Floor {
        let rows = self.alone.data[0].samples as f64;
        Floor {
            joint: self.joint_losses(&trial.joint),
            alone: self.alone.data[0].loss(&trial.alone[self.order[0]]) / rows,
        }
    }

    /// Mean squared residuals per row of target and source under a joint model.
    fn joint_losses(&self, model: &SharedModel) -> [f64; 2] {
        let losses = self.joint.task_losses(model);
        self.order.map(|i| losses[i] / self.joint.data[i].samples as f64)
    }

    fn record(&self, course: &mut Course) {
        let rows = self.alone.data[0].samples as f64;
        let record = Record {
            step: course.steps(),
            joint: self.joint_losses(&course.joint.model),
            alone: self.alone.task_losses(&course.alone.model)[0] / rows,
        };
        if course.history.last().map(|r| r.step) != Some(record.step) {
            course.history.push(record);
        }
    }
}

impl Course {
    /// Steps made by the longer of the two descents.
    pub fn steps(&self) -> u64 {
        self.joint.step.max(self.alone.step)
    }

    /// Whether neither descent goes on.
    pub fn is_finished(&self) -> bool {
        (self.joint.finished && self.alone.finished) || self.steps() >= MOST_STEPS
    }
}
