//! The intercept of a task, always at its optimum for the other weights.

use nalgebra::DVector;

use super::on_rows::Loss;

/// Beyond this prediction, the logistic loss of a row is zero to rounding.
const CERTAIN: f64 = 40.0;
/// Most Newton steps or halvings; each is followed by a smaller bracket.
const STEPS: usize = 100;

impl Loss {
    /// The intercept b for which the loss of the predictions `f + b` (m) of labels y (m) is
    /// smallest. If all labels ±1 are the same, it is so large that every prediction is certain.
    pub fn intercept(self, f: &DVector<f64>, y: &DVector<f64>) -> f64 {
        match self {
            _ if y.is_empty() => 0.0,
            Self::Squared => (y - f).mean(),
            Self::Logistic => logistic(f, y),
        }
    }
}

/// Newton's method on the derivative, which grows with b, inside a bracket.
fn logistic(f: &DVector<f64>, y: &DVector<f64>) -> f64 {
    let bound = CERTAIN + f.amax();
    let (mut low, mut high) = (-bound, bound);
    let mut b = 0.0;
    for _ in 0..STEPS {
        let (mut slope, mut curvature) = (0.0, 0.0);
        for (f, y) in f.iter().zip(y) {
            let wrong = 1.0 / (1.0 + (y * (f + b)).exp());
            slope -= y * wrong;
            curvature += wrong * (1.0 - wrong);
        }
        if slope > 0.0 { high = b } else { low = b }
        let newton = b - slope / curvature;
        let next = if newton > low && newton < high { newton } else { 0.5 * (low + high) };
        if (next - b).abs() <= 1e-15 * (1.0 + b.abs()) {
            return next;
        }
        b = next;
    }
    b
}
