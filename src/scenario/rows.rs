//! The training rows of a trial, for use in other programs.

use nalgebra::{DMatrix, DVector};

use super::check::Scenario;
use super::draft::Draw;
use crate::math::linalg;
use crate::math::seed::Seed;
use crate::task::{Moments, PopulationTask, Rows, TaskSpec, sample};

impl Scenario {
    /// X and y of every task that takes part in a trial. Their moments are those of the trial, so
    /// the trial's results can be repeated from them. Where the trial draws only moments, the rows
    /// are drawn conditionally on them.
    pub fn training_rows(&self, trial: usize) -> Vec<Rows> {
        if let Some(real) = self.real() {
            return real.training_rows(self, trial);
        }
        let population = self.population(trial);
        let data = self.data(&population, trial);
        let seed = |i: usize| self.trial_seed(trial).child("data", i as u64);
        let tasks = data.into_iter().zip(self.tasks()).zip(&population.tasks);
        let addressed = tasks.zip(self.addresses());
        addressed
            .map(|(((data, spec), task), &address)| match (data.rows, self.draft().data.draw) {
                (Some(rows), _) => rows,
                (None, Draw::Rows) => summed(spec, task, seed(address)),
                (None, Draw::Moments) => given_moments(spec, task, seed(address)),
            })
            .collect()
    }
}

/// The rows that [`Moments::draw_by_rows`] sums, with their labels.
fn summed(spec: &TaskSpec, task: &PopulationTask, seed: Seed) -> Rows {
    let (x, normals) = sample::summed_with_noise(task, spec.samples, seed);
    let y = &x * &task.theta + spec.labels.noise * normals;
    Rows { x, y }
}

/// Rows whose moments are those that the trial draws; those with random labels come last.
fn given_moments(spec: &TaskSpec, task: &PopulationTask, seed: Seed) -> Rows {
    let at_random = spec.labels.random_rows(spec.samples);
    let labelled = spec.samples - at_random;
    let moments = Moments::draw(task, labelled, spec.labels.noise, seed);
    let first = with_moments(task, &moments, seed);
    if at_random == 0 {
        return first;
    }
    let (_, variance) = task.label_moments(spec.labels.noise);
    let blind = PopulationTask { theta: task.theta.map(|_| 0.0), ..task.clone() };
    let seed = seed.child("random", 0);
    let moments = Moments::draw(&blind, at_random, variance.sqrt(), seed);
    let second = with_moments(&blind, &moments, seed);
    let y = first.y.iter().chain(second.y.iter()).copied();
    Rows {
        y: DVector::from_iterator(spec.samples as usize, y),
        x: sample::stacked(first.x, &second.x),
    }
}

/// Rows with given moments: the noise has the given `Xᵀε`, and the rest of its length lies in a
/// random direction orthogonal to X.
fn with_moments(task: &PopulationTask, moments: &Moments, seed: Seed) -> Rows {
    let x = sample::given_moments(task, moments.samples, moments.samples, seed);
    let Some(noise) = &moments.noise else { return Rows { y: &x * &task.theta, x } };
    let along = &x * linalg::solve(&moments.h, &noise.c);
    let any = linalg::normal_vector(x.nrows(), &mut seed.child("outside", 0).rng());
    let outside = without(&x, &moments.h, any);
    let left = (noise.s - along.norm_squared()).max(0.0).sqrt();
    let length = outside.norm();
    let rest = if length > 1e-9 { outside * (left / length) } else { DVector::zeros(x.nrows()) };
    Rows { y: &x * &task.theta + along + rest, x }
}

/// The part of a vector orthogonal to the columns of X, given `XᵀX`; projected twice for accuracy.
fn without(x: &DMatrix<f64>, h: &DMatrix<f64>, vector: DVector<f64>) -> DVector<f64> {
    let once = |v: DVector<f64>| &v - x * linalg::solve(h, &(x.transpose() * &v));
    once(once(vector))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Preset, knob};

    #[test]
    fn the_rows_have_the_moments_of_their_trial() {
        let preset = Preset::find("two-tasks").unwrap();
        for change in
            ["data.draw=moments", "data.draw=rows", "source.random=0.3", "target.samples=5"]
        {
            let mut draft = preset.scenario().unwrap().draft().clone();
            knob::assign(&mut draft, change).unwrap();
            let scenario = Scenario::check(draft).unwrap();
            let population = scenario.population(3);
            let rows = scenario.training_rows(3);
            for (data, rows) in scenario.data(&population, 3).iter().zip(&rows) {
                let (own, found) = (&data.moments, rows.moments());
                let close = |a: f64, b: f64| (a - b).abs() < 1e-9 * own.s.abs().max(own.h.amax());
                assert_eq!(own.samples, found.samples);
                assert!((&*own.h - &*found.h).amax() < 1e-9 * own.h.amax(), "{change}");
                assert!(own.c.iter().zip(&found.c).all(|(a, b)| close(*a, *b)), "{change}");
                assert!(close(own.s, found.s), "{change}: {} {}", own.s, found.s);
            }
        }
    }
}
