//! Checks of the paper's propositions about optima of joint training.

use nalgebra::DVector;

use crate::math::reduced_rank::{ReducedRank, reduced_rank};
use crate::model::SharedModel;
use crate::task::Moments;

/// Proposition 1: the distance of joint from single-task training, as the largest
/// `‖B A_i − θ̂_i‖/‖θ̂_i‖` over tasks. `alone` are their least-squares solutions θ̂_i (d each).
///
/// It is zero at an optimum with full-rank data if the module is at least as wide as the number of
/// tasks. If θ̂_i is zero, the absolute difference is used.
pub fn distance_from_alone(alone: &[DVector<f64>], joint: &SharedModel) -> f64 {
    alone
        .iter()
        .enumerate()
        .map(|(i, theta)| {
            let gap = (joint.estimate(i) - theta).norm();
            let length = theta.norm();
            if length > 0.0 { gap / length } else { gap }
        })
        .fold(0.0, f64::max)
}

/// Proposition 3: the optimal module for tasks with the same rows X, and the objective there.
#[derive(Debug, Clone)]
pub struct SharedRows {
    /// The optimum of the reduced-rank regression.
    pub optimum: ReducedRank,
    /// `Σ_i α_i ‖X B A_i − y_i‖²` with the best heads.
    pub objective: f64,
}

impl SharedRows {
    /// The optimum of width `rank`. `None` if the tasks have different `H`, X does not have full
    /// column rank, or the width is above d.
    pub fn of(data: &[Moments], weights: &[f64], rank: usize) -> Option<Self> {
        let h = &data.first()?.h;
        let same = data.iter().all(|task| (&*task.h - &**h).amax() <= 1e-12 * h.amax());
        let c: Vec<DVector<f64>> = data.iter().map(|task| task.c.clone()).collect();
        let optimum = same.then(|| reduced_rank(h, &c, weights, rank)).flatten()?;
        let labels: f64 = data.iter().zip(weights).map(|(task, weight)| weight * task.s).sum();
        let objective = (labels - optimum.explained).max(0.0);
        Some(Self { optimum, objective })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::linalg;
    use crate::math::seed::Seed;
    use crate::model::{LeastSquares, Objective, exact, two_tasks};

    fn tasks(same_rows: bool) -> LeastSquares {
        let data = (0..2).map(|i| {
            let rows = Seed::new(if same_rows { 0 } else { i });
            let x = linalg::normal_matrix(15, 4, &mut rows.rng());
            Moments::of(&x, &linalg::normal_vector(15, &mut Seed::new(7 + i).rng()))
        });
        LeastSquares { data: data.collect(), weights: vec![1.0, 3.0] }
    }

    #[test]
    fn a_module_as_wide_as_there_are_tasks_is_no_distance_from_training_alone() {
        let objective = tasks(false);
        let alone = exact::single_task(&objective);
        assert!(
            distance_from_alone(&alone, &exact::optimum(&objective, 2, &alone).unwrap()) < 1e-12
        );
        assert!(distance_from_alone(&alone, &exact::optimum(&objective, 1, &alone).unwrap()) > 0.1);
    }

    #[test]
    fn proposition_3_finds_the_optimum_of_two_tasks_with_the_same_rows() {
        let objective = tasks(true);
        let found = SharedRows::of(&objective.data, &objective.weights, 1).unwrap();
        let exact = objective.loss(&two_tasks::one_unit(&objective));
        assert!((found.objective - exact).abs() < 1e-9 * exact);
    }

    #[test]
    fn proposition_3_says_nothing_about_different_rows() {
        let objective = tasks(false);
        assert!(SharedRows::of(&objective.data, &objective.weights, 1).is_none());
    }
}
