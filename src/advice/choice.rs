//! What follows from the plans that were measured on test rows: the one that the advice is about,
//! and what to do.

use serde::Serialize;

use super::measure::{MeasuredModels, TaskGain};
use super::plan::Plan;
use crate::math::stats::Interval;
use crate::method::Weighting;

/// A smaller gain does not matter, however sure it is.
pub const NEGLIGIBLE: f64 = 0.01;
/// If no plan helps, training alone is the advice only if larger gains than this are ruled out.
pub const SLIGHT: f64 = 0.03;
/// With fewer test rows of some task no plan is recommended.
pub const FEWEST: usize = 25;

/// The kind of advice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Recommendation {
    /// Train as the plan says: its gain is confirmed.
    Together,
    /// Train every task alone: the best plan helps, but by less than [`NEGLIGIBLE`], and no other
    /// by more than [`SLIGHT`].
    Negligible,
    /// Train every task alone: the best plan hurts, or the intervals of all rule out a gain above
    /// [`SLIGHT`].
    Alone,
    /// No gain is sure, and the intervals do not rule out a useful one.
    Unsure,
    /// Some task has fewer than [`FEWEST`] test rows, and the best plan does not hurt.
    TooFewRows,
}

/// A plan measured on test rows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ConfirmedPlan {
    /// Why it is shown.
    pub name: String,
    /// The plan.
    pub plan: Plan,
    /// Gain in the mean error of the tasks. The intervals of all confirmed plans hold at once.
    pub gain: Option<Interval>,
    /// Every task.
    pub tasks: Vec<TaskGain>,
}

/// Returns true if the gain of a plan is sure and large enough to matter.
fn helps(plan: &ConfirmedPlan) -> bool {
    plan.gain.is_some_and(|gain| gain.is_positive() && gain.mean >= NEGLIGIBLE)
}

/// Orders plans from the simplest on: few models, narrow ones, uniform weights.
fn simplicity(plan: &ConfirmedPlan) -> (usize, usize, bool) {
    let models = &plan.plan.models;
    let shared = || models.iter().filter(|model| model.tasks.len() > 1);
    let width = shared().map(|model| model.width).max().unwrap_or(0);
    (models.len(), width, shared().any(|model| model.weights != Weighting::Uniform))
}

/// Puts the plan first that the advice is about: of the plans that help, the simplest that does not
/// gain less than the best, as far as the trials tell; if none helps, that with the highest gain.
pub(super) fn best_first(
    mut confirmed: Vec<ConfirmedPlan>,
    measured: &MeasuredModels,
) -> Vec<ConfirmedPlan> {
    let mean = |plan: &ConfirmedPlan| plan.gain.map_or(f64::NEG_INFINITY, |gain| gain.mean);
    let by_gain = |&one: &usize, &other: &usize| {
        let [a, b] = [one, other].map(|place| &confirmed[place]);
        helps(a).cmp(&helps(b)).then(mean(a).total_cmp(&mean(b))).then(other.cmp(&one))
    };
    let Some(best) = (0..confirmed.len()).max_by(by_gain) else { return confirmed };
    let tied = |place: &usize| {
        let plan = &confirmed[*place];
        let less = || measured.difference(&confirmed[best].plan, &plan.plan);
        helps(plan) && less().is_some_and(|less| !less.is_positive())
    };
    let simplest = (0..confirmed.len()).filter(tied).min_by_key(|&i| simplicity(&confirmed[i]));
    let first = confirmed.remove(simplest.unwrap_or(best));
    confirmed.insert(0, first);
    confirmed
}

/// What follows from the confirmed plans, the best of which is the first. Where the errors alone are
/// too close to zero for a gain, the differences of the errors decide.
pub(super) fn recommendation(confirmed: &[ConfirmedPlan], test_rows: usize) -> Recommendation {
    let Some(best) = confirmed.first() else { return Recommendation::Unsure };
    let hurts = match best.gain {
        Some(gain) => gain.is_negative(),
        None => {
            best.tasks.iter().any(|task| task.saved.is_negative())
                && !best.tasks.iter().any(|task| task.saved.is_positive())
        }
    };
    let rules_out = || confirmed.iter().all(|plan| plan.gain.is_some_and(|g| g.high <= SLIGHT));
    match best.gain {
        _ if hurts => Recommendation::Alone,
        _ if test_rows < FEWEST => Recommendation::TooFewRows,
        Some(_) if helps(best) => Recommendation::Together,
        Some(gain) if gain.is_positive() && rules_out() => Recommendation::Negligible,
        Some(_) if rules_out() => Recommendation::Alone,
        _ => Recommendation::Unsure,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Plans of all of two tasks, as they were confirmed on twelve trials with errors of about 1 alone
    /// and lower by the given gains together.
    fn found(plans: &[(usize, Weighting, f64)]) -> (Vec<ConfirmedPlan>, MeasuredModels) {
        let noise = |place: usize, trial: usize| 0.01 * ((7 * place + 3 * trial) % 5) as f64;
        let errors = |place: usize, error: f64| {
            vec![(0..12).map(|trial| error + noise(place, trial)).collect::<Vec<f64>>(); 2]
        };
        let plan = |&(width, weights, _): &_| Plan::together(2, width, weights);
        let of = |(place, one): (usize, &(usize, Weighting, f64))| {
            (plan(one).models[0].clone(), errors(place + 1, 1.0 - one.2))
        };
        let models: Vec<_> = plans.iter().enumerate().map(of).collect();
        let measured = MeasuredModels::of_errors(errors(0, 1.0), models);
        let confirmed = plans.iter().map(plan).map(|plan| ConfirmedPlan {
            name: plan.words(&["a".to_owned(), "b".to_owned()]),
            gain: measured.value(&plan, plans.len()),
            tasks: measured.by_task(&plan),
            plan,
        });
        (confirmed.collect(), measured)
    }

    /// The gain that the first plan was given, its width, and what follows.
    fn advised(plans: &[(usize, Weighting, f64)]) -> (f64, usize, Recommendation) {
        let (confirmed, measured) = found(plans);
        let confirmed = best_first(confirmed, &measured);
        let model = &confirmed[0].plan.models[0];
        let is_first =
            |one: &&(usize, Weighting, f64)| (one.0, one.1) == (model.width, model.weights);
        let gain = plans.iter().find(is_first).unwrap().2;
        (gain, model.width, recommendation(&confirmed, 100))
    }

    const UNLUCKY: (usize, Weighting, f64) = (2, Weighting::Svd, -0.03);

    #[test]
    fn a_plan_that_helps_is_advised_though_the_validation_rows_chose_one_that_hurts() {
        let plans = [UNLUCKY, (1, Weighting::Uniform, 0.05)];
        assert_eq!(advised(&plans), (0.05, 1, Recommendation::Together));
        assert_eq!(advised(&[UNLUCKY]).2, Recommendation::Alone);
    }

    #[test]
    fn of_plans_whose_gains_cannot_be_told_apart_the_simplest_is_advised() {
        let best = (2, Weighting::Uniform, 0.052);
        let tied = [UNLUCKY, best, (1, Weighting::Uniform, 0.05)];
        assert_eq!(advised(&tied), (0.05, 1, Recommendation::Together));
        let worse = [UNLUCKY, best, (1, Weighting::Uniform, 0.02)];
        assert_eq!(advised(&worse), (0.052, 2, Recommendation::Together));
    }

    #[test]
    fn alone_is_advised_only_where_every_plan_rules_out_a_useful_gain() {
        let (confirmed, measured) = found(&[UNLUCKY, (1, Weighting::Uniform, 0.018)]);
        let confirmed = best_first(confirmed, &measured);
        assert_eq!(recommendation(&confirmed, FEWEST), Recommendation::Unsure);
        assert_eq!(recommendation(&confirmed, FEWEST - 1), Recommendation::TooFewRows);
        assert_eq!(advised(&[UNLUCKY, (1, Weighting::Uniform, 0.004)]).2, Recommendation::Alone);
        assert_eq!(advised(&[UNLUCKY, (1, Weighting::Uniform, -0.03)]).2, Recommendation::Alone);
    }
}
