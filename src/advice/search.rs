//! The search for a plan: candidates are compared on the validation rows.

use serde::Serialize;

use super::measure::{MeasuredModels, steps};
use super::plan::{Plan, PlannedModel};
use super::trial::Part;
use crate::cancel::Cancel;
use crate::math::stats::Interval;
use crate::method::Weighting;
use crate::scenario::Scenario;
use crate::study::grouping;

/// Most tasks for which groups of three are measured; beyond, their gains are predicted from pairs.
const TRIPLES: usize = 6;
/// Weighting schemes tried for the best plan and for the best one with all tasks; for the latter
/// not uncertainty weights, which take a dozen fits.
const SCHEMES: [Weighting; 5] = [
    Weighting::Uniform,
    Weighting::BySize,
    Weighting::ByScale,
    Weighting::Svd,
    Weighting::Uncertainty,
];
/// From this ratio of the spreads of two labels on, plans are searched with weights by scale.
const UNLIKE: f64 = 2.0;

/// A plan with its mean gain on the validation rows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Candidate {
    /// The plan.
    pub plan: Plan,
    /// Its gain in the mean error, on validation rows: good for comparing, too good as a promise.
    pub validation: Interval,
}

/// Compares plans on the validation rows of the first `trials` trials; the best comes first.
/// `report` receives the share that is done. `None` if cancelled.
pub(super) fn candidates(
    scenario: &Scenario,
    trials: usize,
    cancel: &Cancel,
    report: &(dyn Fn(f64) + Sync),
) -> Option<Vec<Candidate>> {
    let k = scenario.tasks().len();
    let measured = |models: &[PlannedModel], from: f64, to: f64| {
        let advance = steps(trials * models.len(), |share| report(from + (to - from) * share));
        MeasuredModels::new(scenario, 0..trials, Part::Validation, models, cancel, &advance)
    };
    let base = base(scenario);
    let first = measured(&sharing(k, base), 0.0, 0.7)?;
    let mut plans = vec![Plan::alone(k)];
    plans.extend(widths(k).map(|width| Plan::together(k, width, base)));
    plans.extend((2..k).filter_map(|models| grouped(k, models, base, &first)));
    plans.dedup();
    let mut ranked = rank(plans, &first);
    let best = |kind: &dyn Fn(&Plan) -> bool| {
        ranked.iter().find(|found| kind(&found.plan)).map(|found| found.plan.clone())
    };
    let shared = best(&|plan| !plan.is_alone());
    let whole = best(&|plan| plan.models.len() == 1);
    let equal_rows = scenario.tasks().iter().all(|t| t.samples == scenario.tasks()[0].samples);
    let mut weighted: Vec<Plan> = Vec::new();
    for (plan, is_whole) in [(shared, false), (whole, true)] {
        let Some(plan) = plan else { continue };
        let other = |scheme: &&Weighting| match scheme {
            Weighting::BySize => !equal_rows,
            Weighting::Uncertainty => !is_whole,
            scheme => **scheme != base,
        };
        let found = SCHEMES.iter().filter(other).map(|&scheme| reweighted(&plan, scheme));
        weighted.extend(found.collect::<Vec<_>>());
    }
    weighted.extend([Weighting::Uniform, Weighting::ByScale].map(|w| Plan::together(k, 1, w)));
    let mut unmeasured = Vec::new();
    for plan in weighted {
        let known = ranked.iter().any(|found| found.plan == plan) || unmeasured.contains(&plan);
        if !known {
            unmeasured.push(plan);
        }
    }
    let models: Vec<PlannedModel> =
        unmeasured.iter().flat_map(|plan| plan.models.clone()).collect();
    ranked.extend(rank(unmeasured, &measured(&models, 0.7, 1.0)?));
    ranked.sort_by(|a, b| b.validation.mean.total_cmp(&a.validation.mean));
    Some(ranked)
}

/// The weights with which plans are searched: by scale if labels spread very differently, because
/// uniform ones then train for the largest labels.
fn base(scenario: &Scenario) -> Weighting {
    let Some(real) = scenario.real() else { return Weighting::Uniform };
    let variances = real.test_variances(scenario.addresses());
    let most = variances.iter().copied().fold(0.0, f64::max);
    let least = variances.iter().copied().fold(f64::INFINITY, f64::min);
    if most > UNLIKE * UNLIKE * least { Weighting::ByScale } else { Weighting::Uniform }
}

/// The widths at which something is shared among k tasks.
fn widths(k: usize) -> impl Iterator<Item = usize> {
    1..k.clamp(2, 13)
}

/// The models that are measured: all tasks at every width, pairs, and groups of three if there are
/// few tasks.
fn sharing(k: usize, base: Weighting) -> Vec<PlannedModel> {
    let all: Vec<usize> = (0..k).collect();
    let mut models: Vec<PlannedModel> = widths(k)
        .filter(|_| k > 1)
        .map(|width| PlannedModel::together(&all, width, base))
        .collect();
    for a in 0..k {
        for b in a + 1..k {
            if k > 2 {
                models.push(PlannedModel::together(&[a, b], 1, base));
            }
            for c in (b + 1..k).filter(|_| k > 3 && k <= TRIPLES) {
                let three = [a, b, c];
                models.extend([1, 2].map(|width| PlannedModel::together(&three, width, base)));
            }
        }
    }
    models
}

/// The best partition into at most `models` models.
fn grouped(k: usize, models: usize, base: Weighting, measured: &MeasuredModels) -> Option<Plan> {
    let gains = |group: &[usize]| best_width(group, base, measured).map(|(_, gains)| gains);
    let suggestion = grouping::best(k, models, gains, None)?;
    let model = |group: &Vec<usize>| match group.as_slice() {
        [only] => PlannedModel::alone(*only),
        group => {
            let width = best_width(group, base, measured).map_or(1, |(width, _)| width);
            PlannedModel::together(group, width, base)
        }
    };
    Some(Plan { models: suggestion.plan.iter().map(model).collect() })
}

/// The width of a measured group with the highest mean gain, and the gains of its tasks.
fn best_width(
    group: &[usize],
    base: Weighting,
    measured: &MeasuredModels,
) -> Option<(usize, Vec<f64>)> {
    let at = |width| Some((width, measured.gains(&PlannedModel::together(group, width, base))?));
    let mean = |gains: &[f64]| gains.iter().sum::<f64>() / gains.len() as f64;
    (1..group.len()).filter_map(at).max_by(|a, b| mean(&a.1).total_cmp(&mean(&b.1)))
}

/// The plan with another weighting scheme for models of several tasks.
fn reweighted(plan: &Plan, weights: Weighting) -> Plan {
    let model = |model: &PlannedModel| match model.tasks.len() {
        1 => model.clone(),
        _ => PlannedModel { weights, ..model.clone() },
    };
    Plan { models: plan.models.iter().map(model).collect() }
}

/// The plans that were measured, the best first.
fn rank(plans: Vec<Plan>, measured: &MeasuredModels) -> Vec<Candidate> {
    let measured_plan = |plan: Plan| {
        let known =
            |model: &PlannedModel| model.tasks.len() == 1 || measured.gains(model).is_some();
        let validation =
            plan.models.iter().all(known).then(|| measured.value(&plan, 1)).flatten()?;
        Some(Candidate { plan, validation })
    };
    let mut found: Vec<Candidate> = plans.into_iter().filter_map(measured_plan).collect();
    found.sort_by(|a, b| b.validation.mean.total_cmp(&a.validation.mean));
    found
}
