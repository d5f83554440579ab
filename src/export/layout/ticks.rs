//! Selects the ticks of an axis so that their labels do not touch.

use super::super::font::Font;
use crate::figure::{Axis, AxisScale, Tick, TickFormat};

/// Largest number of names on an axis.
const MANY: usize = 200;
/// Smallest room for each value on an axis, in heights of the text, so that small figures have few
/// ticks.
const ROOM_BELOW: f64 = 4.0;
const ROOM_BESIDE: f64 = 1.9;

/// Number of ticks from which a value can be read between them.
const ENOUGH: usize = 4;

/// Ticks of a vertical axis.
pub(super) fn vertical(axis: &Axis, height: f64, em: f64) -> Vec<Tick> {
    let of = |apart: f64| {
        spread(axis, height, most(height, ROOM_BESIDE * em, 8), |_| 0.4 * em, apart * em)
    };
    match named(axis) {
        None if axis.scale == AxisScale::Gain => of(0.25),
        None => of(0.75),
        Some(names) => Some(of(0.25)).filter(|t| t.len() >= names).unwrap_or_else(|| of(0.02)),
    }
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

/// Ticks with their labels cut to a length: at their ends, or in their middle if names would look
/// alike.
pub(super) fn cut(mut ticks: Vec<Tick>, length: f64, em: f64, font: &Font) -> Vec<Tick> {
    let whole: Vec<String> = ticks.iter().map(|tick| tick.text.clone()).collect();
    let ended: Vec<String> = whole.iter().map(|text| font.fit(text, em, length)).collect();
    let alike = |place: usize| {
        let others = ended.iter().zip(&whole).enumerate().filter(|(other, _)| *other != place);
        others.into_iter().any(|(_, (cut, full))| *cut == ended[place] && *full != whole[place])
    };
    for (place, tick) in ticks.iter_mut().enumerate() {
        tick.text = match alike(place) {
            true => font.fit_middle(&whole[place], em, length),
            false => ended[place].clone(),
        };
    }
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

/// Ticks of a logarithmic axis between the usual values, which are too few for a short axis.
fn between(axis: &Axis) -> Vec<Vec<Tick>> {
    if matches!(axis.format, TickFormat::At(_)) {
        return Vec::new();
    }
    let (low, high) = (axis.from.min(axis.to), axis.from.max(axis.to));
    if axis.scale != AxisScale::Log || !(low > 0.0 && high.is_finite() && high / low < 100.0) {
        return Vec::new();
    }
    let decades = low.log10().floor() as i32..=high.log10().ceil() as i32;
    let whole = axis.format == TickFormat::Whole;
    let of = |digits: &[f64]| {
        let values = decades.clone().flat_map(|power| {
            digits.iter().map(move |digit| digit * 10_f64.powi(power)).collect::<Vec<_>>()
        });
        let kept = values.filter(|at| axis.holds(*at) && !(whole && at.fract() != 0.0));
        let mut ticks: Vec<Tick> = kept.map(|at| Tick { at, text: axis.write(at) }).collect();
        if axis.from > axis.to {
            ticks.reverse();
        }
        ticks
    };
    let fine = [1.0, 1.2, 1.4, 1.6, 1.8, 2.0, 2.5, 3.0, 3.5, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0];
    let finer =
        [1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.8, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0];
    let usual = [1.0, 2.0, 3.0, 5.0, 7.0];
    let close = [1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0];
    vec![of(&usual), of(&close), of(&fine), of(&finer)]
}

/// Zero counts as inside an axis of gains with at least this share of it on either side.
const SIDE: f64 = 0.12;

fn zero_is_inside(axis: &Axis) -> bool {
    axis.format.is_percent() && (SIDE..=1.0 - SIDE).contains(&axis.share(0.0))
}

/// Returns true if there are ticks on either side of zero, or zero is not inside the axis.
fn both_sides(axis: &Axis, ticks: &[Tick]) -> bool {
    let is = |side: fn(&Tick) -> bool| ticks.iter().any(side);
    !zero_is_inside(axis) || is(|tick| tick.at < 0.0) && is(|tick| tick.at > 0.0)
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
    let fits = |ticks: &Vec<Tick>| {
        ticks.windows(2).all(|pair| clear(&pair[0], &pair[1])) && distinct(ticks)
    };
    let reached = |ticks: &Vec<Tick>| ticks.len() >= ENOUGH && both_sides(axis, ticks);
    let full = (2..=most).rev().map(|count| axis.ticks(count)).find(|t| fits(t) && reached(t));
    if let Some(full) = full {
        return full;
    }
    if named(axis).is_none() && zero_is_inside(axis) {
        let closer = (most + 1..=4 * most).map(|count| axis.ticks(count));
        if let Some(fewest) = closer.filter(|t| fits(t) && reached(t)).min_by_key(Vec::len) {
            return fewest;
        }
    }
    let fitting = (2..=most).rev().map(|count| axis.ticks(count)).find(fits);
    if named(axis).is_none() && fitting.as_ref().is_none_or(|ticks| ticks.len() < ENOUGH) {
        let closer = (most + 1..=4 * most).map(|count| axis.ticks(count)).chain(between(axis));
        let enough = closer.filter(|ticks| ticks.len() >= ENOUGH && fits(ticks));
        if let Some(fewest) = enough.min_by_key(Vec::len) {
            return fewest;
        }
    }
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
