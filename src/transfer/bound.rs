//! Theorem 2 of the paper: a bound on the target's error with the shared module.

use nalgebra::{DMatrix, DVector};

use crate::math::kernel;
use crate::task::Moments;

/// The bound on the relative error of the target if the source has sufficiently many rows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bound {
    /// κ(X): the ratio of the largest to the smallest singular value of the target's rows.
    pub condition: f64,
    /// sin of the angle between the θs of the source and the target.
    pub sine: f64,
    /// `c = κ(X) sin(θ_source, θ_target)`.
    pub misalignment: f64,
    /// `‖ε‖/‖Xθ‖` for the target.
    pub noise_ratio: f64,
    /// `6c + (1/(1 − 3c)) ‖ε‖/‖Xθ‖`; `None` if the theorem's condition `c < 1/3` fails.
    pub bound: Option<f64>,
}

impl Bound {
    /// The bound for the target's data, given both true θ (d each).
    ///
    /// If the rows do not span all d directions, κ is infinite and there is no bound.
    pub fn of(target: &Moments, theta_source: &DVector<f64>, theta_target: &DVector<f64>) -> Self {
        let values = kernel::eigenvalues(&target.h);
        let condition = (values.max() / values.min().max(0.0)).sqrt();
        let sine = sine(theta_source, theta_target);
        let misalignment = condition * sine;
        let signal = theta_target.dot(&(&*target.h * theta_target));
        let noise_ratio = (target.loss(theta_target) / signal).sqrt();
        let holds = misalignment < 1.0 / 3.0;
        let bound = holds.then(|| 6.0 * misalignment + noise_ratio / (1.0 - 3.0 * misalignment));
        Self { condition, sine, misalignment, noise_ratio, bound }
    }

    /// Returns true if the theorem applies: `c < 1/3`.
    pub fn condition_holds(&self) -> bool {
        self.bound.is_some()
    }

    /// The order of magnitude of the number of source rows m₂ that the theorem requires:
    /// `κ²(Σ₂) κ⁴(X₁) ‖y₁‖²/c⁴`, with Σ₂ (d × d) the covariance of the source rows. Infinite for
    /// equal θ, a singular Σ₂ or an infinite κ(X₁). Task 1 is the target; the paper numbers the two
    /// the other way round.
    pub fn rows_asked(&self, source: &DMatrix<f64>, target: &Moments) -> f64 {
        let values = kernel::eigenvalues(source);
        let condition = values.max() / values.min().max(0.0);
        let asked =
            condition.powi(2) * self.condition.powi(4) * target.s / self.misalignment.powi(4);
        if asked.is_nan() { f64::INFINITY } else { asked }
    }
}

/// The error that the theorem bounds: `‖B A − θ‖/‖θ‖` for an estimate `B A` (d).
pub fn relative_error(estimate: &DVector<f64>, theta: &DVector<f64>) -> f64 {
    (estimate - theta).norm() / theta.norm()
}

/// sin of the angle between two vectors, computed from the part of one orthogonal to the other.
fn sine(first: &DVector<f64>, second: &DVector<f64>) -> f64 {
    let (first, second) = (first.normalize(), second.normalize());
    (&first - &second * second.dot(&first)).norm()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::linalg;
    use crate::math::seed::Seed;

    #[test]
    fn fewer_rows_than_features_have_no_bound_unless_the_tasks_are_equal() {
        let rng = &mut Seed::new(1).rng();
        let (x, theta) = (linalg::normal_matrix(3, 6, rng), linalg::unit_vector(6, rng));
        let data = Moments::of(&x, &(&x * &theta));
        let bound = Bound::of(&data, &linalg::unit_vector(6, rng), &theta);
        assert!(bound.condition > 1e6 && !bound.condition_holds());
    }

    #[test]
    fn equal_tasks_are_bounded_by_the_noise_alone() {
        let rng = &mut Seed::new(2).rng();
        let (x, theta) = (linalg::normal_matrix(30, 4, rng), linalg::unit_vector(4, rng));
        let noise = linalg::normal_vector(30, rng) * 0.1;
        let bound = Bound::of(&Moments::of(&x, &(&x * &theta + &noise)), &theta, &theta);
        let ratio = noise.norm() / (&x * &theta).norm();
        assert!((bound.bound.unwrap() - ratio).abs() < 1e-9);
        assert_eq!(relative_error(&(&theta * 1.5), &theta), 0.5);
    }
}
