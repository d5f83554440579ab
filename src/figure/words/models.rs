//! The trained models behind a figure, and where there is no prediction, in plain words.

use super::crossing::value_near;
use super::undefined::{NO_ERROR, is_learned_alone};
use crate::model::OptimumKind;
use crate::scenario::{Handle, Scenario};
use crate::study::StudyResults;
use crate::study::prediction::{self, NO_PREDICTION};

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

/// A value of a knob without a prediction, and why there is none.
pub type Gap = (f64, &'static str);

/// Says where the theory line along a knob is interrupted or that there is none, and why: one sentence
/// for each stretch, each with a space behind it; empty without gaps. `known` are the values at which
/// the line is drawn; both are in ascending order.
pub fn no_theory(scenario: &Scenario, handle: Handle, gaps: &[Gap], known: &[f64]) -> String {
    let why = |value: f64| reason(scenario, handle, gaps, value);
    if known.is_empty() {
        let own = handle.get(scenario.draft()).unwrap_or_default();
        return format!("No theory line: {}. ", why(own));
    }
    let missing: Vec<f64> = gaps.iter().map(|(value, _)| *value).collect();
    let sentence = |stretch: &Stretch| {
        let near = |value: f64| value_near(handle, value);
        let place = match (stretch.above, stretch.below) {
            (Some(from), Some(to)) => format!("between {} and {}", near(from), near(to)),
            (Some(from), None) => format!("above {}", near(from)),
            (None, Some(to)) => format!("below {}", near(to)),
            (None, None) => "anywhere".to_owned(),
        };
        format!("No theory line {place}: {}. ", why(stretch.first))
    };
    stretches(&missing, known).iter().take(MOST_STRETCHES).map(sentence).collect()
}

/// The reason at the gap nearest to a value.
fn reason(scenario: &Scenario, handle: Handle, gaps: &[Gap], value: f64) -> &'static str {
    let far = |(gap, _): &&Gap| (gap - value).abs();
    let nearest = gaps.iter().min_by(|one, other| far(one).total_cmp(&far(other)));
    match nearest {
        Some((_, reason)) if *reason != NO_PREDICTION => reason,
        _ => match scenario.with(handle, value) {
            Ok(there) if is_learned_alone(&there) => NO_ERROR,
            _ => prediction::theory_gap(scenario).unwrap_or(NO_PREDICTION),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_noise_the_error_alone_is_why_there_is_no_theory_line() {
        let preset = crate::scenario::Preset::find("two-tasks").unwrap().scenario().unwrap();
        let handle = Handle::find(preset.draft(), "target.noise").unwrap();
        let noiseless = preset.with(handle, 0.0).unwrap();
        let said = no_theory(&noiseless, handle, &[(0.0, NO_PREDICTION)], &[]);
        assert_eq!(said, format!("No theory line: {NO_ERROR}. "));
    }

    #[test]
    fn the_reason_is_the_one_at_the_nearest_value_without_a_prediction() {
        let preset = crate::scenario::Preset::find("two-tasks").unwrap().scenario().unwrap();
        let handle = Handle::find(preset.draft(), "source.angle").unwrap();
        let gaps = [(10.0, "one reason"), (20.0, "another")];
        let said = |known: &[f64]| no_theory(&preset, handle, &gaps, known);
        assert_eq!(said(&[]), "No theory line: one reason. ");
        assert_eq!(said(&[30.0]), "No theory line below 30°: one reason. ");
        let both = "No theory line below 15°: one reason. No theory line above 15°: another. ";
        assert_eq!(said(&[15.0]), both);
    }

    #[test]
    fn values_without_a_prediction_form_stretches_between_those_with_one() {
        let found = stretches(&[1.0, 2.0, 5.0, 9.0], &[3.0, 4.0, 6.0, 7.0]);
        let ends: Vec<_> = found.iter().map(|stretch| (stretch.above, stretch.below)).collect();
        assert_eq!(ends, [(None, Some(3.0)), (Some(4.0), Some(6.0)), (Some(7.0), None)]);
        assert!(stretches(&[], &[1.0]).is_empty());
    }
}
