//! What can be done where training together hurts, without changing the data: train the target alone,
//! leave a source out, or weigh the tasks in another way.

use std::sync::Arc;

use super::hunt::reseeded;
use crate::cancel::Cancel;
use crate::method::weighting::SCHEMES;
use crate::method::{Approach, Weighting};
use crate::scenario::draft::TaskRole;
use crate::scenario::{Scenario, edit};
use crate::study::measure::measure;
use crate::study::measurement::Measurement;
use crate::transfer::Outcome;

/// What differs from the scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Instead {
    /// All sources are left out: the baseline.
    Alone,
    /// The source with this name is left out.
    Without(String),
    /// The tasks have other weights.
    Weights(Weighting),
}

/// Something that can be done without changing the data, measured on new trials.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternative {
    /// What differs.
    pub instead: Instead,
    /// The scenario that does it.
    pub scenario: Arc<Scenario>,
    /// The outcome for the targets; that of the scenario itself for [`Instead::Alone`], because its
    /// errors alone are the baseline.
    pub outcome: Outcome,
}

impl Alternative {
    /// The gain: 0 for the baseline; `None` where it is undefined.
    pub fn gain(&self) -> Option<f64> {
        match self.instead {
            Instead::Alone => Some(0.0),
            _ => self.outcome.gain.map(|gain| gain.mean),
        }
    }
}

/// Schemes that are no remedy: given numbers, the uniform optimum again, and weights that no data
/// tell.
const NO_REMEDY: [Weighting; 3] = [Weighting::Manual, Weighting::Random, Weighting::Oracle];

/// The alternatives on the same new trials, the largest gain first. Targets that train with each
/// other cannot be left out, and alone they are several models. `None` if cancelled.
pub(super) fn alternatives(scenario: &Scenario, cancel: &Cancel) -> Option<Vec<Alternative>> {
    let Some(anew) = reseeded(scenario, 0) else { return Some(Vec::new()) };
    let weighted: Vec<(Weighting, Scenario)> = weightings(scenario);
    let approaches: Vec<Approach> = [scenario.approach()]
        .into_iter()
        .chain(weighted.iter().map(|(_, there)| there.approach()))
        .collect();
    let measured = measure(&anew, &approaches, cancel, |_| ())?;
    let outcome = |place: usize| measured.approaches[place].targets;
    let mut all: Vec<Alternative> = weighted
        .into_iter()
        .zip(1..)
        .map(|((weighting, there), place)| Alternative {
            instead: Instead::Weights(weighting),
            scenario: Arc::new(there),
            outcome: outcome(place),
        })
        .collect();
    all.extend(without_all(scenario).map(|there| Alternative {
        instead: Instead::Alone,
        scenario: Arc::new(there),
        outcome: outcome(0),
    }));
    for (name, there) in without_one(scenario) {
        let found: Option<Measurement> = match reseeded(&there, 0) {
            Some(anew) => Some(measure(&anew, &[anew.approach()], cancel, |_| ())?),
            None => None,
        };
        all.extend(found.map(|found| Alternative {
            instead: Instead::Without(name),
            scenario: Arc::new(there),
            outcome: found.own().targets,
        }));
    }
    let gain = |one: &Alternative| one.gain().unwrap_or(f64::NEG_INFINITY);
    all.sort_by(|one, other| gain(other).total_cmp(&gain(one)));
    Some(all)
}

/// The scenario with every other scheme of weights that applies to it.
fn weightings(scenario: &Scenario) -> Vec<(Weighting, Scenario)> {
    let own = scenario.approach();
    let other = |weighting: &Weighting| *weighting != own.weighting;
    SCHEMES
        .iter()
        .map(|scheme| scheme.weighting)
        .filter(|weighting| !NO_REMEDY.contains(weighting))
        .filter(other)
        .filter_map(|weighting| {
            let there = scenario.trained_by(Approach { weighting, ..own }).ok()?;
            Some((weighting, there))
        })
        .collect()
}

/// The entries that are sources.
fn sources(scenario: &Scenario) -> Vec<usize> {
    let tasks = scenario.draft().tasks.iter().enumerate();
    tasks.filter(|(_, task)| task.role == TaskRole::Source).map(|(entry, _)| entry).collect()
}

/// The scenario without any source, if that leaves one task.
fn without_all(scenario: &Scenario) -> Option<Scenario> {
    let left_out = |there: Option<Scenario>, entry: usize| aside(&there?, entry);
    let there = sources(scenario).into_iter().fold(Some(scenario.clone()), left_out)?;
    (there.tasks().len() == 1).then_some(there)
}

/// The scenario without each of two or more sources, with the name of that source.
fn without_one(scenario: &Scenario) -> Vec<(String, Scenario)> {
    let sources = sources(scenario);
    let left_out = |entry: &usize| {
        Some((scenario.draft().tasks[*entry].name.clone(), aside(scenario, *entry)?))
    };
    if sources.len() < 2 { Vec::new() } else { sources.iter().filter_map(left_out).collect() }
}

/// The scenario with an entry put aside.
fn aside(scenario: &Scenario, entry: usize) -> Option<Scenario> {
    edit::with_role(scenario.draft(), entry, TaskRole::Aside).ok()
}
