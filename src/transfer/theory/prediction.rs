//! The predicted transfer to one task, and its parts.

use serde::Serialize;

use crate::math::stats::Interval;

/// A spread below this share of the error is a rounding error.
const ROUNDING: f64 = 1e-9;
/// Half-width of the interval of a mean, in standard errors.
const ERRORS: f64 = 1.96;

/// The predicted transfer to the target.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Prediction {
    /// Expected single-task excess risk `σ² d/(m − d − 1)`, plus the noise that counts.
    pub single: f64,
    /// Expected excess risk of joint training: noise + bias + variance + head.
    pub multi: f64,
    /// The variance of the labels that no training removes, where it counts in the error: for data
    /// from files, whose error is that on test rows. 0 for drawn tasks.
    pub noise: f64,
    /// The part of `multi` due to the difference between the tasks.
    pub bias: f64,
    /// The part due to the noise in the shared module.
    pub variance: f64,
    /// The part due to the fluctuation of the heads.
    pub head: f64,
    /// `1 − multi/single`; NaN if the single-task risk is zero.
    pub gain: f64,
    /// How far `multi` may be off: half the width of the range in which the mean of many trials is
    /// expected.
    pub doubt: f64,
    /// The same for the gain, `doubt/single`; NaN if the single-task risk is zero.
    pub margin: f64,
}

impl Prediction {
    /// Creates a prediction from its parts, without doubt.
    pub fn new(single: f64, bias: f64, variance: f64, head: f64) -> Self {
        Self::with_noise(0.0, single, bias, variance, head)
    }

    fn with_noise(noise: f64, single: f64, bias: f64, variance: f64, head: f64) -> Self {
        let multi = noise + bias + variance + head;
        Self {
            single,
            multi,
            noise,
            bias,
            variance,
            head,
            gain: if single > 0.0 { 1.0 - multi / single } else { f64::NAN },
            doubt: 0.0,
            margin: 0.0,
        }
    }

    /// The prediction of errors that include noise of this variance.
    pub fn on_test_rows(self, noise: f64) -> Self {
        let Self { single, bias, variance, head, .. } = self;
        Self::with_noise(noise, single + noise, bias, variance, head).within(self.doubt)
    }

    /// The same with so much more bias and variance, neither below zero.
    pub fn changed(self, bias: f64, variance: f64) -> Self {
        let Self { noise, single, head, .. } = self;
        let [bias, variance] = [self.bias + bias, self.variance + variance].map(|p| p.max(0.0));
        Self::with_noise(noise, single, bias, variance, head).within(self.doubt)
    }

    /// The same error, against another one of the task alone.
    pub fn against(self, single: f64) -> Self {
        let Self { noise, bias, variance, head, .. } = self;
        Self::with_noise(noise, single, bias, variance, head).within(self.doubt)
    }

    /// The same for models with an intercept that is fitted to m rows, too: that adds the error over m.
    pub fn with_intercept(self, samples: f64) -> Self {
        let Self { noise, single, bias, head, multi, .. } = self;
        let variance = self.variance + multi / samples;
        Self::with_noise(noise, single * (1.0 + 1.0 / samples), bias, variance, head)
            .within(self.doubt)
    }

    /// The prediction with the given doubt.
    pub fn within(self, doubt: f64) -> Self {
        let margin = if self.single > 0.0 { doubt / self.single } else { f64::NAN };
        Self { doubt, margin, ..self }
    }

    /// The gain with its range.
    pub fn interval(&self) -> Interval {
        let (mean, half) = (self.gain, self.margin);
        Interval { mean, low: mean - half, high: mean + half }
    }

    /// Variance saved by sharing, as a share of the single-task risk: `gain = saved − added`.
    pub fn variance_saved(&self) -> f64 {
        (self.single - self.noise - self.variance - self.head) / self.single
    }

    /// Bias added by sharing, as a share of the single-task risk.
    pub fn bias_added(&self) -> f64 {
        self.bias / self.single
    }

    /// The average over some of `all` populations that trials draw. The average over all of them may
    /// be elsewhere: what the spread leaves open counts in the doubt. `None` for an empty list.
    pub fn over_populations(predictions: &[Self], all: usize) -> Option<Self> {
        let average = Self::average(predictions)?;
        let n = predictions.len() as f64;
        let squares = predictions.iter().map(|found| (found.multi - average.multi).powi(2));
        let variance = squares.sum::<f64>() / (n - 1.0).max(1.0);
        let missing = (1.0 - n / all as f64).max(0.0);
        let spread = ERRORS * (variance / n * missing).sqrt();
        let spread = if spread > ROUNDING * average.multi { spread } else { 0.0 };
        Some(average.within(average.doubt.hypot(spread)))
    }

    /// The average, part by part; `None` for an empty list.
    pub fn average(predictions: &[Self]) -> Option<Self> {
        let n = predictions.len() as f64;
        let of = |part: fn(&Self) -> f64| predictions.iter().map(part).sum::<f64>() / n;
        (!predictions.is_empty()).then(|| {
            let [noise, single] = [of(|p| p.noise), of(|p| p.single)];
            Self::with_noise(noise, single, of(|p| p.bias), of(|p| p.variance), of(|p| p.head))
                .within(of(|p| p.doubt))
        })
    }
}

/// Expected excess risk of least squares on m Gaussian rows, `σ² d/(m − d − 1)`; `None` unless
/// m > d + 1.
pub fn single_task_risk(dimension: usize, samples: f64, noise: f64) -> Option<f64> {
    let freedom = samples - dimension as f64 - 1.0;
    (freedom > 0.0).then(|| noise * noise * dimension as f64 / freedom)
}
