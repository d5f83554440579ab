//! Where what is explained stops to apply, for the scenario at hand.

use crate::explanation::evidence::Evidence;
use crate::explanation::first::FirstTrial;
use crate::explanation::formulas::written;
use crate::explanation::landscape::{labels_are_linear, no_landscape};
use crate::explanation::trials::{BoundSample, outside_theorem_2};
use crate::math::digits::digits;
use crate::method::Method;
use crate::model::Claim;
use crate::scenario::Scenario;
use crate::scenario::draft::Redraw;
use crate::transfer::theory::HeadUncertainty;

/// Dimensions from which on the prediction is within the error of the simulations it was checked
/// by, at which it is off by about a twentieth, and below which by up to a seventh.
const ACCURATE: usize = 100;
const FAIR: usize = 20;

/// The limits in sentences, the most pressing first.
pub(super) fn all(
    scenario: &Scenario,
    evidence: &Evidence,
    first: Option<&FirstTrial>,
    reach: Option<&Result<BoundSample, &'static str>>,
) -> Vec<String> {
    let mut limits = Vec::new();
    match &evidence.predicted {
        Ok(_) => limits.extend(accuracy(scenario, evidence)),
        Err(gap) => limits.push(format!("No theory line here: {gap}{}.", detail(scenario))),
    }
    limits.extend(few_rows(scenario));
    limits.extend(first.and_then(|first| claim(scenario, first.claim)));
    limits.extend(theorem_2(scenario, reach));
    limits.extend(landscape(scenario, first));
    limits.push(draws(scenario));
    limits.push(
        "Similar covariances are no sign of help by themselves: on real text they do not order \
         pairs by gain."
            .to_owned(),
    );
    limits
}

/// How accurate the prediction is known to be, and what it says of itself.
fn accuracy(scenario: &Scenario, evidence: &Evidence) -> Vec<String> {
    let (d, k) = (scenario.dimension(), scenario.tasks().len());
    let known = if d >= ACCURATE {
        "agrees with simulated errors within their error from 100 dimensions on"
    } else if d >= FAIR {
        "is about 5 % off simulated errors at 20 dimensions, less with more"
    } else {
        "is 1 to 14 % off simulated errors at 4 to 8 dimensions"
    };
    let mut limits = vec![format!(
        "The theory is a limit of many dimensions for Gaussian rows: it {known}; here d = {d}."
    )];
    if let Some(doubt) = evidence.doubt {
        limits.push(format!(
            "Other or moving heads are expected to change the predicted error by {}; from {} % on \
             no prediction is offered.",
            match doubt {
                small if small < 1e-3 => "less than 0.1 %".to_owned(),
                share => format!("up to {} %", digits(100.0 * share)),
            },
            digits(100.0 * HeadUncertainty::LIMIT)
        ));
    }
    if evidence.withheld > 0 {
        limits.push(format!(
            "In {} of {} populations luck decides between heads, and the prediction leaves them \
             out.",
            evidence.withheld, evidence.populations
        ));
    }
    if k > 2 {
        limits.push(format!(
            "The best heads of {k} tasks are found by a search from many starts: no proof that \
             none is better."
        ));
    }
    limits
}

/// What in the scenario stands behind a gap, asked for in the order of
/// [`theory_gap`](crate::study::prediction::theory_gap).
fn detail(scenario: &Scenario) -> String {
    let d = scenario.dimension() as u64;
    let (r, k) = (scenario.width(), scenario.tasks().len());
    let approach = scenario.approach();
    let targets = scenario.targets();
    let few = targets.iter().map(|&i| &scenario.tasks()[i]).find(|task| task.samples <= d + 1);
    let samples: Vec<u64> = scenario.tasks().iter().map(|task| task.samples).collect();
    let fixed = approach.weighting.before_data(&samples, &scenario.manual_weights()).is_some();
    if !scenario.is_linear() {
        format!(" (here {} units, {} loss)", scenario.activation().name(), scenario.loss().name())
    } else if scenario.tasks().iter().any(|task| task.labels.random > 0.0) {
        " (here a share of the labels is random)".to_owned()
    } else if !labels_are_linear(scenario) {
        " (here they are not)".to_owned()
    } else if approach.method != Method::Joint {
        format!(" (here {})", approach.method.name())
    } else if !fixed {
        format!(" (here {} weights)", approach.weighting.name())
    } else if scenario.shares_rows() {
        " (here all have one X)".to_owned()
    } else if r >= k {
        format!(" ({r} ≥ {k})")
    } else if r > 1 {
        format!(" (here {r} units for {k} tasks)")
    } else if let Some(task) = few {
        format!(" ({} has {}, d + 1 = {})", task.name, task.samples, d + 1)
    } else {
        String::new()
    }
}

/// Rows too few for errors to be steady.
fn few_rows(scenario: &Scenario) -> Vec<String> {
    let d = scenario.dimension() as u64;
    let mut limits = Vec::new();
    let targets = scenario.targets();
    let few = targets.iter().map(|&i| &scenario.tasks()[i]);
    let few = few.min_by_key(|task| task.samples);
    if let Some(task) = few.filter(|task| task.samples <= d + d / 2) {
        limits.push(format!(
            "{} has m = {} rows for d = {d}: near m = d errors blow up, and their means are made \
             by few trials.",
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
            "Together there are {total} rows for d = {d}: the shared unit fits its rows exactly or \
             nearly so."
        ));
    }
    limits
}

/// What may be claimed of the model trained together.
fn claim(scenario: &Scenario, claim: Claim) -> Option<String> {
    match claim {
        Claim::Exact => None,
        Claim::Multistart(n) => Some(format!(
            "The optimum of joint training is the best of {n} starts, not proved to be the best \
             there is."
        )),
        Claim::BestFound => Some(
            "Of joint training the best model found is shown; a better one may exist.".to_owned(),
        ),
        Claim::Tuned => Some(format!(
            "{} is tuned on validation rows: no optimum by intention.",
            scenario.approach().method.name()
        )),
        Claim::Rounding => Some(
            "In some trials rounding errors are as large as the effect, which counts as none there."
                .to_owned(),
        ),
    }
}

fn theorem_2(
    scenario: &Scenario,
    reach: Option<&Result<BoundSample, &'static str>>,
) -> Option<String> {
    if let Some(reason) = outside_theorem_2(scenario) {
        return Some(format!("Theorem 2 says nothing here: {reason}."));
    }
    let reach = reach?.as_ref().ok()?;
    let (holding, n) = (reach.holding(), reach.bounds.len());
    let c = reach.part(|bound| bound.misalignment)?.mean;
    Some(match reach.bound() {
        None => format!(
            "Theorem 2 says nothing here: c = {} on average of {n} trials, and it needs c < 1/3.",
            written(c)
        ),
        Some(bound) if bound.mean >= 1.0 => format!(
            "Theorem 2 holds in {holding} of {n} trials, but a bound of 1 or more says nothing: \
             it is informative for c below about 0.1."
        ),
        Some(_) => format!(
            "Theorem 2 holds in {holding} of {n} trials, for endless source rows; it bounds how \
             far the unit leads astray, and promises no help."
        ),
    })
}

fn landscape(scenario: &Scenario, first: Option<&FirstTrial>) -> Option<String> {
    if let Some(reason) = no_landscape(scenario) {
        return Some(format!("No landscape h(φ) here: {reason}."));
    }
    let relief = first?.relief.as_ref().ok()?;
    let joint = scenario.approach().method == Method::Joint;
    Some(if !joint {
        format!(
            "h(φ) is that of joint training without alignment; {} climbs another.",
            scenario.approach().method.name()
        )
    } else if relief.width > 1 {
        format!(
            "h(φ) is what one unit would climb; the model has {}, and its optimum is no summit of \
             h.",
            relief.width
        )
    } else {
        let inside = relief.unit.map_or(String::new(), |unit| {
            format!("; {} % of B (its length squared) lies in it", digits(100.0 * unit.inside))
        });
        format!(
            "h(φ) is shown in the plane of two θ only, of d = {}{inside}.",
            scenario.dimension()
        )
    })
}

/// What a trial draws anew.
fn draws(scenario: &Scenario) -> String {
    match scenario.draft().data.redraw {
        Redraw::Population => {
            "Every trial draws its own θ and axes: landscape and heads are those \
                               of the first, errors are means over trials."
                .to_owned()
        }
        Redraw::Data => "All trials share one population: what is said holds for that one, not \
                         for others like it."
            .to_owned(),
    }
}
