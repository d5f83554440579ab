//! What the ridge penalties change in the errors of joint training, by theory.

use nalgebra::{DMatrix, DVector};

use super::{FACTORS, ridge};
use crate::math::linalg;
use crate::math::seed::Seed;
use crate::model::{LeastSquares, SharedModel, exact, search};
use crate::task::Moments;
use crate::transfer::theory::TheorySetting;

/// Tasks with the ridge penalties that joint training would multiply by one of [`FACTORS`].
pub(in crate::study) struct PenalisedTasks<'a> {
    /// Σ_i (d × d).
    pub(in crate::study) covariances: &'a [DMatrix<f64>],
    /// θ_i (d).
    pub(in crate::study) thetas: &'a [DVector<f64>],
    /// Rows, noise, weights and width.
    pub(in crate::study) setting: &'a TheorySetting,
    /// The ridge penalty λ_i of every task.
    pub(in crate::study) penalties: &'a [f64],
}

/// Parts of the excess risk of a task.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::study) struct Excess {
    /// Due to the difference between the tasks, and to the penalties.
    pub(in crate::study) bias: f64,
    /// Due to the noise in the shared module.
    pub(in crate::study) variance: f64,
}

impl PenalisedTasks<'_> {
    /// The excess risk of every task with the best factor less that without penalties. The best one
    /// has the smallest sum of the tasks' errors, each over that of predicting zero.
    ///
    /// The bias is that of the optimum for labels without noise. The variance of one unit, with the
    /// heads of that optimum, is `a_i² tr(Σ_i E⁻¹ N E⁻¹)` with `E = Σ_j α_j a_j² (m_j Σ_j + λ_j)` and
    /// `N = Σ_j α_j² a_j² m_j σ_j² Σ_j`; that of several units is left out.
    pub(in crate::study) fn change(&self) -> Vec<Excess> {
        let without = self.excess(0.0);
        let noise = self.setting.noise.iter().map(|noise| noise * noise);
        let nothing: Vec<f64> = noise.zip(self.signals()).map(|(noise, s)| noise + s).collect();
        let sum = |all: &[Excess]| {
            all.iter().zip(&nothing).map(|(own, s)| (own.bias + own.variance) / s).sum::<f64>()
        };
        let all = FACTORS.iter().map(|factor| self.excess(*factor));
        let best = all.min_by(|one, other| sum(one).total_cmp(&sum(other))).unwrap_or_default();
        let less = |(there, here): (&Excess, &Excess)| Excess {
            bias: there.bias - here.bias,
            variance: there.variance - here.variance,
        };
        best.iter().zip(&without).map(less).collect()
    }

    /// The penalty of a task times a factor: none with factor 0, else none weaker than those tried alone.
    fn penalty(&self, task: usize, factor: f64) -> f64 {
        let (sigma, own) = (&self.covariances[task], self.penalties[task]);
        let mean = self.setting.samples[task] * sigma.trace() / sigma.nrows() as f64;
        let weakest = if factor > 0.0 { own.min(ridge::weakest(mean)) } else { 0.0 };
        (factor * own).max(weakest)
    }

    /// `θᵀΣθ` of every task.
    fn signals(&self) -> impl Iterator<Item = f64> {
        self.thetas.iter().zip(self.covariances).map(|(theta, sigma)| theta.dot(&(sigma * theta)))
    }

    /// The excess risk of every task with all penalties multiplied by a factor.
    fn excess(&self, factor: f64) -> Vec<Excess> {
        let model = self.optimum(factor);
        let variances = match self.setting.width {
            1 => self.variances(&model, factor),
            _ => vec![0.0; self.thetas.len()],
        };
        let of_task = |(i, variance): (usize, f64)| {
            let off = model.estimate(i) - &self.thetas[i];
            Excess { bias: off.dot(&(&self.covariances[i] * &off)), variance }
        };
        variances.into_iter().enumerate().map(of_task).collect()
    }

    /// The optimum for labels without noise.
    fn optimum(&self, factor: f64) -> SharedModel {
        let moments = |i: usize| {
            let (sigma, theta, m) =
                (&self.covariances[i], &self.thetas[i], self.setting.samples[i]);
            let c = m * (sigma * theta);
            let plain = Moments {
                samples: m as u64,
                h: (m * sigma).into(),
                s: theta.dot(&c),
                c,
                ridge: 0.0,
                noise: None,
            };
            plain.with_ridge(self.penalty(i, factor))
        };
        let data = (0..self.thetas.len()).map(moments).collect();
        let objective = LeastSquares { data, weights: self.setting.weights.clone() };
        let alone = exact::single_task(&objective);
        search::optimum(&objective, self.setting.width, &alone, Seed::new(1)).model
    }

    /// The variance of every task that the noise makes in the only unit, its heads fixed.
    fn variances(&self, model: &SharedModel, factor: f64) -> Vec<f64> {
        let TheorySetting { samples, noise, weights, .. } = self.setting;
        let d = self.thetas[0].len();
        let (mut curvature, mut scatter) = (DMatrix::zeros(d, d), DMatrix::zeros(d, d));
        let heads: Vec<f64> = model.heads.iter().map(|head| head[0].powi(2)).collect();
        for (i, sigma) in self.covariances.iter().enumerate() {
            let share = weights[i] * heads[i];
            curvature += share * samples[i] * sigma;
            curvature += DMatrix::identity(d, d) * (share * self.penalty(i, factor));
            scatter += weights[i] * share * samples[i] * noise[i].powi(2) * sigma;
        }
        let (values, axes) = linalg::eigen(&curvature);
        let inverse = values.map(|value| 1.0 / value.max(f64::MIN_POSITIVE));
        let inverse = &axes * DMatrix::from_diagonal(&inverse) * axes.transpose();
        let spread = &inverse * scatter * &inverse;
        let variance = |(sigma, head): (&DMatrix<f64>, &f64)| head * sigma.dot(&spread);
        self.covariances.iter().zip(&heads).map(variance).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::task::{PopulationTask, Response};

    #[test]
    fn what_penalties_change_is_what_they_change_in_fits_to_many_draws() {
        let d = 20;
        let mut rng = Seed::new(3).rng();
        let theta = linalg::unit_vector(d, &mut rng);
        let other = (&theta + 0.3 * linalg::unit_vector(d, &mut rng)).normalize();
        let covariances = [DMatrix::identity(d, d), DMatrix::identity(d, d)];
        let thetas = [theta, other];
        let setting = TheorySetting {
            width: 1,
            samples: vec![150.0, 400.0],
            noise: vec![0.5, 3.0],
            weights: vec![1.0, 1.0],
            scatter: Vec::new(),
        };
        let penalties = [5.0, 180.0];
        let tasks = PenalisedTasks {
            covariances: &covariances,
            thetas: &thetas,
            setting: &setting,
            penalties: &penalties,
        };
        let sum = |excess: Excess| excess.bias + excess.variance;
        let expected: Vec<f64> =
            (0..2).map(|i| sum(tasks.excess(1.0)[i]) - sum(tasks.excess(0.0)[i])).collect();
        let draws = 150;
        let mut found = [0.0; 2];
        for draw in 0..draws {
            let data: Vec<Moments> = (0..2)
                .map(|i| {
                    let factor = covariances[i].clone().into();
                    let (theta, response) = (thetas[i].clone(), Response::Linear);
                    let task = PopulationTask { theta, factor, response };
                    let seed = Seed::new(50).child("draw", 2 * draw + i as u64);
                    Moments::draw(&task, setting.samples[i] as u64, setting.noise[i], seed)
                })
                .collect();
            let risk = |factor: f64, i: usize| {
                let data = data.iter().zip(penalties).map(|(own, p)| own.with_ridge(factor * p));
                let objective =
                    LeastSquares { data: data.collect(), weights: setting.weights.clone() };
                let alone = exact::single_task(&objective);
                let model = search::optimum(&objective, 1, &alone, Seed::new(1)).model;
                (model.estimate(i) - &thetas[i]).norm_squared()
            };
            for (i, mean) in found.iter_mut().enumerate() {
                *mean += (risk(1.0, i) - risk(0.0, i)) / draws as f64;
            }
        }
        let [target, source] = found;
        assert!(expected[0] < -0.02 && expected[1] < -0.02, "{expected:?}");
        assert!((target - expected[0]).abs() < 0.5 * expected[0].abs(), "{target} {expected:?}");
        assert!(source < 0.5 * expected[1], "more than predicted: {source} {expected:?}");
    }
}
