//! Ridge penalties of linear models with squared loss, chosen on validation rows.

use nalgebra::DVector;

use crate::math::linalg;
use crate::scenario::real::WEAKEST_PENALTY;
use crate::task::Moments;

/// Penalties tried, as powers of ten of the mean eigenvalue of `XᵀX`.
const POWERS: (f64, f64) = (WEAKEST_PENALTY, 3.0);
/// Penalties tried per power of ten.
const PER_POWER: f64 = 4.0;

/// The penalty λ for which `(XᵀX + λI)⁻¹Xᵀy` has the smallest squared error on the validation
/// rows. Both moments are about the same means. Without validation rows, the smallest generalised
/// cross-validation error of the training rows, `RSS / (m − degrees of freedom)²` (Golub, Heath &
/// Wahba 1979).
pub(in crate::study) fn choose(training: &Moments, validation: &Moments) -> f64 {
    let (values, axes) = linalg::eigen(&training.h);
    let c = axes.transpose() * &training.c;
    let h = axes.transpose() * &*validation.h * &axes;
    let v = axes.transpose() * &validation.c;
    let loss = |penalty: f64| {
        let estimate = DVector::from_fn(c.len(), |j, _| c[j] / (values[j].max(0.0) + penalty));
        if validation.samples > 0 {
            return estimate.dot(&(&h * &estimate)) - 2.0 * v.dot(&estimate);
        }
        let fitted: f64 = (0..c.len()).map(|j| values[j].max(0.0) * estimate[j].powi(2)).sum();
        let left = training.s - 2.0 * c.dot(&estimate) + fitted;
        let freedom: f64 = values.iter().map(|e| e.max(0.0) / (e.max(0.0) + penalty)).sum();
        left / (training.samples as f64 - 1.0 - freedom).max(0.5).powi(2)
    };
    let scale = (values.iter().sum::<f64>() / values.len() as f64).max(f64::MIN_POSITIVE);
    let better = |best: (f64, f64), penalty: f64| {
        let found = (loss(penalty), penalty);
        if found.0 < best.0 { found } else { best }
    };
    multiples().map(|share| share * scale).fold((f64::INFINITY, scale), better).1
}

/// The penalties tried for training rows with these moments, weakest first.
pub(super) fn tried(training: &Moments) -> impl DoubleEndedIterator<Item = f64> {
    let mean = training.h.trace() / training.h.nrows() as f64;
    multiples().map(move |share| share * mean.max(f64::MIN_POSITIVE))
}

/// The weakest penalty tried for training rows with this mean eigenvalue of `XᵀX`.
pub(in crate::study) fn weakest(mean: f64) -> f64 {
    10_f64.powf(POWERS.0) * mean
}

/// The penalties tried, as multiples of the mean eigenvalue of `XᵀX`, weakest first.
pub(in crate::study) fn multiples() -> impl DoubleEndedIterator<Item = f64> {
    let steps = ((POWERS.1 - POWERS.0) * PER_POWER) as usize;
    (0..=steps).map(|i| 10f64.powf(POWERS.0 + i as f64 / PER_POWER))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::seed::Seed;

    #[test]
    fn the_chosen_penalty_beats_the_others_on_the_validation_rows() {
        let mut rng = Seed::new(5).rng();
        let theta = linalg::unit_vector(8, &mut rng);
        let rows = |m: usize, rng: &mut _| {
            let x = linalg::normal_matrix(m, 8, rng);
            let y = &x * &theta + linalg::normal_vector(m, rng);
            Moments::of(&x, &y)
        };
        let (training, validation) = (rows(12, &mut rng), rows(200, &mut rng));
        let loss = |penalty: f64| {
            let estimate = training.with_ridge(penalty).least_squares();
            validation.loss(&estimate)
        };
        let chosen = choose(&training, &validation);
        for factor in [1e-3, 0.5, 2.0, 1e3] {
            assert!(loss(chosen) < loss(chosen * factor), "{factor}");
        }
    }

    #[test]
    fn without_validation_rows_the_penalty_still_shrinks_noise() {
        let mut rng = Seed::new(6).rng();
        let x = linalg::normal_matrix(30, 20, &mut rng);
        let noise = linalg::normal_vector(30, &mut rng);
        let none = Moments::of_none(20);
        let penalty = |y: &DVector<f64>| choose(&Moments::of(&x, y), &none);
        let signal = &x * linalg::unit_vector(20, &mut rng);
        assert!(penalty(&noise) > 10.0 * penalty(&(signal * 10.0 + &noise * 0.01)));
    }
}
