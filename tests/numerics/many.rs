//! The theory of more than two tasks against simulation.

use crate::support::common::random_task;
use nalgebra::{DMatrix, DVector};
use rayon::prelude::*;
use taskscope::math::lbfgs::{Lbfgs, StoppingRule};
use taskscope::math::seed::Seed;
use taskscope::math::{linalg, stats};
use taskscope::study::prediction;
use taskscope::task::{Moments, Population};
use taskscope::transfer::theory::TheorySetting;

const TRIALS: u64 = 100;

struct Case {
    d: usize,
    samples: Vec<u64>,
    noise: Vec<f64>,
    weights: Vec<f64>,
    condition: f64,
    /// Sine of the angle between every θ and a common direction.
    sine: f64,
}

impl Case {
    fn population(&self, seed: Seed) -> Population {
        let common = linalg::unit_vector(self.d, &mut seed.child("common", 0).rng());
        let tasks = (0..self.samples.len() as u64).map(|i| {
            let mut task = random_task(self.d, self.condition, seed.child("task", i));
            let across = (&task.theta - &common * common.dot(&task.theta)).normalize();
            let cosine = (1.0 - self.sine * self.sine).sqrt();
            let sign = if i % 2 == 0 { 1.0 } else { -1.0 };
            task.theta = (&common * cosine + across * self.sine) * sign;
            task
        });
        Population { tasks: tasks.collect() }
    }

    fn setting(&self) -> TheorySetting {
        TheorySetting {
            width: 1,
            samples: self.samples.iter().map(|&m| m as f64).collect(),
            noise: self.noise.clone(),
            weights: self.weights.clone(),
            scatter: Vec::new(),
        }
    }

    /// Compares the predicted risk of every task with the mean over trials.
    fn check(&self, seed: u64) {
        let seed = Seed::new(seed);
        let population = self.population(seed);
        let theory = prediction::theory(&population);
        let tasks = &population.tasks;
        let risks: Vec<Vec<f64>> = (0..TRIALS)
            .into_par_iter()
            .map(|trial| {
                let data: Vec<Moments> = (0..tasks.len())
                    .map(|i| {
                        let seed = seed.child("trial", trial).child("data", i as u64);
                        Moments::draw(&tasks[i], self.samples[i], self.noise[i], seed)
                    })
                    .collect();
                let estimates = joint_optimum(&data, &self.weights);
                tasks.iter().zip(&estimates).map(|(task, e)| task.linear_excess_risk(e)).collect()
            })
            .collect();
        for target in 0..tasks.len() {
            let own: Vec<f64> = risks.iter().map(|trial| trial[target]).collect();
            let measured = stats::mean(&own);
            let predicted = theory.predict(&self.setting(), target).unwrap().multi;
            let gap = (predicted - measured.mean).abs();
            assert!(
                gap <= 3.0 * measured.se + 0.06 * measured.mean,
                "task {target}: predicted {predicted}, measured {} ± {}",
                measured.mean,
                measured.se
            );
        }
    }
}

/// The estimates at the lowest minimum reached from the single-task solutions and from their sum
/// with the signs of their overlaps. For fixed heads the best module solves a linear system.
fn joint_optimum(data: &[Moments], weights: &[f64]) -> Vec<DVector<f64>> {
    let module = |w: &DVector<f64>| {
        let mut h = DMatrix::zeros(data[0].c.len(), data[0].c.len());
        let mut c = DVector::zeros(data[0].c.len());
        for ((data, alpha), w) in data.iter().zip(weights).zip(w) {
            h += &*data.h * (alpha * w * w);
            c += &data.c * (alpha * w);
        }
        linalg::solve(&h, &c)
    };
    let loss = |w: &DVector<f64>| {
        let b = module(w);
        let tasks = || data.iter().zip(weights).zip(w);
        let value = tasks().map(|((data, alpha), w)| alpha * data.loss(&(&b * *w))).sum::<f64>();
        let slope = tasks()
            .map(|((data, alpha), w)| 2.0 * alpha * (w * b.dot(&(&*data.h * &b)) - data.c.dot(&b)));
        (value, DVector::from_iterator(data.len(), slope))
    };
    let alone: Vec<DVector<f64>> = data.iter().map(Moments::least_squares).collect();
    let summed: DVector<f64> =
        alone.iter().map(|theta| theta * theta.dot(&alone[0]).signum()).sum();
    let heads = |b: &DVector<f64>| {
        let best = data.iter().map(|data| data.c.dot(b) / b.dot(&(&*data.h * b)));
        DVector::from_iterator(data.len(), best).normalize()
    };
    let (w, _) = alone
        .iter()
        .chain([&summed])
        .map(|start| {
            let mut f = |w: &DVector<f64>, gradient: &mut DVector<f64>| {
                let (value, slope) = loss(w);
                gradient.copy_from(&slope);
                value
            };
            let mut search = Lbfgs::new(heads(start), &mut f);
            search.run(200, &StoppingRule::precise(search.value), &mut f);
            (search.point, search.value)
        })
        .min_by(|a, b| a.1.total_cmp(&b.1))
        .unwrap();
    let b = module(&w);
    w.iter().map(|w| &b * *w).collect()
}

#[test]
fn three_isotropic_tasks_of_equal_size_are_predicted() {
    Case {
        d: 25,
        samples: vec![60; 3],
        noise: vec![0.5; 3],
        weights: vec![1.0; 3],
        condition: 1.0,
        sine: 0.2,
    }
    .check(1);
}

#[test]
fn five_isotropic_tasks_of_different_size_noise_and_weight_are_predicted() {
    Case {
        d: 20,
        samples: vec![40, 80, 160, 300, 60],
        noise: vec![0.5, 0.3, 0.6, 1.0, 0.5],
        weights: vec![1.0, 1.0, 2.0, 0.5, 1.0],
        condition: 1.0,
        sine: 0.3,
    }
    .check(2);
}

#[test]
fn three_tasks_with_different_covariances_are_predicted() {
    Case {
        d: 20,
        samples: vec![50, 100, 400],
        noise: vec![1.0, 0.5, 1.0],
        weights: vec![1.0; 3],
        condition: 6.0,
        sine: 0.15,
    }
    .check(3);
}

#[test]
fn five_tasks_with_different_covariances_are_predicted() {
    Case {
        d: 15,
        samples: vec![80; 5],
        noise: vec![0.8; 5],
        weights: vec![1.0; 5],
        condition: 4.0,
        sine: 0.2,
    }
    .check(4);
}

#[test]
fn a_third_task_without_weight_changes_neither_bias_nor_variance() {
    let case = Case {
        d: 12,
        samples: vec![60, 90, 40],
        noise: vec![0.5, 0.5, 0.5],
        weights: vec![1.0, 1.0, 1e-9],
        condition: 3.0,
        sine: 0.3,
    };
    let population = case.population(Seed::new(5));
    let three = prediction::theory(&population);
    let (heads, _) = three.best_heads(&case.setting());
    let three = three.at(&case.setting(), &heads);
    let two = prediction::theory(&Population { tasks: population.tasks[..2].to_vec() });
    let setting = TheorySetting {
        width: 1,
        samples: vec![60.0, 90.0],
        noise: vec![0.5, 0.5],
        weights: vec![1.0, 1.0],
        scatter: Vec::new(),
    };
    let (heads, _) = two.best_heads(&setting);
    let two = two.at(&setting, &heads);
    for i in 0..2 {
        assert!((three.bias[i] - two.bias[i]).abs() < 1e-5 * two.rho[i]);
        assert!((three.variance[i] - two.variance[i]).abs() < 1e-5 * two.rho[i]);
    }
}
