//! The reason for a verdict: the claim behind it, its formulas with numbers, its limits, the
//! objective of the shared unit, Theorem 2, and the similarity of the tasks.

pub mod bound;
mod evidence;
mod first;
mod formulas;
pub mod landscape;
mod limits;
mod lines;
mod reason;
mod trials;

use crate::cancel::Cancel;
use crate::scenario::{Handle, Scenario};
use crate::study::curve::TheoryLine;
use crate::study::prediction::POPULATIONS;

pub use evidence::{Balance, Evidence, Pair, Plateau};
pub use first::{FirstTrial, SharedLabels};
pub use formulas::{Formula, FormulaSource, crossing, zero_at};
pub use landscape::{ObjectiveLandscape, TrainedUnit, no_landscape};
pub use reason::{Cause, Reason};
pub use trials::{Average, BoundSample, PairSimilarity, TRIALS, outside_theorem_2};

/// Populations for the first report.
const FEW: usize = 2;
/// Populations for a crossing.
const CROSSED: usize = 4;

/// The explanation of the effect of joint training on the targets of a scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// The claim behind the verdict.
    pub reason: Reason,
    /// Its formulas, with the current numbers.
    pub formulas: Vec<Formula>,
    /// The limits of the claim, in sentences.
    pub limits: Vec<String>,
    /// The knob values at which the predicted gain is zero, in words; `None` if not requested.
    pub crossing: Option<String>,
    /// The objective of one shared unit in the first trial, or the reason why there is none; `None`
    /// before that trial.
    pub landscape: Option<Result<ObjectiveLandscape, &'static str>>,
    /// Theorem 2 and the error it bounds, or the reason why it does not apply; `None` before the
    /// first trials.
    pub bound: Option<Result<BoundSample, &'static str>>,
    /// Similarity of the pair of tasks; `None` before the first trials, and for a single task.
    pub likeness: Option<PairSimilarity>,
    /// The prediction, and the predictions for tasks made alike in one respect.
    pub evidence: Evidence,
    /// True if the explanation is final.
    pub complete: bool,
}

/// Intermediate results.
struct Known {
    evidence: Evidence,
    first: Option<FirstTrial>,
    shown: Option<trials::Shown>,
    crossing: Option<String>,
}

/// Explains a scenario and publishes the explanation as it grows: theory from two populations, the
/// first trial, further trials, then theory from all populations. With a knob, and if there is a
/// prediction, also the values at which the predicted gain is zero. `None` if cancelled.
pub fn explain(
    scenario: &Scenario,
    along: Option<Handle>,
    cancel: &Cancel,
    mut publish: impl FnMut(&Explanation),
) -> Option<Explanation> {
    let evidence = Evidence::of(scenario, FEW, cancel)?;
    let mut known = Known { evidence, first: None, shown: None, crossing: None };
    publish(&known.explanation(scenario));
    known.first = Some(unless_cancelled(cancel, || FirstTrial::of(scenario))?);
    publish(&known.explanation(scenario));
    trials::look(scenario, cancel, |shown| {
        known.shown = Some(shown);
        publish(&known.explanation(scenario));
    })?;
    known.evidence = Evidence::of(scenario, POPULATIONS, cancel)?;
    if let Some(handle) = along.filter(|_| known.evidence.predicted.is_ok()) {
        known.crossing = crossed(scenario, handle, cancel)?;
    }
    let explanation = Explanation { complete: true, ..known.explanation(scenario) };
    publish(&explanation);
    Some(explanation)
}

fn unless_cancelled<T>(cancel: &Cancel, work: impl FnOnce() -> T) -> Option<T> {
    (!cancel.is_cancelled()).then(work)
}

/// The values of a knob at which the predicted gain is zero, from a few populations.
fn crossed(scenario: &Scenario, handle: Handle, cancel: &Cancel) -> Option<Option<String>> {
    let mut curve = crate::study::Curve::measured(handle, Vec::new());
    let mut line = TheoryLine::new(scenario, handle);
    line.extend(CROSSED, cancel, |line| curve.theory = line)?;
    curve.gaps = line.gaps();
    Some(crossing(&handle.path(scenario.draft()), handle.knob.unit, &curve.crossings()))
}

impl Known {
    fn explanation(&self, scenario: &Scenario) -> Explanation {
        let (first, shown) = (self.first.as_ref(), self.shown.as_ref());
        let bound = shown.map(|shown| shown.reach.clone());
        let likeness = shown.and_then(|shown| shown.likeness);
        let reach = bound.as_ref().and_then(|bound| bound.as_ref().ok());
        Explanation {
            reason: Reason::of(scenario, &self.evidence),
            formulas: formulas::all(scenario, &self.evidence, first, reach, likeness.as_ref()),
            limits: limits::all(scenario, &self.evidence, first, bound.as_ref()),
            crossing: self.crossing.clone(),
            landscape: first.map(|first| first.landscape.clone()),
            bound,
            likeness,
            evidence: self.evidence.clone(),
            complete: false,
        }
    }
}
