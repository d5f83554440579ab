//! Why a gain, or its prediction, is undefined.

use crate::scenario::Scenario;
use crate::study::StudyResults;
use crate::transfer::Outcome;

/// The reason if no target has an error when it is trained alone.
pub(super) const NO_ERROR: &str = "the gain is undefined, because the error alone is 0";

/// Says why the gain is undefined at every setting measured so far, for the scenario's own
/// approach; `None` if it is defined at one, or nothing is measured.
pub fn undefined(results: &StudyResults) -> Option<String> {
    let cells = 0..results.study.cells().len();
    let measured: Vec<&Outcome> = cells.filter_map(|cell| results.outcome(cell, 0)).collect();
    let is_undefined = |outcome: &&Outcome| outcome.gain.is_none() && outcome.trials > 1;
    if measured.is_empty() || !measured.iter().all(is_undefined) {
        return None;
    }
    let why = match measured.iter().all(|outcome| outcome.single.mean == 0.0) {
        true => "the error alone is 0",
        false => {
            "the error alone varies so much between trials that its mean cannot be told from 0"
        }
    };
    Some(format!("The gain is undefined at every setting, because {why}."))
}

/// Returns true if the targets have no error alone: their labels have no noise, and they have at
/// least as many rows as features. The noise of data from files is not known.
pub(super) fn is_learned_alone(scenario: &Scenario) -> bool {
    if scenario.real().is_some() {
        return false;
    }
    let tasks = scenario.tasks();
    let is_learned = |i: &usize| {
        tasks[*i].labels.noise == 0.0 && tasks[*i].samples >= scenario.dimension() as u64
    };
    scenario.targets().iter().all(is_learned)
}
