//! The predicted gain at every place among the notches of the knobs, and the nearest place where it
//! is large enough.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use super::ladder::{Ladder, Place, Turn, distance, is_within};
use super::towards;
use crate::cancel::Cancel;
use crate::scenario::{Handle, Scenario};
use crate::study::population_theory::PopulationTheory;
use crate::study::prediction::{predict_by, theories, theory_gap};
use crate::transfer::Verdict;

/// Populations averaged in a prediction, for few features.
const POPULATIONS: usize = 4;
/// Features from which on fewer populations do: each is nearer to the mean.
const FEATURES: usize = 20;
/// Share of the way to the goal that several knobs must make one by one, so that the theory is asked
/// about them together.
const SHARE: f64 = 0.6;

/// The predicted gains of the changes of a scenario, towards a verdict.
pub(super) struct Lattice<'a> {
    pub(super) ladders: Vec<Ladder>,
    scenario: &'a Scenario,
    goal: Verdict,
    cancel: &'a Cancel,
    /// Which ladders change the populations.
    moving: Vec<bool>,
    /// Notches between two values that are asked about, on ladders that change the populations.
    stride: i32,
    theories: Kept<Arc<Vec<PopulationTheory>>>,
    gains: Kept<Option<f64>>,
    /// How much every knob alone moves the logarithm of the error ratio towards the goal, by place.
    alone: HashMap<(usize, i32), f64>,
}

/// Results by place.
type Kept<V> = Mutex<HashMap<Place, V>>;

/// What a place must be.
pub(super) struct Ask<'a> {
    /// The least predicted gain, towards the goal.
    pub(super) need: f64,
    /// The distance that it must fall short of.
    pub(super) within: f64,
    /// Places where the verdict has not turned; nor has it on the way there.
    pub(super) refused: &'a [Place],
}

impl Ask<'_> {
    /// The side of the goal, anywhere.
    pub(super) fn anywhere() -> Self {
        Self { need: 0.0, within: f64::INFINITY, refused: &[] }
    }
}

impl<'a> Lattice<'a> {
    pub(super) fn new(scenario: &'a Scenario, goal: Verdict, cancel: &'a Cancel) -> Self {
        let draft = scenario.draft();
        let is_turned = |handle: &Handle| {
            handle.is_slider(draft) && !handle.knob.is_choice() && handle.asleep(draft).is_none()
        };
        let handles = Handle::all(draft).into_iter().filter(is_turned);
        let ladders = handles.filter_map(|handle| Ladder::of(handle, draft)).collect();
        let stride = 1 + (scenario.dimension() / (2 * FEATURES)) as i32;
        let mut lattice = Self {
            ladders,
            scenario,
            goal,
            cancel,
            moving: Vec::new(),
            stride,
            theories: Mutex::default(),
            gains: Mutex::default(),
            alone: HashMap::new(),
        };
        let moves = |place: usize| {
            let beside = lattice.ladders[place].outward().next();
            let there = beside.and_then(|notches| lattice.scenario(&[(place, notches)]));
            there.is_none_or(|there| !there.same_populations(scenario))
        };
        lattice.moving = (0..lattice.ladders.len()).map(moves).collect();
        lattice
    }

    /// The turns that lead to a place; `None` beyond the end of a slider.
    pub(super) fn turns(&self, place: &[(usize, i32)]) -> Option<Vec<Turn>> {
        place.iter().map(|(ladder, notches)| self.ladders[*ladder].turn(*notches)).collect()
    }

    /// The scenario at a place; `None` if a value is not allowed.
    pub(super) fn scenario(&self, place: &[(usize, i32)]) -> Option<Scenario> {
        let mut draft = self.scenario.draft().clone();
        for turn in self.turns(place)? {
            turn.handle.set(&mut draft, turn.to).ok()?;
        }
        Scenario::check(draft).ok()
    }

    /// The predicted gain at a place, towards the goal; `None` if the theory has none.
    pub(super) fn gain(&self, place: &[(usize, i32)]) -> Option<f64> {
        kept(&self.gains, place, || {
            let there = self.scenario(place)?;
            if theory_gap(&there).is_some() {
                return None;
            }
            let moved: Place =
                place.iter().filter(|(ladder, _)| self.moving[*ladder]).copied().collect();
            let populations = (POPULATIONS * FEATURES / there.dimension()).clamp(2, POPULATIONS);
            let theories = kept(&self.theories, &moved, || Arc::new(theories(&there, populations)));
            let gain = predict_by(&theories, &there).ok()?.gain;
            gain.is_finite().then(|| towards(self.goal, gain))
        })
    }

    /// The nearest place at which some knobs, each of them turned, meet what is asked.
    pub(super) fn nearest(&self, among: &[usize], ask: &Ask<'_>) -> Option<Place> {
        match *among {
            [ladder] => self.along(ladder, ask),
            [.., last] => {
                self.beyond(&among[..among.len() - 1], last, &Vec::new(), ask.within, ask)
            }
            [] => None,
        }
    }

    /// The nearest place along one knob.
    fn along(&self, ladder: usize, ask: &Ask<'_>) -> Option<Place> {
        let stride = if self.moving[ladder] { self.stride } else { 1 };
        let meets = |notches: &i32| self.meets(&vec![(ladder, *notches)], ask);
        let mut all = self.ladders[ladder].outward().filter(|notches| notches % stride == 0);
        let far = all.find(meets)?;
        let before = (1..stride).rev().map(|left| far - left * far.signum());
        Some(vec![(ladder, before.into_iter().find(meets).unwrap_or(far))])
    }

    /// The nearest place along some knobs and a last one, beyond a place along others.
    fn beyond(
        &self,
        among: &[usize],
        last: usize,
        from: &Place,
        within: f64,
        ask: &Ask<'_>,
    ) -> Option<Place> {
        let Some((first, others)) = among.split_first() else {
            return self.last(last, from, within, ask);
        };
        let (mut within, mut found) = (within, None);
        for notches in self.ladders[*first].outward() {
            let left = within.powi(2) - f64::from(notches).powi(2);
            if left <= (others.len() + 1) as f64 {
                break;
            }
            let mut place = from.clone();
            place.push((*first, notches));
            if let Some(nearer) = self.beyond(others, last, &place, left.sqrt(), ask) {
                within = distance(&nearer[from.len()..]);
                found = Some(nearer);
            }
        }
        found
    }

    /// The nearest place along the last of several knobs. From the present value to the one that
    /// leads farthest alone, the gain is taken to rise.
    fn last(&self, ladder: usize, from: &Place, within: f64, ask: &Ask<'_>) -> Option<Place> {
        let at = |notches: i32| [&from[..], &[(ladder, notches)]].concat();
        let of_side = |sign: i32| {
            let reach = (within.ceil() as i32 - 1).min(self.ladders[ladder].most(sign));
            let farthest =
                (1..=reach).filter_map(|n| Some((n, *self.alone.get(&(ladder, sign * n))?)));
            let (mut high, _) = farthest.max_by(|(_, one), (_, other)| one.total_cmp(other))?;
            if !self.meets(&at(sign * high), ask) {
                return None;
            }
            let mut low = 0;
            while high - low > 1 {
                let middle = (low + high) / 2;
                match self.meets(&at(sign * middle), ask) {
                    true => high = middle,
                    false => low = middle,
                }
            }
            Some(sign * high)
        };
        let sides = [1, -1].into_iter().filter_map(of_side);
        sides.min_by_key(|notches| notches.abs()).map(at)
    }

    /// Returns true if a place meets what is asked, apart from its distance.
    fn meets(&self, place: &Place, ask: &Ask<'_>) -> bool {
        let refused = ask.refused.iter().any(|refused| is_within(place, refused));
        if refused || self.cancel.is_cancelled() {
            return false;
        }
        let hopeful = place.len() == 1
            || self.one_by_one(place).is_some_and(|moved| {
                let start = self.gain(&[]).unwrap_or_default();
                moved >= SHARE * (self.effort(ask.need) - self.effort(start))
            });
        hopeful && self.gain(place).is_some_and(|gain| gain > 0.0 && gain >= ask.need)
    }

    /// The logarithm of the error ratio that a gain means, towards the goal.
    fn effort(&self, gain: f64) -> f64 {
        match self.goal {
            Verdict::Helps => -(1.0 - gain).max(1e-9).ln(),
            _ => (1.0 + gain).max(1e-9).ln(),
        }
    }

    /// How far the turns of a place lead one by one; `None` if one of them has no prediction.
    fn one_by_one(&self, place: &[(usize, i32)]) -> Option<f64> {
        place.iter().map(|turn| self.alone.get(turn)).sum()
    }

    /// Learns what every knob does alone, up to a distance.
    pub(super) fn explore(&mut self, within: f64) {
        let start = self.effort(self.gain(&[]).unwrap_or_default());
        let of_ladder = |ladder: usize| {
            let near = self.ladders[ladder].outward();
            let near = near.take_while(|notches| f64::from(notches.abs()) < within);
            near.filter_map(|notches| {
                Some(((ladder, notches), self.effort(self.single(ladder, notches)?) - start))
            })
            .collect::<Vec<_>>()
        };
        let all: Vec<_> = (0..self.ladders.len()).into_par_iter().map(of_ladder).collect();
        self.alone = all.into_iter().flatten().collect();
    }

    /// The predicted gain along one knob, between two values that are asked about if need be.
    fn single(&self, ladder: usize, notches: i32) -> Option<f64> {
        let stride = if self.moving[ladder] { self.stride } else { 1 };
        let (low, rest) = (notches.div_euclid(stride) * stride, notches.rem_euclid(stride));
        let at = |notches: i32| match notches {
            0 => self.gain(&[]),
            _ => self.gain(&[(ladder, notches)]),
        };
        match rest {
            0 => at(low),
            _ => {
                let share = f64::from(rest) / f64::from(stride);
                Some((1.0 - share) * at(low)? + share * at(low + stride)?)
            }
        }
    }

    /// Returns true if the theory has no prediction for some values of a knob.
    pub(super) fn has_gap(&self, ladder: usize) -> bool {
        let gains = self.gains.lock().unwrap_or_else(PoisonError::into_inner);
        gains
            .iter()
            .any(|(place, gain)| matches!(place[..], [(of, _)] if of == ladder) && gain.is_none())
    }
}

/// The result kept for a place, or a new one.
fn kept<V: Clone>(all: &Kept<V>, place: &[(usize, i32)], find: impl FnOnce() -> V) -> V {
    let known = || all.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(found) = known().get(place) {
        return found.clone();
    }
    let found = find();
    known().insert(place.to_vec(), found.clone());
    found
}
