//! Draws populations and data, each at its own address below the seed.

mod order;
mod real;

use nalgebra::DMatrix;

use super::check::Scenario;
use super::draft::{Draw, Redraw};
use crate::math::memo::Memo;
use crate::math::seed::Seed;
use crate::task::{
    Data, Labels, Moments, Population, PopulationTask, Response, Rows, TaskSpec, TestRows, rows,
};

/// Default number of extra rows for tuning the methods.
const VALIDATION: f64 = 200.0;
/// Number of new rows for measuring classification.
const HELD_OUT: u64 = 2000;

/// Numbers kept of the latest moments: 16 MB.
const ROOM: usize = 2_000_000;

/// The latest moments that were drawn, by seed: a knob of one task leaves those of the others as
/// they are.
static MOMENTS: Memo<DrawnMoments> = Memo::new(ROOM);

/// Moments and what they were drawn from.
struct DrawnMoments {
    task: PopulationTask,
    samples: u64,
    labels: Labels,
    draw: Draw,
    data: Data,
}

/// The rows of one trial, for every task that takes part.
#[derive(Debug, Clone, Default)]
pub struct TrialRows {
    /// The training data.
    pub training: Vec<Data>,
    /// The validation rows of real tasks; empty for tasks that are drawn.
    pub validation: Vec<TestRows>,
    /// The rows on which errors are measured: the test rows of real tasks, new rows for labels ±1.
    /// Empty for other labels of tasks that are drawn, whose errors are known.
    pub test: Vec<TestRows>,
}

impl TrialRows {
    /// The moments of the validation rows of real tasks, less the means of the training labels.
    pub fn validation_moments(&self) -> Vec<Moments> {
        let moments = |judged: &TestRows| {
            Moments::of(&judged.rows.x, &judged.rows.y.add_scalar(-judged.label_mean))
        };
        self.validation.iter().map(moments).collect()
    }
}

impl Scenario {
    /// The seed of one trial.
    pub fn trial_seed(&self, trial: usize) -> Seed {
        Seed::new(self.draft().seed as u64).child("trial", trial as u64)
    }

    /// Draws the population of a trial for all tasks and keeps the tasks that take part.
    pub fn population(&self, trial: usize) -> Population {
        let all = self.population_of_all(trial);
        if self.addresses().len() == all.tasks.len() {
            return all;
        }
        Population { tasks: self.addresses().iter().map(|&i| all.tasks[i].clone()).collect() }
    }

    /// Draws the population of a trial for all tasks, including those aside.
    pub fn population_of_all(&self, trial: usize) -> Population {
        if let Some(real) = self.real() {
            return real.population();
        }
        let seed = match self.draft().data.redraw {
            Redraw::Population => self.trial_seed(trial),
            Redraw::Data => self.trial_seed(0),
        };
        Population::draw(self.drawn(), self.dimension(), seed)
    }

    /// The number of different populations over all trials.
    pub fn populations(&self) -> usize {
        if self.real().is_some() {
            return 1;
        }
        match self.draft().data.redraw {
            Redraw::Population => self.trials(),
            Redraw::Data => 1,
        }
    }

    /// Draws the rows of a trial. The parts of real tasks are drawn once for all three.
    pub fn trial_rows(&self, population: &Population, trial: usize) -> TrialRows {
        if let Some(real) = self.real() {
            return real.draw(self, trial, !self.is_linear());
        }
        let test = match self.classifies() {
            true => self.held_out(population, trial),
            false => Vec::new(),
        };
        TrialRows { training: self.data(population, trial), validation: Vec::new(), test }
    }

    /// Draws the data of every task in a trial; only the moments if they suffice.
    pub fn data(&self, population: &Population, trial: usize) -> Vec<Data> {
        if let Some(real) = self.real() {
            return real.draw(self, trial, !self.is_linear()).training;
        }
        let seed = self.trial_seed(trial);
        let of_task = |i: usize| seed.child("data", i as u64);
        let tasks = self.addressed(population);
        if self.shares_rows() {
            let x = self.shared_rows(population, trial);
            return tasks
                .map(|(i, spec, task)| {
                    let y = rows::labels_of(&x, task, &spec.labels, of_task(i));
                    Data::of_rows(Rows { x: x.clone(), y }, task)
                })
                .collect();
        }
        tasks.map(|(i, spec, task)| self.draw(spec, task, spec.samples, of_task(i))).collect()
    }

    /// The address, specification and population of every task that takes part.
    fn addressed<'a>(
        &'a self,
        population: &'a Population,
    ) -> impl Iterator<Item = (usize, &'a TaskSpec, &'a PopulationTask)> {
        let tasks = self.tasks().iter().zip(&population.tasks);
        self.addresses().iter().zip(tasks).map(|(&i, (spec, task))| (i, spec, task))
    }

    /// The X that all tasks share: that of the first task, even if it is aside.
    fn shared_rows(&self, population: &Population, trial: usize) -> DMatrix<f64> {
        let seed = self.trial_seed(trial).child("data", 0);
        let samples = self.drawn()[0].samples;
        match self.addresses() {
            [0, ..] => rows::features(&population.tasks[0].factor, samples, seed),
            _ => rows::features(&self.population_of_all(trial).tasks[0].factor, samples, seed),
        }
    }

    fn draw(&self, spec: &TaskSpec, task: &PopulationTask, samples: u64, seed: Seed) -> Data {
        let by_moments = self.is_linear() && spec.labels.response == Response::Linear;
        let by_rows = || Data::of_rows(Rows::draw(task, samples, &spec.labels, seed), task);
        match self.draft().data.draw {
            _ if !by_moments => by_rows(),
            Draw::Rows if spec.labels.random > 0.0 => by_rows(),
            draw => {
                let labels = spec.labels;
                let fits = |of: &DrawnMoments| {
                    (of.samples, of.labels, of.draw) == (samples, labels, draw) && of.task == *task
                };
                let make = || {
                    let data = match draw {
                        Draw::Moments => Data::draw_moments(task, samples, &labels, seed),
                        Draw::Rows => Data {
                            moments: Moments::draw_by_rows(task, samples, labels.noise, seed),
                            rows: None,
                        },
                    };
                    let size = 2 * data.moments.h.len();
                    (DrawnMoments { task: task.clone(), samples, labels, draw, data }, size)
                };
                MOMENTS.get(seed.address(), fits, make).data.clone()
            }
        }
    }

    /// Draws the extra rows of every task for tuning the methods in a trial.
    pub fn validation(&self, population: &Population, trial: usize) -> Vec<Moments> {
        if let Some(real) = self.real() {
            return real.draw(self, trial, false).validation_moments();
        }
        let samples = self.held_out_rows();
        self.addressed(population)
            .map(|(i, spec, task)| {
                let seed = self.trial_seed(trial).child("validation", i as u64);
                self.draw(spec, task, samples, seed).moments
            })
            .collect()
    }

    /// The number of held-out rows of a task that is drawn, on which methods are tuned.
    pub fn held_out_rows(&self) -> u64 {
        self.draft().data.validation.unwrap_or(VALIDATION) as u64
    }

    /// The validation rows of every real task in a trial; none for tasks that are drawn.
    pub fn validation_rows(&self, trial: usize) -> Vec<TestRows> {
        self.real().map_or_else(Vec::new, |real| real.draw(self, trial, false).validation)
    }

    /// The rows of every task on which a trial measures errors: new rows for classification, the
    /// test rows of real tasks.
    pub fn held_out(&self, population: &Population, trial: usize) -> Vec<TestRows> {
        if let Some(real) = self.real() {
            return real.draw(self, trial, false).test;
        }
        self.addressed(population)
            .map(|(i, spec, task)| {
                let seed = self.trial_seed(trial).child("held out", i as u64);
                TestRows { rows: Rows::draw(task, HELD_OUT, &spec.labels, seed), label_mean: 0.0 }
            })
            .collect()
    }
}
