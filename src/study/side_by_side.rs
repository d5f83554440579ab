//! Ways to use other tasks for a target, side by side: joint training, merging and fine-tuning, and
//! ridge regression, which uses none. Each is measured against the target alone, and predicted.

use super::measure;
use super::prediction::{POPULATIONS, predict};
use crate::cancel::Cancel;
use crate::method::{Approach, Method};
use crate::scenario::Scenario;
use crate::study::measurement::Measurement;
use crate::transfer::{Outcome, Prediction};

/// The methods that stand side by side.
const METHODS: [Method; 4] = [Method::Joint, Method::Merge, Method::FineTune, Method::Ridge];

/// Returns false for a method that is only another name here: real tasks are trained alone by ridge
/// regression, and nothing can be tuned where one of them has no validation rows.
pub fn is_distinct(scenario: &Scenario, method: Method) -> bool {
    scenario.real().is_none_or(|real| {
        let is_untuned = method.is_tuned() && real.lacks_validation(scenario.addresses());
        method != Method::Ridge && !is_untuned
    })
}

/// The results of the methods so far.
#[derive(Debug, Clone, PartialEq)]
pub struct SideBySide {
    /// Every approach with its prediction, or the reason why it has none.
    pub predicted: Vec<(Approach, Result<Prediction, &'static str>)>,
    /// The measurement, with the approaches in the same order; `None` before two trials.
    pub measurement: Option<Measurement>,
}

/// Returns the reason why the methods cannot be compared on a scenario; `None` if they can.
pub fn no_methods(scenario: &Scenario) -> Option<&'static str> {
    if scenario.tasks().len() < 2 {
        Some("it takes two tasks")
    } else if !scenario.is_linear() {
        Some("merging and fine-tuning are for linear units with squared loss")
    } else {
        None
    }
}

/// Predicts and measures every method, and publishes the results so far. `None` if cancelled, or if
/// the methods cannot be compared.
pub fn compare(
    scenario: &Scenario,
    cancel: &Cancel,
    mut publish: impl FnMut(&SideBySide),
) -> Option<SideBySide> {
    if no_methods(scenario).is_some() {
        return None;
    }
    let weighting = scenario.approach().weighting;
    let methods = METHODS.into_iter().filter(|method| is_distinct(scenario, *method));
    let approaches: Vec<Approach> = methods.map(|method| Approach { weighting, method }).collect();
    let mut found = SideBySide { predicted: Vec::new(), measurement: None };
    for &approach in &approaches {
        if cancel.is_cancelled() {
            return None;
        }
        let predicted = match scenario.trained_by(approach) {
            Ok(there) => predict(&there, POPULATIONS),
            Err(_) => Err("it does not fit this scenario"),
        };
        found.predicted.push((approach, predicted));
    }
    publish(&found);
    measure::measure(scenario, &approaches, cancel, |measurement| {
        found.measurement = Some(measurement.clone());
        publish(&found);
    })?;
    Some(found)
}

impl SideBySide {
    /// Every method with its prediction and, once it is measured, the outcome for the targets.
    pub fn methods(
        &self,
    ) -> impl Iterator<Item = (Method, &Result<Prediction, &'static str>, Option<&Outcome>)> {
        self.predicted.iter().enumerate().map(|(place, (approach, predicted))| {
            let measured = self.measurement.as_ref().map(|all| &all.approaches[place].targets);
            (approach.method, predicted, measured)
        })
    }
}
