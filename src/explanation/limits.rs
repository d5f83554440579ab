//! Limits of the explanation, for a given scenario.

use crate::explanation::evidence::Evidence;
use crate::explanation::first::FirstTrial;
use crate::explanation::formulas::written;
use crate::explanation::landscape::no_landscape;
use crate::explanation::trials::{BoundSample, outside_theorem_2};
use crate::math::digits::{compact, digits};
use crate::method::Method;
use crate::model::OptimumKind;
use crate::scenario::draft::Redraw;
use crate::scenario::{Scenario, protocol};
use crate::study::prediction::{model_gap, theory_gap};
use crate::transfer::Prediction;

/// The limits in sentences, the most important first.
pub(super) fn all(
    scenario: &Scenario,
    evidence: &Evidence,
    first: Option<&FirstTrial>,
    reach: Option<&Result<BoundSample, &'static str>>,
) -> Vec<String> {
    let mut limits = Vec::new();
    match &evidence.predicted {
        Ok(found) => limits.extend(accuracy(scenario, evidence, found)),
        Err(_) if scenario.real().is_some() && theory_gap(scenario).is_none() => limits.push(
            "The theory line takes the fit to all rows for the truth; its equations are shown for \
             drawn tasks only."
                .to_owned(),
        ),
        Err(gap) => {
            limits.push(format!("No prediction at these values: {gap}{}.", detail(scenario)))
        }
    }
    limits.extend(measured(scenario));
    limits.extend(few_rows(scenario));
    limits.extend(first.and_then(|first| kind(scenario, first.kind)));
    limits.extend(theorem_2(scenario, reach));
    limits.extend(landscape(scenario, first));
    limits.extend(scenario.real().is_none().then(|| draws(scenario)));
    limits.push(
        "Similar covariances alone do not predict help: on real text they do not order pairs by \
         gain."
            .to_owned(),
    );
    limits
}

/// What stands in the place of planted numbers for real tasks, and what the intervals cover.
fn measured(scenario: &Scenario) -> Vec<String> {
    let Some(protocol) = protocol::protocol(scenario) else { return Vec::new() };
    let fitted = "θ and the covariances shown here are fitted to all rows of the data set.";
    vec![protocol, fitted.to_owned()]
}

/// The accuracy of the prediction by its own estimate.
fn accuracy(scenario: &Scenario, evidence: &Evidence, prediction: &Prediction) -> Vec<String> {
    let (d, k) = (scenario.dimension(), scenario.tasks().len());
    match scenario.approach().method {
        Method::Merge => {
            return vec![
                "The prediction is for merging with the best weights, and exact for Gaussian rows. \
                 Training estimates the weights from the rows, which costs a little."
                    .to_owned(),
            ];
        }
        Method::FineTune | Method::Ridge => {
            return vec![format!(
                "The prediction is the limit of many dimensions, for Gaussian rows; here d = {d}. It \
                 expects the error at {} ± {}: a share of the error and of the cost of choosing λ.",
                compact(prediction.multi),
                compact(prediction.doubt)
            )];
        }
        _ => {}
    }
    let mut limits = vec![format!(
        "The theory is the limit of many dimensions, for Gaussian rows; here d = {d}. It expects the \
         error together at {} ± {}. If the heads alone made that more than a tenth of the larger \
         error, there would be no prediction.",
        compact(prediction.multi),
        compact(prediction.doubt)
    )];
    if evidence.withheld > 0 {
        limits.push(format!(
            "In {} of {} populations the data do not determine the heads; the prediction leaves \
             them out.",
            evidence.withheld, evidence.populations
        ));
    }
    if k > 2 {
        limits.push(format!(
            "The heads of {k} tasks come from a search with many starts; better ones may exist."
        ));
    }
    limits
}

/// The part of the scenario that causes a gap, checked in the order of
/// [`theory_gap`](crate::study::prediction::theory_gap).
fn detail(scenario: &Scenario) -> String {
    let d = scenario.dimension() as u64;
    let (r, k) = (scenario.width(), scenario.tasks().len());
    let approach = scenario.approach();
    let targets = scenario.targets();
    let few =
        targets.iter().map(|&i| &scenario.tasks()[i]).find(|task| task.samples.abs_diff(d) <= 1);
    let samples: Vec<u64> = scenario.tasks().iter().map(|task| task.samples).collect();
    let fixed = approach.weighting.before_data(&samples, &scenario.manual_weights()).is_some();
    if scenario.real().is_some() || model_gap(scenario).is_some() {
        String::new()
    } else if approach.method != Method::Joint {
        match approach.method {
            Method::Merge | Method::FineTune if scenario.shares_rows() => {
                " (here they share one X)".to_owned()
            }
            Method::Merge | Method::FineTune | Method::Ridge => String::new(),
            other => format!(" (here {})", other.name()),
        }
    } else if !fixed {
        format!(" (here {} weights)", approach.weighting.name())
    } else if scenario.shares_rows() {
        " (here they share one X)".to_owned()
    } else if r >= k {
        format!(" ({r} ≥ {k})")
    } else if r > 1 {
        format!(" (here {r} units for {k} tasks)")
    } else if let Some(task) = few {
        format!(" ({} has {}, d = {d})", task.name, task.samples)
    } else {
        String::new()
    }
}

/// Warnings about too few rows.
fn few_rows(scenario: &Scenario) -> Vec<String> {
    let d = scenario.dimension() as u64;
    let mut limits = Vec::new();
    if scenario.real().is_some() {
        return limits;
    }
    let targets = scenario.targets();
    let few = targets.iter().map(|&i| &scenario.tasks()[i]);
    let few = few.min_by_key(|task| task.samples);
    if let Some(task) = few.filter(|task| task.samples <= d + d / 2) {
        limits.push(format!(
            "{} has m = {} rows for d = {d}: near m = d errors blow up, and a few trials dominate \
             their mean.",
            task.name, task.samples
        ));
    }
    let total: u64 = if scenario.shares_rows() {
        scenario.tasks().first().map_or(0, |task| task.samples)
    } else {
        scenario.tasks().iter().map(|task| task.samples).sum()
    };
    if scenario.is_linear() && total <= d + d / 4 && scenario.width() < scenario.tasks().len() {
        limits.push(format!(
            "Together there are {total} rows for d = {d}: the shared unit fits them exactly or \
             nearly."
        ));
    }
    limits
}

/// The kind of optimum of the joint model.
fn kind(scenario: &Scenario, kind: OptimumKind) -> Option<String> {
    match kind {
        OptimumKind::Exact => None,
        OptimumKind::Multistart(n) => {
            Some(format!("The joint optimum is the best of {n} starts; a better one may exist."))
        }
        OptimumKind::BestFound => {
            Some("The joint model is the best one found; a better one may exist.".to_owned())
        }
        OptimumKind::PlugIn => Some(
            "The weights of the merged model are estimated from the training rows; the best ones \
             would need the populations."
                .to_owned(),
        ),
        OptimumKind::Tuned => Some(format!(
            "{} is tuned on validation rows; it is not meant to be an optimum.",
            scenario.approach().method.name()
        )),
        OptimumKind::Rounding => Some(
            "In some trials rounding errors are as large as the effect; there it counts as zero."
                .to_owned(),
        ),
    }
}

fn theorem_2(
    scenario: &Scenario,
    reach: Option<&Result<BoundSample, &'static str>>,
) -> Option<String> {
    if let Some(reason) = outside_theorem_2(scenario) {
        return Some(format!("Theorem 2 does not apply: {reason}."));
    }
    let reach = reach?.as_ref().ok()?;
    let (holding, n) = (reach.holding(), reach.bounds.len());
    let c = reach.part(|bound| bound.misalignment)?.mean;
    Some(match reach.bound() {
        None => format!(
            "Theorem 2 does not apply: c = {} on average over {n} trials, and it needs c < 1/3.",
            written(c)
        ),
        Some(bound) if bound.mean >= 1.0 => format!(
            "Theorem 2 applies in {holding} of {n} trials, but a bound of 1 or more says nothing; \
             the bound is useful for c below about 0.1."
        ),
        Some(_) => format!(
            "Theorem 2 applies in {holding} of {n} trials, for enough source rows. It bounds the \
             error; it does not promise help."
        ),
    })
}

fn landscape(scenario: &Scenario, first: Option<&FirstTrial>) -> Option<String> {
    if let Some(reason) = no_landscape(scenario) {
        return Some(format!("No landscape h(ψ) here: {reason}."));
    }
    let landscape = first?.landscape.as_ref().ok()?;
    let joint = scenario.approach().method == Method::Joint;
    Some(if !joint {
        format!(
            "h(ψ) is for joint training without alignment; {} has another objective.",
            scenario.approach().method.name()
        )
    } else if landscape.width > 1 {
        format!(
            "h(ψ) is the objective of one unit; the model has {}, and its optimum is not a \
             maximum of h.",
            landscape.width
        )
    } else {
        let inside = landscape.unit.map_or(String::new(), |unit| {
            format!("; {} % of B (squared length) lies in it", digits(100.0 * unit.inside))
        });
        format!(
            "h(ψ) is shown only in the plane of two θs, of d = {} dimensions{inside}.",
            scenario.dimension()
        )
    })
}

/// States which parts each trial draws.
fn draws(scenario: &Scenario) -> String {
    match scenario.draft().data.redraw {
        Redraw::Population => {
            "Every trial draws its own θs and axes: landscape and heads are from the \
             first, errors are means over trials."
                .to_owned()
        }
        Redraw::Data => "All trials share one population: the statements hold for this one, not \
                         for similar ones."
            .to_owned(),
    }
}
