//! Runs the trials of a scenario and summarises them while they run.

use crate::study::measurement::Measurement;
use rayon::prelude::*;

use super::record::TrialRecord;
use super::tally::Tally;
use super::trial::Trial;
use crate::cancel::Cancel;
use crate::method::Approach;
use crate::scenario::Scenario;

/// The largest number of records in memory at once.
const AT_ONCE: usize = 1024;

/// Runs all trials of a scenario in parallel with the given approaches (the scenario's own first),
/// and publishes the results so far after batches that double in size. `None` if cancelled.
pub fn measure(
    scenario: &Scenario,
    approaches: &[Approach],
    cancel: &Cancel,
    mut publish: impl FnMut(&Measurement),
) -> Option<Measurement> {
    measure_until(scenario, approaches, cancel, |so_far| {
        publish(so_far);
        false
    })
}

/// As [`measure`], but ends after the first batch that is enough.
pub fn measure_until(
    scenario: &Scenario,
    approaches: &[Approach],
    cancel: &Cancel,
    mut is_enough: impl FnMut(&Measurement) -> bool,
) -> Option<Measurement> {
    let wanted = scenario.trials();
    let mut tally = Tally::default();
    while tally.trials() < wanted {
        let until = (tally.trials() * 2).max(4).min(wanted);
        extend(&mut tally, scenario, approaches, until, cancel)?;
        let so_far = tally.measurement(scenario, approaches, wanted);
        if so_far.is_some_and(|so_far| is_enough(&so_far)) {
            break;
        }
    }
    tally.measurement(scenario, approaches, wanted)
}

/// Runs further trials of a scenario until the tally has `until`, in batches that limit memory.
/// `None` if cancelled.
pub(super) fn extend(
    tally: &mut Tally,
    scenario: &Scenario,
    approaches: &[Approach],
    until: usize,
    cancel: &Cancel,
) -> Option<()> {
    while tally.trials() < until {
        let next = tally.trials()..until.min(tally.trials() + AT_ONCE);
        for record in records(scenario, approaches, next, cancel)? {
            tally.add(scenario, &record);
        }
    }
    Some(())
}

/// Runs a range of trials in parallel and returns their records in order. `None` if cancelled.
pub fn records(
    scenario: &Scenario,
    approaches: &[Approach],
    trials: std::ops::Range<usize>,
    cancel: &Cancel,
) -> Option<Vec<TrialRecord>> {
    trials
        .into_par_iter()
        .with_max_len(1)
        .map(|trial| {
            (!cancel.is_cancelled()).then(|| Trial::run(scenario, trial, approaches).into())
        })
        .collect()
}
