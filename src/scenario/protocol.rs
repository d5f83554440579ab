//! In words: the errors of real tasks, and how they are measured.

use super::check::Scenario;

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
    let alone = match scenario.is_linear() {
        true => {
            "alone is ridge regression with an intercept, its penalty chosen on validation rows"
        }
        false => {
            "alone is the same model of one task, both without a penalty: compare with tuned ridge \
             regression (linear units, squared loss), which may beat them"
        }
    };
    let covers = match real.draws_splits() {
        true => "the choice of training and test rows",
        false => "the choice of training rows; the test rows are fixed",
    };
    let error = error(scenario.classifies());
    Some(format!("The error is {error}; {alone}; intervals cover {covers}."))
}
