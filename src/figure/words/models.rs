//! The trained models behind a figure, and where there is no prediction, in plain words.

use super::crossing::value_near;
use super::undefined::{NO_ERROR, is_learned_alone};
use crate::model::OptimumKind;
use crate::scenario::{Handle, Scenario};
use crate::study::StudyResults;
use crate::study::prediction;

/// The reason where the theory applies but offers no prediction.
const UNSETTLED: &str =
    "the data do not settle the output weights A of the tasks, because others fit almost as well";
/// With more stretches than this, only the first are named.
const MOST_STRETCHES: usize = 3;

/// Describes the models of some cells for one method, trained alone and together:
/// `global optima or the best of many starts`.
pub fn fitted(results: &StudyResults, cells: impl Iterator<Item = usize>, method: usize) -> String {
    fitted_as(fits(results, cells, method))
}

/// The kinds of optimum of some cells for one method, trained alone and together.
pub fn fits(
    results: &StudyResults,
    cells: impl Iterator<Item = usize>,
    method: usize,
) -> impl Iterator<Item = OptimumKind> {
    let kinds = cells.filter_map(move |cell| {
        let measurement = results.records.measurement(cell)?;
        Some([measurement.alone, measurement.approaches.get(method)?.kind])
    });
    kinds.flatten()
}

/// Describes models of some kinds of optimum: `global optima or the best of many starts`.
pub fn fitted_as(kinds: impl Iterator<Item = OptimumKind>) -> String {
    let mut said: Vec<(u8, &str)> = kinds.map(kind).collect();
    said.sort_unstable();
    said.dedup();
    let said: Vec<&str> = said.into_iter().map(|(_, words)| words).collect();
    if said.is_empty() { "the optima".to_owned() } else { said.join(" or ") }
}

/// Describes how sure it is that a model is an optimum: `a global optimum`.
pub fn found(kind: OptimumKind) -> &'static str {
    match kind {
        OptimumKind::Exact => "a global optimum",
        OptimumKind::Multistart(_) => "the best of many starts",
        OptimumKind::BestFound => "the best model found",
        OptimumKind::PlugIn => "weighted by estimates from the training rows",
        OptimumKind::Tuned => "tuned on validation rows",
        OptimumKind::Rounding => "an optimum up to rounding",
    }
}

fn kind(kind: OptimumKind) -> (u8, &'static str) {
    match kind {
        OptimumKind::Exact => (0, "global optima"),
        OptimumKind::Multistart(_) => (1, "the best of many starts"),
        OptimumKind::BestFound => (2, "the best models found"),
        OptimumKind::PlugIn => (3, "models weighted by estimates from the training rows"),
        OptimumKind::Tuned => (4, "models tuned on validation rows"),
        OptimumKind::Rounding => (5, "optima up to rounding"),
    }
}

/// A stretch of a knob without a theory line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stretch {
    /// The first value without a prediction.
    pub first: f64,
    /// The last value with a prediction below it, if there is one.
    pub above: Option<f64>,
    /// The first value with a prediction beyond it, if there is one.
    pub below: Option<f64>,
}

/// The stretches without a prediction, from the values of a knob without one and with one, both in
/// ascending order.
pub fn stretches(missing: &[f64], known: &[f64]) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    for &first in missing {
        let above = known.iter().copied().rfind(|value| *value < first);
        let below = known.iter().copied().find(|value| *value > first);
        if found.last().is_none_or(|last| last.above != above) {
            found.push(Stretch { first, above, below });
        }
    }
    found
}

/// Says that a scenario has no theory line anywhere along a knob, and why, with a space behind it.
pub fn no_theory_of(scenario: &Scenario) -> String {
    format!("No theory line: {}. ", theory_gap(scenario))
}

/// The reason why a scenario has no predicted gain.
pub fn theory_gap(scenario: &Scenario) -> &'static str {
    match prediction::theory_gap(scenario) {
        Some(reason) => reason,
        None if is_learned_alone(scenario) => NO_ERROR,
        None => UNSETTLED,
    }
}

/// Says where a theory line is interrupted and why, one sentence for each stretch, each with a
/// space behind it; empty without a stretch. `why` is the reason at a value; `None` if the scenario
/// cannot have it.
pub fn no_theory(
    handle: Handle,
    stretches: &[Stretch],
    why: impl Fn(f64) -> Option<&'static str>,
) -> String {
    let sentence = |stretch: &Stretch| {
        let reason = why(stretch.first).unwrap_or(UNSETTLED);
        let near = |value: f64| value_near(handle, value);
        let place = match (stretch.above, stretch.below) {
            (Some(from), Some(to)) => format!("between {} and {}", near(from), near(to)),
            (Some(from), None) => format!("above {}", near(from)),
            (None, Some(to)) => format!("below {}", near(to)),
            (None, None) => "anywhere".to_owned(),
        };
        format!("No theory line {place}: {reason}. ")
    };
    stretches.iter().take(MOST_STRETCHES).map(sentence).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_noise_the_error_alone_is_why_there_is_no_theory_line() {
        let preset = crate::scenario::Preset::find("two-tasks").unwrap().scenario().unwrap();
        let handle = Handle::find(preset.draft(), "target.noise").unwrap();
        let said = no_theory_of(&preset.with(handle, 0.0).unwrap());
        assert_eq!(said, format!("No theory line: {NO_ERROR}. "));
    }

    #[test]
    fn values_without_a_prediction_form_stretches_between_those_with_one() {
        let found = stretches(&[1.0, 2.0, 5.0, 9.0], &[3.0, 4.0, 6.0, 7.0]);
        let ends: Vec<_> = found.iter().map(|stretch| (stretch.above, stretch.below)).collect();
        assert_eq!(ends, [(None, Some(3.0)), (Some(4.0), Some(6.0)), (Some(7.0), None)]);
        assert!(stretches(&[], &[1.0]).is_empty());
    }
}
