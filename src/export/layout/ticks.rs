//! Selects the ticks of an axis so that their labels do not touch.

use super::super::font::Font;
use crate::figure::{Axis, Tick, TickFormat};

/// Largest number of names on an axis.
const MANY: usize = 200;
/// Smallest room for each value on an axis, in heights of the text, so that small figures have few
/// ticks.
const ROOM_BELOW: f64 = 4.0;
const ROOM_BESIDE: f64 = 1.9;

/// Ticks of a vertical axis.
pub(super) fn vertical(axis: &Axis, height: f64, em: f64) -> Vec<Tick> {
    let apart = if named(axis).is_some() { 0.25 } else { 0.75 };
    spread(axis, height, most(height, ROOM_BESIDE * em, 8), |_| 0.4 * em, apart * em)
}

/// Ticks of a horizontal axis.
pub(super) fn horizontal(axis: &Axis, width: f64, em: f64, font: &Font) -> Vec<Tick> {
    let apart = if named(axis).is_some() { 0.6 } else { 1.1 };
    let half = |tick: &Tick| font.length(&tick.text, em) / 2.0;
    spread(axis, width, most(width, ROOM_BELOW * em, 10), half, apart * em)
}

/// Largest number of ticks on an axis of a given length, at most `most`.
fn most(length: f64, room: f64, most: usize) -> usize {
    ((length / room) as usize + 1).clamp(2, most)
}

/// Gives both axes the ticks of the axis that has fewer.
pub(super) fn alike(one: &mut Vec<Tick>, other: &mut Vec<Tick>) {
    if one.len() < other.len() {
        other.clone_from(one);
    } else {
        one.clone_from(other);
    }
}

/// Ticks of a horizontal axis with labels that run upwards.
pub(super) fn upright(axis: &Axis, width: f64, em: f64) -> Vec<Tick> {
    spread(axis, width, 10, |_| 0.4 * em, 0.25 * em)
}

/// Returns true if all names fit side by side below an axis, or if it has no names: values can
/// have fewer ticks instead.
pub(super) fn all_fit(axis: &Axis, width: f64, em: f64, font: &Font) -> bool {
    let all = axis.ticks(MANY).len();
    named(axis).is_none() || horizontal(axis, width, em, font).len() >= all
}

/// Ticks with their labels cut to a length.
pub(super) fn cut(mut ticks: Vec<Tick>, length: f64, em: f64, font: &Font) -> Vec<Tick> {
    ticks.iter_mut().for_each(|tick| tick.text = font.fit(&tick.text, em, length));
    ticks
}

/// Length of the longest label.
pub(super) fn longest(ticks: &[Tick], em: f64, font: &Font) -> f64 {
    ticks.iter().map(|tick| font.length(&tick.text, em)).fold(0.0, f64::max)
}

/// Number of names on an axis; `None` if it has values.
fn named(axis: &Axis) -> Option<usize> {
    match &axis.format {
        TickFormat::Names(names) => Some(names.len()),
        _ => None,
    }
}

/// As many ticks as fit on an axis without touching, at most `most` or one per name; `half` is
/// half the size of a label along the axis.
fn spread(
    axis: &Axis,
    length: f64,
    most: usize,
    half: impl Fn(&Tick) -> f64,
    apart: f64,
) -> Vec<Tick> {
    let most = named(axis).map_or(most, |names| names.clamp(most, MANY));
    let clear = |a: &Tick, b: &Tick| {
        (axis.share(b.at) - axis.share(a.at)).abs() * length >= half(a) + half(b) + apart
    };
    let distinct = |ticks: &[Tick]| ticks.windows(2).all(|pair| pair[0].text != pair[1].text);
    let fitting = (2..=most)
        .rev()
        .map(|count| axis.ticks(count))
        .find(|ticks| ticks.windows(2).all(|pair| clear(&pair[0], &pair[1])) && distinct(ticks));
    fitting.unwrap_or_else(|| {
        let mut kept: Vec<Tick> = Vec::new();
        for tick in axis.ticks(2) {
            if kept.last().is_none_or(|last| clear(last, &tick) && last.text != tick.text) {
                kept.push(tick);
            }
        }
        kept
    })
}
