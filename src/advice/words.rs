//! Advice in sentences.

use super::{Advice, ConfirmedPlan, Recommendation};
use crate::math::digits;
use crate::math::stats::Interval;
use crate::transfer::words;

/// A gain with its interval.
pub(super) fn gain(gain: Option<Interval>) -> String {
    gain.map_or_else(|| "not known".to_owned(), |gain| words::gain(&gain))
}

/// A number with its sign.
pub(super) fn signed(value: f64, decimals: usize) -> String {
    format!("{value:+.decimals$}").replace('-', "−")
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
                "Train {plan}. On fresh training rows the gain over every task alone is {found}, \
                 in the mean error of the tasks."
            ),
            Recommendation::Alone => format!(
                "Train every task alone. The gain of the best plan that trains tasks together \
                 ({plan}) is {found}."
            ),
            Recommendation::TooFewRows => format!(
                "Too few rows to say. The gain of the best plan that trains tasks together ({plan}) \
                 is {found}. Until more is known, train every task alone."
            ),
        }
    }

    /// What it costs to do otherwise.
    pub fn cost(&self) -> String {
        let Some(other) = self.confirmed.last() else { return String::new() };
        let together = format!("All tasks together at width 1: {}.", gain(other.gain));
        match self.recommendation {
            Recommendation::Together => {
                format!("Training every task alone gives up this gain. {together}")
            }
            _ => together,
        }
    }

    /// What more rows would change.
    pub fn more_rows(&self) -> String {
        let known: Vec<(f64, f64, Interval)> = self
            .curve
            .iter()
            .filter_map(|point| Some((point.share, point.rows, point.gain?)))
            .collect();
        let here = known.iter().find(|(share, ..)| *share == 1.0);
        let most = known.last().filter(|(share, ..)| *share > 1.0);
        let least = known.first().filter(|(share, ..)| *share < 1.0);
        let (Some(here), Some(other)) = (here, most.or(least)) else {
            return "The data set has too few rows to measure other numbers of rows.".into();
        };
        let apart = (here.2.mean - other.2.mean).abs() > here.2.half_width() + other.2.half_width();
        let more = other.0 > 1.0;
        let trend = match (apart, more, other.2.mean > here.2.mean) {
            (false, true, _) => "More rows would not change this much",
            (false, false, _) => "Fewer rows give much the same, and there are no more to try",
            (true, true, true) => "With more rows training together becomes more useful",
            (true, true, false) => "With more rows training together becomes less useful",
            (true, false, true) => "With fewer rows training together is more useful",
            (true, false, false) => "With fewer rows training together is less useful",
        };
        format!(
            "{trend}: the gain of this plan is {} with {} rows a task and {} with {}.",
            gain(Some(here.2)),
            digits::shown(here.1.round()),
            gain(Some(other.2)),
            digits::shown(other.1.round())
        )
    }

    /// The name of the error, whose mean over the tasks is compared.
    pub fn error(&self) -> &'static str {
        match self.classification {
            true => "the share of misclassified test rows",
            false => "1 − R² on the test rows",
        }
    }

    /// The protocol.
    pub fn protocol(&self) -> String {
        let error = self.error();
        let fewest = self.rows.iter().min().copied().unwrap_or(0);
        let most = self.rows.iter().max().copied().unwrap_or(0);
        let rows = match fewest == most {
            true => format!("{fewest} training rows a task"),
            false => format!("{fewest} to {most} training rows a task"),
        };
        format!(
            "Every trial draws {rows}. Alone means ridge regression with an intercept, its penalty \
             chosen on the validation rows; together the penalties are the same, or 4 or \
             16 times as large, whichever is best on the validation rows. Plans were compared on the \
             validation rows of {} trials; the confirmed plans were then measured on \
             {} other trials. Gain = 1 − error together / error alone; the error is {error}. \
             Intervals are paired over trials: they cover the choice of the training rows{}.",
            self.trials.search,
            self.trials.confirm,
            if self.drawn_splits { " and of the test rows" } else { ", not that of the test rows" }
        )
    }
}
