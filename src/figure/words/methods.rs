//! Methods side by side, in sentences.

use super::{effect, learners, mean_error};
use crate::math::stats::LEVEL;
use crate::method::Method;
use crate::scenario::Scenario;
use crate::study::SideBySide;
use crate::transfer::words::prediction;
use crate::transfer::{Outcome, Prediction};

/// The error of the targets alone, which is the baseline of all methods.
pub fn alone(scenario: &Scenario, found: &SideBySide) -> String {
    let whom = learners(scenario);
    match found.methods().find_map(|(_, _, measured)| measured) {
        Some(outcome) => format!(
            "Alone, {whom}: error {} (n = {}, {LEVEL}): the baseline.",
            mean_error(outcome.single, outcome.trials),
            outcome.trials
        ),
        None => format!("Alone, {whom}: the baseline."),
    }
}

/// Every method: its gain over training alone with n and interval, and the prediction.
pub fn methods(found: &SideBySide) -> Vec<String> {
    let of = |(method, predicted, measured): (Method, &Result<_, _>, Option<&Outcome>)| {
        let name = method.description().label;
        let theory = theory(method, predicted);
        match measured {
            Some(outcome) => {
                format!("{name}: {} (n = {}, {LEVEL}); {theory}", effect(outcome), outcome.trials)
            }
            None => format!("{name}: not measured; {theory}"),
        }
    };
    found.methods().map(of).collect()
}

/// The prediction of a method, and what it is a prediction of.
fn theory(method: Method, found: &Result<Prediction, &'static str>) -> String {
    match found {
        Ok(found) => {
            let which = if method == Method::Merge { " with the best weights" } else { "" };
            format!("theory{which} {}", prediction(found))
        }
        Err(gap) => format!("no theory: {gap}"),
    }
}
