//! Small changes that turn a verdict, proposed by theory and measured on other trials.

use crate::cancel::Cancel;
use crate::claims::check::{ClaimCheck, Expectation, gain};
use crate::claims::claim::{Measured, PaperClaim, Standing, setting};
use crate::flip::{FlipOptions, flip};
use crate::scenario::Scenario;

pub(super) const CHANGE: PaperClaim = PaperClaim {
    id: "verdict-change",
    statement: "Theory names the change of one knob that makes a source help",
    source: "not in the paper",
    setting: "two tasks, d 20, 40 target and 400 source rows, noise 0.5, 40°; measured on new draws",
    standing: Standing::OnlyIf("theory has a prediction and trials confirm it, as here"),
    trials: 120,
    measure,
};

/// The angle between the θs, at which the source hurts.
const ANGLE: f64 = 40.0;
/// The seed of the trials that have no part in the search.
const SEED: f64 = 101.0;

fn measure(trials: usize, cancel: &Cancel) -> Measured {
    let start = setting("two-tasks", &[("source.angle", ANGLE)], trials)?;
    let options = FlipOptions { changes_only: true, ..FlipOptions::default() };
    let Ok(Some(found)) = flip(&start, options, cancel, &|_| ()) else {
        return Ok(None);
    };
    let now = &found.now.own().targets;
    let hurts = now.gain.map(|gain| ClaimCheck::below("gain as it is", gain, 0.0).of(now.trials));
    let mut checks: Vec<ClaimCheck> = hurts.into_iter().collect();
    for change in &found.changes {
        let [turn] = change.turns[..] else { continue };
        let mut draft = change.scenario.draft().clone();
        draft.seed = SEED;
        let anew = Scenario::check(draft)?;
        let what =
            format!("gain, {} {}", turn.handle.path(start.draft()), turn.handle.knob.text(turn.to));
        let Some(helps) = gain(what, &anew, Expectation::Above(0.0), cancel)? else {
            return Ok(None);
        };
        checks.push(helps);
    }
    if checks.len() < 2 {
        checks.clear();
    }
    Ok(Some(checks))
}
