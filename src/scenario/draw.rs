//! Draws populations and data, each at its own address below the seed.

use nalgebra::DMatrix;

use super::check::Scenario;
use super::draft::{Draw, Redraw};
use crate::math::seed::Seed;
use crate::task::{Data, Moments, Population, PopulationTask, Response, Rows, TaskSpec, rows};

/// Default number of extra rows for tuning the methods.
const VALIDATION: f64 = 200.0;
/// Number of new rows for measuring classification.
const HELD_OUT: u64 = 2000;

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
        let seed = match self.draft().data.redraw {
            Redraw::Population => self.trial_seed(trial),
            Redraw::Data => self.trial_seed(0),
        };
        Population::draw(self.drawn(), self.dimension(), seed)
    }

    /// The number of different populations over all trials.
    pub fn populations(&self) -> usize {
        match self.draft().data.redraw {
            Redraw::Population => self.trials(),
            Redraw::Data => 1,
        }
    }

    /// Draws the data of every task in a trial; only the moments if they suffice.
    pub fn data(&self, population: &Population, trial: usize) -> Vec<Data> {
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
            Draw::Moments => Data::draw_moments(task, samples, &spec.labels, seed),
            Draw::Rows if spec.labels.random > 0.0 => by_rows(),
            Draw::Rows => Data {
                moments: Moments::draw_by_rows(task, samples, spec.labels.noise, seed),
                rows: None,
            },
        }
    }

    /// Draws the extra rows of every task for tuning the methods in a trial.
    pub fn validation(&self, population: &Population, trial: usize) -> Vec<Moments> {
        let samples = self.draft().data.validation.unwrap_or(VALIDATION) as u64;
        self.addressed(population)
            .map(|(i, spec, task)| {
                let seed = self.trial_seed(trial).child("validation", i as u64);
                self.draw(spec, task, samples, seed).moments
            })
            .collect()
    }

    /// Draws new rows of every task for measuring classification in a trial.
    pub fn held_out(&self, population: &Population, trial: usize) -> Vec<Rows> {
        self.addressed(population)
            .map(|(i, spec, task)| {
                let seed = self.trial_seed(trial).child("held out", i as u64);
                Rows::draw(task, HELD_OUT, &spec.labels, seed)
            })
            .collect()
    }
}
