//! Why the verdict is as it is: the claim behind it, its formulas with the present numbers, where
//! they stop to apply, what the shared unit climbs, Theorem 2, and how alike the tasks are.

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

pub use crate::explanation::landscape::{ObjectiveLandscape, TrainedUnit, no_landscape};
pub use evidence::{Balance, Evidence, Pair, Plateau};
pub use first::{FirstTrial, SharedLabels};
pub use formulas::{Formula, FormulaSource, crossing};
pub use reason::{Cause, Reason};
pub use trials::{Average, BoundSample, PairSimilarity, TRIALS, outside_theorem_2};

/// Populations behind the first report.
const FEW: usize = 2;
/// Populations behind a crossing.
const CROSSED: usize = 4;

/// All there is to say of why joint training does to the targets of a scenario what it does.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// The claim behind the verdict.
    pub reason: Reason,
    /// Its formulas, with the present numbers.
    pub formulas: Vec<Formula>,
    /// Where it stops to apply, in sentences.
    pub limits: Vec<String>,
    /// Where along a knob the predicted gain is zero, in words; where that was asked for.
    pub crossing: Option<String>,
    /// What one shared unit climbs in the first trial, or why there is no such thing; `None` before
    /// that trial.
    pub relief: Option<Result<ObjectiveLandscape, &'static str>>,
    /// Theorem 2 beside the error it bounds, or why it says nothing; `None` before the first
    /// trials.
    pub bound: Option<Result<BoundSample, &'static str>>,
    /// How alike the pair of tasks is; `None` before the first trials and for one task only.
    pub likeness: Option<PairSimilarity>,
    /// What the theory says, and what it would say were the tasks alike in one thing.
    pub evidence: Evidence,
    /// Whether nothing more will come.
    pub complete: bool,
}

/// What is known on the way.
struct Known {
    evidence: Evidence,
    first: Option<FirstTrial>,
    shown: Option<trials::Shown>,
    crossing: Option<String>,
}

/// Explains a scenario, and hands over what is known so far: theory from two populations at once,
/// then the first trial, then further trials, then theory from all populations; with a knob, also
/// where along it the predicted gain is zero, if there is a prediction. `None` if cancelled.
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

/// Where the predicted gain is zero along a knob, by a few populations.
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
            relief: first.map(|first| first.relief.clone()),
            bound,
            likeness,
            evidence: self.evidence.clone(),
            complete: false,
        }
    }
}
