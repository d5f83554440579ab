//! Small changes that turn a verdict: from hurts to helps, and back.
//!
//! The theory line predicts the gain of the targets at every notch on the slider of every knob, and
//! at pairs and threes of notches. The nearest place at which the predicted gain has the other sign
//! by the width of the interval is measured; the measurement corrects what must be predicted, until
//! one notch less does not turn the verdict by a margin. Where the theory has no prediction, trials
//! search along every knob alone. New trials confirm each change: their seed is another one, so they
//! took no part in the search. A change of one knob is then taken back notch by notch while both sets
//! of trials together turn the verdict by the margin. Where it ends it is measured on further trials,
//! which took no part in anything before.

mod alternative;
mod hunt;
mod ladder;
mod lattice;
mod look;
mod probe;
mod search;

pub use alternative::{Alternative, Instead};
pub use ladder::{Ladder, Turn};
pub use search::{Flip, FlipOptions, flip};

use std::sync::Arc;

use crate::scenario::Scenario;
use crate::study::measurement::Measurement;
use crate::transfer::{Prediction, Verdict};

/// A change of one or more knobs that turns the verdict.
#[derive(Debug, Clone, PartialEq)]
pub struct VerdictChange {
    /// The knobs that are turned.
    pub turns: Vec<Turn>,
    /// The changed scenario.
    pub scenario: Arc<Scenario>,
    /// What the theory predicts there; `None` where it has no prediction.
    pub predicted: Option<Prediction>,
    /// The measurement there on new trials.
    pub measured: Measurement,
    /// The error of the targets alone, as a multiple of that before, on the same trials.
    pub alone: f64,
}

/// A target is harder to learn alone if its error there is so many times that before.
const HARDER: f64 = 1.01;

impl VerdictChange {
    /// Returns true if it makes the targets harder to learn alone, so that the gain may rise without
    /// a better model.
    pub fn makes_harder(&self) -> bool {
        self.alone > HARDER
    }

    /// The root of the sum of the squared notches of all turns.
    pub fn distance(&self) -> f64 {
        self.turns.iter().map(|turn| f64::from(turn.notches).powi(2)).sum::<f64>().sqrt()
    }
}

/// Why a knob has no change of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lack {
    /// The predicted gain keeps its sign along the whole slider.
    Nothing,
    /// The theory has no prediction for some values, and trials at some of them turn nothing.
    Unturned,
    /// The gain changes its sign, but the trials do not confirm it.
    Uncertain,
}

impl Lack {
    /// Its name, in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nothing => "no value turns it",
            Self::Unturned => "no measured value turns it",
            Self::Uncertain => "too few trials",
        }
    }
}

/// What is found along a knob.
type Found = Result<VerdictChange, Lack>;

/// The verdict for the targets of a measurement.
fn verdict(measured: &Measurement) -> Verdict {
    measured.own().targets.verdict
}

/// A gain, positive towards a verdict.
fn towards(goal: Verdict, gain: f64) -> f64 {
    if goal == Verdict::Helps { gain } else { -gain }
}
