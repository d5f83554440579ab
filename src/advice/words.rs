//! Advice in sentences.

use super::plan::of_weights;
use super::{Advice, BY_VALIDATION, ConfirmedPlan, FEWEST, NEGLIGIBLE, Recommendation};
use crate::math::digits;
use crate::math::stats::Interval;
use crate::study::caution::{HARDLY, at_least, listed};
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

/// Returns true if two independent gains differ.
fn differ(one: Interval, other: Interval) -> bool {
    (one.mean - other.mean).abs() > one.half_width().hypot(other.half_width())
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
        let tried = format!("The best plan that trains tasks together ({plan})");
        match (self.recommendation, best.gain) {
            (Recommendation::Together, _) => format!(
                "Train {plan}. On fresh training rows the gain over every task alone is {found}, \
                 in the mean error of the tasks."
            ),
            (Recommendation::Negligible, _) => format!(
                "Train every task alone. {tried} gains {found}: less than {} % of the error, too \
                 little to matter.",
                100.0 * NEGLIGIBLE
            ),
            (Recommendation::Alone, Some(gain)) if gain.is_negative() => {
                format!("Train every task alone. {tried} loses: its gain is {found}.")
            }
            (Recommendation::Alone, Some(_)) if self.most() < NEGLIGIBLE => format!(
                "Train every task alone. {tried} does not gain {} % of the error: {found}.",
                100.0 * NEGLIGIBLE
            ),
            (Recommendation::Alone, Some(_)) => format!(
                "Train every task alone. No plan that was confirmed gains more than {} %; the best \
                 one ({plan}) gains {found}.",
                digits::digits(100.0 * self.most().max(0.0))
            ),
            (Recommendation::Alone, None) => format!(
                "Train every task alone. {tried} makes larger errors; alone there is almost none."
            ),
            (Recommendation::Unsure, None) => {
                "Train every task alone: there is almost no error left to lower.".to_owned()
            }
            (Recommendation::Unsure, _) => format!(
                "Too few rows to say. The gain of the best plan that trains tasks together \
                 ({plan}) is {found}. Until more is known, train every task alone."
            ),
            (Recommendation::TooFewRows, _) => format!(
                "Too few rows to say: the smallest test part has {} rows, and this page wants {}. \
                 The gain of the best plan that trains tasks together ({plan}) is {found}. Until \
                 more is known, train every task alone.",
                self.test_rows, FEWEST
            ),
        }
    }

    /// The largest gain that the intervals of the confirmed plans do not rule out.
    fn most(&self) -> f64 {
        let ends = self.confirmed.iter().filter_map(|plan| Some(plan.gain?.high));
        ends.fold(f64::NEG_INFINITY, f64::max)
    }

    /// What follows beside the headline, a sentence or two each: what it costs to do otherwise, what
    /// more rows would change, and what to beware of.
    pub fn findings(&self) -> Vec<String> {
        let features = self.caution.clone().or_else(|| self.unpredictable());
        let beware = [self.other_choice(), features].into_iter().flatten();
        [self.cost(), self.more_rows()].into_iter().chain(beware).collect()
    }

    /// What it costs to do otherwise.
    fn cost(&self) -> String {
        let of = |plan: &ConfirmedPlan| match plan.plan.models.as_slice() {
            [only] => Some(format!(
                "{} at width {} with {}",
                gain(plan.gain),
                only.width,
                of_weights(only.weights)
            )),
            _ => None,
        };
        let whole: Vec<String> = self.confirmed.iter().filter_map(of).collect();
        let together = format!("All tasks together: {}.", whole.join("; "));
        match self.recommendation {
            Recommendation::Together => {
                format!("Training every task alone gives up this gain. {together}")
            }
            _ => together,
        }
    }

    /// The plan that the validation rows chose, if another one is advised.
    fn other_choice(&self) -> Option<String> {
        let chosen = self.confirmed.iter().skip(1).find(|plan| plan.name == BY_VALIDATION)?;
        let is_told = self.recommendation == Recommendation::Together;
        is_told.then(|| {
            format!(
                "The validation rows chose another plan: {}, {} on the test rows. {}",
                chosen.plan.words(&self.tasks),
                gain(chosen.gain),
                self.choice()
            )
        })
    }

    /// How sure the choice by validation rows is.
    pub(super) fn choice(&self) -> String {
        let rows = self.validation_rows;
        match self.drawn_splits {
            true => format!("Every trial draws its own validation rows, {rows} or more of a task."),
            false => format!(
                "Every trial has the same validation rows, {rows} or more of a task, so more trials \
                 do not make that choice surer."
            ),
        }
    }

    /// The tasks whose labels the features hardly predict.
    fn unpredictable(&self) -> Option<String> {
        let alone = self.best()?.tasks.iter().map(|task| task.alone);
        let shares = alone.zip(&self.constant).map(|(alone, constant)| alone / constant);
        let hardly: Vec<(&str, f64)> = self
            .tasks
            .iter()
            .map(String::as_str)
            .zip(shares)
            .filter(|(_, share)| *share > HARDLY)
            .collect();
        let least = hardly.iter().map(|(_, share)| *share).reduce(f64::min)?;
        let names: Vec<&str> = hardly.iter().map(|(name, _)| *name).collect();
        let (which, one) = match names.len() {
            all if all == self.tasks.len() => ("any of these labels".to_owned(), "them"),
            1 => (format!("the labels of {}", names[0]), "this task"),
            _ => (format!("the labels of {}", listed(&names)), "these tasks"),
        };
        if self.classification {
            return Some(format!(
                "Alone, the share of misclassified rows of {} is at least {:.0} % of that of always \
                 answering with the more frequent class, so a gain on {one} says little. Of rare \
                 classes, AUC and logistic loss (`taskscope run`) say more.",
                listed(&names),
                at_least(least)
            ));
        }
        Some(format!(
            "The features hardly predict {which}: alone, the error is at least {:.0} % of that of \
             the best constant prediction. A gain on {one} says little.",
            at_least(least)
        ))
    }

    /// What more rows would change.
    fn more_rows(&self) -> String {
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
        if let [few, .., many] = known.as_slice()
            && !differ(here.2, other.2)
            && differ(few.2, many.2)
        {
            let trend = if many.2.mean > few.2.mean { "rises" } else { "falls" };
            return format!(
                "The gain of this plan {trend} with the number of rows: {} with {} rows a task, {} \
                 with {}.{}",
                gain(Some(few.2)),
                digits::shown(few.1.round()),
                gain(Some(many.2)),
                digits::shown(many.1.round()),
                self.unused()
            );
        }
        let apart = differ(here.2, other.2);
        let rows = if other.0 > 1.0 { "more" } else { "fewer" };
        let trend = match (apart, other.2.mean > here.2.mean) {
            (false, _) => format!("With {rows} rows no change can be told"),
            (true, true) if other.2.mean <= 0.0 => format!("With {rows} rows this plan loses less"),
            (true, true) => format!("With {rows} rows this plan gains more"),
            (true, false) if here.2.mean <= 0.0 => format!("With {rows} rows this plan loses more"),
            (true, false) => format!("With {rows} rows this plan gains less"),
        };
        let mean =
            if self.rows.iter().all(|rows| *rows == self.rows[0]) { "" } else { "on average " };
        format!(
            "{trend}: its gain is {} with {mean}{} rows a task and {} with {mean}{}.{}",
            gain(Some(here.2)),
            digits::shown(here.1.round()),
            gain(Some(other.2)),
            digits::shown(other.1.round()),
            self.unused()
        )
    }

    /// Says that the data have many more training rows than a trial uses.
    fn unused(&self) -> String {
        let tasks = self.rows.iter().zip(&self.available).zip(&self.tasks);
        let most = tasks.max_by_key(|((_, available), _)| **available);
        match most {
            Some(((rows, available), name)) if *available > 4 * rows => format!(
                " A trial takes {rows} of the {available} training rows of {name}; `--set \
                 {name}.samples=N` takes more."
            ),
            _ => String::new(),
        }
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
             chosen on the validation rows; together the penalties are the same, or 1/16 to \
             16 times as large, whichever is best on the validation rows. Plans were compared on the \
             validation rows of {} trials; {} of them were then measured on {} other trials. The \
             intervals of their gains hold for all of these plans at once, so the best of them may \
             be chosen by the test rows. Gain = 1 − error together / error alone; the error is {error}. \
             Intervals are paired over trials: they cover the choice of the {} within these data, \
             not another sample of data.",
            self.trials.search,
            self.confirmed.len(),
            self.trials.confirm,
            if self.drawn_splits { "training and test rows" } else { "training rows" }
        )
    }
}
