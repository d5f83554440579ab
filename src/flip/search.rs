//! Looks for the changes.

use rayon::prelude::*;

use super::alternative::{Alternative, alternatives};
use super::hunt::{Hunt, Hunter};
use super::ladder::{Place, distance};
use super::lattice::{Ask, Lattice};
use super::look::Meter;
use super::{Found, Lack, VerdictChange, verdict};
use crate::cancel::Cancel;
use crate::method::Method;
use crate::scenario::Scenario;
use crate::scenario::knob::Handle;
use crate::study::measure::measure;
use crate::study::measurement::Measurement;
use crate::study::prediction::{POPULATIONS, predict};
use crate::transfer::{Prediction, Verdict};

/// The distance within which several knobs are turned together, if none turns the verdict alone.
const FARTHEST: f64 = 40.0;
/// The same for three knobs.
const FARTHEST_OF_THREE: f64 = 20.0;
/// Most changes of two knobs, and of three, that are listed.
const PAIRS: usize = 2;
const THREES: usize = 1;
/// Most ways along several knobs that are measured.
const HUNTS: usize = 5;
/// Trials that one way is expected to take until its change is taken back as far as it goes, in
/// trials of the scenario.
const EXPECTED: usize = 6;
/// Shares that are done after the verdict as it is, what leaves the data as they are, the
/// predictions, and every knob alone.
const STAGES: [f64; 4] = [0.03, 0.06, 0.2, 0.7];

/// What is looked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct FlipOptions {
    /// The verdict that is wanted, helps or hurts; `None` for the opposite of the present one.
    pub goal: Option<Verdict>,
    /// True if what can be done without changing the data is not measured.
    pub changes_only: bool,
}

/// The changes that turn a verdict.
#[derive(Debug, Clone, PartialEq)]
pub struct Flip {
    /// The measurement as it is.
    pub now: Measurement,
    /// The prediction as it is, or why the theory cannot search, so that trials do.
    pub predicted: Result<Prediction, &'static str>,
    /// The verdict that is looked for.
    pub goal: Verdict,
    /// The changes: those that leave the targets as easy to learn alone as they are come first, and
    /// among equals the smallest. None if the verdict is the one that is looked for.
    pub changes: Vec<VerdictChange>,
    /// The knobs without a change of their own, within the tracks of their sliders, and why.
    pub without: Vec<(Handle, Lack)>,
    /// What can be done without changing the data, the largest gain first; only where training
    /// together hurts and should help.
    pub alternatives: Vec<Alternative>,
}

/// Finds the changes. `report` is told the share that is done. `None` if cancelled.
///
/// # Errors
///
/// What the scenario must have, if there is only one task.
pub fn flip(
    scenario: &Scenario,
    options: FlipOptions,
    cancel: &Cancel,
    report: &(dyn Fn(f64) + Sync),
) -> Result<Option<Flip>, &'static str> {
    match scenario.tasks().len() {
        1 => Err("a scenario with two tasks or more"),
        _ => Ok(search(scenario, options, cancel, report)),
    }
}

/// The prediction from which the search can start, or the reason why there is none.
fn prediction(scenario: &Scenario) -> Result<Prediction, &'static str> {
    match scenario.approach().method {
        Method::FineTune => Err("it searches for joint training and merging only"),
        _ => predict(scenario, POPULATIONS),
    }
}

/// Everything that is found; `None` if cancelled.
fn search(
    scenario: &Scenario,
    options: FlipOptions,
    cancel: &Cancel,
    report: &(dyn Fn(f64) + Sync),
) -> Option<Flip> {
    let predicted = prediction(scenario);
    let now = measure(scenario, &[scenario.approach()], cancel, |_| ())?;
    report(STAGES[0]);
    let goal = options.goal.unwrap_or(match verdict(&now) {
        Verdict::Helps => Verdict::Hurts,
        Verdict::Hurts => Verdict::Helps,
        _ if predicted.is_ok_and(|predicted| predicted.gain > 0.0) => Verdict::Hurts,
        _ => Verdict::Helps,
    });
    if verdict(&now) == goal {
        let (changes, without, alternatives) = Default::default();
        return Some(Flip { now, predicted, goal, changes, without, alternatives });
    }
    let alternatives = match verdict(&now) {
        Verdict::Hurts if !options.changes_only => alternatives(scenario, cancel)?,
        _ => Vec::new(),
    };
    report(STAGES[1]);
    let lattice = Lattice::new(scenario, goal, cancel);
    let handles: Vec<Handle> = lattice.ladders.iter().map(|ladder| ladder.handle()).collect();
    let alone_now = now.own().targets.single.mean;
    let mut hunter = Hunter { scenario, lattice, goal, predicted, alone: alone_now, cancel };
    let (hunts, found) = alone(&hunter, report)?;
    let least = found.iter().flatten().map(VerdictChange::distance).fold(f64::INFINITY, f64::min);
    let mut changes = match predicted {
        Ok(_) => together(&mut hunter, &hunts, least, report)?,
        Err(_) => Vec::new(),
    };
    let mut without = Vec::new();
    for (handle, found) in handles.into_iter().zip(found) {
        match found {
            Ok(change) => changes.push(change),
            Err(lack) => without.push((handle, lack)),
        }
    }
    changes.sort_by(|one, other| {
        let harder = one.makes_harder().cmp(&other.makes_harder());
        harder.then(one.distance().total_cmp(&other.distance()))
    });
    report(1.0);
    Some(Flip { now, predicted, goal, changes, without, alternatives })
}

/// What leads to the nearest change of a knob.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Theory,
    Trials,
    /// The predicted gain keeps its sign.
    Nowhere,
}

/// The nearest change of every knob alone; `None` if cancelled.
fn alone(hunter: &Hunter<'_>, report: &(dyn Fn(f64) + Sync)) -> Option<(Vec<Hunt>, Vec<Found>)> {
    let knobs = hunter.lattice.ladders.len();
    let meter = Meter::new(report, (STAGES[1], STAGES[2]), knobs);
    let first = |ladder: usize| {
        let _counted = meter.budget(1);
        match hunter.predicted {
            Err(_) => Way::Trials,
            Ok(_) if hunter.lattice.nearest(&[ladder], &Ask::anywhere()).is_some() => Way::Theory,
            Ok(_) if hunter.lattice.has_gap(ladder) => Way::Trials,
            Ok(_) => Way::Nowhere,
        }
    };
    let ways: Vec<Way> = (0..knobs).into_par_iter().with_max_len(1).map(first).collect();
    let each = EXPECTED * hunter.scenario.trials();
    let measured = ways.iter().filter(|way| **way != Way::Nowhere).count();
    let end = if hunter.predicted.is_ok() { STAGES[3] } else { 1.0 };
    let meter = Meter::new(report, (STAGES[2], end), each * measured);
    let of_knob = |ladder: usize| {
        let mut hunt = Hunt::new(vec![ladder], f64::INFINITY, 0.0);
        let found = match ways[ladder] {
            Way::Theory => hunter.hunt(&mut hunt, &mut meter.budget(each))?,
            Way::Trials => hunter.probe(ladder, &mut meter.budget(each))?,
            Way::Nowhere => Err(Lack::Nothing),
        };
        Some((hunt, found))
    };
    let all: Option<Vec<_>> = (0..knobs).into_par_iter().with_max_len(1).map(of_knob).collect();
    all.filter(|_| !hunter.cancel.is_cancelled()).map(|all| all.into_iter().unzip())
}

/// The nearest changes of two and three knobs that are nearer than any of one knob. `None` if
/// cancelled.
fn together(
    hunter: &mut Hunter<'_>,
    alone: &[Hunt],
    least: f64,
    report: &(dyn Fn(f64) + Sync),
) -> Option<Vec<VerdictChange>> {
    let within = least.min(FARTHEST);
    hunter.lattice.explore(within);
    let knobs = 0..alone.len();
    let pairs =
        knobs.clone().flat_map(|one| (one + 1..alone.len()).map(move |other| vec![one, other]));
    let pairs = nearest(hunter, alone, pairs.collect(), within);
    let each = EXPECTED * hunter.scenario.trials();
    let meter = Meter::new(report, (STAGES[3], 1.0), each * (PAIRS + THREES));
    let mut changes: Vec<VerdictChange> = Vec::new();
    hunt(hunter, &pairs, PAIRS, &mut changes, &meter)?;
    let nearer = changes.iter().map(VerdictChange::distance).fold(within, f64::min);
    let mut threes: Vec<Vec<usize>> = Vec::new();
    for (Hunt { among, .. }, _) in pairs.iter().take(HUNTS) {
        let others = knobs.clone().filter(|other| !among.contains(other));
        threes.extend(others.map(|other| [&among[..], &[other]].concat()));
    }
    threes.iter_mut().for_each(|three| three.sort_unstable());
    threes.sort();
    threes.dedup();
    let threes = nearest(hunter, alone, threes, nearer.min(FARTHEST_OF_THREE));
    let most = changes.len() + THREES;
    hunt(hunter, &threes, most, &mut changes, &meter)?;
    (!hunter.cancel.is_cancelled()).then_some(changes)
}

/// Hunts along several knobs, the nearest first, until enough changes are found. `None` if cancelled.
fn hunt(
    hunter: &Hunter<'_>,
    hunts: &[(Hunt, Place)],
    most: usize,
    changes: &mut Vec<VerdictChange>,
    meter: &Meter<'_>,
) -> Option<()> {
    let each = EXPECTED * hunter.scenario.trials();
    for (hunt, _) in hunts.iter().take(HUNTS) {
        if changes.len() == most {
            break;
        }
        changes.extend(hunter.hunt(&mut hunt.clone(), &mut meter.budget(each))?.ok());
    }
    Some(())
}

/// Where some knobs together are predicted to turn the verdict within a distance, the nearest first.
fn nearest(
    hunter: &Hunter<'_>,
    alone: &[Hunt],
    groups: Vec<Vec<usize>>,
    within: f64,
) -> Vec<(Hunt, Place)> {
    let known: Vec<f64> = alone.iter().map(|hunt| hunt.need).filter(|need| *need > 0.0).collect();
    let mean = |needs: &[f64]| match needs.len() {
        0 => 0.0,
        count => needs.iter().sum::<f64>() / count as f64,
    };
    let of_group = |among: Vec<usize>| {
        let own: Vec<f64> =
            among.iter().map(|of| alone[*of].need).filter(|need| *need > 0.0).collect();
        let need = mean(if own.is_empty() { &known } else { &own });
        let hunt = Hunt::new(among, within, need);
        let place = hunter.lattice.nearest(&hunt.among, &hunt.ask(within))?;
        Some((hunt, place))
    };
    let found = groups.into_par_iter().with_max_len(1).map(of_group);
    let mut found: Vec<(Hunt, Place)> = found.flatten().collect();
    found.sort_by(|(_, one), (_, other)| distance(one).total_cmp(&distance(other)));
    found
}
