//! The trained models behind a figure, and where there is no prediction, in plain words.

use super::crossing::{near, value_near};
use crate::model::Claim;
use crate::scenario::Handle;
use crate::study::StudyResults;

/// The reason where the theory applies but offers no prediction.
const UNSETTLED: &str = "the data do not settle the heads, because others fit almost as well";
/// With more stretches than this, only the first are named.
const MOST_STRETCHES: usize = 3;

/// Describes the models of some cells for one method, trained alone and together:
/// `global optima or the best of many starts`.
pub fn fitted(results: &StudyResults, cells: impl Iterator<Item = usize>, method: usize) -> String {
    let mut said: Vec<(u8, &str)> = cells
        .filter_map(|cell| {
            let measurement = results.ledger.measurement(cell)?;
            Some([measurement.alone, measurement.approaches.get(method)?.claim])
        })
        .flatten()
        .map(kind)
        .collect();
    said.sort_unstable();
    said.dedup();
    let said: Vec<&str> = said.into_iter().map(|(_, words)| words).collect();
    if said.is_empty() { "the optima".to_owned() } else { said.join(" or ") }
}

/// Describes how sure it is that a model is an optimum: `a global optimum`.
pub fn found(claim: Claim) -> &'static str {
    match claim {
        Claim::Exact => "a global optimum",
        Claim::Multistart(_) => "the best of many starts",
        Claim::BestFound => "the best model found",
        Claim::Tuned => "tuned on validation rows",
        Claim::Rounding => "an optimum up to rounding",
    }
}

fn kind(claim: Claim) -> (u8, &'static str) {
    match claim {
        Claim::Exact => (0, "global optima"),
        Claim::Multistart(_) => (1, "the best of many starts"),
        Claim::BestFound => (2, "the best models found"),
        Claim::Tuned => (3, "models tuned on validation rows"),
        Claim::Rounding => (4, "optima up to rounding"),
    }
}

/// The values of a knob without a prediction, in ascending order, as stretches that no value with
/// one interrupts.
pub fn stretches(missing: &[f64], known: &[f64]) -> Vec<(f64, f64)> {
    let mut found: Vec<(f64, f64)> = Vec::new();
    for &value in missing {
        match found.last_mut() {
            Some((_, to)) if !known.iter().any(|known| *to < *known && *known < value) => {
                *to = value
            }
            _ => found.push((value, value)),
        }
    }
    found
}

/// Says where a theory line is interrupted and why, one sentence for each stretch, each with a
/// space behind it; empty without a stretch. `why` is the reason at a value, if the theory does not
/// apply there at all.
pub fn no_theory(
    handle: Handle,
    stretches: &[(f64, f64)],
    why: impl Fn(f64) -> Option<&'static str>,
) -> String {
    let sentence = |&(from, to): &(f64, f64)| {
        let reason = why(from).unwrap_or(UNSETTLED);
        let place = match from == to {
            true => format!("at {}", value_near(handle, from)),
            false => format!("from {} to {}", near(handle, from), value_near(handle, to)),
        };
        format!("No theory line {place}: {reason}. ")
    };
    stretches.iter().take(MOST_STRETCHES).map(sentence).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_without_a_prediction_form_stretches_between_those_with_one() {
        let found = stretches(&[1.0, 2.0, 5.0, 9.0], &[3.0, 4.0, 6.0, 7.0]);
        assert_eq!(found, [(1.0, 2.0), (5.0, 5.0), (9.0, 9.0)]);
        assert!(stretches(&[], &[1.0]).is_empty());
    }
}
