//! The data of a task: always its moments, and its rows if a model needs them.

use super::labels::{Labels, Response};
use super::moments::Moments;
use super::population::PopulationTask;
use super::rows::Rows;
use crate::math::seed::Seed;

/// The training data of a task.
#[derive(Debug, Clone, PartialEq)]
pub struct Data {
    /// `XᵀX`, `Xᵀy`, `yᵀy`.
    pub moments: Moments,
    /// X and y themselves, unless only moments were drawn.
    pub rows: Option<Rows>,
}

impl Data {
    /// Draws the moments of rows with linear labels without drawing the rows. A share of the labels
    /// may be random.
    pub fn draw_moments(task: &PopulationTask, samples: u64, labels: &Labels, seed: Seed) -> Self {
        let at_random = labels.random_rows(samples);
        let mut moments = Moments::draw(task, samples - at_random, labels.noise, seed);
        if at_random > 0 {
            let (_, variance) = task.label_moments(labels.noise);
            let blind = PopulationTask { theta: task.theta.map(|_| 0.0), ..task.clone() };
            let seed = seed.child("random", 0);
            moments.add(&Moments::draw(&blind, at_random, variance.sqrt(), seed));
        }
        Self { moments, rows: None }
    }

    /// The given rows of a task with their moments.
    pub fn of_rows(rows: Rows, task: &PopulationTask) -> Self {
        let moments = match task.response {
            Response::Linear => Moments::around(&rows.x, &rows.y, &task.theta),
            Response::Relu | Response::Sign => rows.moments(),
        };
        Self { moments, rows: Some(rows) }
    }
}
