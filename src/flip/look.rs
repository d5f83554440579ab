//! Looks at changed scenarios with no more trials than are needed beside the theory.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::{towards, verdict};
use crate::cancel::Cancel;
use crate::scenario::Scenario;
use crate::study::measure::measure_until;
use crate::study::measurement::Measurement;
use crate::transfer::Verdict;

/// Half-widths of the interval by which the gain must be off zero: then nine in ten measurements say
/// the same, because 1.96 + 1.28 is 1.65 times 1.96.
const MARGIN: f64 = 1.65;
/// Half-width of the interval of many trials, in standard errors.
const ERRORS: f64 = 1.96;
/// How far predicted gains are off, as a standard deviation.
const THEORY: f64 = 0.025;
/// Half-widths of the interval of all trials by which the gain may be unsure, as a standard
/// deviation.
const UNSURE: f64 = 0.5;
/// Fewest trials: they say how wide the interval will be.
const FEWEST: usize = 32;

/// What theory and some trials say of a changed scenario.
pub(super) struct Look {
    /// The gain, towards the goal.
    pub(super) gain: f64,
    /// The gain that is needed for the margin.
    pub(super) needed: f64,
}

/// Looks at a scenario whose gain is predicted, with no more trials than it takes to correct the
/// prediction. The inner `None` means that the gain is undefined, the outer one cancelled.
pub(super) fn look(
    there: &Scenario,
    predicted: f64,
    goal: Verdict,
    cancel: &Cancel,
    budget: &mut Budget<'_>,
) -> Option<Option<Look>> {
    let mut before = 0;
    let found = measure_until(there, &[there.approach()], cancel, |so_far| {
        budget.spend(so_far.trials - before);
        before = so_far.trials;
        let sure = || seen(so_far, predicted, goal).is_some_and(|(_, sure)| sure);
        so_far.trials >= FEWEST && sure()
    })?;
    Some(seen(&found, predicted, goal).map(|(look, _)| look))
}

/// What trials say, and whether they suffice. Prediction and measurement count the more, the less
/// they are unsure.
fn seen(found: &Measurement, predicted: f64, goal: Verdict) -> Option<(Look, bool)> {
    let interval = found.own().targets.gain?;
    let half = interval.half_width() * (found.trials as f64 / found.wanted as f64).sqrt();
    let error = interval.half_width() / ERRORS;
    let weight = THEORY.powi(2) / (THEORY.powi(2) + error.powi(2));
    let gain = predicted + weight * (towards(goal, interval.mean) - predicted);
    let sure = weight.sqrt() * error <= UNSURE * half;
    Some((Look { gain, needed: MARGIN * half }, sure))
}

/// Whether several sets of all trials together say that the gain is off zero, towards the goal, by
/// the margin of one set.
pub(super) fn is_sure(sets: [&Measurement; 2], goal: Verdict) -> bool {
    let beyond = |found: &Measurement| {
        let interval = found.own().targets.gain?;
        Some(towards(goal, interval.mean) - MARGIN * interval.half_width())
    };
    let beyond: Option<f64> = sets.into_iter().map(beyond).sum();
    beyond.is_some_and(|beyond| beyond >= 0.0)
}

/// Whether trials leave no doubt that the gain is off zero, towards the goal, by the margin that all
/// trials will have, or that it is not; `None` while they do not.
pub(super) fn decided(found: &Measurement, goal: Verdict) -> Option<bool> {
    let interval = found.own().targets.gain?;
    let (gain, half) = (towards(goal, interval.mean), interval.half_width());
    let needed = MARGIN * half * (found.trials as f64 / found.wanted as f64).sqrt();
    let turned = verdict(found) == goal;
    match () {
        () if gain - half >= needed => Some(turned),
        () if gain + half < needed => Some(false),
        () if found.is_complete() => Some(turned && gain >= needed),
        () => None,
    }
}

/// Tells the share that is done, from the trials that are run of those that are expected.
pub(super) struct Meter<'a> {
    report: &'a (dyn Fn(f64) + Sync),
    /// The share at the beginning and at the end.
    ends: (f64, f64),
    expected: usize,
    done: AtomicUsize,
}

impl<'a> Meter<'a> {
    pub(super) fn new(report: &'a (dyn Fn(f64) + Sync), ends: (f64, f64), expected: usize) -> Self {
        Self { report, ends, expected, done: AtomicUsize::new(0) }
    }

    /// A part of what is expected.
    pub(super) fn budget(&self, expected: usize) -> Budget<'_> {
        Budget { meter: self, expected, spent: 0, counted: 0 }
    }

    /// Counts what is done.
    fn add(&self, count: usize) {
        let done = count + self.done.fetch_add(count, Ordering::Relaxed);
        let share = (done as f64 / self.expected as f64).min(1.0);
        (self.report)(self.ends.0 + share * (self.ends.1 - self.ends.0));
    }
}

/// A part of what a meter expects. The more is spent of it, the less the rest counts, so that it
/// lasts whatever is spent; what is left counts as done in the end.
pub(super) struct Budget<'a> {
    meter: &'a Meter<'a>,
    expected: usize,
    spent: usize,
    counted: usize,
}

impl Budget<'_> {
    pub(super) fn spend(&mut self, count: usize) {
        self.spent += count;
        let expected = self.expected as f64;
        let share = -(-(self.spent as f64) / expected).exp_m1();
        self.count((share * expected) as usize);
    }

    fn count(&mut self, until: usize) {
        self.meter.add(until - self.counted);
        self.counted = until;
    }
}

impl Drop for Budget<'_> {
    fn drop(&mut self) {
        self.count(self.expected);
    }
}
