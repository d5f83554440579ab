//! Advice in sentences.

use super::{Advice, ConfirmedPlan, Recommendation};
use crate::math::digits;
use crate::math::stats::Interval;

/// A gain in percent with its interval: `+4.1 ± 0.8 %`.
pub(super) fn gain(gain: Option<Interval>) -> String {
    let Some(gain) = gain else { return "not known".to_owned() };
    let half = 100.0 * gain.half_width();
    let decimals = if half < 0.95 { 2 } else { 1 };
    format!("{:+.decimals$} ± {:.decimals$} %", 100.0 * gain.mean, half)
}

/// A share with three decimals.
pub(super) fn share(value: f64) -> String {
    format!("{value:.3}")
}

impl Advice {
    /// The best plan that trains some tasks together, and its confirmation.
    pub fn best(&self) -> Option<&ConfirmedPlan> {
        self.confirmed.first()
    }

    /// The advice in one or two sentences.
    pub fn headline(&self) -> String {
        let Some(best) = self.best() else { return String::new() };
        let (plan, found) = (best.plan.words(&self.tasks), gain(best.gain));
        match self.recommendation {
            Recommendation::Together => format!(
                "Train {plan}. On fresh training rows this lowers the error on the test rows by \
                 {found}, mean over the tasks."
            ),
            Recommendation::Alone => format!(
                "Train every task alone. The best plan that trains tasks together ({plan}) changes \
                 the error on the test rows by {found}."
            ),
            Recommendation::TooFewRows => format!(
                "Too few rows to say. The best plan that trains tasks together ({plan}) changes the \
                 error on the test rows by {found}; until more is known, train every task alone."
            ),
        }
    }

    /// What it costs to do otherwise.
    pub fn cost(&self) -> String {
        let together = self.confirmed.last();
        let line = |plan: &ConfirmedPlan| gain(plan.gain);
        match (self.recommendation, together) {
            (Recommendation::Together, Some(other)) => format!(
                "Ignored, it costs that gain: every task alone is the baseline, 0. All tasks \
                 together at width 1 would give {}.",
                line(other)
            ),
            (_, Some(other)) => {
                format!("All tasks together at width 1 would change the error by {}.", line(other))
            }
            _ => String::new(),
        }
    }

    /// What more rows would change.
    pub fn more_rows(&self) -> String {
        let known: Vec<(f64, Interval)> =
            self.curve.iter().filter_map(|point| Some((point.rows, point.gain?))).collect();
        let (Some((few, first)), Some((most, last))) = (known.first(), known.last()) else {
            return "The data set is too small to measure the gain at other numbers of rows."
                .into();
        };
        if known.len() < 2 {
            return "The data set is too small to measure the gain at other numbers of rows."
                .into();
        }
        let apart = (first.mean - last.mean).abs() > first.half_width() + last.half_width();
        let trend = match (apart, last.mean < first.mean) {
            (true, true) => "More rows make training together less useful",
            (true, false) => "More rows make training together more useful",
            (false, _) => "The number of rows makes no difference that these trials can see",
        };
        format!(
            "{trend}: the gain of this plan is {} with {} rows a task, and {} with {}.",
            gain(Some(*first)),
            digits::shown(few.round()),
            gain(Some(*last)),
            digits::shown(most.round())
        )
    }

    /// The protocol.
    pub fn protocol(&self) -> String {
        let error = match self.classification {
            true => "the share of misclassified test rows",
            false => "1 − R² on the test rows",
        };
        let fewest = self.rows.iter().min().copied().unwrap_or(0);
        let most = self.rows.iter().max().copied().unwrap_or(0);
        let rows = match fewest == most {
            true => format!("{fewest} training rows a task"),
            false => format!("{fewest} to {most} training rows a task"),
        };
        format!(
            "Every trial draws {rows}. Alone means ridge regression with an intercept, its penalty \
             chosen on the validation rows; the same penalties are used together. Plans were \
             compared on the validation rows of {} trials; the plans below were then measured on \
             {} other trials. Gain = 1 − error together / error alone; the error is {error}. \
             Intervals are paired over trials: they cover the choice of the training rows{}.",
            self.trials.search,
            self.trials.confirm,
            if self.drawn_splits { " and of the test rows" } else { ", not that of the test rows" }
        )
    }
}
