//! Searches along one knob by trials alone, where the theory has no prediction.

use super::hunt::{CONFIRMATIONS, Hunter};
use super::look::{Budget, decided};
use super::{Found, Lack};
use crate::study::measure::measure_until;

/// Fewest trials at a value.
const FEWEST: usize = 16;

impl Hunter<'_> {
    /// The nearest value of a knob that turns the verdict by a margin, among those that are measured,
    /// if new trials confirm it. `None` if cancelled.
    pub(super) fn probe(&self, ladder: usize, budget: &mut Budget<'_>) -> Option<Found> {
        let mut beyond = 0;
        for attempt in 0..CONFIRMATIONS {
            let Some(notches) = self.outward(ladder, beyond, budget)? else {
                let lack = if attempt == 0 { Lack::Unturned } else { Lack::Uncertain };
                return Some(Err(lack));
            };
            match self.named(&vec![(ladder, notches)], attempt, budget)? {
                Some(change) => return Some(Ok(change)),
                None => beyond = notches.abs(),
            }
        }
        Some(Err(Lack::Uncertain))
    }

    /// The first value beyond some notches, up or down, that turns the verdict. The steps double
    /// until one does; the outer `None` means cancelled.
    fn outward(&self, ladder: usize, beyond: i32, budget: &mut Budget<'_>) -> Option<Option<i32>> {
        let mut ends = [1, -1].map(|sign| (sign, beyond, self.lattice.ladders[ladder].most(sign)));
        let mut step = 1;
        while ends.iter().any(|(_, from, most)| from < most) {
            let mut nearest: Option<i32> = None;
            for (sign, from, most) in &mut ends {
                let to = (beyond + step).min(*most);
                if *from >= to {
                    continue;
                }
                if self.turns_by_trials(ladder, *sign * to, budget)? {
                    let found = *sign * self.between(ladder, *sign, (*from, to), budget)?;
                    if nearest.is_none_or(|nearest| found.abs() < nearest.abs()) {
                        nearest = Some(found);
                    }
                }
                *from = to;
            }
            if nearest.is_some() {
                return Some(nearest);
            }
            step *= 2;
        }
        Some(None)
    }

    /// The fewest notches, to about an eighth, that turn the verdict, between some that do not and
    /// some that do. `None` if cancelled.
    fn between(
        &self,
        ladder: usize,
        sign: i32,
        (mut low, mut high): (i32, i32),
        budget: &mut Budget<'_>,
    ) -> Option<i32> {
        while high - low > 1.max(low / 8) {
            let middle = low + (high - low) / 2;
            match self.turns_by_trials(ladder, sign * middle, budget)? {
                true => high = middle,
                false => low = middle,
            }
        }
        Some(high)
    }

    /// Returns true if trials say that a value turns the verdict by the margin, with no more of them
    /// than it takes to tell. `None` if cancelled.
    fn turns_by_trials(
        &self,
        ladder: usize,
        notches: i32,
        budget: &mut Budget<'_>,
    ) -> Option<bool> {
        let place = [(ladder, notches)];
        let Some(there) = self.lattice.scenario(&place) else { return Some(false) };
        if self.predicted.is_ok() && self.lattice.gain(&place).is_some_and(|gain| gain < 0.0) {
            return Some(false);
        }
        let mut before = 0;
        let found = measure_until(&there, &[there.approach()], self.cancel, |so_far| {
            budget.spend(so_far.trials - before);
            before = so_far.trials;
            so_far.trials >= FEWEST && decided(so_far, self.goal).is_some()
        })?;
        Some(decided(&found, self.goal) == Some(true))
    }
}
