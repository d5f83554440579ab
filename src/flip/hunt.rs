//! Hunts for the nearest change along some knobs: the theory says where, trials say whether.

use std::sync::Arc;

use super::ladder::{Place, is_beside};
use super::lattice::{Ask, Lattice};
use super::look::{Budget, is_sure, look};
use super::{Found, Lack, VerdictChange, towards, verdict};
use crate::cancel::Cancel;
use crate::scenario::Scenario;
use crate::study::measure::measure_until;
use crate::study::measurement::Measurement;
use crate::study::prediction::{POPULATIONS, predict};
use crate::transfer::{Prediction, Verdict};

/// Most places that are looked at along some knobs before one is confirmed.
const LOOKS: usize = 3;
/// Most places that are confirmed along some knobs.
pub(super) const CONFIRMATIONS: usize = 2;

/// Where to look along some knobs.
#[derive(Debug, Clone)]
pub(super) struct Hunt {
    /// The knobs, by the numbers of their ladders.
    pub(super) among: Vec<usize>,
    /// The predicted gain that is needed, towards the goal, as the trials so far say; 0 if unknown.
    pub(super) need: f64,
    within: f64,
    refused: Vec<Place>,
}

impl Hunt {
    pub(super) fn new(among: Vec<usize>, within: f64, need: f64) -> Self {
        Self { among, need, within, refused: Vec::new() }
    }

    pub(super) fn ask(&self, within: f64) -> Ask<'_> {
        Ask { need: self.need, within, refused: &self.refused }
    }
}

/// What all hunts share.
pub(super) struct Hunter<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) lattice: Lattice<'a>,
    pub(super) goal: Verdict,
    /// The prediction for the scenario, or why the theory cannot search.
    pub(super) predicted: Result<Prediction, &'static str>,
    /// The error of the targets alone, as it is.
    pub(super) alone: f64,
    pub(super) cancel: &'a Cancel,
}

impl Hunter<'_> {
    /// The nearest change along some knobs that new trials confirm. `None` if cancelled.
    pub(super) fn hunt(&self, hunt: &mut Hunt, budget: &mut Budget<'_>) -> Option<Found> {
        for attempt in 0..CONFIRMATIONS {
            let Some(place) = self.settle(hunt, budget)? else { break };
            match self.named(&place, attempt, budget)? {
                Some(change) => return Some(Ok(change)),
                None => hunt.refused.push(place),
            }
        }
        Some(Err(Lack::Uncertain))
    }

    /// The nearest place where the verdict turns by the margin. Every look corrects the gain that
    /// must be predicted. `None` if cancelled.
    fn settle(&self, hunt: &mut Hunt, budget: &mut Budget<'_>) -> Option<Option<Place>> {
        let mut seen: Vec<Place> = Vec::new();
        loop {
            let next = self.lattice.nearest(&hunt.among, &hunt.ask(hunt.within));
            if self.cancel.is_cancelled() {
                return None;
            }
            let Some(next) = next else { return Some(None) };
            if seen.len() == LOOKS || seen.iter().any(|place| is_beside(place, &next)) {
                return Some(Some(next));
            }
            let found = self.lattice.scenario(&next).zip(self.lattice.gain(&next));
            let Some((there, predicted)) = found else { return Some(None) };
            match look(&there, predicted, self.goal, self.cancel, budget)? {
                Some(look) => hunt.need = look.needed - (look.gain - predicted),
                None => hunt.refused.push(next.clone()),
            }
            seen.push(next);
        }
    }

    /// The change that leads to a place, if new trials confirm it, or a smaller one that they still
    /// confirm by the margin, measured on further trials. Where the theory predicts nothing, any two
    /// sets of trials must keep the margin. `None` if cancelled.
    pub(super) fn named(
        &self,
        place: &Place,
        attempt: usize,
        budget: &mut Budget<'_>,
    ) -> Option<Option<VerdictChange>> {
        let Some((change, sure)) = self.confirmed(place, attempt, budget)? else {
            return Some(None);
        };
        if change.predicted.is_none() && !sure.0 {
            return Some(None);
        }
        let change = self.taken_back(place, change, attempt, budget)?;
        let Some(anew) = reseeded(&change.scenario, CONFIRMATIONS + attempt) else {
            return Some(None);
        };
        let measured = self.measured(&anew, budget)?;
        let sure = || is_sure([&change.measured, &measured], self.goal);
        let stays = verdict(&measured) == self.goal && (change.predicted.is_some() || sure());
        Some(stays.then_some(VerdictChange { measured, ..change }))
    }

    /// A confirmed change of one knob, or the smallest one that both sets of trials still confirm by
    /// the margin; one of several knobs as it is. `None` if cancelled.
    fn taken_back(
        &self,
        place: &Place,
        mut change: VerdictChange,
        attempt: usize,
        budget: &mut Budget<'_>,
    ) -> Option<VerdictChange> {
        let [(ladder, notches)] = place[..] else { return Some(change) };
        let (mut low, mut high, mut step) = (0, notches.abs(), 1);
        while high - low > 1 {
            let middle = (high - step).max(low + (high - low) / 2);
            let nearer = vec![(ladder, middle * notches.signum())];
            match self.confirmed(&nearer, attempt, budget)? {
                Some((nearer, Sure(true))) => {
                    (change, high, step) = (nearer, middle, 2 * step);
                }
                _ => low = middle,
            }
        }
        Some(change)
    }

    /// The change that leads to a place, if new trials confirm it, and whether these and the trials
    /// of the search together do so by the margin. `None` if cancelled.
    fn confirmed(
        &self,
        place: &Place,
        attempt: usize,
        budget: &mut Budget<'_>,
    ) -> Option<Option<(VerdictChange, Sure)>> {
        let found = self.lattice.turns(place).zip(self.lattice.scenario(place));
        let Some((turns, there)) = found else { return Some(None) };
        let Some(anew) = reseeded(&there, attempt) else { return Some(None) };
        let measured = self.measured(&anew, budget)?;
        if verdict(&measured) != self.goal {
            return Some(None);
        }
        let predicted = predict(&there, POPULATIONS).ok();
        let opposed = |predicted: Prediction| towards(self.goal, predicted.gain) <= 0.0;
        if self.predicted.is_ok() && predicted.is_some_and(opposed) {
            return Some(None);
        }
        let own = self.measured(&there, budget)?;
        let alone = own.own().targets.single.mean / self.alone;
        let sure = Sure(is_sure([&own, &measured], self.goal));
        let scenario = Arc::new(there);
        Some(Some((VerdictChange { turns, scenario, predicted, measured, alone }, sure)))
    }

    /// All trials of a scenario. `None` if cancelled.
    fn measured(&self, scenario: &Scenario, budget: &mut Budget<'_>) -> Option<Measurement> {
        let mut before = 0;
        measure_until(scenario, &[scenario.approach()], self.cancel, |so_far| {
            budget.spend(so_far.trials - before);
            before = so_far.trials;
            false
        })
    }
}

/// Whether a verdict turns by the margin.
struct Sure(bool);

/// The same scenario with other trials.
pub(super) fn reseeded(scenario: &Scenario, attempt: usize) -> Option<Scenario> {
    let mut draft = scenario.draft().clone();
    let by = 1.0 + attempt as f64;
    draft.seed = if draft.seed < by { draft.seed + by } else { draft.seed - by };
    Scenario::check(draft).ok()
}
