//! The values of a knob in notches of its slider, and places among those of several knobs.

use std::iter::successors;

use crate::scenario::ScenarioDraft;
use crate::scenario::knob::Handle;

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

/// The values of a knob within the track of its slider, from the present one up and down.
#[derive(Debug, Clone)]
pub struct Ladder {
    handle: Handle,
    from: f64,
    up: Vec<f64>,
    down: Vec<f64>,
}

impl Ladder {
    /// The values of a knob; `None` if the scenario does not have it.
    pub fn of(handle: Handle, draft: &ScenarioDraft) -> Option<Self> {
        let from = handle.get(draft)?;
        let (low, high) = handle.knob.track;
        let (low, high) = (low.min(from), high.max(from));
        let rungs = |by: i32| {
            let next = |value: &f64| {
                let next = handle.knob.step(*value, by);
                (next != *value && (low..=high).contains(&next)).then_some(next)
            };
            successors(next(&from), next).collect()
        };
        Some(Self { handle, from, up: rungs(1), down: rungs(-1) })
    }

    /// The knob.
    pub fn handle(&self) -> Handle {
        self.handle
    }

    /// The turn by some notches, negative towards smaller values; `None` for 0, and beyond the end.
    pub fn turn(&self, notches: i32) -> Option<Turn> {
        let rungs = if notches > 0 { &self.up } else { &self.down };
        let rung = (notches.unsigned_abs() as usize).checked_sub(1)?;
        let to = *rungs.get(rung)?;
        Some(Turn { handle: self.handle, from: self.from, to, notches })
    }

    /// The most notches up (sign 1) or down (sign −1).
    pub(super) fn most(&self, sign: i32) -> i32 {
        (if sign > 0 { &self.up } else { &self.down }).len() as i32
    }

    /// All notches but 0, the nearest first.
    pub(super) fn outward(&self) -> impl Iterator<Item = i32> + '_ {
        let most = self.up.len().max(self.down.len()) as i32;
        (1..=most).flat_map(|n| [n, -n]).filter(|notches| self.turn(*notches).is_some())
    }
}

/// Some ladders by their numbers, in order, and the notches by which each is turned; none is 0.
pub(super) type Place = Vec<(usize, i32)>;

/// The distance of a place from the present values: the root of the sum of the squared notches.
pub(super) fn distance(place: &[(usize, i32)]) -> f64 {
    place.iter().map(|(_, notches)| f64::from(*notches).powi(2)).sum::<f64>().sqrt()
}

/// Returns true if the way to a place goes no further than that to another one, along any knob.
pub(super) fn is_within(place: &[(usize, i32)], other: &[(usize, i32)]) -> bool {
    place.iter().all(|(ladder, notches)| {
        let goes = |(of, by): &(usize, i32)| {
            of == ladder && by.signum() == notches.signum() && by.abs() >= notches.abs()
        };
        other.iter().any(goes)
    })
}

/// Returns true if two places along the same knobs are so near that what is learnt at one holds at
/// the other.
pub(super) fn is_beside(place: &Place, other: &Place) -> bool {
    let near = |((_, a), (_, b)): (&(usize, i32), &(usize, i32))| {
        a.signum() == b.signum() && (a - b).abs() <= 1.max(a.abs() / 8)
    };
    place.iter().zip(other).all(near)
}
