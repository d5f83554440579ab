//! A way through the settings of a scenario, in notches of its sliders.

use crate::scenario::knob::Handle;
use crate::scenario::{Scenario, ScenarioDraft};

/// The turn of one knob.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Turn {
    /// The knob.
    pub handle: Handle,
    /// Its value before.
    pub from: f64,
    /// Its value after.
    pub to: f64,
    /// Notches from one to the other; negative towards smaller values.
    pub notches: i32,
}

/// A way along one knob, or along several at once.
#[derive(Debug, Clone)]
pub struct Path {
    /// The knobs, and how far each is turned while the first is turned by a notch, in notches.
    pub slopes: Vec<(Handle, f64)>,
}

impl Path {
    /// A way along one knob, up or down.
    pub fn along(handle: Handle, up: bool) -> Self {
        Self { slopes: vec![(handle, if up { 1.0 } else { -1.0 })] }
    }

    /// The turns after some steps; each knob stays within its track. `None` where no knob moves any
    /// further.
    pub fn turns(&self, draft: &ScenarioDraft, steps: usize) -> Option<Vec<Turn>> {
        let turns: Vec<Turn> =
            self.slopes.iter().filter_map(|slope| turn(draft, *slope, steps)).collect();
        let before = match steps {
            0 | 1 => Vec::new(),
            _ => self.slopes.iter().filter_map(|slope| turn(draft, *slope, steps - 1)).collect(),
        };
        let is_new = turns.iter().map(|turn| turn.to).ne(before.iter().map(|turn: &Turn| turn.to));
        (!turns.is_empty() && is_new).then_some(turns)
    }

    /// The scenario after some steps; `None` at the end of the way, and where the scenario does not
    /// allow a value.
    pub fn scenario(&self, scenario: &Scenario, steps: usize) -> Option<Scenario> {
        turned(scenario, &self.turns(scenario.draft(), steps)?)
    }
}

impl Turn {
    /// The turn with one notch less; `None` if nothing is left of it.
    pub(super) fn shortened(&self) -> Option<Self> {
        let notches = self.notches - self.notches.signum();
        let mut to = self.from;
        for _ in 0..notches.abs() {
            to = self.handle.knob.step(to, notches.signum());
        }
        (notches != 0).then_some(Self { to, notches, ..*self })
    }
}

/// A scenario with some knobs turned; `None` if it does not allow a value.
pub(super) fn turned(scenario: &Scenario, turns: &[Turn]) -> Option<Scenario> {
    let mut draft = scenario.draft().clone();
    for turn in turns {
        turn.handle.set(&mut draft, turn.to).ok()?;
    }
    Scenario::check(draft).ok()
}

/// The turn of one knob after some steps; `None` if it does not move.
fn turn(draft: &ScenarioDraft, (handle, slope): (Handle, f64), steps: usize) -> Option<Turn> {
    let from = handle.get(draft)?;
    let (low, high) = handle.knob.track;
    let (low, high) = (low.min(from), high.max(from));
    let wanted = (slope * steps as f64).round() as i32;
    // A whole number may stay the same over several notches of a logarithmic track, and the end of
    // a track may be nearer: the notches counted are those that move it.
    let (mut to, mut notches) = (from, 0);
    while notches != wanted {
        let next = handle.knob.step(to, wanted.signum());
        if next == to || !(low..=high).contains(&next) {
            break;
        }
        (to, notches) = (next, notches + wanted.signum());
    }
    (notches != 0).then_some(Turn { handle, from, to, notches })
}
