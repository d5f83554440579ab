//! Looks for the changes.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::path::{Path, Turn, turned};
use super::{VerdictChange, verdict};
use crate::cancel::Cancel;
use crate::math::stats::Interval;
use crate::scenario::Scenario;
use crate::scenario::knob::Handle;
use crate::study::measure::measure;
use crate::study::measurement::Measurement;
use crate::study::population_theory::PopulationTheory;
use crate::study::prediction::{predict, predict_by, theories, theory_gap};
use crate::transfer::Verdict;

/// Populations averaged in a prediction.
const POPULATIONS: usize = 8;
/// Half-widths of the interval by which the gain must be off zero in the search: then nine in ten
/// measurements with other trials say the same, because 1.96 + 1.28 is 1.65 times 1.96.
const MARGIN: f64 = 1.65;
/// Most steps along several knobs at once.
const MOST_STEPS: usize = 400;
/// Which of the steepest knobs are turned together.
const TOGETHER: [&[usize]; 4] = [&[0, 1], &[0, 2], &[1, 2], &[0, 1, 2]];

/// What is looked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct FlipOptions {
    /// The verdict that is wanted, helps or hurts; `None` for the opposite of the present one.
    pub goal: Option<Verdict>,
}

/// The changes that turn a verdict.
#[derive(Debug, Clone, PartialEq)]
pub struct Flip {
    /// The measurement as it is.
    pub now: Measurement,
    /// The predicted gain as it is.
    pub predicted: f64,
    /// The verdict that is looked for.
    pub goal: Verdict,
    /// The changes, the smallest first; none if the verdict is the one that is looked for.
    pub changes: Vec<VerdictChange>,
    /// The knobs without a change of their own, within the tracks of their sliders, and why.
    pub without: Vec<(Handle, Lack)>,
}

/// Why a knob has no change of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lack {
    /// The predicted gain keeps its sign along the whole slider.
    Nothing,
    /// The theory has no prediction for some values, and those with one keep the sign.
    Unpredicted,
    /// The predicted gain changes its sign, but the trials do not confirm it.
    Uncertain,
}

impl Lack {
    /// Its name, in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nothing => "no value turns it",
            Self::Unpredicted => "no prediction",
            Self::Uncertain => "too few trials",
        }
    }
}

/// What a way leads to.
type Found = Result<VerdictChange, Lack>;

/// Finds the changes. `report` is told the share that is done. `None` if cancelled.
///
/// # Errors
///
/// The reason why the theory has no prediction for the scenario.
pub fn flip(
    scenario: &Scenario,
    options: FlipOptions,
    cancel: &Cancel,
    report: &(dyn Fn(f64) + Sync),
) -> Result<Option<Flip>, &'static str> {
    if let Some(reason) = theory_gap(scenario) {
        return Err(reason);
    }
    let search = Search { scenario, theories: theories(scenario, POPULATIONS), cancel };
    let predicted = predict_by(&search.theories, scenario)?.gain;
    Ok(search.all(predicted, options, report))
}

struct Search<'a> {
    scenario: &'a Scenario,
    /// The theories of the populations as they are.
    theories: Vec<PopulationTheory>,
    cancel: &'a Cancel,
}

impl Search<'_> {
    /// Everything that is found; `None` if cancelled.
    fn all(
        &self,
        predicted: f64,
        options: FlipOptions,
        report: &(dyn Fn(f64) + Sync),
    ) -> Option<Flip> {
        let now = measure(self.scenario, &[self.scenario.approach()], self.cancel, |_| ())?;
        let goal = options.goal.unwrap_or(match verdict(&now) {
            Verdict::Helps => Verdict::Hurts,
            Verdict::Hurts => Verdict::Helps,
            _ if predicted > 0.0 => Verdict::Hurts,
            _ => Verdict::Helps,
        });
        if verdict(&now) == goal {
            return Some(Flip { now, predicted, goal, changes: Vec::new(), without: Vec::new() });
        }
        let draft = self.scenario.draft();
        let turned = |handle: &Handle| {
            handle.is_slider(draft) && !handle.knob.is_choice() && handle.asleep(draft).is_none()
        };
        let handles: Vec<Handle> = Handle::all(draft).into_iter().filter(turned).collect();
        let found = self.of_each(&handles, goal, &|share| report(0.7 * share))?;
        let (mut changes, mut without) = (Vec::new(), Vec::new());
        for (handle, found) in handles.iter().zip(found) {
            match found {
                Ok(change) => changes.push(change),
                Err(lack) => without.push((*handle, lack)),
            }
        }
        let least = changes.iter().map(VerdictChange::distance).fold(f64::INFINITY, f64::min);
        let slopes = self.slopes(&handles, goal);
        let of =
            |places: &[usize]| places.iter().map(|place| slopes.get(*place).copied()).collect();
        for (place, together) in TOGETHER.iter().enumerate() {
            let Some(slopes) = of(together) else { continue };
            let is_new = |change: &VerdictChange| {
                let known = changes.iter().any(|other| other.turns == change.turns);
                change.turns.len() > 1 && change.distance() < least && !known
            };
            let change = self.on(&Path { slopes }, goal)?.ok().filter(is_new);
            changes.extend(change);
            report(0.7 + 0.3 * (place + 1) as f64 / TOGETHER.len() as f64);
        }
        changes.sort_by(|one, other| one.distance().total_cmp(&other.distance()));
        report(1.0);
        Some(Flip { now, predicted, goal, changes, without })
    }

    /// The nearer change of each knob, up or down; `None` if cancelled.
    fn of_each(
        &self,
        handles: &[Handle],
        goal: Verdict,
        report: &(dyn Fn(f64) + Sync),
    ) -> Option<Vec<Found>> {
        let done = AtomicUsize::new(0);
        let of_knob = |handle: &Handle| {
            let both = [true, false].map(|up| self.on(&Path::along(*handle, up), goal));
            let [up, down] = both;
            let nearer = nearer(up?, down?);
            let count = 1 + done.fetch_add(1, Ordering::Relaxed);
            report(count as f64 / handles.len() as f64);
            Some(nearer)
        };
        handles.par_iter().with_max_len(1).map(of_knob).collect()
    }

    /// The predicted gain of a changed scenario.
    fn predicted(&self, there: &Scenario) -> Option<f64> {
        let found = match there.same_populations(self.scenario) {
            true => predict_by(&self.theories, there),
            false => predict(there, POPULATIONS),
        };
        found.ok().map(|found| found.gain).filter(|gain| gain.is_finite())
    }

    /// The first change on a way that turns the verdict: none before the predicted gain has the
    /// other sign. `None` if cancelled.
    fn on(&self, path: &Path, goal: Verdict) -> Option<Found> {
        let mut first = 1;
        let mut unpredicted = false;
        loop {
            if self.cancel.is_cancelled() {
                return None;
            }
            let there = path.scenario(self.scenario, first).filter(|_| first <= MOST_STEPS);
            let Some(there) = there else {
                return Some(Err(if unpredicted { Lack::Unpredicted } else { Lack::Nothing }));
            };
            match self.predicted(&there) {
                Some(gain) if is_towards(goal, gain) => break,
                Some(_) => {}
                None => unpredicted = true,
            }
            first += 1;
        }
        // Ever longer strides until the measured gain is off zero by the margin, then halves.
        let (mut before, mut after, mut stride) = (first - 1, first, 1);
        while !self.is_turned(path.scenario(self.scenario, after), goal)? {
            before = after;
            let next = (1..=stride).rev().map(|step| after + step);
            let reach = |steps: &usize| {
                *steps <= MOST_STEPS && path.scenario(self.scenario, *steps).is_some()
            };
            let Some(next) = next.into_iter().find(reach) else {
                return Some(Err(Lack::Uncertain));
            };
            (after, stride) = (next, 2 * stride);
        }
        while after - before > 1 {
            let middle = usize::midpoint(before, after);
            match self.is_turned(path.scenario(self.scenario, middle), goal)? {
                true => after = middle,
                false => before = middle,
            }
        }
        let turns = path.turns(self.scenario.draft(), after).unwrap_or_default();
        let turns = if turns.len() > 1 { self.shortened(turns, goal)? } else { turns };
        self.confirmed(turns, goal)
    }

    /// The turns without any notch that is not needed, the last knob's first. `None` if cancelled.
    fn shortened(&self, mut turns: Vec<Turn>, goal: Verdict) -> Option<Vec<Turn>> {
        for place in (0..turns.len()).rev() {
            loop {
                let mut fewer = turns.clone();
                match fewer[place].shortened() {
                    Some(turn) => fewer[place] = turn,
                    None => _ = fewer.remove(place),
                }
                if fewer.is_empty() || !self.is_turned(turned(self.scenario, &fewer), goal)? {
                    break;
                }
                let gone = fewer.len() < turns.len();
                turns = fewer;
                if gone {
                    break;
                }
            }
        }
        Some(turns)
    }

    /// Returns true if the gain measured in a scenario is off zero by the margin. `None` if
    /// cancelled.
    fn is_turned(&self, there: Option<Scenario>, goal: Verdict) -> Option<bool> {
        let Some(there) = there else { return Some(false) };
        let found = measure(&there, &[there.approach()], self.cancel, |_| ())?;
        let off = |gain: Interval| {
            is_towards(goal, gain.mean) && gain.mean.abs() > MARGIN * gain.half_width()
        };
        Some(verdict(&found) == goal && found.own().targets.gain.is_some_and(off))
    }

    /// The change, if new trials confirm it. `None` if cancelled.
    fn confirmed(&self, turns: Vec<Turn>, goal: Verdict) -> Option<Found> {
        let Some(there) = turned(self.scenario, &turns) else { return Some(Err(Lack::Uncertain)) };
        let Some(predicted) = self.predicted(&there) else { return Some(Err(Lack::Unpredicted)) };
        let mut draft = there.draft().clone();
        draft.seed = if draft.seed < 1.0 { draft.seed + 1.0 } else { draft.seed - 1.0 };
        let Ok(anew) = Scenario::check(draft) else { return Some(Err(Lack::Uncertain)) };
        let measured = measure(&anew, &[anew.approach()], self.cancel, |_| ())?;
        let scenario = Arc::new(there);
        Some(match verdict(&measured) == goal {
            true => Ok(VerdictChange { turns, scenario, predicted, measured }),
            false => Err(Lack::Uncertain),
        })
    }

    /// The knobs that move the predicted gain most a notch, towards the goal, with their turns while
    /// the first is turned by a notch.
    fn slopes(&self, handles: &[Handle], goal: Verdict) -> Vec<(Handle, f64)> {
        let slope = |handle: &Handle| {
            let beside = [true, false].map(|up| {
                let there = Path::along(*handle, up).scenario(self.scenario, 1)?;
                self.predicted(&there)
            });
            match beside {
                [Some(up), Some(down)] => (up - down) / 2.0,
                _ => 0.0,
            }
        };
        let sign = if goal == Verdict::Helps { 1.0 } else { -1.0 };
        let mut all: Vec<(Handle, f64)> =
            handles.iter().map(|handle| (*handle, sign * slope(handle))).collect();
        all.retain(|(_, slope)| *slope != 0.0);
        all.sort_by(|one, other| other.1.abs().total_cmp(&one.1.abs()));
        let steepest = all.first().map_or(1.0, |(_, slope)| slope.abs());
        all.into_iter().map(|(handle, slope)| (handle, slope / steepest)).collect()
    }
}

/// The smaller of two changes; without any, the reason that hints most at one.
fn nearer(one: Found, other: Found) -> Found {
    match (one, other) {
        (Ok(one), Ok(other)) => Ok(if other.distance() < one.distance() { other } else { one }),
        (Ok(change), Err(_)) | (Err(_), Ok(change)) => Ok(change),
        (Err(one), Err(other)) => Err(one.max(other)),
    }
}

/// Returns true if a gain has the sign of a verdict.
fn is_towards(goal: Verdict, gain: f64) -> bool {
    if goal == Verdict::Helps { gain > 0.0 } else { gain < 0.0 }
}
