//! A claim of the paper: statement, setting, measurements and verdict.

use super::check::{CheckOutcome, ClaimCheck};
use crate::cancel::Cancel;
use crate::error::Invalid;
use crate::scenario::{Handle, Preset, Scenario};

/// A claim: its statement, the setting in which it is measured, and its known status.
pub struct PaperClaim {
    /// The name a user types.
    pub id: &'static str,
    /// The statement.
    pub statement: &'static str,
    /// The section, equation or figure of the claim.
    pub source: &'static str,
    /// The setting in which it is measured.
    pub setting: &'static str,
    /// The known status; it holds if the measurements agree with the expected values.
    pub standing: Standing,
    /// Default number of trials behind each measurement.
    pub trials: usize,
    pub(super) measure: fn(usize, &Cancel) -> Measured,
}

impl std::fmt::Debug for PaperClaim {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Claim({})", self.id)
    }
}

/// Measured and expected values; `Ok(None)` if cancelled.
pub(super) type Measured = Result<Option<Vec<ClaimCheck>>, Invalid>;

/// The known status of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The claim holds as stated.
    Reproduced,
    /// The claim holds under a condition.
    OnlyIf(&'static str),
    /// The claim does not hold as stated.
    NotReproduced(&'static str),
}

/// The result of measuring a claim.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The claim.
    pub claim: &'static PaperClaim,
    /// Measured and expected values.
    pub checks: Vec<ClaimCheck>,
}

/// The outcome of measuring a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimVerdict {
    /// Every measurement agrees with its expected value.
    AsKnown(Standing),
    /// Some interval is too wide to decide.
    Undecided,
    /// Some measurement contradicts its expected value.
    Contradicted,
}

impl ClaimVerdict {
    /// Returns its name: `reproduced`, `only if`, `not reproduced`, `undecided` or `contradicted`.
    pub fn name(self) -> &'static str {
        match self {
            Self::AsKnown(Standing::Reproduced) => "reproduced",
            Self::AsKnown(Standing::OnlyIf(_)) => "only if",
            Self::AsKnown(Standing::NotReproduced(_)) => "not reproduced",
            Self::Undecided => "undecided",
            Self::Contradicted => "contradicted",
        }
    }

    /// Returns the condition under which a claim is reproduced, or the reason why it is not.
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
    /// Returns the verdict from the measurements.
    pub fn verdict(&self) -> ClaimVerdict {
        let worst = self.checks.iter().map(ClaimCheck::agreement).max();
        match worst {
            Some(CheckOutcome::Agrees) => ClaimVerdict::AsKnown(self.claim.standing),
            Some(CheckOutcome::Contradicts) => ClaimVerdict::Contradicted,
            Some(CheckOutcome::Open) | None => ClaimVerdict::Undecided,
        }
    }
}

impl PaperClaim {
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

/// A preset with some knobs changed and the given number of trials.
pub(super) fn setting(
    preset: &str,
    knobs: &[(&str, f64)],
    trials: usize,
) -> Result<Scenario, Invalid> {
    let unknown = || Invalid::new("preset", preset, "a preset");
    let scenario = Preset::find(preset).ok_or_else(unknown)?.scenario().map_err(|_| unknown())?;
    let mut draft = scenario.draft().clone();
    draft.trials = trials as f64;
    for (path, value) in knobs {
        Handle::find(&draft, path)?.set(&mut draft, *value)?;
    }
    Scenario::check(draft)
}
