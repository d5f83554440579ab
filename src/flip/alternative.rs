//! What can be done where training together hurts, without changing the data: train the target alone,
//! leave a source out, weigh the tasks in another way, or take another method or width.

use std::sync::Arc;

use super::hunt::reseeded;
use crate::cancel::Cancel;
use crate::method::weighting::SCHEMES;
use crate::method::{Approach, Method, Weighting};
use crate::scenario::draft::TaskRole;
use crate::scenario::{Scenario, edit};
use crate::study::measure::measure;
use crate::study::measurement::Measurement;
use crate::study::side_by_side::is_distinct;
use crate::transfer::Outcome;

/// What differs from the scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Instead {
    /// All sources are left out: the baseline.
    Alone,
    /// The source with this name is left out.
    Without(String),
    /// A knob of the model has another value.
    Model {
        /// The knob: `weights`, `method` or `width`.
        knob: &'static str,
        /// The value.
        value: String,
    },
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

/// Methods that are tried: those with a closed form or an exact optimum.
const METHODS: [Method; 5] =
    [Method::Joint, Method::Merge, Method::FineTune, Method::Ridge, Method::Recolour];
/// The largest width that is tried.
const WIDEST: usize = 5;

/// The alternatives on the same new trials, the largest gain first. Targets that train with each
/// other cannot be left out, and alone they are several models. Weights and methods that change no
/// error are left out. `None` if cancelled.
pub(super) fn alternatives(scenario: &Scenario, cancel: &Cancel) -> Option<Vec<Alternative>> {
    let Some(anew) = reseeded(scenario, 0) else { return Some(Vec::new()) };
    let others = approaches(scenario);
    let tried: Vec<Approach> = [scenario.approach()]
        .into_iter()
        .chain(others.iter().map(|(_, there)| there.approach()))
        .collect();
    let measured = measure(&anew, &tried, cancel, |_| ())?;
    let own = measured.own().targets;
    let mut all: Vec<Alternative> = others
        .into_iter()
        .zip(&measured.approaches[1..])
        .map(|((instead, there), found)| Alternative {
            instead,
            scenario: Arc::new(there),
            outcome: found.targets,
        })
        .filter(|one| one.outcome.multi != own.multi)
        .collect();
    all.extend(without_all(scenario).map(|there| Alternative {
        instead: Instead::Alone,
        scenario: Arc::new(there),
        outcome: own,
    }));
    let apart = without_one(scenario).into_iter().chain(widths(scenario));
    for (instead, there) in apart {
        let found: Option<Measurement> = match reseeded(&there, 0) {
            Some(anew) => Some(measure(&anew, &[anew.approach()], cancel, |_| ())?),
            None => None,
        };
        all.extend(found.map(|found| Alternative {
            instead,
            scenario: Arc::new(there),
            outcome: found.own().targets,
        }));
    }
    let gain = |one: &Alternative| one.gain().unwrap_or(f64::NEG_INFINITY);
    all.sort_by(|one, other| gain(other).total_cmp(&gain(one)));
    Some(all)
}

/// The scenario with every other scheme of weights and every other method that applies to it.
fn approaches(scenario: &Scenario) -> Vec<(Instead, Scenario)> {
    let own = scenario.approach();
    let schemes = SCHEMES
        .iter()
        .map(|scheme| scheme.weighting)
        .filter(|weighting| !NO_REMEDY.contains(weighting) && *weighting != own.weighting);
    let weighted = schemes.map(|weighting| {
        let value = weighting.name().to_owned();
        (Instead::Model { knob: "weights", value }, Approach { weighting, ..own })
    });
    let others = METHODS.into_iter().filter(|m| *m != own.method && is_distinct(scenario, *m));
    let methods = others.map(|method| {
        let value = method.name().to_owned();
        (Instead::Model { knob: "method", value }, Approach { method, ..own })
    });
    let there = |(instead, approach)| Some((instead, scenario.trained_by(approach).ok()?));
    weighted.chain(methods).filter_map(there).collect()
}

/// The scenario of linear units with every other width below the number of tasks, up to [`WIDEST`].
fn widths(scenario: &Scenario) -> Vec<(Instead, Scenario)> {
    let below = match scenario.is_linear() {
        true => scenario.tasks().len().min(WIDEST + 1),
        false => 1,
    };
    let there = |width: usize| {
        let mut draft = scenario.draft().clone();
        draft.model.width = width as f64;
        let instead = Instead::Model { knob: "width", value: width.to_string() };
        Some((instead, Scenario::check(draft).ok()?))
    };
    (1..below).filter(|width| *width != scenario.width()).filter_map(there).collect()
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

/// The scenario without each of two or more sources.
fn without_one(scenario: &Scenario) -> Vec<(Instead, Scenario)> {
    let sources = sources(scenario);
    let left_out = |entry: &usize| {
        let name = scenario.draft().tasks[*entry].name.clone();
        Some((Instead::Without(name), aside(scenario, *entry)?))
    };
    if sources.len() < 2 { Vec::new() } else { sources.iter().filter_map(left_out).collect() }
}

/// The scenario with an entry put aside.
fn aside(scenario: &Scenario, entry: usize) -> Option<Scenario> {
    edit::with_role(scenario.draft(), entry, TaskRole::Aside).ok()
}
