//! The claims of the paper, and ours about it: each measured in the setting in which it appears.

mod alignment;
mod capacity;
mod check;
mod figure3;
mod line;
mod plane;
mod propositions;
mod relu;
mod sampler;
mod similarity;
mod theorem2;
mod weights;

use crate::cancel::Cancel;
use crate::error::Invalid;
use crate::scenario::{Handle, Preset, Scenario};

pub use check::{CheckOutcome, ClaimCheck, Expectation};

/// A statement, the setting in which it is measured, and what is known of it.
pub struct PaperClaim {
    /// Name by which it is asked for.
    pub id: &'static str,
    /// The statement.
    pub statement: &'static str,
    /// Where it stands.
    pub source: &'static str,
    /// The setting in which it is measured.
    pub setting: &'static str,
    /// What is known of it, as long as the measurements agree with what is expected.
    pub standing: Standing,
    /// Number of trials behind each measurement, unless another is asked for.
    pub trials: usize,
    measure: fn(usize, &Cancel) -> Measured,
}

impl std::fmt::Debug for PaperClaim {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Claim({})", self.id)
    }
}

/// What was measured, beside what was expected; `Ok(None)` if cancelled.
type Measured = Result<Option<Vec<ClaimCheck>>, Invalid>;

/// What is known of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It appears as stated.
    Reproduced,
    /// It appears under a condition.
    OnlyIf(&'static str),
    /// It does not appear as stated.
    NotReproduced(&'static str),
}

/// What measuring a claim has shown.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The claim.
    pub claim: &'static PaperClaim,
    /// What was measured, beside what was expected.
    pub checks: Vec<ClaimCheck>,
}

/// The verdict on a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimVerdict {
    /// As known: every measurement agrees with what is expected.
    AsKnown(Standing),
    /// Some interval is too wide to say.
    Undecided,
    /// Some measurement contradicts what is expected.
    Contradicted,
}

impl ClaimVerdict {
    /// Its name: `reproduced`, `only if`, `not reproduced`, `undecided` or `contradicted`.
    pub fn name(self) -> &'static str {
        match self {
            Self::AsKnown(Standing::Reproduced) => "reproduced",
            Self::AsKnown(Standing::OnlyIf(_)) => "only if",
            Self::AsKnown(Standing::NotReproduced(_)) => "not reproduced",
            Self::Undecided => "undecided",
            Self::Contradicted => "contradicted",
        }
    }

    /// The condition under which a claim is reproduced, or why it is not.
    pub fn remark(self) -> Option<&'static str> {
        match self {
            Self::AsKnown(Standing::OnlyIf(words) | Standing::NotReproduced(words)) => Some(words),
            _ => None,
        }
    }
}

impl std::fmt::Display for ClaimVerdict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::AsKnown(Standing::Reproduced) => f.write_str("reproduced"),
            Self::AsKnown(Standing::OnlyIf(condition)) => write!(f, "only if {condition}"),
            Self::AsKnown(Standing::NotReproduced(why)) => write!(f, "not reproduced: {why}"),
            Self::Undecided => f.write_str("undecided: too few trials"),
            Self::Contradicted => f.write_str("CONTRADICTED"),
        }
    }
}

impl Finding {
    /// What the measurements say of the claim.
    pub fn verdict(&self) -> ClaimVerdict {
        let worst = self.checks.iter().map(ClaimCheck::agreement).max();
        match worst {
            Some(CheckOutcome::Agrees) => ClaimVerdict::AsKnown(self.claim.standing),
            Some(CheckOutcome::Contradicts) => ClaimVerdict::Contradicted,
            Some(CheckOutcome::Open) | None => ClaimVerdict::Undecided,
        }
    }
}

/// All claims, in the order of the paper.
pub static CLAIMS: &[PaperClaim] = &[
    capacity::CAPACITY,
    propositions::PROPOSITION_1,
    figure3::SAME,
    figure3::LOUD,
    figure3::OTHER_AXES,
    figure3::REVERSED,
    relu::RELU,
    plane::SMOOTH,
    plane::JUMP,
    theorem2::THEOREM_2,
    similarity::SELF_SCORES,
    alignment::MILD,
    alignment::STRONG,
    weights::AS_PRINTED,
    weights::STANDARDISED,
    weights::RANDOM_LABELS,
    propositions::PROPOSITION_3,
    sampler::MOMENTS,
    line::THEORY_LINE,
];

impl PaperClaim {
    /// The claim with an id.
    pub fn find(id: &str) -> Option<&'static Self> {
        CLAIMS.iter().find(|claim| claim.id == id)
    }

    /// Measures the claim; `Ok(None)` if cancelled.
    pub fn measure(
        &'static self,
        trials: Option<usize>,
        cancel: &Cancel,
    ) -> Result<Option<Finding>, Invalid> {
        let checks = (self.measure)(trials.unwrap_or(self.trials), cancel)?;
        Ok(checks.map(|checks| Finding { claim: self, checks }))
    }
}

/// A preset with some knobs turned and a number of trials.
fn setting(preset: &str, knobs: &[(&str, f64)], trials: usize) -> Result<Scenario, Invalid> {
    let unknown = || Invalid::new("preset", preset, "a preset");
    let scenario = Preset::find(preset).ok_or_else(unknown)?.scenario().map_err(|_| unknown())?;
    let mut draft = scenario.draft().clone();
    draft.trials = trials as f64;
    for (path, value) in knobs {
        Handle::find(&draft, path)?.set(&mut draft, *value)?;
    }
    Scenario::check(draft)
}
