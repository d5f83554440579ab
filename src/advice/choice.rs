//! What follows from the plans that were measured on test rows: the one that the advice is about,
//! and what to do.

use std::cmp::Reverse;

use super::measure::MeasuredModels;
use super::{ConfirmedPlan, FEWEST, NEGLIGIBLE, Recommendation, SLIGHT};
use crate::method::Weighting;

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
        let of = |place: usize| (helps(&confirmed[place]), mean(&confirmed[place]));
        let (one_helps, other_helps) = (of(one).0, of(other).0);
        let order = one_helps.cmp(&other_helps).then(of(one).1.total_cmp(&of(other).1));
        order.then(Reverse(one).cmp(&Reverse(other)))
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
