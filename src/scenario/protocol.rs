//! In words: the errors of real tasks, and how they are measured.

use super::check::Scenario;
use crate::model::Loss;
use crate::task::Activation;

/// The name of the error that is measured on test rows.
pub fn error(classifies: bool) -> &'static str {
    match classifies {
        true => "the share of misclassified test rows",
        false => "mean squared error on the test rows",
    }
}

/// Says how the errors of real tasks are measured and what the intervals cover; `None` for tasks
/// that are drawn.
pub fn protocol(scenario: &Scenario) -> Option<String> {
    let real = scenario.real()?;
    let is_untuned = real.lacks_validation(scenario.addresses());
    let alone = match (scenario.activation(), scenario.loss()) {
        (Activation::Linear, Loss::Squared) if is_untuned => {
            "alone is ridge regression with an intercept, its penalty chosen by generalised \
             cross-validation on the training rows, because the files give no validation rows"
        }
        (Activation::Linear, Loss::Logistic) if is_untuned => {
            "alone is logistic regression with an intercept, its ridge penalty chosen as that of \
             ridge regression, by generalised cross-validation on the training rows, because the files \
             give no validation rows"
        }
        (Activation::Relu, _) if is_untuned => {
            "alone is one ReLU unit with a ridge penalty, chosen as that of ridge regression, by \
             generalised cross-validation on the training rows, because the files give no validation rows"
        }
        (Activation::Linear, Loss::Squared) => {
            "alone is ridge regression with an intercept, its penalty chosen on validation rows"
        }
        (Activation::Linear, Loss::Logistic) => {
            "alone is logistic regression with an intercept, its ridge penalty chosen on \
             validation rows by logistic loss"
        }
        (Activation::Relu, _) => {
            "alone is one ReLU unit with a ridge penalty, chosen on validation rows by the loss of \
             training"
        }
    };
    let (error, covers) = (error(scenario.classifies()), covers(scenario));
    Some(format!("The error is {error}; {alone}; intervals cover {covers}."))
}

/// Says that the test rows are the same in every trial, and what intervals then cover; `None` where
/// rows or parts are drawn.
pub fn fixed_rows(scenario: &Scenario) -> Option<String> {
    let is_fixed = scenario.real().is_some_and(|real| !real.draws_splits());
    is_fixed.then(|| format!("Intervals cover {}.", covers(scenario)))
}

/// What the intervals of a scenario cover.
pub fn covers(scenario: &Scenario) -> &'static str {
    match scenario.real() {
        Some(_) if scenario.repeats_rows() => "nothing: every trial is the same",
        Some(real) if real.draws_splits() => {
            "the choice of training and test rows within these data"
        }
        Some(_) => "the choice of training rows within these data; the test rows are fixed",
        None => "the draws of training and held-out rows",
    }
}
