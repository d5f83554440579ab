//! Loss functions of one row, and the intercept that makes them smallest.

use nalgebra::DVector;
use serde::{Deserialize, Serialize};

use crate::task::held_out::softplus;

/// Beyond this prediction, the logistic loss of a row is zero to rounding.
const CERTAIN: f64 = 40.0;
/// Most Newton steps or halvings; each is followed by a smaller bracket.
const STEPS: usize = 100;

/// The loss of one row with prediction f and label y.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Loss {
    /// `(f − y)²`.
    #[default]
    Squared,
    /// `ln(1 + exp(−y f))`, labels ±1.
    Logistic,
}

impl Loss {
    /// The names of all losses, in order.
    pub const NAMES: &'static [&'static str] = &["squared", "logistic"];

    /// The name.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    /// The value.
    pub fn at(self, f: f64, y: f64) -> f64 {
        match self {
            Self::Squared => (f - y) * (f - y),
            Self::Logistic => softplus(-y * f),
        }
    }

    /// The derivative with respect to f.
    pub fn slope(self, f: f64, y: f64) -> f64 {
        match self {
            Self::Squared => 2.0 * (f - y),
            Self::Logistic => -y / (1.0 + (y * f).exp()),
        }
    }

    /// The value and the derivative with respect to f.
    pub fn with_slope(self, f: f64, y: f64) -> (f64, f64) {
        match self {
            Self::Squared => (self.at(f, y), self.slope(f, y)),
            Self::Logistic => {
                let t = -y * f;
                let small = (-t.abs()).exp();
                let wrong = if t > 0.0 { 1.0 } else { small } / (1.0 + small);
                (t.max(0.0) + small.ln_1p(), -y * wrong)
            }
        }
    }

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
        if slope > 0.0 {
            high = b
        } else {
            low = b
        }
        let newton = b - slope / curvature;
        let next = if newton > low && newton < high { newton } else { 0.5 * (low + high) };
        if (next - b).abs() <= 1e-15 * (1.0 + b.abs()) {
            return next;
        }
        b = next;
    }
    b
}
